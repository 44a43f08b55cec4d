package dev.naja.internal;

import dev.naja.PythonConversionException;
import dev.naja.PythonException;

/** What to say when a record does not suit its target: the value, its Python type and the mend. */
final class Mismatch {
  private static final int LONGEST_VALUE = 100;

  private Mismatch() {}

  /**
   * The exception for a record.
   *
   * @param start where the record starts in the frame
   * @param target the Java type that was asked for
   * @param reason why not and what to do, or empty where the types say it all
   */
  static PythonConversionException of(CallFrame frame, int start, String target, String reason) {
    frame.position = start;
    String value = describe(frame);
    return new PythonConversionException(
        "cannot convert " + value + " to " + target + (reason.isEmpty() ? "" : ": " + reason));
  }

  private static String describe(CallFrame frame) {
    byte tag = frame.tag();
    switch (tag) {
      case Tag.NULL:
        return "None (Python NoneType)";
      case Tag.FALSE:
        return "False (Python bool)";
      case Tag.TRUE:
        return "True (Python bool)";
      case Tag.I64:
      case Tag.BIG_INT:
        return value(frame, "", "int");
      case Tag.F64:
        return value(frame, "", "float");
      case Tag.LATIN1:
      case Tag.UTF8:
      case Tag.UTF16:
        return value(frame, "'", "str");
      case Tag.UUID:
        return value(frame, "", "uuid.UUID");
      case Tag.DATE:
        return value(frame, "", "datetime.date");
      case Tag.TIME:
      case Tag.OFFSET_TIME:
        return value(frame, "", "datetime.time");
      case Tag.DATE_TIME:
      case Tag.OFFSET_DATE_TIME:
      case Tag.ZONED_DATE_TIME:
        return value(frame, "", "datetime.datetime");
      case Tag.DURATION:
        return value(frame, "", "datetime.timedelta");
      case Tag.DECIMAL:
        frame.position++;
        return text(Text.takeLatin1Payload(frame), "", "decimal.Decimal");
      case Tag.BYTES:
        return sized(frame, "bytes");
      case Tag.LIST:
        return sized(frame, "list");
      case Tag.TUPLE:
        return sized(frame, "tuple");
      case Tag.SET:
        return sized(frame, "set");
      case Tag.FROZEN_SET:
        return sized(frame, "frozenset");
      case Tag.MAP:
        return sized(frame, "dict");
      case Tag.NAMED:
        frame.position++;
        return "a named tuple (Python " + ValueReader.INSTANCE.read(frame) + ")";
      case Tag.ENUM:
        return value(frame, "", "enum.Enum");
      case Tag.HANDLE:
        frame.position++;
        return object(frame.takeLong());
      case Tag.BYTE_ARRAY:
        return "a long value (Python bytes)";
      default:
        frame.position++;
        return "a Java object (" + frame.takeReferenced().getClass().getName() + ")";
    }
  }

  private static String value(CallFrame frame, String quote, String type) {
    return text(String.valueOf(ValueReader.INSTANCE.read(frame)), quote, type);
  }

  private static String text(String text, String quote, String type) {
    String shown = text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "...";
    return quote + shown + quote + " (Python " + type + ")";
  }

  private static String sized(CallFrame frame, String type) {
    frame.position++;
    return "a value of length " + frame.takeInt() + " (Python " + type + ")";
  }

  private static String object(long handle) {
    return text(ask(Native.REPR, handle), "", ask(Native.TYPE_NAME, handle));
  }

  private static String ask(int operation, long handle) {
    CallFrame frame = CallFrame.acquire();
    try {
      frame.operate(operation, handle, Native.WANT_VALUE);
      return frame.getString();
    } catch (PythonException e) {
      return "an object whose repr raised " + e.pythonType();
    } finally {
      frame.release();
    }
  }
}
