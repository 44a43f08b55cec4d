package dev.naja.internal;

import dev.naja.PythonConversionException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The components of a record class, by reflection that Java 11 does not have: on it no class is a
 * record. Immutable and thread-safe.
 */
final class RecordShape {
  /** Found at the first class that looks like a record: method handles are slow to come by. */
  private static final class Reflection {
    static final MethodHandle IS_RECORD = find(Class.class, "isRecord");
    static final MethodHandle COMPONENTS = find(Class.class, "getRecordComponents");
    static final MethodHandle NAME = findInComponent("getName");
    static final MethodHandle TYPE = findInComponent("getGenericType");
    static final MethodHandle ACCESSOR = findInComponent("getAccessor");
  }

  private static final ClassCache<RecordShape> SHAPES =
      new ClassCache<>() {
        @Override
        RecordShape find(Class<?> type) {
          return new RecordShape(type);
        }
      };

  private final String name;
  private final List<String> componentNames;
  private final List<Type> componentTypes;
  private final MethodHandle[] accessors;
  private final MethodHandle constructor;

  private RecordShape(Class<?> type) {
    List<String> names = new ArrayList<>();
    List<Type> types = new ArrayList<>();
    List<MethodHandle> handles = new ArrayList<>();
    List<Class<?>> parameters = new ArrayList<>();
    for (AnnotatedElement component : (AnnotatedElement[]) get(Reflection.COMPONENTS, type)) {
      Method accessor = (Method) get(Reflection.ACCESSOR, component);
      names.add((String) get(Reflection.NAME, component));
      types.add((Type) get(Reflection.TYPE, component));
      parameters.add(accessor.getReturnType());
      handles.add(open(type, accessor));
    }
    this.name = type.getSimpleName();
    this.componentNames = Collections.unmodifiableList(names);
    this.componentTypes = Collections.unmodifiableList(types);
    this.accessors = handles.toArray(new MethodHandle[0]);
    this.constructor = open(type, parameters.toArray(new Class<?>[0]));
  }

  static boolean isRecord(Class<?> type) {
    Class<?> parent = type.getSuperclass();
    return parent != null
        && parent.getName().equals("java.lang.Record")
        && Reflection.IS_RECORD != null
        && (boolean) get(Reflection.IS_RECORD, type);
  }

  /**
   * The shape of a record class.
   *
   * @throws PythonConversionException if its module does not let this one in
   */
  static RecordShape of(Class<?> type) {
    return SHAPES.get(type);
  }

  String name() {
    return name;
  }

  List<String> componentNames() {
    return componentNames;
  }

  List<Type> componentTypes() {
    return componentTypes;
  }

  Object component(Object record, int index) {
    return get(accessors[index], record);
  }

  /** A new record; what its constructor throws comes out as it is. */
  Object construct(Object[] components) {
    try {
      return (Object) constructor.invokeExact(components);
    } catch (Throwable e) {
      throw sneaky(e);
    }
  }

  private static Object get(MethodHandle getter, Object target) {
    try {
      return (Object) getter.invokeExact(target);
    } catch (Throwable e) {
      throw sneaky(e);
    }
  }

  /** Throws anything, unchecked by the compiler; the return type is for {@code throw}. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> RuntimeException sneaky(Throwable e) throws E {
    throw (E) e;
  }

  private static MethodHandle open(Class<?> type, Method accessor) {
    try {
      accessor.trySetAccessible();
      return getter(accessor);
    } catch (IllegalAccessException e) {
      throw closed(type, e);
    }
  }

  private static MethodHandle open(Class<?> type, Class<?>[] parameters) {
    try {
      Constructor<?> canonical = type.getDeclaredConstructor(parameters);
      canonical.trySetAccessible();
      return MethodHandles.lookup()
          .unreflectConstructor(canonical)
          .asSpreader(Object[].class, parameters.length)
          .asType(MethodType.methodType(Object.class, Object[].class));
    } catch (IllegalAccessException e) {
      throw closed(type, e);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(type + " lacks the constructor of its components", e);
    }
  }

  private static PythonConversionException closed(Class<?> type, IllegalAccessException cause) {
    return new PythonConversionException(
        "cannot look into the record "
            + type.getName()
            + ": make it public, or let its module open "
            + type.getPackageName()
            + " to dev.naja",
        cause);
  }

  private static MethodHandle getter(Method method) throws IllegalAccessException {
    return MethodHandles.lookup()
        .unreflect(method)
        .asType(MethodType.methodType(Object.class, Object.class));
  }

  /** A method of a later Java's reflection, or null where it is missing. */
  private static MethodHandle find(Class<?> owner, String method) {
    try {
      return getter(owner.getMethod(method));
    } catch (NoSuchMethodException e) {
      return null;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(owner + "." + method + " is not public", e);
    }
  }

  private static MethodHandle findInComponent(String method) {
    try {
      return find(Class.forName("java.lang.reflect.RecordComponent"), method);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }
}
