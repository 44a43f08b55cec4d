package dev.naja.internal;

import dev.naja.PythonConversionException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * How dates, times and durations lie in a frame: in nanoseconds, which NumPy and pandas have too.
 * Python's datetime knows microseconds and the years 1 to 9999; what it cannot hold is refused.
 */
final class TimeRecords {
  private static final int MIN_YEAR = 1;
  private static final int MAX_YEAR = 9999;
  private static final int NANOS_A_MICRO = 1000;
  private static final int SECONDS_A_DAY = 24 * 60 * 60;
  private static final int MAX_DURATION_DAYS = 999_999_999;

  private TimeRecords() {}

  static void putDate(CallFrame frame, LocalDate date) {
    tag(frame, Tag.DATE);
    date(frame, date, date);
  }

  static void putTime(CallFrame frame, LocalTime time) {
    tag(frame, Tag.TIME);
    time(frame, time, time);
  }

  static void putOffsetTime(CallFrame frame, OffsetTime time) {
    tag(frame, Tag.OFFSET_TIME);
    time(frame, time.toLocalTime(), time);
    offset(frame, time.getOffset());
  }

  static void putDateTime(CallFrame frame, LocalDateTime dateTime) {
    tag(frame, Tag.DATE_TIME);
    dateTime(frame, dateTime, dateTime);
  }

  static void putOffsetDateTime(CallFrame frame, OffsetDateTime dateTime) {
    tag(frame, Tag.OFFSET_DATE_TIME);
    dateTime(frame, dateTime.toLocalDateTime(), dateTime);
    offset(frame, dateTime.getOffset());
  }

  static void putInstant(CallFrame frame, Instant instant) {
    OffsetDateTime utc;
    try {
      utc = instant.atOffset(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw outOfYears(instant);
    }
    tag(frame, Tag.OFFSET_DATE_TIME);
    dateTime(frame, utc.toLocalDateTime(), instant);
    offset(frame, ZoneOffset.UTC);
  }

  static void putZonedDateTime(CallFrame frame, ZonedDateTime dateTime) {
    if (dateTime.getZone() instanceof ZoneOffset) {
      putOffsetDateTime(frame, dateTime.toOffsetDateTime());
      return;
    }
    tag(frame, Tag.ZONED_DATE_TIME);
    dateTime(frame, dateTime.toLocalDateTime(), dateTime);
    offset(frame, dateTime.getOffset());
    String zone = dateTime.getZone().getId();
    int at = frame.room(4 + zone.length());
    frame.setInt(at, zone.length());
    for (int i = 0; i < zone.length(); i++) {
      frame.setByte(at + 4 + i, zone.charAt(i));
    }
  }

  static void putDuration(CallFrame frame, Duration duration) {
    long days = Math.floorDiv(duration.getSeconds(), (long) SECONDS_A_DAY);
    if (Math.abs(days) > MAX_DURATION_DAYS) {
      throw new PythonConversionException(
          "cannot pass the Duration "
              + duration
              + " as a timedelta, which holds at most 999999999 days: pass its seconds as a"
              + " number");
    }
    int at = frame.room(13);
    frame.setByte(at, Tag.DURATION);
    frame.setLong(at + 1, duration.getSeconds());
    frame.setInt(at + 9, wholeMicros(duration.getNano(), duration));
  }

  private static void tag(CallFrame frame, byte tag) {
    frame.setByte(frame.room(1), tag);
  }

  private static void date(CallFrame frame, LocalDate date, Object whole) {
    if (date.getYear() < MIN_YEAR || date.getYear() > MAX_YEAR) {
      throw outOfYears(whole);
    }
    int at = frame.room(6);
    frame.setInt(at, date.getYear());
    frame.setByte(at + 4, date.getMonthValue());
    frame.setByte(at + 5, date.getDayOfMonth());
  }

  private static void time(CallFrame frame, LocalTime time, Object whole) {
    wholeMicros(time.getNano(), whole);
    frame.setLong(frame.room(8), time.toNanoOfDay());
  }

  private static void dateTime(CallFrame frame, LocalDateTime dateTime, Object whole) {
    date(frame, dateTime.toLocalDate(), whole);
    time(frame, dateTime.toLocalTime(), whole);
  }

  private static void offset(CallFrame frame, ZoneOffset offset) {
    frame.setInt(frame.room(4), offset.getTotalSeconds());
  }

  private static int wholeMicros(int nanos, Object whole) {
    if (nanos % NANOS_A_MICRO != 0) {
      String mend =
          whole instanceof Duration
              ? "truncate it with truncatedTo(ChronoUnit.MICROS), or pass its nanoseconds as a long"
              : "truncate it with truncatedTo(ChronoUnit.MICROS), or pass its nanoseconds apart";
      throw new PythonConversionException(
          "cannot pass the "
              + whole.getClass().getSimpleName()
              + " "
              + whole
              + ", as Python's datetime keeps microseconds and it has nanoseconds: "
              + mend);
    }
    return nanos;
  }

  private static PythonConversionException outOfYears(Object whole) {
    return new PythonConversionException(
        "cannot pass the "
            + whole.getClass().getSimpleName()
            + " "
            + whole
            + ", as Python's datetime holds the years 1 to 9999: pass it as text or as a number");
  }

  static LocalDate takeDate(CallFrame frame) {
    int year = frame.takeInt();
    int month = frame.takeByte();
    return LocalDate.of(year, month, frame.takeByte());
  }

  static LocalTime takeTime(CallFrame frame) {
    return LocalTime.ofNanoOfDay(frame.takeLong());
  }

  static OffsetTime takeOffsetTime(CallFrame frame) {
    LocalTime time = takeTime(frame);
    return OffsetTime.of(time, takeOffset(frame, time));
  }

  static LocalDateTime takeDateTime(CallFrame frame) {
    LocalDate date = takeDate(frame);
    return LocalDateTime.of(date, takeTime(frame));
  }

  static OffsetDateTime takeOffsetDateTime(CallFrame frame) {
    LocalDateTime dateTime = takeDateTime(frame);
    return OffsetDateTime.of(dateTime, takeOffset(frame, dateTime));
  }

  static ZonedDateTime takeZonedDateTime(CallFrame frame) {
    OffsetDateTime dateTime = takeOffsetDateTime(frame);
    String zone = Text.takeLatin1Payload(frame);
    try {
      return ZonedDateTime.ofStrict(
          dateTime.toLocalDateTime(), dateTime.getOffset(), ZoneId.of(zone));
    } catch (DateTimeException e) {
      throw new PythonConversionException(
          "cannot convert "
              + dateTime
              + " in the zone "
              + zone
              + " (Python datetime.datetime) to java.time.ZonedDateTime ("
              + e.getMessage()
              + "): take it as an OffsetDateTime",
          e);
    }
  }

  static Duration takeDuration(CallFrame frame) {
    long seconds = frame.takeLong();
    return Duration.ofSeconds(seconds, frame.takeInt());
  }

  private static ZoneOffset takeOffset(CallFrame frame, Object local) {
    int seconds = frame.takeInt();
    try {
      return ZoneOffset.ofTotalSeconds(seconds);
    } catch (DateTimeException e) {
      throw new PythonConversionException(
          "cannot convert "
              + local
              + " at an offset of "
              + Duration.ofSeconds(seconds)
              + " (Python datetime) to java.time, whose offsets are at most 18 hours: convert it to"
              + " UTC in Python",
          e);
    }
  }
}
