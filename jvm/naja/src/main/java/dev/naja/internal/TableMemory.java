package dev.naja.internal;

import dev.naja.DType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which cells has a table that came from Python? They are Java's own. Immutable. */
public final class TableMemory {
  private final int rows;
  private final List<String> names;
  private final Map<String, Integer> indexes = new HashMap<>();
  private final Cells[] columns;

  TableMemory(int rows, List<String> names, List<Cells> columns) {
    this.rows = rows;
    this.names = List.copyOf(names);
    this.columns = columns.toArray(new Cells[0]);
    for (int i = 0; i < names.size(); i++) {
      indexes.put(names.get(i), i);
    }
  }

  public int rows() {
    return rows;
  }

  public List<String> names() {
    return names;
  }

  /** The index of a column, or null. */
  public Integer indexOf(String name) {
    return indexes.get(name);
  }

  /** The cells of a column. */
  public Cells column(int index) {
    return columns[index];
  }

  /** The cells of one column. Each method takes a row that is there. */
  public abstract static class Cells {
    private final byte[] nulls;

    /**
     * Cells.
     *
     * @param nulls for each cell whether it is null, or null if none is
     */
    Cells(byte[] nulls) {
      this.nulls = nulls;
    }

    public boolean isNull(int row) {
      return nulls != null && nulls[row] != 0;
    }

    /** The value as the class that suits it by default, or null. */
    public abstract Object value(int row);

    /** Whether {@link #number} gives the elements as they are. */
    public boolean isFloating() {
      return false;
    }

    /** Whether {@link #integer} gives the elements as they are. */
    public boolean isWhole() {
      return false;
    }

    /** A floating-point number that is not null. */
    public double number(int row) {
      throw new UnsupportedOperationException();
    }

    /** A whole number that is not null. */
    public long integer(int row) {
      throw new UnsupportedOperationException();
    }

    /** What a column is made of that Python described. */
    static Cells of(String kind, Object cells, byte[] nulls) {
      if (kind.equals("objects")) {
        return new Objects((List<?>) cells);
      }
      String[] parts = kind.split(" ", 4);
      ByteBuffer data = ByteBuffer.wrap((byte[]) cells);
      if (parts.length > 1 && parts[1].equals("decimal")) {
        return new Decimals(data.order(ByteOrder.nativeOrder()), nulls, Integer.parseInt(parts[2]));
      }
      DType type = DType.of(parts[0]);
      if (parts.length == 1) {
        return new Numbers(type, data, nulls);
      }
      if (parts[1].equals("date")) {
        return new Dates(type, data, nulls);
      }
      ZoneId zone = parts.length < 4 ? null : ZoneId.of(parts[3]);
      return new Times(type, data, nulls, parts[1], Temporals.unit(parts[2]), zone);
    }
  }

  private static final class Objects extends Cells {
    private final Object[] cells;

    Objects(List<?> cells) {
      super(null);
      this.cells = cells.toArray();
    }

    @Override
    public boolean isNull(int row) {
      return cells[row] == null;
    }

    @Override
    public Object value(int row) {
      return cells[row];
    }
  }

  private static class Numbers extends Cells {
    final NdElements elements;
    private final DType type;

    Numbers(DType type, ByteBuffer data, byte[] nulls) {
      super(nulls);
      this.type = type;
      this.elements = new NdElements(data.order(type.order()), type);
    }

    final int at(int row) {
      return row * type.itemSize();
    }

    @Override
    public Object value(int row) {
      return isNull(row) ? null : elements.value(at(row));
    }

    @Override
    public boolean isFloating() {
      return type.kind() == DType.Kind.FLOAT;
    }

    @Override
    public boolean isWhole() {
      return type.kind() == DType.Kind.INT
          || type.kind() == DType.Kind.UINT && type.itemSize() < Long.BYTES;
    }

    @Override
    public double number(int row) {
      return elements.toDouble(at(row));
    }

    @Override
    public long integer(int row) {
      return elements.toLong(at(row));
    }
  }

  private static final class Dates extends Numbers {
    Dates(DType type, ByteBuffer data, byte[] nulls) {
      super(type, data, nulls);
    }

    @Override
    public boolean isWhole() {
      return false;
    }

    @Override
    public Object value(int row) {
      return isNull(row) ? null : LocalDate.ofEpochDay(integer(row));
    }
  }

  private static final class Decimals extends Cells {
    private final ByteBuffer data;
    private final int scale;

    Decimals(ByteBuffer data, byte[] nulls, int scale) {
      super(nulls);
      this.data = data;
      this.scale = scale;
    }

    @Override
    public Object value(int row) {
      if (isNull(row)) {
        return null;
      }
      int lower = data.order() == ByteOrder.LITTLE_ENDIAN ? 0 : Long.BYTES;
      long low = data.getLong(16 * row + lower);
      long high = data.getLong(16 * row + Long.BYTES - lower);
      if (high == low >> 63) {
        return BigDecimal.valueOf(low, scale);
      }
      byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
      return new BigDecimal(new BigInteger(bytes), scale);
    }
  }

  private static final class Times extends Numbers {
    private final String kind;
    private final ChronoUnit unit;
    private final ZoneId zone;

    Times(DType type, ByteBuffer data, byte[] nulls, String kind, ChronoUnit unit, ZoneId zone) {
      super(type, data, nulls);
      this.kind = kind;
      this.unit = unit;
      this.zone = zone;
    }

    @Override
    public boolean isWhole() {
      return false;
    }

    @Override
    public Object value(int row) {
      if (isNull(row)) {
        return null;
      }
      long units = integer(row);
      long seconds = Temporals.seconds(units, unit);
      int nanos = Temporals.nanos(units, unit);
      if (kind.equals("duration")) {
        return Duration.ofSeconds(seconds, nanos);
      }
      if (zone == null) {
        return LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC);
      }
      Instant instant = Instant.ofEpochSecond(seconds, nanos);
      ZoneId fixed = zone.getId().equals("UTC") ? ZoneOffset.UTC : zone;
      return fixed instanceof ZoneOffset
          ? instant.atOffset((ZoneOffset) fixed)
          : instant.atZone(fixed);
    }
  }
}
