package dev.naja.flink;

import static org.apache.flink.table.api.Expressions.$;
import static org.apache.flink.table.api.Expressions.call;

import dev.naja.flink.runtime.BatchOptions;
import dev.naja.flink.runtime.PythonCallable;
import dev.naja.flink.table.FunctionDefinitions;
import dev.naja.flink.table.PythonRowFunction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.ApiExpression;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.logical.RowType;

/**
 * Python functions for the Table API.
 *
 * <pre>{@code
 * PythonFunctions python = PythonFunctions.of(PythonEnvironment.of().withFiles("fraud.py"));
 * tables.createTemporarySystemFunction("score", python.function("fraud:Model.eval"));
 * tables.from("payments").select(call(python.function("fraud.clean"), $("text")));
 * }</pre>
 *
 * <p>Python is asked for each function when it is named: a function that is missing, or whose hints
 * make no sense, is refused at once. Immutable, thread-safe.
 */
public final class PythonFunctions {
  private final PythonEnvironment environment;
  private final FailurePolicy policy;
  private final Duration timeout;
  private final BatchOptions batches;

  private PythonFunctions(
      PythonEnvironment environment, FailurePolicy policy, Duration timeout, BatchOptions batches) {
    this.environment = environment;
    this.policy = policy;
    this.timeout = timeout;
    this.batches = batches;
  }

  /**
   * The functions of an environment.
   *
   * @param environment which Python and which files
   * @return its functions; one whose call fails, fails the task
   */
  public static PythonFunctions of(PythonEnvironment environment) {
    return new PythonFunctions(
        environment, FailurePolicy.FAIL, null, BatchOptions.of(new Configuration()));
  }

  /**
   * Says what becomes of calls that fail.
   *
   * @param policy what
   * @return functions with this policy
   */
  public PythonFunctions withPolicy(FailurePolicy policy) {
    return new PythonFunctions(environment, policy, timeout, batches);
  }

  /**
   * Bounds how long a call may take.
   *
   * @param timeout how long
   * @return functions with this bound
   */
  public PythonFunctions withTimeout(Duration timeout) {
    return new PythonFunctions(environment, policy, timeout, batches);
  }

  /**
   * Says how vectorized functions are called.
   *
   * @param size how many rows a call has at most
   * @param delay how long a row waits at most for others
   * @return functions with such batches
   */
  public PythonFunctions withBatches(int size, Duration delay) {
    return new PythonFunctions(environment, policy, timeout, BatchOptions.of(size, delay));
  }

  /**
   * A function as SQL and the Table API take it: scalar, table or aggregate, as Python says.
   *
   * @param reference {@code module:qualified.name} or {@code module.name}; the type of its result
   *     may follow, as in {@code fraud.score -> DOUBLE}
   * @return the function
   * @throws dev.naja.PythonException if there is no such function
   * @throws org.apache.flink.table.api.ValidationException if SQL has no such functions
   */
  public UserDefinedFunction function(String reference) {
    return FunctionDefinitions.of(
        callable(reference), Thread.currentThread().getContextClassLoader(), batches);
  }

  /**
   * A table of the rows that a function makes of a table's rows; {@code PY_MAP} of SQL. Its
   * parameters are named after columns, or it has one, which is the row. A row for which it returns
   * {@code None} is left out.
   *
   * @param table any table
   * @param reference the function's reference
   * @return a table of the function's columns
   * @throws org.apache.flink.table.api.ValidationException if function and table do not fit
   */
  public Table map(Table table, String reference) {
    return rows(table, reference, false);
  }

  /**
   * A table with the columns that a function makes of each row, in the places of those of their
   * names, or behind the others; {@code ADD_OR_REPLACE_COLUMNS} of SQL.
   *
   * @param table any table
   * @param reference the function's reference
   * @return the table with other columns
   * @throws org.apache.flink.table.api.ValidationException if function and table do not fit
   */
  public Table addOrReplaceColumns(Table table, String reference) {
    return rows(table, reference, true);
  }

  private Table rows(Table table, String reference, boolean keep) {
    List<RowType.RowField> fields = new ArrayList<>();
    List<ApiExpression> columns = new ArrayList<>();
    for (Column column : table.getResolvedSchema().getColumns()) {
      fields.add(new RowType.RowField(column.getName(), column.getDataType().getLogicalType()));
      columns.add($(column.getName()));
    }
    PythonRowFunction function =
        PythonRowFunction.of(callable(reference), new RowType(false, fields), keep);
    return table.flatMap(call(function, columns.toArray()));
  }

  private PythonCallable callable(String reference) {
    return PythonCallable.of(environment, reference).withPolicy(policy).withTimeout(timeout);
  }
}
