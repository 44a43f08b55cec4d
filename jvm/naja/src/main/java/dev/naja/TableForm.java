package dev.naja;

/** What a {@link RowBatch} becomes in Python; {@code docs/data.md} says how each column does. */
public enum TableForm {
  /** A {@code pyarrow.RecordBatch}. Python needs the package pyarrow. */
  ARROW,

  /** A {@code pandas.DataFrame}. Python needs pandas; pyarrow is used where it is installed. */
  PANDAS,

  /**
   * A {@code dict} of the columns' names and a {@code pandas.Series} for each, as the DataFrame
   * would have them. Python needs what {@link #PANDAS} needs.
   */
  SERIES,

  /** A {@code dict} of the columns' names and NumPy arrays. Python needs NumPy. */
  NUMPY
}
