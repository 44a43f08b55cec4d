package dev.naja.internal;

import dev.naja.PythonConversionException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.UUID;

/** How big numbers and UUIDs lie in a frame. */
final class ScalarRecords {
  private ScalarRecords() {}

  static void putBigInteger(CallFrame frame, BigInteger value) {
    if (value.bitLength() < Long.SIZE) {
      frame.putLong(value.longValue());
      return;
    }
    byte[] bytes = value.toByteArray();
    frame.putCounted(Tag.BIG_INT, bytes.length);
    frame.setBytes(frame.room(bytes.length), bytes, bytes.length);
  }

  static BigInteger takeBigInteger(CallFrame frame) {
    return new BigInteger(frame.takeSizedBytes());
  }

  static void putBigDecimal(CallFrame frame, BigDecimal value) {
    String text = value.toString();
    int at = frame.putCounted(Tag.DECIMAL, text.length()) + 4;
    frame.room(text.length());
    for (int i = 0; i < text.length(); i++) {
      frame.setByte(at + i, text.charAt(i));
    }
  }

  static BigDecimal takeBigDecimal(CallFrame frame) {
    String text = Text.takeLatin1Payload(frame);
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new PythonConversionException(
          "cannot convert Decimal('"
              + text
              + "') (Python decimal.Decimal) to java.math.BigDecimal, which has no such number:"
              + " take it as a PyObject, or as a float if it is not finite",
          e);
    }
  }

  static void putUuid(CallFrame frame, UUID value) {
    int at = frame.room(17);
    frame.setByte(at, Tag.UUID);
    frame.setLong(at + 1, bigEndian(value.getMostSignificantBits()));
    frame.setLong(at + 9, bigEndian(value.getLeastSignificantBits()));
  }

  static UUID takeUuid(CallFrame frame) {
    long most = bigEndian(frame.takeLong());
    return new UUID(most, bigEndian(frame.takeLong()));
  }

  private static long bigEndian(long value) {
    return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? value : Long.reverseBytes(value);
  }
}
