package dev.naja.flink.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.binary.BinaryRowData;

/**
 * The accumulator of a function that takes all rows of a group at once: those rows, in the order in
 * which they came. Not thread-safe; its rows are never changed.
 */
public final class GroupRows {
  private final ArrayList<BinaryRowData> rows;

  GroupRows() {
    this(new ArrayList<>());
  }

  GroupRows(ArrayList<BinaryRowData> rows) {
    this.rows = rows;
  }

  /** Adds a row, which nobody changes from now on. */
  void add(BinaryRowData row) {
    rows.add(row);
  }

  /** Takes out the oldest row that equals this one, if there is one. */
  void remove(BinaryRowData row) {
    rows.remove(row);
  }

  /** Adds the rows of another group. */
  void addAll(GroupRows other) {
    rows.addAll(other.rows);
  }

  /** The rows, to be read. */
  List<RowData> rows() {
    return Collections.unmodifiableList(rows);
  }

  /** Another accumulator that holds the same rows. */
  GroupRows copy() {
    return new GroupRows(new ArrayList<>(rows));
  }
}
