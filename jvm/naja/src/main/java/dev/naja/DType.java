package dev.naja;

import java.nio.ByteOrder;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of an {@link NdArray}'s elements: NumPy's dtype of fixed size, byte order included.
 *
 * <p>The constants are in the byte order of this machine; {@link #withOrder} gives the other.
 * Immutable.
 */
public final class DType {

  /** What the bytes of an element stand for. */
  public enum Kind {
    /** A truth value in one byte. */
    BOOL('b'),
    /** A signed integer. */
    INT('i'),
    /** An unsigned integer. */
    UINT('u'),
    /** A floating-point number of IEEE 754. */
    FLOAT('f'),
    /** A complex number: two floating-point numbers, the real part first. */
    COMPLEX('c'),
    /** A number of units of time since 1970-01-01, in 64 bits; {@code Long.MIN_VALUE} is NaT. */
    DATETIME('M'),
    /** A number of units of time, in 64 bits; {@code Long.MIN_VALUE} is NaT. */
    TIMEDELTA('m'),
    /** Bytes of a fixed number, of which NumPy takes no notice of zeros at the end. */
    BYTES('S');

    private final char code;

    Kind(char code) {
      this.code = code;
    }
  }

  private static final Pattern TEXT =
      Pattern.compile("([<>|=])(b1|[iu][1248]|f[248]|c8|c16|[Mm]8|S[1-9]\\d*)(?:\\[(\\w+)\\])?");
  private static final Pattern UNIT = Pattern.compile("\\d*(?:Y|M|W|D|h|m|s|ms|us|ns|ps|fs|as)");

  /** Truth values, a byte each. */
  public static final DType BOOL = new DType(Kind.BOOL, 1);

  /** Java's {@code byte}. */
  public static final DType INT8 = new DType(Kind.INT, 1);

  /** Java's {@code short}. */
  public static final DType INT16 = new DType(Kind.INT, 2);

  /** Java's {@code int}. */
  public static final DType INT32 = new DType(Kind.INT, 4);

  /** Java's {@code long}. */
  public static final DType INT64 = new DType(Kind.INT, 8);

  /** Unsigned bytes. */
  public static final DType UINT8 = new DType(Kind.UINT, 1);

  /** Java's {@code char}, as a number. */
  public static final DType UINT16 = new DType(Kind.UINT, 2);

  /** Unsigned integers of 32 bits. */
  public static final DType UINT32 = new DType(Kind.UINT, 4);

  /** Unsigned integers of 64 bits. */
  public static final DType UINT64 = new DType(Kind.UINT, 8);

  /** Floating-point numbers of 16 bits. */
  public static final DType FLOAT16 = new DType(Kind.FLOAT, 2);

  /** Java's {@code float}. */
  public static final DType FLOAT32 = new DType(Kind.FLOAT, 4);

  /** Java's {@code double}. */
  public static final DType FLOAT64 = new DType(Kind.FLOAT, 8);

  /** Pairs of {@code float}s. */
  public static final DType COMPLEX64 = new DType(Kind.COMPLEX, 8);

  /** Pairs of {@code double}s. */
  public static final DType COMPLEX128 = new DType(Kind.COMPLEX, 16);

  private final Kind kind;
  private final int itemSize;
  private final ByteOrder order;
  private final String unit;
  private final String text;

  private DType(Kind kind, int itemSize) {
    this(kind, itemSize, ByteOrder.nativeOrder(), "");
  }

  private DType(Kind kind, int itemSize, ByteOrder order, String unit) {
    this.kind = kind;
    this.itemSize = itemSize;
    this.order = order;
    this.unit = unit;
    this.text = text();
  }

  private String text() {
    char first = '|';
    if (isOrdered()) {
      first = order == ByteOrder.LITTLE_ENDIAN ? '<' : '>';
    }
    return first + "" + kind.code + itemSize + (unit.isEmpty() ? "" : "[" + unit + "]");
  }

  /**
   * Points in time, as numbers of units since 1970-01-01.
   *
   * @param unit NumPy's name of the unit, such as {@code "ns"}, {@code "ms"}, {@code "D"} or {@code
   *     "15m"}
   * @return their type
   * @throws IllegalArgumentException if there is no such unit
   */
  public static DType datetime64(String unit) {
    return ofTime(Kind.DATETIME, unit);
  }

  /**
   * Lengths of time, as numbers of units.
   *
   * @param unit NumPy's name of the unit, as for {@link #datetime64}
   * @return their type
   * @throws IllegalArgumentException if there is no such unit
   */
  public static DType timedelta64(String unit) {
    return ofTime(Kind.TIMEDELTA, unit);
  }

  private static DType ofTime(Kind kind, String unit) {
    if (!UNIT.matcher(unit).matches()) {
      throw new IllegalArgumentException(
          "\""
              + unit
              + "\" is no unit of time: take one of Y, M, W, D, h, m, s, ms, us, ns, ps, fs, as,"
              + " with a number before it or without.");
    }
    return new DType(kind, 8, ByteOrder.nativeOrder(), unit);
  }

  /**
   * Bytes of a fixed number.
   *
   * @param length how many bytes each element has, at least 1
   * @return their type
   * @throws IllegalArgumentException if the length is zero or negative
   */
  public static DType fixedBytes(int length) {
    if (length < 1) {
      throw new IllegalArgumentException("Elements of " + length + " bytes cannot be.");
    }
    return new DType(Kind.BYTES, length);
  }

  /**
   * The type that NumPy's array interface gives a text, as in {@code array.dtype.str}.
   *
   * @param text such as {@code "<f8"}, {@code "|b1"}, {@code ">i4"} or {@code "<M8[ns]"}
   * @return the type
   * @throws IllegalArgumentException if it is none of those that an {@code NdArray} can have
   */
  public static DType of(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches() || parts.group(3) != null && !parts.group(2).equalsIgnoreCase("m8")) {
      throw new IllegalArgumentException(
          "\""
              + text
              + "\" is no type of elements that an NdArray can have: take one such as \"<f8\","
              + " \"|b1\", \">i4\", \"<c16\", \"<M8[ns]\" or \"|S16\".");
    }
    Kind kind = Kind.BOOL;
    for (Kind each : Kind.values()) {
      kind = each.code == parts.group(2).charAt(0) ? each : kind;
    }
    int size = Integer.parseInt(parts.group(2).substring(1));
    String unit = Objects.requireNonNullElse(parts.group(3), "");
    ByteOrder order = ByteOrder.nativeOrder();
    if (parts.group(1).equals("<")) {
      order = ByteOrder.LITTLE_ENDIAN;
    } else if (parts.group(1).equals(">")) {
      order = ByteOrder.BIG_ENDIAN;
    }
    return new DType(kind, size, ByteOrder.nativeOrder(), unit).withOrder(order);
  }

  /**
   * The same type in a byte order.
   *
   * @param order the order of the bytes of one element
   * @return the type; this one if its elements have no order
   */
  public DType withOrder(ByteOrder order) {
    return order == this.order || !isOrdered() ? this : new DType(kind, itemSize, order, unit);
  }

  /**
   * What the bytes of an element stand for.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }

  /**
   * How many bytes an element takes.
   *
   * @return the number of bytes
   */
  public int itemSize() {
    return itemSize;
  }

  /**
   * The order of the bytes of one element.
   *
   * @return the order; this machine's where elements have none
   */
  public ByteOrder order() {
    return order;
  }

  /**
   * The unit of points in time and of lengths of time.
   *
   * @return such as {@code "ns"}; empty for other kinds, and where NumPy has no unit either
   */
  public String unit() {
    return unit;
  }

  private boolean isOrdered() {
    return itemSize > 1 && kind != Kind.BYTES;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DType && text.equals(((DType) other).text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /**
   * The type as NumPy's array interface writes it, which {@link #of(String)} reads.
   *
   * @return such as {@code "<f8"}
   */
  @Override
  public String toString() {
    return text;
  }
}
