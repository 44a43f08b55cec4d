package dev.naja.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;

/** How records become dates, times and durations of a given class, none of which guesses a zone. */
final class TimeReaders {
  static final Reader<LocalDate> DATE =
      one(LocalDate.class, Tag.DATE, TimeRecords::takeDate, "only a date without time can");
  static final Reader<LocalTime> TIME =
      one(LocalTime.class, Tag.TIME, TimeRecords::takeTime, "only a time without tzinfo can");
  static final Reader<OffsetTime> OFFSET_TIME =
      one(
          OffsetTime.class,
          Tag.OFFSET_TIME,
          TimeRecords::takeOffsetTime,
          "only a time with tzinfo can");
  static final Reader<LocalDateTime> DATE_TIME =
      one(
          LocalDateTime.class,
          Tag.DATE_TIME,
          TimeRecords::takeDateTime,
          "only a datetime without tzinfo can");
  static final Reader<Duration> DURATION =
      one(Duration.class, Tag.DURATION, TimeRecords::takeDuration, "only a timedelta can");
  static final Reader<OffsetDateTime> OFFSET_DATE_TIME =
      new NullableReader<>(
          OffsetDateTime.class,
          (frame, tag, start) -> aware(frame, tag, start, "java.time.OffsetDateTime"));
  static final Reader<Instant> INSTANT =
      new NullableReader<>(
          Instant.class,
          (frame, tag, start) -> aware(frame, tag, start, "java.time.Instant").toInstant());
  static final Reader<ZonedDateTime> ZONED_DATE_TIME =
      new NullableReader<>(
          ZonedDateTime.class,
          (frame, tag, start) ->
              tag == Tag.ZONED_DATE_TIME
                  ? TimeRecords.takeZonedDateTime(frame)
                  : aware(frame, tag, start, "java.time.ZonedDateTime").toZonedDateTime());

  private TimeReaders() {}

  private static <T> Reader<T> one(Class<T> type, byte only, Reader<T> payload, String reason) {
    return new NullableReader<>(
        type,
        (frame, tag, start) -> {
          if (tag != only) {
            throw Mismatch.of(frame, start, type.getName(), reason);
          }
          return payload.read(frame);
        });
  }

  private static OffsetDateTime aware(CallFrame frame, byte tag, int start, String target) {
    switch (tag) {
      case Tag.OFFSET_DATE_TIME:
        return TimeRecords.takeOffsetDateTime(frame);
      case Tag.ZONED_DATE_TIME:
        OffsetDateTime dateTime = TimeRecords.takeOffsetDateTime(frame);
        Text.takeLatin1Payload(frame);
        return dateTime;
      case Tag.DATE_TIME:
        throw Mismatch.of(
            frame, start, target, "it has no tzinfo; give it one, or take it as a LocalDateTime");
      default:
        throw Mismatch.of(frame, start, target, "only a datetime with tzinfo can");
    }
  }
}
