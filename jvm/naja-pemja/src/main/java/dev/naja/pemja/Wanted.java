package dev.naja.pemja;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;

/**
 * How does a value become the class that was asked for? By PEMJA's rules, and exact ones beyond.
 */
final class Wanted {
  private Wanted() {}

  /**
   * A value as a class.
   *
   * @throws pemja.core.PythonException (not declared) if it does not become one
   */
  @SuppressWarnings("unchecked") // The class may be a primitive's, whose objects are its boxes.
  static <T> T as(Class<T> type, Object value) {
    return value == null || type.isInstance(value) ? (T) value : (T) converted(type, value);
  }

  private static Object converted(Class<?> type, Object value) {
    Object made = null;
    if (value instanceof Number) {
      made = number(type, (Number) value);
    } else if (value instanceof String) {
      String text = (String) value;
      boolean one = text.length() == 1 && (type == Character.class || type == char.class);
      made = one ? (Object) text.charAt(0) : null;
    } else if (value instanceof Boolean) {
      made = type == boolean.class ? value : null;
    } else if (type.isArray() && value instanceof Object[]) {
      made = array(type.getComponentType(), (Object[]) value);
    } else if (type.isArray() && value instanceof Collection) {
      made = array(type.getComponentType(), ((Collection<?>) value).toArray());
    }
    if (made == null) {
      throw Failures.unfit(
          "cannot convert "
              + shown(value)
              + ", which is a "
              + value.getClass().getTypeName()
              + ", to "
              + type.getTypeName()
              + ": get it as an Object, or convert it in Python");
    }
    return made;
  }

  private static Object number(Class<?> type, Number value) {
    if (value instanceof BigDecimal) {
      return big(type, (BigDecimal) value);
    }
    if (type == double.class || type == Double.class) {
      return value.doubleValue();
    }
    if (type == float.class || type == Float.class) {
      return value.floatValue();
    }
    if (type == BigInteger.class && value instanceof Long) {
      return BigInteger.valueOf(value.longValue());
    }
    if (type == BigDecimal.class && value instanceof Long) {
      return BigDecimal.valueOf(value.longValue());
    }
    return whole(type, value);
  }

  private static Object big(Class<?> type, BigDecimal value) {
    try {
      return type == BigInteger.class ? value.toBigIntegerExact() : null;
    } catch (ArithmeticException e) {
      return null;
    }
  }

  /** A whole number. The fraction of a float is cut off, as PEMJA does. */
  private static Object whole(Class<?> type, Number value) {
    if (type == long.class || type == Long.class) {
      return value.longValue() == Long.MAX_VALUE && value instanceof Double
          ? null
          : (Object) value.longValue();
    }
    if (type == int.class || type == Integer.class) {
      return within(value, Integer.MIN_VALUE, Integer.MAX_VALUE) ? (Object) value.intValue() : null;
    }
    if (type == short.class || type == Short.class) {
      return within(value, Short.MIN_VALUE, Short.MAX_VALUE) ? (Object) value.shortValue() : null;
    }
    if (type == byte.class || type == Byte.class) {
      return within(value, Byte.MIN_VALUE, Byte.MAX_VALUE) ? (Object) value.byteValue() : null;
    }
    return null;
  }

  private static boolean within(Number value, long least, long greatest) {
    return value.longValue() >= least
        && value.longValue() <= greatest
        && !Double.isNaN(value.doubleValue());
  }

  private static Object array(Class<?> component, Object[] elements) {
    Object array = Array.newInstance(component, elements.length);
    for (int i = 0; i < elements.length; i++) {
      if (elements[i] == null && component.isPrimitive()) {
        throw Failures.unfit(
            "cannot convert None to "
                + component.getTypeName()
                + ", at index "
                + i
                + ": a primitive cannot be null");
      }
      Array.set(array, i, as(component, elements[i]));
    }
    return array;
  }

  private static String shown(Object value) {
    String text =
        value instanceof Object[] ? java.util.Arrays.toString((Object[]) value) : "" + value;
    return text.length() > 100 ? text.substring(0, 100) + "..." : text;
  }
}
