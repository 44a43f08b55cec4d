package dev.naja.internal;

import dev.naja.DType;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which Java value is an element of an array, and the other way round? Numbers are the same exactly
 * or not at all. Whoever calls holds the memory open.
 */
final class NdElements {
  /** Beyond it not every whole number is a double. */
  private static final long EXACT_DOUBLES = 1L << 53;

  private static final Set<DType.Kind> SIGNED =
      EnumSet.of(DType.Kind.INT, DType.Kind.DATETIME, DType.Kind.TIMEDELTA);

  private final ByteBuffer data;
  private final DType type;

  NdElements(NdView view) {
    this(view.data(), view.type());
  }

  /**
   * The elements of memory that is always open.
   *
   * @param data has the byte order of the elements
   */
  NdElements(ByteBuffer data, DType type) {
    this.data = data;
    this.type = type;
  }

  /** An element as the class that suits its type. */
  Object value(int at) {
    switch (type.kind()) {
      case BOOL:
        return data.get(at) != 0;
      case FLOAT:
        return toDouble(at);
      case COMPLEX:
        return type.itemSize() == 8
            ? new double[] {data.getFloat(at), data.getFloat(at + 4)}
            : new double[] {data.getDouble(at), data.getDouble(at + 8)};
      case BYTES:
        return bytes(at);
      default:
        long bits = bits(at);
        if (isUnsignedLong() && bits < 0) {
          return new BigInteger(Long.toUnsignedString(bits));
        }
        return bits;
    }
  }

  private byte[] bytes(int at) {
    byte[] bytes = new byte[type.itemSize()];
    ByteBuffer part = data.duplicate();
    part.position(at);
    part.get(bytes);
    int length = bytes.length;
    while (length > 0 && bytes[length - 1] == 0) {
      length--;
    }
    return Arrays.copyOf(bytes, length);
  }

  boolean toBoolean(int at) {
    if (type.kind() != DType.Kind.BOOL) {
      throw notOfKind("truth values");
    }
    return data.get(at) != 0;
  }

  double toDouble(int at) {
    if (type.kind() == DType.Kind.FLOAT) {
      switch (type.itemSize()) {
        case 2:
          return half(data.getShort(at));
        case 4:
          return data.getFloat(at);
        default:
          return data.getDouble(at);
      }
    }
    long value = toLong(at);
    if (Math.abs(value) > EXACT_DOUBLES || value == Long.MIN_VALUE) {
      if ((long) (double) value != value || value == Long.MAX_VALUE) {
        throw unfit(value, "double");
      }
    }
    return value;
  }

  float toFloat(int at) {
    double value = toDouble(at);
    if ((float) value != value && value == value) {
      throw unfit(value, "float");
    }
    return (float) value;
  }

  long toLong(int at) {
    switch (type.kind()) {
      case INT:
      case DATETIME:
      case TIMEDELTA:
        return bits(at);
      case UINT:
        long bits = bits(at);
        if (isUnsignedLong() && bits < 0) {
          throw unfit(Long.toUnsignedString(bits), "long");
        }
        return bits;
      default:
        throw notOfKind("whole numbers");
    }
  }

  /** A whole number between two bounds. */
  long toLong(int at, long least, long most, String name) {
    long value = toLong(at);
    if (value < least || value > most) {
      throw unfit(value, name);
    }
    return value;
  }

  /** A byte: the number, or for unsigned ones the bits. */
  byte toByte(int at) {
    if (type.kind() == DType.Kind.UINT && type.itemSize() == 1) {
      return data.get(at);
    }
    return (byte) toLong(at, Byte.MIN_VALUE, Byte.MAX_VALUE, "byte");
  }

  void setDouble(int at, double value) {
    if (type.kind() != DType.Kind.FLOAT || type.itemSize() == 2) {
      throw notOfKind("float32 or float64 numbers");
    }
    if (type.itemSize() == 8) {
      data.putDouble(at, value);
    } else if ((float) value != value && value == value) {
      throw unfit(value, "float");
    } else {
      data.putFloat(at, (float) value);
    }
  }

  void setLong(int at, long value) {
    int width = 8 * type.itemSize();
    boolean unsigned = type.kind() == DType.Kind.UINT;
    if (!unsigned && !SIGNED.contains(type.kind())) {
      throw notOfKind("whole numbers");
    }
    long beyond = unsigned ? (width == 64 ? value >> 63 : value >> width) : value >> (width - 1);
    if (beyond != 0 && (unsigned || beyond != -1)) {
      throw unfit(value, (unsigned ? "uint" : "int") + width);
    }
    switch (type.itemSize()) {
      case 1:
        data.put(at, (byte) value);
        break;
      case 2:
        data.putShort(at, (short) value);
        break;
      case 4:
        data.putInt(at, (int) value);
        break;
      default:
        data.putLong(at, value);
    }
  }

  private boolean isUnsignedLong() {
    return type.kind() == DType.Kind.UINT && type.itemSize() == 8;
  }

  /** The bits of a whole number, with its sign if it has one. */
  private long bits(int at) {
    boolean signed = type.kind() != DType.Kind.UINT;
    switch (type.itemSize()) {
      case 1:
        return signed ? data.get(at) : data.get(at) & 0xff;
      case 2:
        return signed ? data.getShort(at) : data.getChar(at);
      case 4:
        return signed ? data.getInt(at) : data.getInt(at) & 0xffff_ffffL;
      default:
        return data.getLong(at);
    }
  }

  private static float half(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0) {
      float subnormal = fraction * 0x1p-24f;
      return sign == 0 ? subnormal : -subnormal;
    }
    int wide = exponent == 31 ? 0xff : exponent + 112;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }

  private ArithmeticException unfit(Object value, String target) {
    return new ArithmeticException(
        value + ", an element of type " + type + ", is no " + target + " without loss.");
  }

  private UnsupportedOperationException notOfKind(String wanted) {
    return new UnsupportedOperationException(
        "Elements of type " + type + " are no " + wanted + ": take get(...) or asBuffer().");
  }
}
