package dev.naja.flink.datastream;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;

/** POJOs by Flink's rules: a public class with a constructor without arguments. */
final class PojoBridge<T> extends TypeBridge<T> {
  private final Fields fields;
  private final Field[] members;
  private final Constructor<T> constructor;

  PojoBridge(PojoTypeInfo<T> type, Pickles pickles) {
    members = members(type);
    fields = fields(type, pickles);
    try {
      constructor = type.getTypeClass().getDeclaredConstructor();
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(
          type.getTypeClass() + " is no POJO: it has no constructor without arguments.", e);
    }
    constructor.setAccessible(true);
  }

  static Fields fields(PojoTypeInfo<?> type, Pickles pickles) {
    TypeInformation<?>[] types = new TypeInformation<?>[type.getArity()];
    for (int i = 0; i < types.length; i++) {
      types[i] = type.getTypeAt(i);
    }
    return new Fields(
        "a " + type.getTypeClass().getSimpleName(), type.getFieldNames(), types, pickles);
  }

  static Field[] members(PojoTypeInfo<?> type) {
    Field[] members = new Field[type.getArity()];
    for (int i = 0; i < members.length; i++) {
      members[i] = type.getPojoFieldAt(i).getField();
      members[i].setAccessible(true);
    }
    return members;
  }

  static Object values(Object object, Field[] members, Fields fields) {
    if (object == null) {
      return null;
    }
    Object[] values = new Object[members.length];
    try {
      for (int i = 0; i < values.length; i++) {
        values[i] = fields.toPython(i, members[i].get(object));
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
    return values;
  }

  @Override
  public Object toPython(T value) {
    return values(value, members, fields);
  }

  @Override
  public T fromPython(Object value) {
    if (value == null) {
      return null;
    }
    Object[] values = fields.fromPython(value);
    try {
      T pojo = constructor.newInstance();
      for (int i = 0; i < values.length; i++) {
        if (values[i] != null || !members[i].getType().isPrimitive()) {
          members[i].set(pojo, values[i]);
        }
      }
      return pojo;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + constructor.getDeclaringClass(), e);
    }
  }

  @Override
  public Object description() {
    return fields.row();
  }
}
