package dev.naja.internal;

import dev.naja.NdArray;
import dev.naja.PyObject;
import dev.naja.PyRef;
import dev.naja.PyTuple;
import dev.naja.RowBatch;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** Which record a Java value of unknown class is put as: the default mapping to Python. */
final class ValueWriter {
  private ValueWriter() {}

  /** Puts any value; the most frequent classes are told apart by identity alone. */
  static void write(CallFrame frame, Object value) {
    if (value == null) {
      frame.putNull();
      return;
    }
    Class<?> type = value.getClass();
    if (type == String.class) {
      frame.putString((String) value);
    } else if (type == Double.class) {
      frame.putDouble((Double) value);
    } else if (type == Long.class) {
      frame.putLong((Long) value);
    } else if (type == Integer.class) {
      frame.putLong((Integer) value);
    } else if (type == Boolean.class) {
      frame.putBoolean((Boolean) value);
    } else {
      writeOther(frame, value, type);
    }
  }

  private static void writeOther(CallFrame frame, Object value, Class<?> type) {
    switch (ValueKind.of(type)) {
      case BYTE:
      case SHORT:
        frame.putLong(((Number) value).longValue());
        break;
      case FLOAT:
        frame.putDouble((Float) value);
        break;
      case CHAR:
        frame.putChar((Character) value);
        break;
      case BIG_INTEGER:
        ScalarRecords.putBigInteger(frame, (BigInteger) value);
        break;
      case BIG_DECIMAL:
        ScalarRecords.putBigDecimal(frame, (BigDecimal) value);
        break;
      case UUID:
        ScalarRecords.putUuid(frame, (UUID) value);
        break;
      case ENUM:
        frame.putString(((Enum<?>) value).name());
        break;
      case LOCAL_DATE:
        TimeRecords.putDate(frame, (LocalDate) value);
        break;
      case LOCAL_TIME:
        TimeRecords.putTime(frame, (LocalTime) value);
        break;
      case OFFSET_TIME:
        TimeRecords.putOffsetTime(frame, (OffsetTime) value);
        break;
      case LOCAL_DATE_TIME:
        TimeRecords.putDateTime(frame, (LocalDateTime) value);
        break;
      case OFFSET_DATE_TIME:
        TimeRecords.putOffsetDateTime(frame, (OffsetDateTime) value);
        break;
      case ZONED_DATE_TIME:
        TimeRecords.putZonedDateTime(frame, (ZonedDateTime) value);
        break;
      case INSTANT:
        TimeRecords.putInstant(frame, (Instant) value);
        break;
      case DURATION:
        TimeRecords.putDuration(frame, (Duration) value);
        break;
      case BYTE_ARRAY:
        ArrayRecords.putBytes(frame, (byte[]) value);
        break;
      case PRIMITIVE_ARRAY:
        ArrayRecords.putPrimitives(frame, value);
        break;
      case OBJECT_ARRAY:
        ContainerWriter.putArray(frame, (Object[]) value);
        break;
      case LIST:
        ContainerWriter.putElements(frame, Tag.LIST, (List<?>) value);
        break;
      case SET:
        ContainerWriter.putElements(frame, Tag.SET, (Set<?>) value);
        break;
      case MAP:
        ContainerWriter.putMap(frame, (Map<?, ?>) value);
        break;
      case ENTRY:
        ContainerWriter.putEntry(frame, (Map.Entry<?, ?>) value);
        break;
      case TUPLE:
        ContainerWriter.putTuple(frame, (PyTuple) value);
        break;
      case ND_ARRAY:
        NdViews.get().of((NdArray) value).put(frame);
        break;
      case ROW_BATCH:
        Tables.get().memory((RowBatch) value).put(frame);
        break;
      case RECORD:
        ContainerWriter.putRecord(frame, value);
        break;
      case ITERATOR:
        frame.putKept(Tag.ITERATOR, (Iterator<?>) value);
        break;
      case OPTIONAL:
        write(frame, ((Optional<?>) value).orElse(null));
        break;
      case OPTIONAL_NUMBER:
        write(frame, numberOrNull(value));
        break;
      case PY_OBJECT:
        frame.putPyObject((PyObject) value);
        break;
      case BOUND:
        frame.putPyObject(((Bound) value).target());
        break;
      case PY_REF:
        frame.putObject(((PyRef) value).get());
        break;
      case CONVERTED:
        frame.putOwned(Converters.toPython(value));
        break;
      case OTHER:
        frame.putObject(value);
        break;
    }
  }

  private static Object numberOrNull(Object optional) {
    if (optional instanceof OptionalInt) {
      OptionalInt number = (OptionalInt) optional;
      return number.isPresent() ? number.getAsInt() : null;
    }
    if (optional instanceof OptionalLong) {
      OptionalLong number = (OptionalLong) optional;
      return number.isPresent() ? number.getAsLong() : null;
    }
    OptionalDouble number = (OptionalDouble) optional;
    return number.isPresent() ? number.getAsDouble() : null;
  }
}
