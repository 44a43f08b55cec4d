package dev.naja.pemja;

import dev.naja.internal.CallFrame;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalTime;
import java.util.Map;
import pemja.core.object.PyObject;

/**
 * What does a Java value become in Python? By value go null, numbers, texts, truth values, {@code
 * java.sql}'s times and arrays, which become tuples; Python objects as themselves; anything else by
 * reference. References have to be <em>given</em>: Python puts them behind PEMJA's rules before the
 * function that is called sees them.
 */
final class Arguments {
  private static final long NANOS_A_MILLI = 1_000_000;
  private static final long MILLIS_A_DAY = 24L * 60 * 60 * 1000;

  private Arguments() {}

  /** Whether no argument goes by reference. */
  static boolean areValues(Object[] arguments) {
    for (Object argument : arguments) {
      if (!isValue(argument)) {
        return false;
      }
    }
    return true;
  }

  /** Whether an argument goes by value, or is a Python object. */
  static boolean isValue(Object value) {
    if (value == null) {
      return true;
    }
    Class<?> type = value.getClass();
    return type == Double.class
        || type == String.class
        || type == Long.class
        || type == Integer.class
        || type == Boolean.class
        || isUncommonValue(value, type);
  }

  private static boolean isUncommonValue(Object value, Class<?> type) {
    if (type.isArray()) {
      return type.getComponentType().isPrimitive() || areValues((Object[]) value);
    }
    return value instanceof Number && isNumber(type)
        || type == Character.class
        || value instanceof PyObject
        || value instanceof java.util.Date && isSqlTime(type);
  }

  private static boolean isNumber(Class<?> type) {
    return type == Float.class
        || type == Short.class
        || type == Byte.class
        || type == BigDecimal.class
        || type == BigInteger.class;
  }

  private static boolean isSqlTime(Class<?> type) {
    return type == Timestamp.class || type == Date.class || type == Time.class;
  }

  /** Puts positional arguments. */
  static void put(CallFrame frame, Object[] arguments) {
    for (Object argument : arguments) {
      put(frame, argument);
    }
  }

  /** Puts keyword arguments. */
  static void put(CallFrame frame, Map<String, Object> arguments) {
    for (Map.Entry<String, Object> argument : arguments.entrySet()) {
      frame.putString(argument.getKey());
      put(frame, argument.getValue());
    }
  }

  /** Puts one argument. */
  static void put(CallFrame frame, Object value) {
    if (value == null) {
      frame.putNull();
      return;
    }
    Class<?> type = value.getClass();
    if (type == Double.class) {
      frame.putDouble((Double) value);
    } else if (type == String.class) {
      frame.putString((String) value);
    } else if (type == Long.class) {
      frame.putLong((Long) value);
    } else if (type == Integer.class) {
      frame.putLong((Integer) value);
    } else if (type == Boolean.class) {
      frame.putBoolean((Boolean) value);
    } else {
      putUncommon(frame, value, type);
    }
  }

  private static void putUncommon(CallFrame frame, Object value, Class<?> type) {
    if (type.isArray()) {
      Arrays.put(frame, value);
    } else if (type == BigInteger.class) {
      frame.putValue(new BigDecimal((BigInteger) value));
    } else if (value instanceof Number && isNumber(type) || type == Character.class) {
      frame.putValue(value);
    } else if (value instanceof PyObject) {
      frame.putPyObject(Faces.get().target((PyObject) value));
    } else if (value instanceof java.util.Date && isSqlTime(type)) {
      frame.putValue(local((java.util.Date) value));
    } else {
      frame.putObject(value);
    }
  }

  /**
   * What {@code java.time} has for a time of {@code java.sql}'s, with the microseconds of Python.
   */
  static Object local(java.util.Date time) {
    if (time instanceof Timestamp) {
      Timestamp timestamp = (Timestamp) time;
      return timestamp.toLocalDateTime().withNano(timestamp.getNanos() / 1000 * 1000);
    }
    return time instanceof Date
        ? ((Date) time).toLocalDate()
        : LocalTime.ofNanoOfDay(Math.floorMod(time.getTime(), MILLIS_A_DAY) * NANOS_A_MILLI);
  }
}
