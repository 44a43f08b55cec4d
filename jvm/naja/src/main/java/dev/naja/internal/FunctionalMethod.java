package dev.naja.internal;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Which method is called when an object of a class is called as if it were a function? */
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
    if (type.isInterface()) {
      Method method = of(type);
      return method == null ? null : method.getName();
    }
    Map<String, String> names = new LinkedHashMap<>();
    for (Class<?> each : interfaces(type)) {
      Method method = counts(each) ? of(each) : null;
      if (method != null) {
        names.put(method.getName() + method.getParameterCount(), method.getName());
      }
    }
    return names.size() == 1 ? names.values().iterator().next() : null;
  }

  private static boolean counts(Class<?> type) {
    return type.isAnnotationPresent(FunctionalInterface.class)
        || !type.getName().startsWith("java.");
  }

  /** The one abstract method of an interface, or null; those of every object do not count. */
  static Method of(Class<?> type) {
    Map<String, Method> methods = new LinkedHashMap<>();
    for (Method method : type.getMethods()) {
      if (Modifier.isAbstract(method.getModifiers()) && !isObjects(method)) {
        methods.putIfAbsent(method.getName() + method.getParameterCount(), method);
      }
    }
    return methods.size() == 1 ? methods.values().iterator().next() : null;
  }

  private static boolean isObjects(Method method) {
    try {
      Object.class.getMethod(method.getName(), method.getParameterTypes());
      return true;
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  /** All interfaces that a class implements. */
  private static Set<Class<?>> interfaces(Class<?> type) {
    Set<Class<?>> all = new LinkedHashSet<>();
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      collect(each, all);
    }
    return all;
  }

  private static void collect(Class<?> type, Set<Class<?>> all) {
    for (Class<?> each : type.getInterfaces()) {
      if (all.add(each)) {
        collect(each, all);
      }
    }
  }
}
