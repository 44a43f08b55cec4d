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

  /**
   * Puts positional arguments.
   *
   * @return whether one goes by reference
   */
  static boolean put(CallFrame frame, Object[] arguments) {
    boolean given = false;
    for (Object argument : arguments) {
      given |= put(frame, argument);
    }
    return given;
  }

  /** Puts keyword arguments. */
  static void put(CallFrame frame, Map<String, Object> arguments) {
    for (Map.Entry<String, Object> argument : arguments.entrySet()) {
      frame.putString(argument.getKey());
      put(frame, argument.getValue());
    }
  }

  /**
   * Puts one argument.
   *
   * @return whether it, or an element of it, goes by reference
   */
  static boolean put(CallFrame frame, Object value) {
    if (value == null) {
      frame.putNull();
      return false;
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
      return putUncommon(frame, value, type);
    }
    return false;
  }

  private static boolean putUncommon(CallFrame frame, Object value, Class<?> type) {
    if (type.isArray()) {
      return Arrays.put(frame, value);
    }
    if (type == BigInteger.class) {
      frame.putValue(new BigDecimal((BigInteger) value));
    } else if (value instanceof Number && isNumber(type) || type == Character.class) {
      frame.putValue(value);
    } else if (value instanceof PyObject) {
      frame.putPyObject(Faces.get().target((PyObject) value));
    } else if (value instanceof java.util.Date && isSqlTime(type)) {
      frame.putValue(local((java.util.Date) value));
    } else {
      frame.putObject(value);
      return true;
    }
    return false;
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
