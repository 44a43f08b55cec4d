package dev.naja;

import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;

/**
 * A column of a {@link RowBatch}: its name, and what its cells hold. Every cell can be null.
 * Immutable.
 */
public final class Column {

  /** What the cells of a column hold. */
  public enum Kind {
    /** A truth value. */
    BOOL(1),
    /** A whole number of 8 bits. */
    INT8(1),
    /** A whole number of 16 bits. */
    INT16(2),
    /** A whole number of 32 bits. */
    INT32(4),
    /** A whole number of 64 bits. */
    INT64(8),
    /** A {@code float}. */
    FLOAT32(4),
    /** A {@code double}. */
    FLOAT64(8),
    /** Text, as UTF-8. */
    TEXT(0),
    /** Bytes. */
    BINARY(0),
    /** A decimal number with as many digits after the point as the column has. */
    DECIMAL(16),
    /** A date, as days since 1970-01-01. */
    DATE(4),
    /** A time of day, as microseconds since midnight. */
    TIME(8),
    /** A date and time without a zone, as units since 1970-01-01. */
    TIMESTAMP(8),
    /** A point in time, as units since 1970-01-01 in UTC. */
    INSTANT(8),
    /** A length of time, in units. */
    DURATION(8);

    private final int width;

    Kind(int width) {
      this.width = width;
    }

    /**
     * Bytes that a cell takes.
     *
     * @return the number; 0 if cells differ; 1 for {@link #BOOL}, which takes a bit
     */
    public int width() {
      return width;
    }
  }

  private static final int MAX_PRECISION = 38;

  private final String name;
  private final Kind kind;
  private final int precision;
  private final int scale;
  private final ChronoUnit unit;

  private Column(String name, Kind kind, int precision, int scale, ChronoUnit unit) {
    this.name = Objects.requireNonNull(name, "name");
    this.kind = kind;
    this.precision = precision;
    this.scale = scale;
    this.unit = unit;
  }

  private Column(String name, Kind kind) {
    this(name, kind, 0, 0, null);
  }

  private static Column timed(String name, Kind kind, ChronoUnit unit) {
    switch (unit) {
      case SECONDS:
      case MILLIS:
      case MICROS:
      case NANOS:
        return new Column(name, kind, 0, 0, unit);
      default:
        throw new IllegalArgumentException(
            "Column \"" + name + "\" cannot count " + unit + ", only SECONDS to NANOS.");
    }
  }

  /**
   * A column of truth values.
   *
   * @param name its name
   * @return the column
   */
  public static Column bool(String name) {
    return new Column(name, Kind.BOOL);
  }

  /**
   * A column of whole numbers of 8 bits.
   *
   * @param name its name
   * @return the column
   */
  public static Column int8(String name) {
    return new Column(name, Kind.INT8);
  }

  /**
   * A column of whole numbers of 16 bits.
   *
   * @param name its name
   * @return the column
   */
  public static Column int16(String name) {
    return new Column(name, Kind.INT16);
  }

  /**
   * A column of whole numbers of 32 bits.
   *
   * @param name its name
   * @return the column
   */
  public static Column int32(String name) {
    return new Column(name, Kind.INT32);
  }

  /**
   * A column of whole numbers of 64 bits.
   *
   * @param name its name
   * @return the column
   */
  public static Column int64(String name) {
    return new Column(name, Kind.INT64);
  }

  /**
   * A column of {@code float}s.
   *
   * @param name its name
   * @return the column
   */
  public static Column float32(String name) {
    return new Column(name, Kind.FLOAT32);
  }

  /**
   * A column of {@code double}s.
   *
   * @param name its name
   * @return the column
   */
  public static Column float64(String name) {
    return new Column(name, Kind.FLOAT64);
  }

  /**
   * A column of text.
   *
   * @param name its name
   * @return the column
   */
  public static Column text(String name) {
    return new Column(name, Kind.TEXT);
  }

  /**
   * A column of bytes.
   *
   * @param name its name
   * @return the column
   */
  public static Column binary(String name) {
    return new Column(name, Kind.BINARY);
  }

  /**
   * A column of decimal numbers.
   *
   * @param name its name
   * @param precision digits in all, 1 to 38
   * @param scale digits after the point, 0 to the precision
   * @return the column
   * @throws IllegalArgumentException if there is no such precision or scale
   */
  public static Column decimal(String name, int precision, int scale) {
    if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
      throw new IllegalArgumentException(
          String.format(
              "Column \"%s\" cannot have decimals of precision %d and scale %d: a precision is 1 to"
                  + " %d, a scale 0 to the precision.",
              name, precision, scale, MAX_PRECISION));
    }
    return new Column(name, Kind.DECIMAL, precision, scale, null);
  }

  /**
   * A column of dates.
   *
   * @param name its name
   * @return the column
   */
  public static Column date(String name) {
    return new Column(name, Kind.DATE);
  }

  /**
   * A column of times of day, in microseconds.
   *
   * @param name its name
   * @return the column
   */
  public static Column time(String name) {
    return new Column(name, Kind.TIME, 0, 0, ChronoUnit.MICROS);
  }

  /**
   * A column of dates and times without a zone, in microseconds.
   *
   * @param name its name
   * @return the column
   */
  public static Column timestamp(String name) {
    return timestamp(name, ChronoUnit.MICROS);
  }

  /**
   * A column of dates and times without a zone.
   *
   * @param name its name
   * @param unit what is counted: seconds, milliseconds, microseconds or nanoseconds, which reach
   *     from 1677 to 2262
   * @return the column
   * @throws IllegalArgumentException if the unit is another
   */
  public static Column timestamp(String name, ChronoUnit unit) {
    return timed(name, Kind.TIMESTAMP, unit);
  }

  /**
   * A column of points in time, in microseconds.
   *
   * @param name its name
   * @return the column
   */
  public static Column instant(String name) {
    return instant(name, ChronoUnit.MICROS);
  }

  /**
   * A column of points in time.
   *
   * @param name its name
   * @param unit what is counted: seconds, milliseconds, microseconds or nanoseconds, which reach
   *     from 1677 to 2262
   * @return the column
   * @throws IllegalArgumentException if the unit is another
   */
  public static Column instant(String name, ChronoUnit unit) {
    return timed(name, Kind.INSTANT, unit);
  }

  /**
   * A column of lengths of time, in microseconds.
   *
   * @param name its name
   * @return the column
   */
  public static Column duration(String name) {
    return duration(name, ChronoUnit.MICROS);
  }

  /**
   * A column of lengths of time.
   *
   * @param name its name
   * @param unit what is counted: seconds, milliseconds, microseconds or nanoseconds
   * @return the column
   * @throws IllegalArgumentException if the unit is another
   */
  public static Column duration(String name, ChronoUnit unit) {
    return timed(name, Kind.DURATION, unit);
  }

  /**
   * The name of the column.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * What the cells hold.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }

  /**
   * How many digits a decimal can have.
   *
   * @return 1 to 38; 0 for other kinds
   */
  public int precision() {
    return precision;
  }

  /**
   * How many digits of a decimal are after the point.
   *
   * @return 0 to the precision; 0 for other kinds
   */
  public int scale() {
    return scale;
  }

  /**
   * What times count.
   *
   * @return the unit; null for kinds that have none
   */
  public ChronoUnit unit() {
    return unit;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Column
        && name.equals(((Column) other).name)
        && type().equals(((Column) other).type());
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, type());
  }

  private String type() {
    if (kind == Kind.DECIMAL) {
      return "decimal(" + precision + ", " + scale + ")";
    }
    String type = kind.name().toLowerCase(Locale.ROOT);
    return unit == null ? type : type + "(" + unit.name().toLowerCase(Locale.ROOT) + ")";
  }

  /**
   * Name and type.
   *
   * @return such as {@code "amount" decimal(10, 2)}
   */
  @Override
  public String toString() {
    return "\"" + name + "\" " + type();
  }
}
