package dev.naja.internal;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;

/** Reads a moment: a datetime with tzinfo, as one of the classes that java.time has for it. */
final class AwareTimeReader extends NullableReader<Object> {

  AwareTimeReader(Class<?> type) {
    super(type);
  }

  @Override
  Object read(CallFrame frame, byte tag, int start) {
    if (tag == Tag.ZONED_DATE_TIME && type() == ZonedDateTime.class) {
      return TimeRecords.takeZonedDateTime(frame);
    }
    OffsetDateTime moment = moment(frame, tag, start);
    if (type() == Instant.class) {
      return moment.toInstant();
    }
    return type() == ZonedDateTime.class ? moment.toZonedDateTime() : moment;
  }

  private OffsetDateTime moment(CallFrame frame, byte tag, int start) {
    switch (tag) {
      case Tag.OFFSET_DATE_TIME:
        return TimeRecords.takeOffsetDateTime(frame);
      case Tag.ZONED_DATE_TIME:
        OffsetDateTime moment = TimeRecords.takeOffsetDateTime(frame);
        Text.takeLatin1Payload(frame);
        return moment;
      case Tag.DATE_TIME:
        throw mismatch(
            frame, start, "it has no tzinfo; give it one, or take it as a LocalDateTime");
      default:
        throw mismatch(frame, start, "only a datetime with tzinfo can");
    }
  }
}
