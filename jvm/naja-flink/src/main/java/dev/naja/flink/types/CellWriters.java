package dev.naja.flink.types;

import dev.naja.Column;
import dev.naja.RowBatch;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DistinctType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/** Which column of a batch holds the values of a SQL type, and how are its cells set? */
public final class CellWriters {
  private static final int MICROS_A_MILLI = 1_000;
  private static final int NANOS_A_MICRO = 1_000;
  private static final int NANOS_A_MILLI = 1_000_000;
  private static final int MICROSECOND_DIGITS = 6;

  private CellWriters() {}

  /**
   * The columns of a batch.
   *
   * @param names their names
   * @param types their SQL types
   * @return a column for each
   * @throws ValidationException if a type has no column
   */
  public static List<Column> columns(List<String> names, List<LogicalType> types) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      columns.add(column(names.get(i), types.get(i)));
    }
    return columns;
  }

  private static Column column(String name, LogicalType type) {
    switch (type.getTypeRoot()) {
      case CHAR:
      case VARCHAR:
        return Column.text(name);
      case BOOLEAN:
        return Column.bool(name);
      case BINARY:
      case VARBINARY:
        return Column.binary(name);
      case DECIMAL:
        DecimalType decimal = (DecimalType) type;
        return Column.decimal(name, decimal.getPrecision(), decimal.getScale());
      case TINYINT:
        return Column.int8(name);
      case SMALLINT:
        return Column.int16(name);
      case INTEGER:
      case INTERVAL_YEAR_MONTH:
        return Column.int32(name);
      case BIGINT:
        return Column.int64(name);
      case FLOAT:
        return Column.float32(name);
      case DOUBLE:
        return Column.float64(name);
      case DATE:
        return Column.date(name);
      case TIME_WITHOUT_TIME_ZONE:
        return Column.time(name);
      case TIMESTAMP_WITHOUT_TIME_ZONE:
        return Column.timestamp(name, unit(type));
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE:
        return Column.instant(name, unit(type));
      case INTERVAL_DAY_TIME:
        return Column.duration(name, ChronoUnit.MILLIS);
      case DISTINCT_TYPE:
        return column(name, ((DistinctType) type).getSourceType());
      default:
        throw new ValidationException(
            "Vectorized Python functions take no columns of the type "
                + type.asSummaryString()
                + ", which '"
                + name
                + "' has: take a field of it, cast it, or use a function that is called row by row");
    }
  }

  private static ChronoUnit unit(LogicalType type) {
    return LogicalTypeChecks.getPrecision(type) > MICROSECOND_DIGITS
        ? ChronoUnit.NANOS
        : ChronoUnit.MICROS;
  }

  /**
   * The writers of the cells.
   *
   * @param types the SQL types of the columns
   * @return a writer for each
   */
  public static CellWriter[] of(List<LogicalType> types) {
    return types.stream().map(CellWriters::of).toArray(CellWriter[]::new);
  }

  private static CellWriter of(LogicalType type) {
    CellWriter writer = ofValues(type);
    return (batch, column, value) -> {
      if (value != null) {
        writer.write(batch, column, value);
      }
    };
  }

  private static CellWriter ofValues(LogicalType type) {
    switch (type.getTypeRoot()) {
      case CHAR:
      case VARCHAR:
        return CellWriters::text;
      case BOOLEAN:
        return (batch, column, value) -> batch.setBoolean(column, (Boolean) value);
      case BINARY:
      case VARBINARY:
        return (batch, column, value) -> batch.setBytes(column, (byte[]) value);
      case DECIMAL:
        return CellWriters::decimal;
      case FLOAT:
      case DOUBLE:
        return (batch, column, value) -> batch.setDouble(column, ((Number) value).doubleValue());
      case TIME_WITHOUT_TIME_ZONE:
        return (batch, column, value) ->
            batch.setLong(column, (Integer) value * (long) MICROS_A_MILLI);
      case TIMESTAMP_WITHOUT_TIME_ZONE:
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE:
        return unit(type) == ChronoUnit.MICROS ? CellWriters::micros : CellWriters::nanos;
      case DISTINCT_TYPE:
        return ofValues(((DistinctType) type).getSourceType());
      default:
        return (batch, column, value) -> batch.setLong(column, ((Number) value).longValue());
    }
  }

  private static void text(RowBatch batch, int column, Object value) {
    if (value instanceof BinaryStringData) {
      byte[] bytes = ((StringData) value).toBytes();
      batch.setUtf8(column, bytes, 0, bytes.length);
    } else {
      batch.setText(column, value.toString());
    }
  }

  private static void decimal(RowBatch batch, int column, Object value) {
    DecimalData decimal = (DecimalData) value;
    if (decimal.isCompact()) {
      batch.setUnscaled(column, decimal.toUnscaledLong());
    } else {
      batch.setDecimal(column, decimal.toBigDecimal());
    }
  }

  private static void micros(RowBatch batch, int column, Object value) {
    TimestampData time = (TimestampData) value;
    batch.setLong(
        column,
        Math.addExact(
            Math.multiplyExact(time.getMillisecond(), MICROS_A_MILLI),
            time.getNanoOfMillisecond() / NANOS_A_MICRO));
  }

  private static void nanos(RowBatch batch, int column, Object value) {
    TimestampData time = (TimestampData) value;
    batch.setLong(
        column,
        Math.addExact(
            Math.multiplyExact(time.getMillisecond(), NANOS_A_MILLI), time.getNanoOfMillisecond()));
  }
}
