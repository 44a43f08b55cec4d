package dev.naja.flink.types;

import dev.naja.RowBatch;

/** Sets one cell of the last row of a batch to a value of Flink's internal classes. */
@FunctionalInterface
public interface CellWriter {

  /**
   * Sets the cell.
   *
   * @param batch the batch
   * @param column the column's index
   * @param value a value of the internal class of the column's SQL type; null leaves the cell null
   */
  void write(RowBatch batch, int column, Object value);
}
