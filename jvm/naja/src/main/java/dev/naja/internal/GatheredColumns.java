package dev.naja.internal;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Rows whose values tell by themselves which columns there are: how do they become columns? */
final class GatheredColumns<T> implements BatchArguments<T> {
  /** What comes before the columns. */
  private static final int FIRST = 5;

  private final List<String> columns;

  /** What arrays were put into for a call that is over, for the next one of that size. */
  private final AtomicReference<Object> used = new AtomicReference<>();

  /**
   * Makes a gatherer.
   *
   * @param columns the names of the columns; empty if the rows have their own, or none
   */
  GatheredColumns(List<String> columns) {
    this.columns = columns;
  }

  @Override
  public boolean areAlike(T one, T other) {
    return RowCells.areAlike(one, other);
  }

  /**
   * The number of rows, whether columns go by keyword, their names, kinds, how many elements each
   * cell has whose elements go one after the other, and the columns themselves.
   */
  @Override
  public Object[] of(List<T> rows) {
    Object first = rows.get(0);
    boolean cells = RowCells.hasCells(first);
    List<String> names = names(first, cells);
    Object[][] table = cells ? table(rows, names) : new Object[][] {rows.toArray()};
    Object[] arguments = new Object[FIRST + table.length];
    StringBuilder kinds = new StringBuilder();
    int[] widths = new int[table.length];
    for (int i = 0; i < table.length; i++) {
      char kind = Cells.kind(table[i]);
      kinds.append(kind);
      boolean vectors = Cells.isVector(table[i][0]);
      Object column =
          vectors ? Cells.vectors(table[i], used.getAndSet(null)) : Cells.column(table[i], kind);
      arguments[FIRST + i] = column;
      widths[i] = vectors && Cells.isVector(column) ? Array.getLength(table[i][0]) : -1;
    }
    arguments[0] = rows.size();
    arguments[1] = first instanceof Map;
    arguments[2] = names;
    arguments[3] = kinds.toString();
    arguments[4] = Arrays.stream(widths).boxed().toArray();
    return arguments;
  }

  @Override
  public void release(Object[] arguments) {
    for (int i = FIRST; i < arguments.length; i++) {
      if (Cells.isVector(arguments[i])) {
        used.set(arguments[i]);
      }
    }
  }

  private List<String> names(Object first, boolean cells) {
    List<String> own = cells ? RowCells.names(first) : List.of();
    if (columns.isEmpty() || !cells) {
      return columns.isEmpty() ? own : columns;
    }
    boolean fits =
        first instanceof Map
            ? own.size() == columns.size() && own.containsAll(columns)
            : RowCells.of(first, own).length == columns.size();
    if (!fits) {
      throw new IllegalArgumentException(
          "A row must have a value for each of the columns "
              + columns
              + ", but has "
              + (first instanceof Map ? own : RowCells.of(first, own).length + " values")
              + ".");
    }
    return columns;
  }

  /** The cells of some rows, by column. */
  private Object[][] table(List<T> rows, List<String> names) {
    Object[][] table = null;
    for (int row = 0; row < rows.size(); row++) {
      Object[] cells = RowCells.of(rows.get(row), names);
      if (table == null) {
        table = new Object[cells.length][rows.size()];
      }
      for (int column = 0; column < cells.length; column++) {
        table[column][row] = cells[column];
      }
    }
    return table;
  }
}
