package dev.naja.flink.table;

import dev.naja.flink.runtime.OpenCallable;
import dev.naja.flink.runtime.PythonCallable;
import dev.naja.flink.runtime.ScalarOpener;
import dev.naja.flink.runtime.TaskContext;
import dev.naja.flink.types.PythonSignature;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;

/** A Python function that is called with rows, or with some of their columns. For one thread. */
public final class OpenRowCall implements AutoCloseable {
  private final OpenCallable callable;

  /** Null where the row itself is the argument. */
  private final RowData.FieldGetter[] getters;

  private OpenRowCall(OpenCallable callable, RowData.FieldGetter[] getters) {
    this.callable = callable;
    this.getters = getters;
  }

  /**
   * Opens a function.
   *
   * @param callable the function
   * @param signature what it says of itself
   * @param arguments which columns it takes
   * @param result the type of its result
   * @param task the task that calls it
   * @return what takes rows, to be closed
   */
  public static OpenRowCall open(
      PythonCallable callable,
      PythonSignature signature,
      RowArguments arguments,
      LogicalType result,
      TaskContext task) {
    List<LogicalType> types =
        arguments.whole() ? List.of(arguments.type()) : arguments.type().getChildren();
    return new OpenRowCall(
        ScalarOpener.open(callable, signature, types, result, task), arguments.getters());
  }

  /**
   * Calls the function.
   *
   * @param row a row of the table
   * @return the result, of Flink's internal class; null for NULL
   */
  public Object call(RowData row) {
    if (getters == null) {
      return callable.call(row);
    }
    Object[] values = new Object[getters.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = getters[i].getFieldOrNull(row);
    }
    return callable.call(values);
  }

  @Override
  public void close() {
    callable.close();
  }
}
