package dev.naja.bench;

import dev.naja.RowBatch;

/** What is measured of tables: functions of {@code rows.py}, by name. */
public interface RowWorkloads {

  /** Keeps the table for {@link #read}. */
  void serialize(RowBatch batch);

  /** Makes a DataFrame of the kept table by pyarrow alone. */
  long read();

  /** Returns how many rows the table has. */
  long count(RowBatch batch);
}
