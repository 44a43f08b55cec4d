package dev.naja.internal;

import dev.naja.Column;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** Which cell does a Java value of unknown class become? */
public final class RowValues {
  private RowValues() {}

  /**
   * Sets a cell.
   *
   * @throws IllegalArgumentException if the column cannot hold the value exactly
   */
  public static void set(ColumnMemory cells, int row, Object value) {
    if (value == null) {
      cells.unset(row);
    } else if (value instanceof CharSequence) {
      cells.setText(row, (CharSequence) value);
    } else if (value instanceof Number) {
      setNumber(cells, row, (Number) value);
    } else if (value instanceof Boolean) {
      cells.setBoolean(row, (Boolean) value);
    } else if (value instanceof byte[]) {
      byte[] bytes = (byte[]) value;
      cells.setBytes(row, bytes, 0, bytes.length);
    } else {
      setTime(cells, row, value);
    }
  }

  private static void setNumber(ColumnMemory cells, int row, Number value) {
    if (value instanceof Double || value instanceof Float) {
      cells.setDouble(row, value.doubleValue());
    } else if (value instanceof BigDecimal) {
      cells.setDecimal(row, (BigDecimal) value);
    } else if (value instanceof BigInteger) {
      setWhole(cells, row, (BigInteger) value);
    } else if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      cells.setNumber(row, value.longValue());
    } else {
      throw unfit(value);
    }
  }

  private static void setWhole(ColumnMemory cells, int row, BigInteger value) {
    if (cells.column().kind() == Column.Kind.DECIMAL) {
      cells.setDecimal(row, new BigDecimal(value));
    } else if (value.bitLength() < Long.SIZE) {
      cells.setNumber(row, value.longValue());
    } else {
      throw new IllegalArgumentException(value + " is out of range");
    }
  }

  private static void setTime(ColumnMemory cells, int row, Object value) {
    Column column = cells.column();
    switch (column.kind()) {
      case DATE:
        if (value instanceof LocalDate) {
          cells.setLong(row, ((LocalDate) value).toEpochDay());
          return;
        }
        break;
      case TIME:
        if (value instanceof LocalTime) {
          LocalTime time = (LocalTime) value;
          cells.setLong(row, Temporals.units(time.toSecondOfDay(), time.getNano(), column.unit()));
          return;
        }
        break;
      case TIMESTAMP:
        if (value instanceof LocalDateTime) {
          LocalDateTime time = (LocalDateTime) value;
          setUnits(cells, row, time.toEpochSecond(ZoneOffset.UTC), time.getNano());
          return;
        }
        break;
      case INSTANT:
        Instant instant = instant(value);
        if (instant != null) {
          setUnits(cells, row, instant.getEpochSecond(), instant.getNano());
          return;
        }
        break;
      case DURATION:
        if (value instanceof Duration) {
          setUnits(cells, row, ((Duration) value).getSeconds(), ((Duration) value).getNano());
          return;
        }
        break;
      default:
    }
    throw unfit(value);
  }

  private static void setUnits(ColumnMemory cells, int row, long seconds, int nanos) {
    cells.setLong(row, Temporals.units(seconds, nanos, cells.column().unit()));
  }

  private static Instant instant(Object value) {
    if (value instanceof OffsetDateTime) {
      return ((OffsetDateTime) value).toInstant();
    }
    if (value instanceof ZonedDateTime) {
      return ((ZonedDateTime) value).toInstant();
    }
    return value instanceof Instant ? (Instant) value : null;
  }

  private static IllegalArgumentException unfit(Object value) {
    return new IllegalArgumentException(
        "the column cannot hold a value of class " + value.getClass().getTypeName());
  }
}
