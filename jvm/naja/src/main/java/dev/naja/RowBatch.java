package dev.naja;

import dev.naja.internal.BatchMemory;
import dev.naja.internal.ColumnMemory;
import dev.naja.internal.RowValues;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;

/**
 * A table that is filled row by row and passed to Python as a whole: as a {@code
 * pyarrow.RecordBatch}, a {@code pandas.DataFrame} or a {@code dict} of its columns, whichever its
 * {@link TableForm} says. No Java library is needed for it.
 *
 * <pre>{@code
 * RowBatch batch = RowBatch.of(TableForm.PANDAS, Column.int64("id"), Column.text("merchant"));
 * for (Payment payment : payments) {
 *   batch.setLong(0, payment.id()).setText(1, payment.merchant()).endRow();
 * }
 * double[] scores = model.callAs(double[].class, batch);
 * batch.clear();
 * }</pre>
 *
 * <p>A batch is made to be reused: once it has grown to the size of what it is filled with,
 * filling, passing and clearing it allocates nothing in Java but what a {@code BigDecimal} takes
 * for its digits. Python gets a copy of the cells, made at once while the batch is passed, so what
 * it keeps never changes. Passed twice, a batch is two tables.
 *
 * <p>A cell that was not set is null, and so is one that was set to null. A setter whose value is
 * not what the column holds, exactly, throws {@link IllegalArgumentException}, which names row and
 * column, and leaves the cell as it was. Not thread-safe.
 */
public final class RowBatch {
  private final BatchMemory memory;

  private RowBatch(BatchMemory memory) {
    this.memory = memory;
  }

  /**
   * An empty batch.
   *
   * @param form what it becomes in Python
   * @param columns its columns
   * @return the batch
   * @throws IllegalArgumentException if two columns have the same name
   */
  public static RowBatch of(TableForm form, Column... columns) {
    return of(form, List.of(columns));
  }

  /**
   * An empty batch.
   *
   * @param form what it becomes in Python
   * @param columns its columns
   * @return the batch
   * @throws IllegalArgumentException if two columns have the same name
   */
  public static RowBatch of(TableForm form, List<Column> columns) {
    return new RowBatch(new BatchMemory(form, columns));
  }

  BatchMemory memory() {
    return memory;
  }

  /**
   * What the batch becomes in Python.
   *
   * @return the form
   */
  public TableForm form() {
    return memory.form();
  }

  /**
   * The columns.
   *
   * @return an unmodifiable list
   */
  public List<Column> columns() {
    return memory.columns();
  }

  /**
   * The index of a column.
   *
   * @param name its name
   * @return the index
   * @throws IllegalArgumentException if there is none of that name
   */
  public int column(String name) {
    Integer index = memory.indexOf(name);
    if (index == null) {
      throw new IllegalArgumentException(
          "The batch has no column \"" + name + "\", only " + memory.columns() + ".");
    }
    return index;
  }

  /**
   * How many rows were ended.
   *
   * @return the number
   */
  public int size() {
    return memory.rows();
  }

  /**
   * Makes a cell null, as it is unless it is set.
   *
   * @param column the column's index
   * @return this batch
   */
  public RowBatch setNull(int column) {
    memory.column(column).unset(memory.rows());
    return this;
  }

  /**
   * Sets a cell of a column of truth values.
   *
   * @param column the column's index
   * @param value the value
   * @return this batch
   */
  public RowBatch setBoolean(int column, boolean value) {
    ColumnMemory cells = memory.column(column);
    try {
      cells.setBoolean(memory.rows(), value);
    } catch (IllegalArgumentException e) {
      throw refused(column, e);
    }
    return this;
  }

  /**
   * Sets a cell of a column of numbers; or of dates and times, to a number of days or units.
   *
   * @param column the column's index
   * @param value the value
   * @return this batch
   */
  public RowBatch setLong(int column, long value) {
    ColumnMemory cells = memory.column(column);
    try {
      cells.setLong(memory.rows(), value);
    } catch (IllegalArgumentException e) {
      throw refused(column, e);
    }
    return this;
  }

  /**
   * Sets a cell of a column of floating-point numbers.
   *
   * @param column the column's index
   * @param value the value, which for {@code float32} is exactly a {@code float}
   * @return this batch
   */
  public RowBatch setDouble(int column, double value) {
    ColumnMemory cells = memory.column(column);
    try {
      cells.setDouble(memory.rows(), value);
    } catch (IllegalArgumentException e) {
      throw refused(column, e);
    }
    return this;
  }

  /**
   * Sets a cell of a column of text.
   *
   * @param column the column's index
   * @param text the text, without lone surrogates; or null
   * @return this batch
   */
  public RowBatch setText(int column, CharSequence text) {
    if (text == null) {
      return setNull(column);
    }
    ColumnMemory cells = memory.column(column);
    try {
      cells.setText(memory.rows(), text);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw refused(column, e);
    }
    return this;
  }

  /**
   * Sets a cell of a column of text to what is UTF-8 already.
   *
   * @param column the column's index
   * @param bytes has the text, which is checked
   * @param offset where it starts
   * @param length how many bytes it takes
   * @return this batch
   */
  public RowBatch setUtf8(int column, byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    ColumnMemory cells = memory.column(column);
    try {
      cells.setUtf8(memory.rows(), bytes, offset, length);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw refused(column, e);
    }
    return this;
  }

  /**
   * Sets a cell of a column of bytes.
   *
   * @param column the column's index
   * @param bytes the bytes, or null
   * @return this batch
   */
  public RowBatch setBytes(int column, byte[] bytes) {
    return bytes == null ? setNull(column) : setBytes(column, bytes, 0, bytes.length);
  }

  /**
   * Sets a cell of a column of bytes to a part of an array.
   *
   * @param column the column's index
   * @param bytes has the bytes
   * @param offset where they start
   * @param length how many there are
   * @return this batch
   */
  public RowBatch setBytes(int column, byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    ColumnMemory cells = memory.column(column);
    try {
      cells.setBytes(memory.rows(), bytes, offset, length);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw refused(column, e);
    }
    return this;
  }

  /**
   * Sets a cell of a column of decimals.
   *
   * @param column the column's index
   * @param value the value, which fits precision and scale of the column; or null
   * @return this batch
   */
  public RowBatch setDecimal(int column, BigDecimal value) {
    if (value == null) {
      return setNull(column);
    }
    ColumnMemory cells = memory.column(column);
    try {
      cells.setDecimal(memory.rows(), value);
    } catch (IllegalArgumentException e) {
      throw refused(column, e);
    }
    return this;
  }

  /**
   * Sets a cell of a column of decimals by its digits, without any object.
   *
   * @param column the column's index
   * @param unscaled the value times ten to the power of the column's scale
   * @return this batch
   */
  public RowBatch setUnscaled(int column, long unscaled) {
    ColumnMemory cells = memory.column(column);
    try {
      cells.setUnscaled(memory.rows(), unscaled);
    } catch (IllegalArgumentException e) {
      throw refused(column, e);
    }
    return this;
  }

  /**
   * Sets a cell of a column of dates.
   *
   * @param column the column's index
   * @param value the value, or null
   * @return this batch
   */
  public RowBatch setDate(int column, LocalDate value) {
    return set(column, value);
  }

  /**
   * Sets a cell of a column of times of day.
   *
   * @param column the column's index
   * @param value the value, in whole microseconds; or null
   * @return this batch
   */
  public RowBatch setTime(int column, LocalTime value) {
    return set(column, value);
  }

  /**
   * Sets a cell of a column of dates and times.
   *
   * @param column the column's index
   * @param value the value, in whole units of the column; or null
   * @return this batch
   */
  public RowBatch setTimestamp(int column, LocalDateTime value) {
    return set(column, value);
  }

  /**
   * Sets a cell of a column of points in time.
   *
   * @param column the column's index
   * @param value the value, in whole units of the column; or null
   * @return this batch
   */
  public RowBatch setInstant(int column, Instant value) {
    return set(column, value);
  }

  /**
   * Sets a cell of a column of lengths of time.
   *
   * @param column the column's index
   * @param value the value, in whole units of the column; or null
   * @return this batch
   */
  public RowBatch setDuration(int column, Duration value) {
    return set(column, value);
  }

  /**
   * Sets a cell of any column.
   *
   * @param column the column's index
   * @param value the value as the column's own setter takes it; for points in time an {@code
   *     OffsetDateTime} or {@code ZonedDateTime} too, for decimals and numbers any {@code Number}
   *     that is exactly one of the column's; or null
   * @return this batch
   */
  public RowBatch set(int column, Object value) {
    ColumnMemory cells = memory.column(column);
    try {
      RowValues.set(cells, memory.rows(), value);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw refused(column, e);
    }
    return this;
  }

  private RuntimeException refused(int column, RuntimeException reason) {
    String message = memory.refusal(column, reason);
    return reason instanceof IllegalStateException
        ? new IllegalStateException(message, reason)
        : new IllegalArgumentException(message, reason);
  }

  /**
   * Ends the row that is being filled; the next one is begun by its first cell.
   *
   * @return this batch
   * @throws IllegalStateException if the batch can take no more rows
   */
  public RowBatch endRow() {
    memory.endRow();
    return this;
  }

  /**
   * Forgets the row that is being filled, so that all its cells are null again.
   *
   * @return this batch
   */
  public RowBatch cancelRow() {
    memory.cancelRow();
    return this;
  }

  /**
   * Adds a whole row.
   *
   * @param values a value for each column as {@link #set} takes it
   * @return this batch
   * @throws IllegalArgumentException if there are more or fewer values than columns, or one does
   *     not suit its column; the batch is then as it was before
   */
  public RowBatch addRow(Object... values) {
    if (values.length != memory.columns().size()) {
      throw new IllegalArgumentException(
          String.format(
              "Row %d has %d values, but the batch has %d columns: %s.",
              size(), values.length, memory.columns().size(), memory.columns()));
    }
    memory.cancelRow();
    try {
      for (int i = 0; i < values.length; i++) {
        set(i, values[i]);
      }
    } catch (RuntimeException e) {
      memory.cancelRow();
      throw e;
    }
    return endRow();
  }

  /**
   * Forgets all rows, the one that is being filled too. The memory stays, for the next ones.
   *
   * @return this batch
   */
  public RowBatch clear() {
    memory.clear();
    return this;
  }

  /**
   * What the batch looks like.
   *
   * @return its form, the number of its rows and its columns
   */
  @Override
  public String toString() {
    return "RowBatch(" + form() + ", " + size() + " rows, " + columns() + ")";
  }
}
