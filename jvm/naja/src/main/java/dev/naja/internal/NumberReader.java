package dev.naja.internal;

import dev.naja.PythonException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * How records become Java numbers and booleans: exactly, or not at all.
 *
 * <p>Python objects that stand for a number, such as fractions and tensors of no dimension, are
 * asked for it; so are Java's boxes that Python held.
 */
enum NumberReader implements Reader<Object> {
  BOOLEAN,
  BYTE,
  SHORT,
  INT,
  LONG,
  FLOAT,
  DOUBLE,
  BIG_INTEGER,
  BIG_DECIMAL,
  NUMBER;

  @Override
  public Object read(CallFrame frame) {
    switch (this) {
      case BOOLEAN:
        return readBoolean(frame);
      case BYTE:
        return (byte) integer(frame, Byte.MIN_VALUE, Byte.MAX_VALUE, "byte");
      case SHORT:
        return (short) integer(frame, Short.MIN_VALUE, Short.MAX_VALUE, "short");
      case INT:
        return (int) integer(frame, Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
      case LONG:
        return integer(frame, Long.MIN_VALUE, Long.MAX_VALUE, "long");
      case FLOAT:
        return readFloat(frame);
      case DOUBLE:
        return readDouble(frame);
      case BIG_INTEGER:
        return readBigInteger(frame);
      case BIG_DECIMAL:
        return readBigDecimal(frame);
      default:
        return readNumber(frame);
    }
  }

  private static long integer(CallFrame frame, long min, long max, String target) {
    if (frame.tag() == Tag.I64) {
      long value = frame.taggedLong();
      if (value >= min && value <= max) {
        frame.position += 9;
        return value;
      }
    }
    int start = frame.position;
    BigDecimal number = decimal(frame, target);
    if (number.compareTo(BigDecimal.valueOf(min)) < 0
        || number.compareTo(BigDecimal.valueOf(max)) > 0) {
      throw Mismatch.of(frame, start, target, "it is out of range, which is " + min + " to " + max);
    }
    return taken(frame, start, whole(frame, start, number, target)).longValue();
  }

  private static BigInteger readBigInteger(CallFrame frame) {
    int start = frame.position;
    String target = "java.math.BigInteger";
    return taken(frame, start, whole(frame, start, decimal(frame, target), target));
  }

  private static BigDecimal readBigDecimal(CallFrame frame) {
    int start = frame.position;
    return taken(frame, start, decimal(frame, "java.math.BigDecimal"));
  }

  private static Number readNumber(CallFrame frame) {
    int start = frame.position;
    return taken(frame, start, number(frame, "java.lang.Number"));
  }

  static double readDouble(CallFrame frame) {
    if (frame.tag() == Tag.F64) {
      return frame.takeTaggedDouble();
    }
    int start = frame.position;
    return taken(frame, start, exactDouble(frame, "double"));
  }

  private static float readFloat(CallFrame frame) {
    int start = frame.position;
    double value = exactDouble(frame, "float");
    if ((float) value != value && !Double.isNaN(value)) {
      throw Mismatch.of(
          frame, start, "float", "no float is exactly this number; take it as a double");
    }
    return (float) (double) taken(frame, start, value);
  }

  /** Gives a handle back that the record at a place holds, now that its number was taken. */
  private static <T> T taken(CallFrame frame, int start, T value) {
    frame.position = start;
    ResultHandles.releaseRecord(frame);
    return value;
  }

  private static BigInteger whole(CallFrame frame, int start, BigDecimal number, String target) {
    try {
      return number.toBigIntegerExact();
    } catch (ArithmeticException e) {
      throw Mismatch.of(
          frame, start, target, "it has a fraction; round it in Python, or take it as a double");
    }
  }

  private static double exactDouble(CallFrame frame, String target) {
    int start = frame.position;
    Number number = number(frame, target);
    double value = number.doubleValue();
    if (number instanceof Double) {
      return value;
    }
    if (Double.isInfinite(value) || new BigDecimal(value).compareTo(decimal(number)) != 0) {
      throw Mismatch.of(
          frame,
          start,
          target,
          "no double is exactly this number; convert it with float() in Python, or take it as a"
              + " java.math.BigDecimal");
    }
    return value;
  }

  static boolean readBoolean(CallFrame frame) {
    int start = frame.position;
    switch (frame.takeByte()) {
      case Tag.TRUE:
        return true;
      case Tag.FALSE:
        return false;
      case Tag.OBJECT:
        Object held = frame.takeReferenced();
        if (held instanceof Boolean) {
          return (boolean) held;
        }
        throw Mismatch.of(frame, start, "boolean", "");
      default:
        throw Mismatch.of(
            frame,
            start,
            "boolean",
            nothing(frame, start, "only a bool can; convert it with bool() in Python"));
    }
  }

  private static BigDecimal decimal(CallFrame frame, String target) {
    int start = frame.position;
    Number number = number(frame, target);
    if (number instanceof Double && !Double.isFinite(number.doubleValue())) {
      throw Mismatch.of(frame, start, target, "it is not finite; take it as a double");
    }
    return decimal(number);
  }

  /** A number of the class of its kind: Long, BigInteger, Double or BigDecimal. */
  private static Number number(CallFrame frame, String target) {
    int start = frame.position;
    byte tag = frame.takeByte();
    switch (tag) {
      case Tag.FALSE:
        return 0L;
      case Tag.TRUE:
        return 1L;
      case Tag.I64:
        return frame.takeLong();
      case Tag.F64:
        return frame.takeDouble();
      case Tag.BIG_INT:
        return ScalarRecords.takeBigInteger(frame);
      case Tag.DECIMAL:
        return ScalarRecords.takeBigDecimal(frame);
      case Tag.ENUM:
        ResultHandles.releaseRecord(frame);
        return number(frame, target);
      case Tag.OBJECT:
        Number held = held(frame.takeReferenced());
        if (held == null) {
          throw Mismatch.of(frame, start, target, "it is no number");
        }
        return held;
      case Tag.HANDLE:
        try {
          return HandleNumbers.number(frame.takeLong());
        } catch (PythonException e) {
          throw Mismatch.of(frame, start, target, "it is no number");
        }
      default:
        throw Mismatch.of(frame, start, target, nothing(frame, start, "it is no number"));
    }
  }

  /** The number that a Java object is which Python held, of the class of its kind, or null. */
  private static Number held(Object object) {
    if (object instanceof Double || object instanceof Float) {
      return ((Number) object).doubleValue();
    }
    if (object instanceof BigInteger || object instanceof BigDecimal) {
      return (Number) object;
    }
    return object != null
            && Primitive.unboxed(object.getClass()) != null
            && object instanceof Number
        ? (Number) ((Number) object).longValue()
        : null;
  }

  private static String nothing(CallFrame frame, int start, String reason) {
    frame.position = start;
    return frame.tag() == Tag.NULL
        ? "a primitive cannot be null; take its wrapper class or an Optional"
        : reason;
  }

  private static BigDecimal decimal(Number number) {
    if (number instanceof Double) {
      return new BigDecimal(number.doubleValue());
    }
    if (number instanceof BigDecimal) {
      return (BigDecimal) number;
    }
    return number instanceof BigInteger
        ? new BigDecimal((BigInteger) number)
        : BigDecimal.valueOf(number.longValue());
  }
}
