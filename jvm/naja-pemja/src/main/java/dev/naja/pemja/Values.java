package dev.naja.pemja;

import dev.naja.internal.CallFrame;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.TreeMap;

/**
 * What does the Python module {@code pemja} ask of Java when Python uses Java's objects?
 *
 * <p>Values go in parcels, which Python keeps by their numbers: where several class loaders have
 * naja, Python's calls of Java go by the classes of the first, while each knows its own by its own
 * calls of Python.
 */
public final class Values {
  private Values() {}

  /**
   * A Python object as PEMJA hands it to a Java method that takes any object.
   *
   * @param number the number of a parcel with the object
   * @return a value
   */
  public static Object take(long number) {
    CallFrame frame = CallFrame.acquire();
    try {
      frame.putLong(number);
      return frame.call(PemjaFunction.FETCH.get(), 1, 0, Results.READER);
    } finally {
      frame.release();
    }
  }

  /**
   * A Java object that goes by value, to Python.
   *
   * @param value an array, a time of {@code java.sql}'s, or a face
   * @return the number of a parcel with what it becomes
   */
  public static long give(Object value) {
    CallFrame frame = CallFrame.acquire();
    try {
      Arguments.put(frame, value);
      Object kept = frame.call(PemjaFunction.KEEP.get(), 1, 0, Results.READER);
      return (Long) kept;
    } finally {
      frame.release();
    }
  }

  /**
   * Which methods of a class need more than naja's own rules.
   *
   * @param type the class
   * @return the methods' names, each with flags behind a colon: {@code s} if one of that name is
   *     static, {@code a} if one takes an array other than {@code Object[]} and {@code byte[]},
   *     {@code f} if one takes an interface
   */
  public static String[] plan(Class<?> type) {
    Map<String, StringBuilder> plan = new TreeMap<>();
    for (Method method : type.getMethods()) {
      if (!isScalar(method.getReturnType()) || !takesScalars(method)) {
        plan.put(method.getName(), new StringBuilder(":"));
      }
    }
    for (Method method : type.getMethods()) {
      StringBuilder flags = plan.get(method.getName());
      if (flags == null) {
        continue;
      }
      if (Modifier.isStatic(method.getModifiers())) {
        flags.append('s');
      }
      for (Class<?> parameter : method.getParameterTypes()) {
        if (parameter.isArray() && parameter != Object[].class && parameter != byte[].class) {
          flags.append('a');
        } else if (parameter.isInterface()) {
          flags.append('f');
        }
      }
    }
    return plan.entrySet().stream()
        .map(entry -> entry.getKey() + entry.getValue())
        .toArray(String[]::new);
  }

  private static boolean takesScalars(Executable member) {
    for (Class<?> parameter : member.getParameterTypes()) {
      if (!isScalar(parameter)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isScalar(Class<?> type) {
    return type.isPrimitive() || type == String.class || type == Void.class;
  }
}
