package dev.naja;

import dev.naja.internal.BatchMemory;
import dev.naja.internal.CellValues;
import dev.naja.internal.TableMemory;
import dev.naja.internal.TableMemory.Cells;
import dev.naja.internal.Tables;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;

/**
 * A table that came from Python, to be read row by row.
 *
 * <p>Asked for by {@code callAs(Rows.class, ...)}, {@code as(Rows.class)} or the return type of a
 * bound interface, any table of Python's is {@code Rows}: a pandas {@code DataFrame} (without its
 * index), a {@code pyarrow} table, batch or reader, what has {@code __arrow_c_stream__}, a {@code
 * dict} of arrays, Series or lists, a list of {@code dict}s, a structured NumPy array. The cells
 * are copied, so nothing is to be closed and nothing changes.
 *
 * <pre>{@code
 * Rows rows = model.callAs(Rows.class, batch);
 * int score = rows.column("score");
 * for (int row = 0; row < rows.size(); row++) {
 *   total += rows.getDouble(row, score);
 * }
 * }</pre>
 *
 * <p>Cells convert like single values, as {@code docs/conversion.md} says: numbers exactly or not
 * at all. Each getter of an object gives null for a null cell; each of a primitive type throws. A
 * getter whose type the cell is not throws {@link PythonConversionException}, which names row and
 * column.
 *
 * <p>Immutable but for what cells may hold, so thread-safe.
 */
public final class Rows {
  static {
    Tables.set(
        new Tables() {
          @Override
          public BatchMemory memory(RowBatch batch) {
            return batch.memory();
          }

          @Override
          public Rows rows(TableMemory table) {
            return new Rows(table);
          }
        });
  }

  private final TableMemory table;

  private Rows(TableMemory table) {
    this.table = table;
  }

  /**
   * How many rows there are.
   *
   * @return the number
   */
  public int size() {
    return table.rows();
  }

  /**
   * The names of the columns.
   *
   * @return an unmodifiable list
   */
  public List<String> columnNames() {
    return table.names();
  }

  /**
   * The index of a column.
   *
   * @param name its name
   * @return the index
   * @throws IllegalArgumentException if there is none of that name
   */
  public int column(String name) {
    Integer index = table.indexOf(name);
    if (index == null) {
      throw new IllegalArgumentException(
          "The table has no column \"" + name + "\", only " + table.names() + ".");
    }
    return index;
  }

  private Cells cells(int row, int column) {
    if (row < 0 || row >= table.rows() || column < 0 || column >= table.names().size()) {
      throw new IndexOutOfBoundsException(
          String.format(
              "There is no cell in row %d and column %d: the table has %d rows and %d columns.",
              row, column, table.rows(), table.names().size()));
    }
    return table.column(column);
  }

  /**
   * Whether a cell is null: {@code None}, {@code NA}, {@code NaT}, a masked element. NaN is a
   * number.
   *
   * @param row the row's index, from 0
   * @param column the column's index
   * @return true if it is
   * @throws IndexOutOfBoundsException if there is no such cell
   */
  public boolean isNull(int row, int column) {
    return cells(row, column).isNull(row);
  }

  /**
   * A cell as the class that suits it by default.
   *
   * @param row the row's index, from 0
   * @param column the column's index
   * @return the value, or null
   * @throws IndexOutOfBoundsException if there is no such cell
   */
  public Object get(int row, int column) {
    return cells(row, column).value(row);
  }

  /**
   * A cell as a class.
   *
   * @param <T> the type of the value
   * @param row the row's index, from 0
   * @param column the column's index
   * @param type any class that a single value converts to
   * @return the value, or null if the class is no primitive one
   * @throws PythonConversionException if the cell is of another type
   * @throws IndexOutOfBoundsException if there is no such cell
   */
  public <T> T get(int row, int column, Class<T> type) {
    try {
      return CellValues.as(type, cells(row, column).value(row));
    } catch (PythonConversionException e) {
      throw new PythonConversionException(
          "row " + row + ", column \"" + table.names().get(column) + "\": " + e.getMessage(), e);
    }
  }

  /**
   * A truth value.
   *
   * @param row the row's index, from 0
   * @param column the column's index
   * @return the value
   * @throws PythonConversionException if the cell is null or none
   */
  public boolean getBoolean(int row, int column) {
    return get(row, column, boolean.class);
  }

  /**
   * A whole number.
   *
   * @param row the row's index, from 0
   * @param column the column's index
   * @return the value
   * @throws PythonConversionException if the cell is null or no whole number of 32 bits
   */
  public int getInt(int row, int column) {
    Cells cells = cells(row, column);
    if (cells.isWhole() && !cells.isNull(row)) {
      long value = cells.integer(row);
      if (value == (int) value) {
        return (int) value;
      }
    }
    return get(row, column, int.class);
  }

  /**
   * A whole number.
   *
   * @param row the row's index, from 0
   * @param column the column's index
   * @return the value
   * @throws PythonConversionException if the cell is null or no whole number of 64 bits
   */
  public long getLong(int row, int column) {
    Cells cells = cells(row, column);
    return cells.isWhole() && !cells.isNull(row)
        ? cells.integer(row)
        : get(row, column, long.class);
  }

  /**
   * A number.
   *
   * @param row the row's index, from 0
   * @param column the column's index
   * @return the value
   * @throws PythonConversionException if the cell is null or exactly no {@code double}
   */
  public double getDouble(int row, int column) {
    Cells cells = cells(row, column);
    return cells.isFloating() && !cells.isNull(row)
        ? cells.number(row)
        : get(row, column, double.class);
  }

  /**
   * Text.
   *
   * @param row the row's index, from 0
   * @param column the column's index
   * @return the value, or null
   * @throws PythonConversionException if the cell is no text
   */
  public String getText(int row, int column) {
    return get(row, column, String.class);
  }

  /**
   * Bytes.
   *
   * @param row the row's index, from 0
   * @param column the column's index
   * @return the value, or null
   * @throws PythonConversionException if the cell is no bytes
   */
  public byte[] getBytes(int row, int column) {
    return get(row, column, byte[].class);
  }

  /**
   * A decimal number, or any other as one.
   *
   * @param row the row's index, from 0
   * @param column the column's index
   * @return the value, or null
   * @throws PythonConversionException if the cell is no finite number
   */
  public BigDecimal getDecimal(int row, int column) {
    return get(row, column, BigDecimal.class);
  }

  /**
   * A date.
   *
   * @param row the row's index, from 0
   * @param column the column's index
   * @return the value, or null
   * @throws PythonConversionException if the cell is no date
   */
  public LocalDate getDate(int row, int column) {
    return get(row, column, LocalDate.class);
  }

  /**
   * A time of day.
   *
   * @param row the row's index, from 0
   * @param column the column's index
   * @return the value, or null
   * @throws PythonConversionException if the cell is no time without zone
   */
  public LocalTime getTime(int row, int column) {
    return get(row, column, LocalTime.class);
  }

  /**
   * A date and time without a zone, to the nanosecond.
   *
   * @param row the row's index, from 0
   * @param column the column's index
   * @return the value, or null
   * @throws PythonConversionException if the cell is none
   */
  public LocalDateTime getTimestamp(int row, int column) {
    return get(row, column, LocalDateTime.class);
  }

  /**
   * A point in time, to the nanosecond.
   *
   * @param row the row's index, from 0
   * @param column the column's index
   * @return the value, or null
   * @throws PythonConversionException if the cell is no date and time with a zone
   */
  public Instant getInstant(int row, int column) {
    return get(row, column, Instant.class);
  }

  /**
   * A length of time, to the nanosecond.
   *
   * @param row the row's index, from 0
   * @param column the column's index
   * @return the value, or null
   * @throws PythonConversionException if the cell is none
   */
  public Duration getDuration(int row, int column) {
    return get(row, column, Duration.class);
  }

  /**
   * What the table looks like.
   *
   * @return the number of its rows and the names of its columns
   */
  @Override
  public String toString() {
    return "Rows(" + size() + " rows, " + columnNames() + ")";
  }
}
