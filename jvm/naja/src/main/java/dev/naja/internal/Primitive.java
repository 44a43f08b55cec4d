package dev.naja.internal;

import java.util.List;
import java.util.Map;

/** What is there to know of Java's primitive types? */
final class Primitive {
  /** By widening primitive conversion each becomes those after it. */
  private static final List<Class<?>> NUMBERS =
      List.of(byte.class, short.class, int.class, long.class, float.class, double.class);

  private static final List<Class<?>> ALL =
      List.of(
          boolean.class,
          byte.class,
          short.class,
          char.class,
          int.class,
          long.class,
          float.class,
          double.class,
          void.class);

  private static final String CODES = "ZBSCIJFDV";

  private static final Map<Class<?>, Class<?>> BOXES =
      Map.of(
          boolean.class, Boolean.class,
          byte.class, Byte.class,
          short.class, Short.class,
          char.class, Character.class,
          int.class, Integer.class,
          long.class, Long.class,
          float.class, Float.class,
          double.class, Double.class);

  private Primitive() {}

  /** The box of a primitive type. */
  static Class<?> box(Class<?> primitive) {
    return BOXES.get(primitive);
  }

  /** The primitive type itself, or that of a box; null for other classes. */
  static Class<?> unboxed(Class<?> type) {
    for (Map.Entry<Class<?>, Class<?>> each : BOXES.entrySet()) {
      if (each.getKey() == type || each.getValue() == type) {
        return each.getKey();
      }
    }
    return null;
  }

  /** How far a primitive type, or null, is widened to become another; -1 if it cannot be. */
  static int widening(Class<?> from, Class<?> to) {
    if (from == null || from == to) {
      return from == null ? -1 : 0;
    }
    int start = NUMBERS.indexOf(from == char.class ? short.class : from);
    int end = NUMBERS.indexOf(to);
    return start < 0 || end <= start ? -1 : end - start;
  }

  /** The letter of a primitive type in descriptors, {@code void} too; {@code L} for others. */
  static char code(Class<?> type) {
    int index = ALL.indexOf(type);
    return index < 0 ? 'L' : CODES.charAt(index);
  }

  /** The bits of an integral type. */
  static int bits(Class<?> primitive) {
    return 8 << NUMBERS.indexOf(primitive);
  }
}
