package dev.naja.internal;

import dev.naja.BatchFunction;
import dev.naja.Column;
import dev.naja.NdArray;
import dev.naja.PyObject;
import dev.naja.PythonConversionException;
import dev.naja.PythonException;
import dev.naja.RowBatch;
import dev.naja.TableForm;
import dev.naja.TypeRef;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * How does a Python function that takes batches get the rows, and each row its result? Rows become
 * columns by {@link BatchArguments}; {@code naja._vectorized} makes of them what the function
 * takes, and a list of what it returns. Thread-safe.
 */
public final class VectorizedFunction<T, R> implements BatchFunction<T, R> {
  private static final String PARTLY = "naja._vectorized.Partly";

  private static final Reader<double[]> DOUBLES = Operations.reader(double[].class);

  private final PyObject function;
  private final Reader<R> result;
  private final Reader<List<R>> results;
  private final BatchArguments<T> arguments;

  /** Whether results are numbers that come all at once. */
  private final boolean doubles;

  private VectorizedFunction(PyObject prepared, Type result, BatchArguments<T> arguments) {
    this(
        prepared,
        Operations.reader(result),
        Operations.reader(new GenericType(List.class, result)),
        arguments,
        isDouble(result));
  }

  private VectorizedFunction(
      PyObject prepared,
      Reader<R> result,
      Reader<List<R>> results,
      BatchArguments<T> arguments,
      boolean doubles) {
    this.function = prepared;
    this.result = result;
    this.results = results;
    this.arguments = arguments;
    this.doubles = doubles;
  }

  private static boolean isDouble(Type result) {
    return result == double.class || result == Double.class;
  }

  /**
   * A function whose rows tell by themselves which columns there are.
   *
   * @param prepared what {@link #prepare} has given, to be closed after the last batch
   * @param result the type of a row's result
   */
  public static <T, R> VectorizedFunction<T, R> ofRows(PyObject prepared, Type result) {
    List<String> columns = prepared.attr("columns", new TypeRef<>() {});
    return new VectorizedFunction<>(
        prepared,
        result,
        prepared.attr("by_row", boolean.class)
            ? new PlainRows<>()
            : new GatheredColumns<>(columns));
  }

  /**
   * A function whose rows are written into a table.
   *
   * @param prepared what {@link #prepare} has given, to be closed after the last batch
   * @param result the type of a row's result
   * @param columns the table's columns
   * @param writer fills a row of the table, but does not end it
   */
  public static <T, R> VectorizedFunction<T, R> ofTables(
      PyObject prepared,
      Type result,
      List<Column> columns,
      BiConsumer<? super T, RowBatch> writer) {
    TableForm form = TableForm.valueOf(prepared.attr("table", String.class));
    return new VectorizedFunction<>(prepared, result, new FilledTables<>(form, columns, writer));
  }

  /**
   * A function whose rows are written into a table and whose results have a reader of their own.
   *
   * @param prepared what {@link #prepare} has given, to be closed after the last batch
   * @param result reads a row's result
   * @param columns the table's columns
   * @param writer fills a row of the table, but does not end it
   */
  public static <T, R> VectorizedFunction<T, R> ofTables(
      PyObject prepared,
      Reader<R> result,
      List<Column> columns,
      BiConsumer<? super T, RowBatch> writer) {
    TableForm form = TableForm.valueOf(prepared.attr("table", String.class));
    return new VectorizedFunction<>(
        prepared,
        result,
        Operations.listReader(result),
        new FilledTables<>(form, columns, writer),
        false);
  }

  /**
   * Prepares a Python function.
   *
   * @param function what takes batches
   * @param form how it takes them, null for what it says itself
   * @param columns the names of columns, empty for what it says itself
   * @param result the type of a row's result
   * @return the function as this class calls it
   */
  public static PyObject prepare(
      PyObject function, String form, List<String> columns, Type result) {
    // Fails now, and not at the first batch, where nothing in Python becomes this type.
    Operations.reader(result);
    boolean whole = result == NdArray.class || result == PyObject.class;
    String want = whole ? "objects" : isDouble(result) ? "doubles" : "values";
    return PythonFunction.PREPARE_BATCHES.call(
        Operations.BY_REFERENCE, function, form, columns, want);
  }

  /** Whether two rows may share a call. */
  public boolean areAlike(T one, T other) {
    return arguments.areAlike(one, other);
  }

  @Override
  public List<R> apply(List<T> rows) throws RowFailures {
    Object[] passed = arguments.of(rows);
    PyObject returned;
    try {
      returned = function.invoke(passed);
    } catch (PythonConversionException | IllegalStateException e) {
      throw refused(rows, e);
    } finally {
      arguments.release(passed);
    }
    try (returned) {
      try {
        return doubles
            ? boxed(Operations.value(returned, DOUBLES))
            : Operations.value(returned, results);
      } catch (PythonException e) {
        // Some results have failed or do not fit: the others must not suffer from it.
        return each(returned);
      }
    }
  }

  /** Finds the rows that cannot cross, which fail alone; if all can, the failure is the batch's. */
  private RowFailures refused(List<T> rows, RuntimeException failure) {
    Map<Integer, Throwable> failures = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      try {
        Operations.object(rows.get(i)).close();
      } catch (RuntimeException e) {
        failures.put(i, e);
      }
    }
    if (failures.isEmpty()) {
      throw failure;
    }
    return new RowFailures(null, failures);
  }

  @SuppressWarnings("unchecked")
  private List<R> boxed(double[] numbers) {
    List<Object> boxed = new ArrayList<>(numbers.length);
    for (double number : numbers) {
      boxed.add(number);
    }
    return (List<R>) boxed;
  }

  /** Reads the results one by one. */
  private List<R> each(PyObject returned) throws RowFailures {
    Map<Integer, Throwable> failures = new HashMap<>();
    if (!Operations.typeName(returned).equals(PARTLY)) {
      return each(returned, failures);
    }
    try (PyObject told = returned.attr("failures");
        PyObject list = returned.attr("results")) {
      for (long i = told.length() - 1; i >= 0; i--) {
        try (PyObject one = told.item(i);
            PyObject exception = one.item(1)) {
          Throwable failure = failure(exception);
          for (int index : one.item(0, int[].class)) {
            failures.put(index, failure);
          }
        }
      }
      if (list.isNone()) {
        throw new RowFailures(null, failures);
      }
      return each(list, failures);
    }
  }

  private List<R> each(PyObject list, Map<Integer, Throwable> failures) throws RowFailures {
    List<R> read = new ArrayList<>();
    int length = (int) list.length();
    for (int i = 0; i < length; i++) {
      R value = null;
      if (!failures.containsKey(i)) {
        try {
          value = Operations.item(list, i, result);
        } catch (PythonException e) {
          failures.put(i, e);
        }
      }
      read.add(value);
    }
    if (failures.isEmpty()) {
      return read;
    }
    throw new RowFailures(read, failures);
  }

  /** What Java makes of an exception that was not raised. */
  private static Throwable failure(PyObject exception) {
    try {
      PythonFunction.FAIL.call(Operations.NOTHING, exception);
      throw new AssertionError("naja._vectorized.fail has returned");
    } catch (Exception e) {
      return e;
    }
  }
}
