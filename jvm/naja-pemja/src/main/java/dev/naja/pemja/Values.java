package dev.naja.pemja;

import dev.naja.PyObject;
import dev.naja.PyRef;
import dev.naja.PyTuple;
import dev.naja.internal.CallFrame;
import java.lang.reflect.Array;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/** What does the Python module {@code pemja} ask of Java when Python uses Java's objects? */
public final class Values {
  private Values() {}

  /**
   * A Python object as PEMJA hands it to a Java method that takes any object.
   *
   * @param object the object, by reference
   * @return a value
   */
  public static Object take(PyObject object) {
    CallFrame frame = CallFrame.acquire();
    try {
      frame.putPyObject(object);
      return frame.call(PemjaFunction.ITSELF.get(), 1, 0, Results.READER);
    } finally {
      frame.release();
    }
  }

  /**
   * The Python object behind a face.
   *
   * @param face a face
   * @return the object
   */
  public static PyObject target(pemja.core.object.PyObject face) {
    return Faces.get().target(face);
  }

  /**
   * An array as what becomes a tuple.
   *
   * @param array an array of any type
   * @return its elements, those that are no values by reference
   */
  public static PyTuple tuple(Object array) {
    Object[] elements = new Object[Array.getLength(array)];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = element(Array.get(array, i));
    }
    return PyTuple.of(elements);
  }

  private static Object element(Object value) {
    if (value == null || value instanceof byte[]) {
      return value;
    }
    if (value.getClass().isArray()) {
      return tuple(value);
    }
    if (value instanceof pemja.core.object.PyObject) {
      return target((pemja.core.object.PyObject) value);
    }
    if (value instanceof java.util.Date && Arguments.isValue(value)) {
      return Arguments.local((java.util.Date) value);
    }
    if (value instanceof BigInteger) {
      return new BigDecimal((BigInteger) value);
    }
    return Arguments.isValue(value) ? value : PyRef.of(value);
  }

  /**
   * What {@code java.time} has for a time of {@code java.sql}'s.
   *
   * @param time the time
   * @return an object that crosses by value
   */
  public static Object local(java.util.Date time) {
    return PyTuple.of(Arguments.local(time));
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
