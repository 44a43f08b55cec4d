package dev.naja.flink.types;

import dev.naja.internal.CallFrame;
import dev.naja.internal.Operations;
import dev.naja.internal.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DistinctType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;

/**
 * Which of Flink's internal values do Python's become, given the SQL type? By the table in {@code
 * docs/flink/types.md}: numbers cross exactly or not at all, but for fractions, which are rounded
 * to the type's digits as SQL's own casts do.
 */
public final class FieldReaders {
  private static final Reader<Long> LONG = Operations.reader(Long.class);
  private static final Reader<Integer> INT = Operations.reader(Integer.class);
  private static final Reader<Short> SHORT = Operations.reader(Short.class);
  private static final Reader<Byte> BYTE = Operations.reader(Byte.class);
  private static final Reader<Double> DOUBLE = Operations.reader(Double.class);
  private static final Reader<Number> NUMBER = Operations.reader(Number.class);
  private static final Reader<Boolean> BOOLEAN = Operations.reader(Boolean.class);
  private static final Reader<byte[]> BYTES = Operations.reader(byte[].class);
  private static final Reader<LocalDate> DATE = Operations.reader(LocalDate.class);
  private static final Reader<LocalTime> TIME = Operations.reader(LocalTime.class);
  private static final Reader<LocalDateTime> DATE_TIME = Operations.reader(LocalDateTime.class);
  private static final Reader<Instant> INSTANT = Operations.reader(Instant.class);
  private static final Reader<Duration> DURATION = Operations.reader(Duration.class);

  private static final int NANOS_A_MILLI = 1_000_000;

  private FieldReaders() {}

  /**
   * The reader of a type.
   *
   * @param type a SQL type
   * @return reads a value of Flink's internal class for the type; null for {@code None}
   * @throws ValidationException if Python has nothing for it
   */
  public static Reader<Object> of(LogicalType type) {
    Reader<?> reader = ofValues(type);
    return frame -> frame.takeNull() ? null : reader.read(frame);
  }

  private static Reader<?> ofValues(LogicalType type) {
    switch (type.getTypeRoot()) {
      case CHAR:
      case VARCHAR:
        return frame -> StringData.fromBytes(frame.takeUtf8());
      case BOOLEAN:
        return BOOLEAN;
      case BINARY:
      case VARBINARY:
        return BYTES;
      case DECIMAL:
        return decimal((DecimalType) type);
      case TINYINT:
        return BYTE;
      case SMALLINT:
        return SHORT;
      case INTEGER:
      case INTERVAL_YEAR_MONTH:
        return INT;
      case BIGINT:
        return LONG;
      case FLOAT:
        return frame -> DOUBLE.read(frame).floatValue();
      case DOUBLE:
        return DOUBLE;
      case DATE:
        return frame -> (int) DATE.read(frame).toEpochDay();
      case TIME_WITHOUT_TIME_ZONE:
        return frame -> (int) (TIME.read(frame).toNanoOfDay() / NANOS_A_MILLI);
      case TIMESTAMP_WITHOUT_TIME_ZONE:
        return frame -> TimestampData.fromLocalDateTime(DATE_TIME.read(frame));
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE:
        return frame -> TimestampData.fromInstant(INSTANT.read(frame));
      case INTERVAL_DAY_TIME:
        return frame -> DURATION.read(frame).toMillis();
      case ARRAY:
        return array(type, ((ArrayType) type).getElementType());
      case MULTISET:
        return map(type, ((MultisetType) type).getElementType(), new IntType(false));
      case MAP:
        return map(type, ((MapType) type).getKeyType(), ((MapType) type).getValueType());
      case ROW:
      case STRUCTURED_TYPE:
        return row(type);
      case DISTINCT_TYPE:
        return ofValues(((DistinctType) type).getSourceType());
      case NULL:
        return frame -> null;
      default:
        throw new ValidationException(
            "Python functions give no values of the type "
                + type.asSummaryString()
                + ": declare another result type, and cast it in SQL");
    }
  }

  private static Reader<DecimalData> decimal(DecimalType type) {
    int precision = type.getPrecision();
    int scale = type.getScale();
    return frame -> {
      int mark = frame.mark();
      Number number = NUMBER.read(frame);
      BigDecimal exact;
      if (number instanceof BigDecimal) {
        exact = (BigDecimal) number;
      } else if (number instanceof BigInteger) {
        exact = new BigDecimal((BigInteger) number);
      } else if (number instanceof Double) {
        if (!Double.isFinite((Double) number)) {
          throw frame.mismatch(mark, type.asSummaryString(), "it is not finite");
        }
        exact = new BigDecimal((Double) number);
      } else {
        exact = BigDecimal.valueOf(number.longValue());
      }
      BigDecimal rounded = exact.setScale(scale, RoundingMode.HALF_UP);
      DecimalData data =
          rounded.precision() > precision
              ? null
              : DecimalData.fromBigDecimal(rounded, precision, scale);
      if (data == null) {
        throw frame.mismatch(
            mark,
            type.asSummaryString(),
            "it has more than " + (precision - scale) + " digits before the point");
      }
      return data;
    };
  }

  private static Reader<GenericArrayData> array(LogicalType type, LogicalType elementType) {
    Reader<Object> element = of(elementType);
    String target = type.asSummaryString();
    return frame -> {
      Object[] elements = new Object[frame.takeElements(target)];
      for (int i = 0; i < elements.length; i++) {
        elements[i] = element.read(frame);
      }
      return new GenericArrayData(elements);
    };
  }

  private static Reader<GenericMapData> map(
      LogicalType type, LogicalType keyType, LogicalType valueType) {
    Reader<Object> key = of(keyType);
    Reader<Object> value = of(valueType);
    String target = type.asSummaryString();
    return frame -> {
      int count = frame.takeEntries(target);
      Map<Object, Object> map = new LinkedHashMap<>(count * 4 / 3 + 1);
      for (int i = 0; i < count; i++) {
        Object taken = key.read(frame);
        map.put(taken, value.read(frame));
      }
      return new GenericMapData(map);
    };
  }

  private static Reader<GenericRowData> row(LogicalType type) {
    List<LogicalType> children = type.getChildren();
    Reader<?>[] fields = children.stream().map(FieldReaders::of).toArray(Reader<?>[]::new);
    String target = type.asSummaryString();
    return frame -> row(frame, fields, target);
  }

  private static GenericRowData row(CallFrame frame, Reader<?>[] fields, String target) {
    int mark = frame.mark();
    int count = frame.takeElements(target);
    if (count != fields.length) {
      throw frame.mismatch(
          mark, target, "it has " + count + " elements for " + fields.length + " fields");
    }
    GenericRowData row = new GenericRowData(count);
    for (int i = 0; i < count; i++) {
      row.setField(i, fields[i].read(frame));
    }
    return row;
  }
}
