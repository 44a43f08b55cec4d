package dev.naja.flink.runtime;

import dev.naja.BatchFunction;
import dev.naja.Column;
import dev.naja.PyObject;
import dev.naja.RowBatch;
import dev.naja.flink.types.CellWriter;
import dev.naja.flink.types.CellWriters;
import dev.naja.flink.types.FieldReaders;
import dev.naja.flink.types.PythonSignature;
import dev.naja.flink.types.TypeDescription;
import dev.naja.internal.RowFailures;
import dev.naja.internal.VectorizedFunction;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;

/**
 * A Python function that is called with many rows at once, by whoever has them. Rows are arrays of
 * values of Flink's internal classes; so are results. Thread-safe.
 */
public final class PythonBatch implements BatchFunction<Object[], Object>, AutoCloseable {
  private final OpenPython python;
  private final PythonLife life;
  private final PyObject prepared;
  private final BatchFunction<Object[], Object> function;

  /** Whether a number that is missing for pandas, which has NaN for it, is NULL. */
  private final boolean nanIsNull;

  private PythonBatch(
      OpenPython python,
      PythonLife life,
      PyObject prepared,
      BatchFunction<Object[], Object> function,
      boolean nanIsNull) {
    this.python = python;
    this.life = life;
    this.prepared = prepared;
    this.function = function;
    this.nanIsNull = nanIsNull;
  }

  /** How a Python function is made to take batches. */
  @FunctionalInterface
  public interface Preparation {

    /**
     * Prepares a function.
     *
     * @param python where
     * @param function the function, opened
     * @return a tuple of the form of batches and what takes them
     */
    PyObject prepare(OpenPython python, PyObject function);
  }

  /**
   * Opens a function of batches, or one of single rows that is called for each row of a batch.
   *
   * @param callable the function
   * @param signature what it says of itself
   * @param whole whether it takes the row as one argument
   * @param arguments names and types of a row's values
   * @param result the type of a row's result
   * @param task the task that calls it
   * @return the function, to be closed
   */
  public static PythonBatch open(
      PythonCallable callable,
      PythonSignature signature,
      boolean whole,
      RowType arguments,
      LogicalType result,
      TaskContext task) {
    String style = signature.vectorized().orElse(null);
    Preparation preparation =
        (python, function) -> {
          try (PyObject prepare = python.half("_drive_vectorized", "prepared")) {
            return prepare.callAs(
                PyObject.class,
                function,
                style,
                whole,
                TypeDescription.of(arguments),
                TypeDescription.of(result));
          }
        };
    boolean nanIsNull = "pandas".equals(style) && result.is(LogicalTypeRoot.DOUBLE);
    return open(callable, preparation, arguments, result, nanIsNull, task);
  }

  /**
   * Opens a function.
   *
   * @param callable the function
   * @param preparation makes it take batches
   * @param arguments names and types of a row's values
   * @param result the type of a row's result
   * @param nanIsNull whether a result that is NaN counts as NULL
   * @param task the task that calls it
   * @return the function, to be closed
   */
  public static PythonBatch open(
      PythonCallable callable,
      Preparation preparation,
      RowType arguments,
      LogicalType result,
      boolean nanIsNull,
      TaskContext task) {
    OpenPython python = callable.environment().open(task);
    PythonLife life = null;
    try {
      life = PythonLife.open(python, callable, task);
      PyObject prepared;
      try (PyObject both = preparation.prepare(python, life.function());
          PyObject plain = both.item(1)) {
        boolean doubles = result.is(LogicalTypeRoot.DOUBLE);
        PyObject vectorized =
            VectorizedFunction.prepare(
                plain,
                both.item(0, String.class),
                List.of(),
                doubles ? Double.class : Object.class);
        prepared = callable.timeout().map(vectorized::withTimeout).orElse(vectorized);
      }
      return new PythonBatch(
          python, life, prepared, function(prepared, arguments, result), nanIsNull);
    } catch (Throwable e) {
      try (OpenPython ends = python;
          PythonLife opened = life) {
        throw e;
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static BatchFunction<Object[], Object> function(
      PyObject prepared, RowType arguments, LogicalType result) {
    CellWriter[] writers = CellWriters.of(arguments.getChildren());
    BiConsumer<Object[], RowBatch> writer =
        (row, batch) -> {
          for (int i = 0; i < writers.length; i++) {
            writers[i].write(batch, i, row[i]);
          }
        };
    List<Column> columns = CellWriters.columns(arguments.getFieldNames(), arguments.getChildren());
    if (result.is(LogicalTypeRoot.DOUBLE)) {
      // Plain floats cross at once, without a record for each.
      BatchFunction<Object[], ?> doubles =
          VectorizedFunction.ofTables(prepared, Double.class, columns, writer);
      return (BatchFunction<Object[], Object>) doubles;
    }
    return VectorizedFunction.ofTables(prepared, FieldReaders.of(result), columns, writer);
  }

  /**
   * Calls the function.
   *
   * @param rows as many values each as there are arguments
   * @return a result for each row, null for NULL
   * @throws Exception what Python raises, or which rows have failed alone
   */
  @Override
  public List<Object> apply(List<Object[]> rows) throws Exception {
    List<Object> results = function.apply(rows);
    return nanIsNull && results.stream().anyMatch(PythonBatch::isNaN)
        ? results.stream().map(each -> isNaN(each) ? null : each).collect(Collectors.toList())
        : results;
  }

  private static boolean isNaN(Object result) {
    return result != null && ((Double) result).isNaN();
  }

  /**
   * Calls the function for rows all of which have to succeed.
   *
   * @param rows as many values each as there are arguments
   * @return a result for each row, null for NULL
   * @throws RuntimeException what Python raises, for one row or for all
   */
  public List<Object> applyToAll(List<Object[]> rows) {
    try {
      return apply(rows);
    } catch (RuntimeException e) {
      throw e;
    } catch (RowFailures e) {
      throw e.first();
    } catch (Exception e) {
      throw new IllegalStateException("A batch has failed.", e);
    }
  }

  /**
   * Registers the function's metrics.
   *
   * @param task where
   * @param name the function's name
   * @return what counts its calls
   */
  public CallMetrics metrics(TaskContext task, String name) {
    return new CallMetrics(task.metricGroup(), name, python);
  }

  /** Closes the function. */
  @Override
  public void close() {
    try (OpenPython ends = python;
        PythonLife last = life;
        PyObject called = prepared) {
      // Closed in this order from the last on.
    }
  }
}
