package dev.naja.flink.datastream;

import dev.naja.PythonConversionException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;

/** Records of Java, which Flink has as POJOs without setters. */
final class RecordBridge<T> extends TypeBridge<T> {
  private final Fields fields;
  private final Field[] members;
  private final Constructor<T> constructor;

  /** For each component the place of its field among Flink's, which are sorted. */
  private final int[] places;

  RecordBridge(PojoTypeInfo<T> type, Pickles pickles) {
    members = PojoBridge.members(type);
    fields = PojoBridge.fields(type, pickles);
    List<Class<?>> components = new ArrayList<>();
    List<Integer> order = new ArrayList<>();
    for (Field field : type.getTypeClass().getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        components.add(field.getType());
        order.add(type.getFieldIndex(field.getName()));
      }
    }
    places = order.stream().mapToInt(Integer::intValue).toArray();
    try {
      constructor = type.getTypeClass().getDeclaredConstructor(components.toArray(new Class<?>[0]));
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(type.getTypeClass() + " has no canonical constructor.", e);
    }
    constructor.setAccessible(true);
  }

  /** Whether a class is a record, which the Java of this code cannot ask. */
  static boolean isRecord(Class<?> type) {
    Class<?> parent = type.getSuperclass();
    return parent != null && parent.getName().equals("java.lang.Record");
  }

  @Override
  public Object toPython(T value) {
    return PojoBridge.values(value, members, fields);
  }

  @Override
  public T fromPython(Object value) {
    if (value == null) {
      return null;
    }
    Object[] values = fields.fromPython(value);
    Object[] components = new Object[places.length];
    for (int i = 0; i < places.length; i++) {
      components[i] = values[places[i]];
      if (components[i] == null && constructor.getParameterTypes()[i].isPrimitive()) {
        throw new PythonConversionException(
            "field " + fields.name(places[i]) + ": None is no value of a primitive type");
      }
    }
    try {
      return constructor.newInstance(components);
    } catch (InvocationTargetException e) {
      throw new PythonConversionException(
          "cannot make a " + constructor.getDeclaringClass().getSimpleName() + ": " + e.getCause(),
          e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + constructor.getDeclaringClass(), e);
    }
  }

  @Override
  public Object description() {
    return fields.row();
  }
}
