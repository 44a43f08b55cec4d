package dev.naja.internal;

import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** How many units of time is a number of seconds and nanoseconds, exactly, and the other way? */
final class Temporals {
  /** Microseconds. */
  static final long DAY = 86_400_000_000L;

  private static final int SECOND = 1_000_000_000;

  private Temporals() {}

  /**
   * Units of time.
   *
   * @param seconds whole seconds
   * @param nanos nanoseconds on top, 0 to 999999999
   * @param unit the unit
   * @throws IllegalArgumentException if they are no whole number of units, or too many
   */
  static long units(long seconds, int nanos, ChronoUnit unit) {
    int nanosInUnit = nanosIn(unit);
    if (nanos % nanosInUnit != 0) {
      throw new IllegalArgumentException(
          "the column counts "
              + name(unit)
              + ", and would lose "
              + nanos % nanosInUnit
              + " ns: truncate the time, or give the column a finer unit");
    }
    try {
      long perSecond = SECOND / nanosInUnit;
      // Before 1970 the product alone may be out of range although the sum is not.
      return seconds < 0
          ? Math.addExact(
              Math.multiplyExact(seconds + 1, perSecond), nanos / nanosInUnit - perSecond)
          : Math.addExact(Math.multiplyExact(seconds, perSecond), nanos / nanosInUnit);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "the time is out of the range of " + name(unit) + " in 64 bits");
    }
  }

  /** The whole seconds in a number of units. */
  static long seconds(long units, ChronoUnit unit) {
    return Math.floorDiv(units, SECOND / nanosIn(unit));
  }

  /** The nanoseconds on top of {@link #seconds}. */
  static int nanos(long units, ChronoUnit unit) {
    return (int) Math.floorMod(units, (long) (SECOND / nanosIn(unit))) * nanosIn(unit);
  }

  private static int nanosIn(ChronoUnit unit) {
    return unit == ChronoUnit.SECONDS ? SECOND : (int) unit.getDuration().toNanos();
  }

  /** NumPy's and Arrow's name of a unit. */
  static String code(ChronoUnit unit) {
    switch (unit) {
      case SECONDS:
        return "s";
      case MILLIS:
        return "ms";
      case MICROS:
        return "us";
      default:
        return "ns";
    }
  }

  /** The unit of a name. */
  static ChronoUnit unit(String code) {
    switch (code) {
      case "s":
        return ChronoUnit.SECONDS;
      case "ms":
        return ChronoUnit.MILLIS;
      case "us":
        return ChronoUnit.MICROS;
      default:
        return ChronoUnit.NANOS;
    }
  }

  private static String name(ChronoUnit unit) {
    return unit.toString().toLowerCase(Locale.ROOT);
  }
}
