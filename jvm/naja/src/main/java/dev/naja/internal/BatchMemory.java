package dev.naja.internal;

import dev.naja.Column;
import dev.naja.TableForm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which cells does a {@link dev.naja.RowBatch} hold, and how do they cross? By one record in the
 * frame: the object in Python that makes the table, and where each part of each column lies. Python
 * copies them before the call goes on, so the batch can be cleared and filled again whatever Python
 * keeps. Not thread-safe.
 */
public final class BatchMemory {
  private static final int FIRST_ROWS = 1024;

  private final TableForm form;
  private final List<Column> list;
  private final Map<String, Integer> indexes = new HashMap<>();
  private final ColumnMemory[] columns;
  private final ColumnMemory[] sized;
  private final int[] nulls;
  private final int mostRows;

  private int capacity = FIRST_ROWS;
  private int rows;
  private Handle builder;

  /**
   * An empty batch.
   *
   * @param form what it becomes
   * @param columns its columns
   * @throws IllegalArgumentException if two columns have the same name
   */
  public BatchMemory(TableForm form, List<Column> columns) {
    this.form = form;
    this.list = List.copyOf(columns);
    this.columns = new ColumnMemory[list.size()];
    this.nulls = new int[list.size()];
    List<ColumnMemory> ofText = new ArrayList<>();
    int most = Integer.MAX_VALUE & -64;
    for (int i = 0; i < this.columns.length; i++) {
      Column column = list.get(i);
      if (indexes.put(column.name(), i) != null) {
        throw new IllegalArgumentException(
            "Two columns have the name \""
                + column.name()
                + "\": columns are told by their names.");
      }
      this.columns[i] = new ColumnMemory(column, FIRST_ROWS);
      most = Math.min(most, ColumnMemory.mostRows(column));
      if (this.columns[i].isSized()) {
        ofText.add(this.columns[i]);
      }
    }
    this.mostRows = most;
    this.sized = ofText.toArray(new ColumnMemory[0]);
  }

  public TableForm form() {
    return form;
  }

  public List<Column> columns() {
    return list;
  }

  /** The index of a column, or null. */
  public Integer indexOf(String name) {
    return indexes.get(name);
  }

  public int rows() {
    return rows;
  }

  /** The memory of a column, for the cell in the row that is being filled. */
  public ColumnMemory column(int index) {
    if (index < 0 || index >= columns.length) {
      throw new IndexOutOfBoundsException(
          "Row " + rows + " has no column " + index + ", only 0 to " + (columns.length - 1) + ".");
    }
    return columns[index];
  }

  /** What is wrong with a cell in the row that is being filled. */
  public String refusal(int index, RuntimeException reason) {
    return "Row " + rows + ", column " + list.get(index) + ": " + reason.getMessage() + ".";
  }

  public void endRow() {
    int row = rows;
    for (ColumnMemory column : sized) {
      column.end(row);
    }
    if (++row == capacity) {
      grow();
    }
    rows = row;
  }

  private void grow() {
    if (capacity >= mostRows) {
      throw new IllegalStateException(
          "The batch cannot take more than " + (mostRows - 1) + " rows: pass it and clear() it.");
    }
    int larger = (int) Math.min(mostRows, 2L * capacity);
    for (ColumnMemory column : columns) {
      column.reserve(larger);
    }
    capacity = larger;
  }

  /** Makes all cells null of the row that is being filled. */
  public void cancelRow() {
    for (ColumnMemory column : columns) {
      column.unset(rows);
    }
  }

  public void clear() {
    for (ColumnMemory column : columns) {
      column.clear(rows + 1);
    }
    rows = 0;
  }

  /** Puts the table into a frame. */
  void put(CallFrame frame) {
    int parts = 0;
    for (int i = 0; i < columns.length; i++) {
      if (columns[i].isSet(rows)) {
        throw new IllegalStateException(
            "Row "
                + rows
                + " was begun but not ended: its column "
                + list.get(i)
                + " is set. Call endRow() or cancelRow() before the batch is passed.");
      }
      nulls[i] = columns[i].fillNulls(rows);
      parts += columns[i].parts();
    }
    Handle target = builder();
    frame.keep(this);
    int at = frame.room(17);
    frame.setByte(at, Tag.ROWS);
    frame.setLong(at + 1, target.value());
    frame.setInt(at + 9, rows);
    frame.setInt(at + 13, parts);
    for (int i = 0; i < columns.length; i++) {
      columns[i].describe(frame, rows, nulls[i]);
    }
  }

  private Handle builder() {
    if (builder == null) {
      List<String> names = new ArrayList<>();
      List<Object> types = new ArrayList<>();
      for (Column column : list) {
        names.add(column.name());
        types.add(
            List.of(
                column.kind().name().toLowerCase(Locale.ROOT),
                column.precision(),
                column.scale(),
                unit(column)));
      }
      CallFrame frame = CallFrame.acquire();
      try {
        frame.putString(form.name().toLowerCase(Locale.ROOT));
        frame.putValue(names);
        frame.putValue(types);
        long function = References.get().handle(PythonFunction.ROW_BUILDER.get());
        frame.call(function, 3, 0, Native.WANT_HANDLE, 0);
        builder = new Handle(HandleElements.handleAt(frame, 0));
      } finally {
        frame.release();
      }
    }
    return builder;
  }

  private static String unit(Column column) {
    return column.unit() == null ? "" : Temporals.code(column.unit());
  }
}
