package dev.naja.flink.table.ptf;

import dev.naja.flink.deployment.Shipping;
import dev.naja.flink.runtime.PythonCallable;
import dev.naja.flink.runtime.TaskContext;
import dev.naja.flink.table.OpenRowCall;
import dev.naja.flink.table.PythonCallableFactory;
import dev.naja.flink.table.RowArguments;
import dev.naja.flink.types.FieldReaders;
import dev.naja.flink.types.PythonSignature;
import dev.naja.flink.types.SignatureTypes;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampKind;
import org.apache.flink.table.types.logical.TimestampType;

/**
 * A call of a function of tables whose arguments are a table and a Python function: what is known
 * of it when the job is planned. Immutable.
 */
final class PlannedCall implements Serializable {
  private static final long serialVersionUID = 1;

  /** Where the table is among the arguments, and where the reference. */
  static final int TABLE = 0;

  static final int FUNCTION = 1;

  final PythonCallable callable;
  final PythonSignature signature;
  final RowType table;
  final RowArguments arguments;

  /** The row that the function returns. */
  final RowType result;

  /** Whether it returns the value of the only field instead. */
  final boolean single;

  private PlannedCall(
      PythonCallable callable,
      PythonSignature signature,
      RowType table,
      RowArguments arguments,
      RowType result,
      boolean single) {
    this.callable = callable;
    this.signature = signature;
    this.table = table;
    this.arguments = arguments;
    this.result = result;
    this.single = single;
  }

  /**
   * Asks Python for a function of one row and matches its parameters with the table's columns.
   *
   * @param name what SQL calls
   * @param callables makes a function of a reference
   * @param call the call
   * @return the call, planned
   * @throws ValidationException if function and table do not fit each other
   */
  static PlannedCall of(String name, PythonCallableFactory callables, CallContext call) {
    PythonCallable callable = callable(name, callables, call);
    PythonSignature signature = describe(callable);
    if (!List.of("scalar", "map", "model").contains(signature.kind())) {
      throw new ValidationException(
          String.format(
              "%s takes a function that returns one row for a row, and %s is a %s function.",
              name, signature, signature.kind().replace('_', ' ')));
    }
    RowType table = table(call);
    RowArguments arguments = RowArguments.byName(signature, table);
    arguments.check(signature);
    return returning(callable, signature, table, arguments);
  }

  /**
   * Asks Python for a process function, which takes rows.
   *
   * @param name what SQL calls
   * @param callables makes a function of a reference
   * @param call the call
   * @return the call, planned
   * @throws ValidationException if it is another function
   */
  static PlannedCall ofProcess(String name, PythonCallableFactory callables, CallContext call) {
    PythonCallable callable = callable(name, callables, call);
    PythonSignature signature = describe(callable);
    if (!List.of("process", "keyed_process").contains(signature.kind())) {
      throw new ValidationException(
          String.format(
              "%s takes a class with process_element, and %s is a %s function.",
              name, signature, signature.kind().replace('_', ' ')));
    }
    RowType table = table(call);
    return returning(callable, signature, table, RowArguments.ofRow(table));
  }

  private static PythonCallable callable(
      String name, PythonCallableFactory callables, CallContext call) {
    return callables.of(
        call.getArgumentValue(FUNCTION, String.class)
            .orElseThrow(
                () ->
                    new ValidationException(
                        String.format(
                            "The argument 'fn' of %s is a Python function by its reference, a"
                                + " literal such as 'clean:normalize'.",
                            name))));
  }

  private static PythonSignature describe(PythonCallable callable) {
    return callable.describe(Thread.currentThread().getContextClassLoader());
  }

  private static PlannedCall returning(
      PythonCallable callable, PythonSignature signature, RowType table, RowArguments arguments) {
    LogicalType returned =
        signature
            .result()
            .map(SignatureTypes::parse)
            .orElseThrow(
                () ->
                    new ValidationException(
                        String.format(
                            "%s does not say what it returns: decorate it, as in"
                                + " @udf(result_type=\"ROW<a INT, b STRING>\"), or write the type"
                                + " behind its reference, as in '%s -> ROW<a INT, b STRING>'.",
                            signature, callable.reference())));
    FieldReaders.of(returned);
    boolean single = !returned.is(LogicalTypeRoot.ROW);
    RowType result =
        single
            ? RowType.of(new LogicalType[] {returned.copy(true)}, new String[] {column(signature)})
            : (RowType) returned.copy(false);
    return new PlannedCall(callable, signature, table, arguments, result, single);
  }

  /**
   * Says that the job brings the function's files.
   *
   * @param context the call's
   * @return this call
   */
  PlannedCall shipped(SpecializedFunction.SpecializedContext context) {
    Shipping.register(callable.environment(), context.getConfiguration());
    return this;
  }

  /** What a function's only column is called: {@code score} for {@code Model.score}. */
  private static String column(PythonSignature signature) {
    String name = signature.name();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /**
   * The type of the table that a call is given.
   *
   * @param call the call
   * @return its columns; those of time attributes are plain timestamps
   */
  static RowType table(CallContext call) {
    RowType given = (RowType) call.getArgumentDataTypes().get(TABLE).getLogicalType();
    return new RowType(
        false,
        given.getFields().stream()
            .map(field -> new RowType.RowField(field.getName(), plain(field.getType())))
            .collect(Collectors.toList()));
  }

  private static LogicalType plain(LogicalType type) {
    if (type instanceof TimestampType
        && ((TimestampType) type).getKind() != TimestampKind.REGULAR) {
      return new TimestampType(type.isNullable(), ((TimestampType) type).getPrecision());
    }
    if (type instanceof LocalZonedTimestampType
        && ((LocalZonedTimestampType) type).getKind() != TimestampKind.REGULAR) {
      return new LocalZonedTimestampType(
          type.isNullable(), ((LocalZonedTimestampType) type).getPrecision());
    }
    return type;
  }

  /**
   * The type that the function's result is read as.
   *
   * @return the row, or the value of the only field
   */
  LogicalType read() {
    return single ? result.getTypeAt(0) : result;
  }

  /**
   * Opens a function of single rows.
   *
   * @param task the task that calls it
   * @return what takes rows, to be closed
   */
  OpenRowCall open(TaskContext task) {
    return OpenRowCall.open(callable, signature, arguments, read(), task);
  }
}
