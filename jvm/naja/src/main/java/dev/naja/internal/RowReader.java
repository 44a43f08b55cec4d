package dev.naja.internal;

import java.util.List;

/** Reads what a row of a table can become: something made of one cell for each column. */
interface RowReader {

  /** The columns that a row takes: a list of names, or {@code true} for all of them. */
  Object columns();

  /** Whether a NaN of pandas is null in each column, from the start again if there are more. */
  List<Boolean> nanIsNull();

  /** Takes the names of the columns, which are all or those asked for. */
  List<?> takeNames(CallFrame frame);

  /** What reads a column's cells. */
  Reader<?> cell(int column);

  /**
   * Makes a row.
   *
   * @param names what {@link #takeNames} gave
   * @param cells the values in the same order
   */
  Object row(List<?> names, Object[] cells);
}
