package dev.naja.internal;

import dev.naja.Column;
import dev.naja.Column.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The cells of one column, as Apache Arrow's columnar format lays them out: a bit for each cell
 * that is not null; then the values, or for text and bytes the offsets of the values in a third
 * buffer.
 *
 * <p>Buffers are direct, grow and stay. Writing allocates nothing once they are large enough. What
 * is out of range throws {@link IllegalArgumentException} with the reason alone; {@link
 * BatchMemory} adds row and column. Not thread-safe.
 */
public final class ColumnMemory {
  /** What a buffer can have at most. */
  static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  private static final int FIRST_DATA = 1 << 12;

  /** Digits that every number has room for in 64 bits. */
  private static final int LONG_DIGITS = 18;

  private final Column column;
  private final Kind kind;
  private final int width;
  private final BigInteger limit;

  private ByteBuffer validity;
  private ByteBuffer values;
  private ByteBuffer data;

  ColumnMemory(Column column, int rows) {
    this.column = column;
    this.kind = column.kind();
    this.width = isSized() ? Integer.BYTES : kind.width();
    this.limit = kind == Kind.DECIMAL ? BigInteger.TEN.pow(column.precision()) : null;
    reserve(rows);
    if (isSized()) {
      data = allocate(FIRST_DATA);
    }
  }

  private static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  private static ByteBuffer grown(ByteBuffer from, long bytes) {
    ByteBuffer to = allocate((int) bytes);
    if (from != null) {
      to.put(from.duplicate().clear()).clear();
    }
    return to;
  }

  Column column() {
    return column;
  }

  /** Whether cells differ in size. */
  boolean isSized() {
    return kind.width() == 0;
  }

  /** The most rows that the buffers of a column can have. */
  static int mostRows(Column column) {
    int widest = Math.max(Integer.BYTES, column.kind().width());
    return MOST_BYTES / widest - 1 & -64;
  }

  /** Makes room for a number of rows, a multiple of 64. */
  void reserve(int rows) {
    validity = grown(validity, rows / 8);
    long bytes = kind == Kind.BOOL ? rows / 8 : ((long) rows + (isSized() ? 1 : 0)) * width;
    values = grown(values, bytes);
  }

  boolean isSet(int row) {
    return (validity.get(row >> 3) >> (row & 7) & 1) != 0;
  }

  private void mark(int row) {
    int at = row >> 3;
    validity.put(at, (byte) (validity.get(at) | 1 << (row & 7)));
  }

  /** Makes a cell null. */
  public void unset(int row) {
    int at = row >> 3;
    validity.put(at, (byte) (validity.get(at) & ~(1 << (row & 7))));
  }

  /** Ends the row of a column whose cells differ in size. */
  void end(int row) {
    if (!isSet(row)) {
      values.putInt(4 * row + 4, values.getInt(4 * row));
    }
  }

  /** Makes all cells of some rows null. */
  void clear(int rows) {
    for (int at = 0; at < rows + 7 >> 3; at += 8) {
      validity.putLong(at, 0);
    }
  }

  public void setBoolean(int row, boolean value) {
    if (kind != Kind.BOOL) {
      throw unfit("a boolean");
    }
    int at = row >> 3;
    int bit = 1 << (row & 7);
    byte bits = values.get(at);
    values.put(at, (byte) (value ? bits | bit : bits & ~bit));
    mark(row);
  }

  /** Sets a number of which it is known that it is no time. */
  void setNumber(int row, long value) {
    if (column.unit() != null || kind == Kind.DATE) {
      throw unfit("a number, but for one of units by setLong");
    }
    setLong(row, value);
  }

  public void setLong(int row, long value) {
    switch (kind) {
      case INT64:
      case TIMESTAMP:
      case INSTANT:
      case DURATION:
        values.putLong(8 * row, value);
        break;
      case INT32:
      case DATE:
        values.putInt(4 * row, (int) inRange(value, (int) value));
        break;
      case INT16:
        values.putShort(2 * row, (short) inRange(value, (short) value));
        break;
      case INT8:
        values.put(row, (byte) inRange(value, (byte) value));
        break;
      case TIME:
        if (value < 0 || value >= Temporals.DAY) {
          throw new IllegalArgumentException(value + " us are no time of day");
        }
        values.putLong(8 * row, value);
        break;
      case FLOAT64:
        if ((long) (double) value != value || value == Long.MAX_VALUE) {
          throw new IllegalArgumentException("no double is exactly " + value);
        }
        values.putDouble(8 * row, value);
        break;
      case FLOAT32:
        if ((long) (float) value != value || value == Long.MAX_VALUE) {
          throw new IllegalArgumentException("no float is exactly " + value);
        }
        values.putFloat(4 * row, value);
        break;
      case DECIMAL:
        setDecimal(row, BigDecimal.valueOf(value));
        return;
      default:
        throw unfit("a whole number");
    }
    mark(row);
  }

  private static long inRange(long value, long narrow) {
    if (value != narrow) {
      throw new IllegalArgumentException(value + " is out of range");
    }
    return narrow;
  }

  public void setDouble(int row, double value) {
    if (kind == Kind.FLOAT64) {
      values.putDouble(8 * row, value);
    } else if (kind == Kind.FLOAT32) {
      if ((float) value != value && value == value) {
        throw new IllegalArgumentException(
            "no float is exactly " + value + ": round it by (float), or make the column float64");
      }
      values.putFloat(4 * row, (float) value);
    } else {
      throw unfit("a floating-point number");
    }
    mark(row);
  }

  public void setText(int row, CharSequence text) {
    if (kind != Kind.TEXT) {
      throw unfit("text");
    }
    int start = values.getInt(4 * row);
    room(start, (long) text.length() * Utf8.MOST);
    int end = Utf8.put(data, start, text);
    if (end < 0) {
      throw new IllegalArgumentException(
          String.format(
              "the text has a lone surrogate, U+%04X at index %d, which UTF-8 cannot hold",
              (int) text.charAt(~end), ~end));
    }
    values.putInt(4 * row + 4, end);
    mark(row);
  }

  public void setUtf8(int row, byte[] bytes, int offset, int length) {
    if (kind != Kind.TEXT) {
      throw unfit("UTF-8");
    }
    int malformed = Utf8.malformed(bytes, offset, length);
    if (malformed >= 0) {
      throw new IllegalArgumentException(
          String.format(
              "the bytes are no UTF-8: 0x%02x at index %d cannot be there",
              bytes[offset + malformed], malformed));
    }
    append(row, bytes, offset, length);
  }

  public void setBytes(int row, byte[] bytes, int offset, int length) {
    if (kind != Kind.BINARY) {
      throw unfit("bytes");
    }
    append(row, bytes, offset, length);
  }

  private void append(int row, byte[] bytes, int offset, int length) {
    int start = values.getInt(4 * row);
    room(start, length);
    data.position(start);
    data.put(bytes, offset, length);
    values.putInt(4 * row + 4, start + length);
    mark(row);
  }

  private void room(int start, long bytes) {
    if (start + bytes > data.capacity()) {
      if (start + bytes > MOST_BYTES) {
        throw new IllegalStateException(
            "the column would take more than "
                + MOST_BYTES
                + " bytes: pass the batch and clear() it"
                + " earlier");
      }
      data = grown(data, Math.min(MOST_BYTES, Math.max(2L * data.capacity(), start + bytes)));
    }
  }

  public void setUnscaled(int row, long unscaled) {
    if (kind != Kind.DECIMAL) {
      throw unfit("an unscaled decimal");
    }
    if (column.precision() <= LONG_DIGITS
        && (unscaled >= limit.longValue() || unscaled <= -limit.longValue())) {
      throw beyond(BigDecimal.valueOf(unscaled, column.scale()));
    }
    putDecimal(row, unscaled, unscaled >> 63);
  }

  public void setDecimal(int row, BigDecimal value) {
    if (kind != Kind.DECIMAL) {
      throw unfit("a decimal");
    }
    BigInteger unscaled;
    try {
      unscaled = value.setScale(column.scale(), RoundingMode.UNNECESSARY).unscaledValue();
    } catch (ArithmeticException e) {
      throw beyond(value);
    }
    if (unscaled.abs().compareTo(limit) >= 0) {
      throw beyond(value);
    }
    putDecimal(row, unscaled.longValue(), unscaled.shiftRight(64).longValue());
  }

  private void putDecimal(int row, long low, long high) {
    boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    values.putLong(16 * row, little ? low : high);
    values.putLong(16 * row + 8, little ? high : low);
    mark(row);
  }

  private IllegalArgumentException beyond(BigDecimal value) {
    return new IllegalArgumentException(
        value
            + " has more digits than the column, before the point or after: round it, or give the"
            + " column a higher precision or scale");
  }

  private IllegalArgumentException unfit(String given) {
    return new IllegalArgumentException("the column cannot hold " + given);
  }

  /**
   * Gives each null cell of some rows the value that stands for it where there are no null bits:
   * NaN, NaT, or zero.
   *
   * @return the number of null cells
   */
  int fillNulls(int rows) {
    int nulls = rows;
    for (int at = 0; at < rows + 7 >> 3; at += 8) {
      nulls -= Long.bitCount(validity.getLong(at));
    }
    if (nulls > 0 && !isSized()) {
      for (int row = 0; row < rows; row++) {
        if (!isSet(row)) {
          fillNull(row);
        }
      }
    }
    return nulls;
  }

  private void fillNull(int row) {
    switch (kind) {
      case BOOL:
        values.put(row >> 3, (byte) (values.get(row >> 3) & ~(1 << (row & 7))));
        break;
      case INT8:
        values.put(row, (byte) 0);
        break;
      case INT16:
        values.putShort(2 * row, (short) 0);
        break;
      case FLOAT32:
        values.putFloat(4 * row, Float.NaN);
        break;
      case FLOAT64:
        values.putDouble(8 * row, Double.NaN);
        break;
      case TIMESTAMP:
      case INSTANT:
      case DURATION:
        values.putLong(8 * row, Long.MIN_VALUE);
        break;
      case DECIMAL:
        values.putLong(16 * row, 0);
        values.putLong(16 * row + 8, 0);
        break;
      default:
        for (int at = width * row; at < width * row + width; at += Integer.BYTES) {
          values.putInt(at, 0);
        }
    }
  }

  /** How many parts {@link #describe} writes. */
  int parts() {
    return isSized() ? 3 : 2;
  }

  /** Writes address and size of each part into a frame. */
  void describe(CallFrame frame, int rows, int nulls) {
    describe(frame, validity, nulls == 0 ? 0 : rows + 7 >> 3);
    if (isSized()) {
      describe(frame, values, 4L * rows + 4);
      describe(frame, data, values.getInt(4 * rows));
    } else {
      describe(frame, values, kind == Kind.BOOL ? rows + 7 >> 3 : (long) width * rows);
    }
  }

  private static void describe(CallFrame frame, ByteBuffer part, long bytes) {
    int at = frame.room(16);
    frame.setLong(at, Native.address(part));
    frame.setLong(at + 8, bytes);
  }
}
