package dev.naja.internal;

import dev.naja.BatchFunction;
import dev.naja.NdArray;
import dev.naja.PyObject;
import dev.naja.PythonConversionException;
import dev.naja.PythonException;
import dev.naja.TypeRef;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How does a Python function that takes batches get the rows, and each row its result? Rows become
 * columns here; {@code naja._vectorized} makes of them what the function takes, and a list of what
 * it returns. Thread-safe.
 */
public final class VectorizedFunction<T, R> implements BatchFunction<T, R> {
  private static final String PARTLY = "naja._vectorized.Partly";

  private final PyObject function;
  private final Reader<R> result;
  private final Reader<List<R>> results;
  private final boolean byRow;
  private final List<String> columns;

  /**
   * Makes a function of what {@link #prepare} has given.
   *
   * @param prepared the function, to be closed after the last batch
   * @param result the type of a row's result
   */
  public VectorizedFunction(PyObject prepared, Type result) {
    this.function = prepared;
    this.result = Operations.reader(result);
    this.results = Operations.reader(new GenericType(List.class, result));
    this.byRow = prepared.attr("by_row", boolean.class);
    this.columns = prepared.attr("columns", new TypeRef<>() {});
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
    return PythonFunction.PREPARE_BATCHES.call(
        Operations.BY_REFERENCE, function, form, columns, whole);
  }

  /** Whether two rows may share a call. */
  public boolean areAlike(T one, T other) {
    return byRow || RowCells.areAlike(one, other);
  }

  @Override
  public List<R> apply(List<T> rows) throws RowFailures {
    PyObject returned;
    try {
      returned = function.invoke(byRow ? new Object[] {rows} : arguments(rows));
    } catch (PythonConversionException | IllegalStateException e) {
      throw refused(rows, e);
    }
    try (returned) {
      try {
        return Operations.value(returned, results);
      } catch (PythonException e) {
        // Some results have failed or do not fit: the others must not suffer from it.
        return each(returned);
      }
    }
  }

  /** The number of rows, whether columns go by keyword, their names, kinds, and themselves. */
  private Object[] arguments(List<T> rows) {
    Object first = rows.get(0);
    boolean cells = RowCells.hasCells(first);
    List<String> names = names(first, cells);
    Object[][] table = cells ? table(rows, names) : new Object[][] {rows.toArray()};
    Object[] arguments = new Object[4 + table.length];
    StringBuilder kinds = new StringBuilder();
    for (int i = 0; i < table.length; i++) {
      char kind = Cells.kind(table[i]);
      kinds.append(kind);
      arguments[4 + i] = Cells.column(table[i], kind);
    }
    arguments[0] = rows.size();
    arguments[1] = first instanceof Map;
    arguments[2] = names;
    arguments[3] = kinds.toString();
    return arguments;
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
