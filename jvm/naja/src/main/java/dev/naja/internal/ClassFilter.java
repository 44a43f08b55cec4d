package dev.naja.internal;

import java.util.function.Predicate;

/**
 * Which Java classes may Python touch? What {@link dev.naja.PythonConfig#withClassFilter} says, for
 * all of Python that reaches Java through this class loader's copy of the library. Thread-safe.
 */
final class ClassFilter {
  private static volatile Predicate<String> allowed;

  private ClassFilter() {}

  /** Sets the filter. */
  static void set(Predicate<String> filter) {
    allowed = filter;
  }

  /** Whether Python may touch a class, by its binary name. */
  static boolean allows(String name) {
    Predicate<String> filter = allowed;
    return filter == null || filter.test(name);
  }

  /** Why Python may not touch a class; empty if it may. An array is what its elements are. */
  static String refusal(Class<?> type) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    if (element.isPrimitive() || isOwn(element) || allows(element.getName())) {
      return "";
    }
    return "Python may not touch the Java class "
        + element.getName()
        + ": the filter that PythonConfig.withClassFilter was given refuses it";
  }

  /** Whether the Python half of this library itself uses a class, which no filter keeps it from. */
  private static boolean isOwn(Class<?> type) {
    return type.getClassLoader() == ClassFilter.class.getClassLoader()
        && type.getName().startsWith("dev.naja.internal.");
  }
}
