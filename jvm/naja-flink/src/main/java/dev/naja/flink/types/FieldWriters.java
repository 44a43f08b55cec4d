package dev.naja.flink.types;

import dev.naja.internal.CallFrame;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DistinctType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;

/**
 * What do SQL's values become in Python? Each type's writer, by the table in {@code
 * docs/flink/types.md}.
 */
public final class FieldWriters {
  private static final long NANOS_A_MILLI = 1_000_000;

  private FieldWriters() {}

  /**
   * The writer of a type.
   *
   * @param type a SQL type
   * @return its writer
   * @throws ValidationException if Python has nothing for it
   */
  public static FieldWriter of(LogicalType type) {
    FieldWriter writer = ofValues(type);
    return (frame, value) -> {
      if (value == null) {
        frame.putNull();
      } else {
        writer.write(frame, value);
      }
    };
  }

  /**
   * The writers of several types.
   *
   * @param types SQL types
   * @return their writers
   */
  public static FieldWriter[] of(List<LogicalType> types) {
    return types.stream().map(FieldWriters::of).toArray(FieldWriter[]::new);
  }

  private static FieldWriter ofValues(LogicalType type) {
    switch (type.getTypeRoot()) {
      case CHAR:
      case VARCHAR:
        return (frame, value) -> string(frame, (StringData) value);
      case BOOLEAN:
        return (frame, value) -> frame.putBoolean((Boolean) value);
      case BINARY:
      case VARBINARY:
        return (frame, value) -> frame.putBytes((byte[]) value);
      case DECIMAL:
        return (frame, value) -> frame.putValue(((DecimalData) value).toBigDecimal());
      case TINYINT:
      case SMALLINT:
      case INTEGER:
      case BIGINT:
      case INTERVAL_YEAR_MONTH:
        return (frame, value) -> frame.putLong(((Number) value).longValue());
      case FLOAT:
      case DOUBLE:
        return (frame, value) -> frame.putDouble(((Number) value).doubleValue());
      case DATE:
        return (frame, value) -> frame.putValue(LocalDate.ofEpochDay((Integer) value));
      case TIME_WITHOUT_TIME_ZONE:
        return (frame, value) ->
            frame.putValue(LocalTime.ofNanoOfDay((Integer) value * NANOS_A_MILLI));
      case TIMESTAMP_WITHOUT_TIME_ZONE:
        return (frame, value) -> frame.putValue(((TimestampData) value).toLocalDateTime());
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE:
        return (frame, value) -> frame.putValue(((TimestampData) value).toInstant());
      case INTERVAL_DAY_TIME:
        return (frame, value) -> frame.putValue(Duration.ofMillis((Long) value));
      case ARRAY:
        return array(((ArrayType) type).getElementType());
      case MULTISET:
        return map(((MultisetType) type).getElementType(), new IntType(false));
      case MAP:
        return map(((MapType) type).getKeyType(), ((MapType) type).getValueType());
      case ROW:
      case STRUCTURED_TYPE:
        return row(type.getChildren());
      case DISTINCT_TYPE:
        return ofValues(((DistinctType) type).getSourceType());
      case NULL:
        return (frame, value) -> frame.putNull();
      default:
        throw new ValidationException(
            "Python functions take no values of the type "
                + type.asSummaryString()
                + ": cast it, or take a field of it");
    }
  }

  private static void string(CallFrame frame, StringData value) {
    if (value instanceof BinaryStringData) {
      byte[] bytes = value.toBytes();
      frame.putUtf8(bytes, bytes.length);
    } else {
      frame.putString(value.toString());
    }
  }

  private static FieldWriter array(LogicalType elementType) {
    FieldWriter element = of(elementType);
    ArrayData.ElementGetter getter = ArrayData.createElementGetter(elementType);
    return (frame, value) -> {
      ArrayData array = (ArrayData) value;
      frame.putList(array.size());
      for (int i = 0; i < array.size(); i++) {
        element.write(frame, getter.getElementOrNull(array, i));
      }
    };
  }

  private static FieldWriter map(LogicalType keyType, LogicalType valueType) {
    FieldWriter key = of(keyType);
    FieldWriter mapped = of(valueType);
    ArrayData.ElementGetter keys = ArrayData.createElementGetter(keyType);
    ArrayData.ElementGetter values = ArrayData.createElementGetter(valueType);
    return (frame, value) -> {
      MapData map = (MapData) value;
      frame.putMap(map.size());
      for (int i = 0; i < map.size(); i++) {
        key.write(frame, keys.getElementOrNull(map.keyArray(), i));
        mapped.write(frame, values.getElementOrNull(map.valueArray(), i));
      }
    };
  }

  private static FieldWriter row(List<LogicalType> fieldTypes) {
    FieldWriter[] fields = of(fieldTypes);
    RowData.FieldGetter[] getters = new RowData.FieldGetter[fields.length];
    for (int i = 0; i < fields.length; i++) {
      getters[i] = RowData.createFieldGetter(fieldTypes.get(i), i);
    }
    return (frame, value) -> {
      RowData row = (RowData) value;
      frame.putTuple(fields.length);
      for (int i = 0; i < fields.length; i++) {
        fields[i].write(frame, getters[i].getFieldOrNull(row));
      }
    };
  }
}
