package dev.naja.internal;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.Map;

/** One method of an interface that calls a Python object, and how its result crosses. Immutable. */
final class BoundMethod {
  final Method method;

  /** The interface, of those that were asked for, which has the method or inherits it. */
  final Class<?> type;

  /** Which of the interface's callables it calls. */
  final int callable;

  /** What takes its result. */
  final Reader<?> reader;

  /**
   * Looks at a method.
   *
   * @param variables what type variables stand for
   * @throws dev.naja.PythonConversionException if nothing in Python becomes the return type
   */
  BoundMethod(Method method, Class<?> type, int callable, Map<TypeVariable<?>, Type> variables) {
    this.method = method;
    this.type = type;
    this.callable = callable;
    this.reader = Readers.of(GenericType.resolve(method.getGenericReturnType(), variables));
  }

  /**
   * Whether the one parameter and the result are of a primitive type, so that no frame is needed.
   */
  boolean maps(Class<?> primitive) {
    return method.getReturnType() == primitive
        && method.getParameterCount() == 1
        && method.getParameterTypes()[0] == primitive;
  }

  /**
   * Whether every object has a method, of whatever class. {@code Object.class.getMethod} would tell
   * by an exception, whose text brings streams and lambdas into a process that may have none.
   */
  static boolean isObjects(Method method) {
    for (Method known : Object.class.getMethods()) {
      if (known.getName().equals(method.getName())
          && Arrays.equals(known.getParameterTypes(), method.getParameterTypes())) {
        return true;
      }
    }
    return false;
  }

  /** Whether the method ends an {@link AutoCloseable}. */
  static boolean closes(Method method, Class<?> type) {
    return AutoCloseable.class.isAssignableFrom(type)
        && method.getName().equals("close")
        && method.getParameterCount() == 0;
  }
}
