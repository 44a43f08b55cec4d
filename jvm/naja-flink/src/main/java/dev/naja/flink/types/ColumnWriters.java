package dev.naja.flink.types;

import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * What does a column of many rows become in Python? Numbers, truth values and timestamps without
 * NULL a NumPy array, timestamps as microseconds since 1970; everything else a list.
 */
public final class ColumnWriters {
  private static final long MICROS_A_MILLI = 1_000;

  private ColumnWriters() {}

  /**
   * The writer of a column.
   *
   * @param types the types of the rows' fields
   * @param index which field
   * @return puts the field of each row of a {@code List<RowData>}
   */
  public static FieldWriter of(List<LogicalType> types, int index) {
    LogicalType type = types.get(index);
    RowData.FieldGetter getter = RowData.createFieldGetter(type, index);
    FieldWriter field = FieldWriters.of(type);
    Whole whole = whole(type, index);
    return (frame, value) -> {
      @SuppressWarnings("unchecked")
      List<RowData> rows = (List<RowData>) value;
      if (whole != null && rows.stream().noneMatch(row -> row.isNullAt(index))) {
        frame.putValue(whole.array(rows));
        return;
      }
      frame.putList(rows.size());
      for (RowData row : rows) {
        field.write(frame, getter.getFieldOrNull(row));
      }
    };
  }

  /** Makes a Java array of a column without NULL. */
  @FunctionalInterface
  private interface Whole {
    Object array(List<RowData> rows);
  }

  private static Whole whole(LogicalType type, int index) {
    switch (type.getTypeRoot()) {
      case BOOLEAN:
        return rows -> {
          boolean[] values = new boolean[rows.size()];
          for (int i = 0; i < values.length; i++) {
            values[i] = rows.get(i).getBoolean(index);
          }
          return values;
        };
      case SMALLINT:
        return rows -> {
          short[] values = new short[rows.size()];
          for (int i = 0; i < values.length; i++) {
            values[i] = rows.get(i).getShort(index);
          }
          return values;
        };
      case INTEGER:
        return rows -> rows.stream().mapToInt(row -> row.getInt(index)).toArray();
      case BIGINT:
        return rows -> rows.stream().mapToLong(row -> row.getLong(index)).toArray();
      case FLOAT:
        return rows -> {
          float[] values = new float[rows.size()];
          for (int i = 0; i < values.length; i++) {
            values[i] = rows.get(i).getFloat(index);
          }
          return values;
        };
      case DOUBLE:
        return rows -> rows.stream().mapToDouble(row -> row.getDouble(index)).toArray();
      case TIMESTAMP_WITHOUT_TIME_ZONE:
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE:
        int precision = LogicalTypeChecks.getPrecision(type);
        return rows ->
            rows.stream().mapToLong(row -> micros(row.getTimestamp(index, precision))).toArray();
      default:
        return null;
    }
  }

  private static long micros(TimestampData timestamp) {
    return timestamp.getMillisecond() * MICROS_A_MILLI
        + timestamp.getNanoOfMillisecond() / MICROS_A_MILLI;
  }
}
