package dev.naja.internal;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which method is called when an object is called as if it were a function? */
final class FunctionalMethod {
  private FunctionalMethod() {}

  /**
   * The name of the one abstract method of the one functional interface that a class has.
   *
   * <p>Of the JDK's interfaces only those count that say that they are functional: nobody means to
   * call a {@code Comparable} or an {@code AutoCloseable}.
   *
   * @return the name, or null
   */
  static String name(Class<?> type) {
    Map<String, Method> methods = new LinkedHashMap<>();
    for (Class<?> each : PublicMembers.ancestors(type)) {
      Method method = each == type || counts(each) ? of(each) : null;
      if (method != null) {
        methods.putIfAbsent(key(method), method);
      }
    }
    return methods.size() == 1 ? methods.values().iterator().next().getName() : null;
  }

  private static boolean counts(Class<?> type) {
    return type.isAnnotationPresent(FunctionalInterface.class)
        || !type.getName().startsWith("java.");
  }

  /**
   * The one abstract method of an interface, or null. Those that every object has do not count, nor
   * does closing; one that narrows another's parameters is the same.
   */
  static Method of(Class<?> type) {
    if (!type.isInterface()) {
      return null;
    }
    Map<String, Method> methods = new LinkedHashMap<>();
    for (Method method : PublicMembers.methods(type)) {
      boolean counts = Modifier.isAbstract(method.getModifiers()) && !BoundMethod.isObjects(method);
      if (counts && !BoundMethod.closes(method, type)) {
        methods.putIfAbsent(key(method), method);
      }
    }
    return methods.size() == 1 ? methods.values().iterator().next() : null;
  }

  private static String key(Method method) {
    return method.getName() + "/" + method.getParameterCount();
  }

  /**
   * Whether a callable is rather meant for one functional interface than for another: the Java
   * Language Specification, 15.12.2.5, prefers one that returns something, as {@code Callable} to
   * {@code Runnable}.
   */
  static boolean isPreferred(Class<?> type, Class<?> other) {
    Method own = of(type);
    Method others = of(other);
    return own != null
        && others != null
        && own.getParameterCount() == others.getParameterCount()
        && own.getReturnType() != void.class
        && others.getReturnType() == void.class;
  }
}
