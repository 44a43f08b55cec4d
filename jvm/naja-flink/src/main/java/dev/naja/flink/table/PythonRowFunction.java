package dev.naja.flink.table;

import dev.naja.flink.runtime.PythonCallable;
import dev.naja.flink.runtime.TaskContext;
import dev.naja.flink.types.PythonSignature;
import dev.naja.flink.types.SignatureTypes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.functions.TableFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentCount;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.ConstantArgumentCount;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.inference.TypeStrategies;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.utils.DataTypeUtils;
import org.apache.flink.table.types.utils.TypeConversions;

/**
 * A Python function of rows as a table function of all columns of a table: what the Table API calls
 * where SQL has {@code PY_MAP} and {@code ADD_OR_REPLACE_COLUMNS}, on each version of Flink.
 */
public final class PythonRowFunction extends TableFunction<RowData> {
  private final PythonCallable callable;
  private final PythonSignature signature;
  private final RowArguments arguments;
  private final LogicalType returned;
  private final RowType result;

  /** Null where the function's columns are all that there is. */
  private final ReplacedColumns replaced;

  private transient OpenRowCall open;

  private PythonRowFunction(
      PythonCallable callable,
      PythonSignature signature,
      RowArguments arguments,
      LogicalType returned,
      RowType result,
      ReplacedColumns replaced) {
    this.callable = callable;
    this.signature = signature;
    this.arguments = arguments;
    this.returned = returned;
    this.result = result;
    this.replaced = replaced;
  }

  /**
   * Asks Python for a function and matches it with a table.
   *
   * @param callable the function
   * @param table the table's columns
   * @param keep whether the other columns of the table stay
   * @return the function, to be called with all columns
   * @throws ValidationException if they do not fit each other
   */
  public static PythonRowFunction of(PythonCallable callable, RowType table, boolean keep) {
    PythonSignature signature = callable.describe(Thread.currentThread().getContextClassLoader());
    if (signature.vectorized().isPresent()) {
      throw new ValidationException(
          signature
              + " takes many rows at once: turn the table into a DataStream and use PythonBatchMap.");
    }
    RowArguments arguments = RowArguments.byName(signature, table);
    arguments.check(signature);
    LogicalType returned =
        signature
            .result()
            .map(SignatureTypes::parse)
            .orElseThrow(
                () ->
                    new ValidationException(
                        String.format(
                            "%s does not say what it returns: write the type behind its reference,"
                                + " as in '%s -> ROW<a INT, b STRING>'.",
                            signature, callable.reference())));
    String name = signature.name().substring(signature.name().lastIndexOf('.') + 1);
    RowType row =
        returned.is(LogicalTypeRoot.ROW)
            ? (RowType) returned
            : RowType.of(new LogicalType[] {returned.copy(true)}, new String[] {name});
    ReplacedColumns replaced = keep ? ReplacedColumns.of(table, row) : null;
    RowType result = (RowType) (keep ? replaced.type() : row).copy(true);
    return new PythonRowFunction(callable, signature, arguments, returned, result, replaced);
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory factory) {
    return TypeInference.newBuilder()
        .inputTypeStrategy(new AnyInternal())
        .outputTypeStrategy(
            TypeStrategies.explicit(
                DataTypeUtils.toInternalDataType(TypeConversions.fromLogicalToDataType(result))))
        .build();
  }

  @Override
  public void open(FunctionContext context) {
    open = OpenRowCall.open(callable, signature, arguments, returned, TaskContext.of(context));
  }

  /**
   * Emits what the Python function makes of a row.
   *
   * @param columns all columns of the table, of Flink's internal classes
   */
  public void eval(Object... columns) {
    RowData row = GenericRowData.of(columns);
    Object made = open.call(row);
    RowData values =
        made == null || made instanceof RowData ? (RowData) made : GenericRowData.of(made);
    if (replaced != null) {
      collect(replaced.row(row, values));
    } else if (values != null) {
      collect(values);
    }
  }

  @Override
  public void close() {
    if (open != null) {
      open.close();
      open = null;
    }
  }

  @Override
  public boolean isDeterministic() {
    return signature.deterministic();
  }

  @Override
  public String toString() {
    return callable.reference();
  }

  /** Takes what comes, as Flink's internal classes. */
  private static final class AnyInternal implements InputTypeStrategy {
    @Override
    public ArgumentCount getArgumentCount() {
      return ConstantArgumentCount.any();
    }

    @Override
    public Optional<List<DataType>> inferInputTypes(CallContext call, boolean throwOnFailure) {
      return Optional.of(
          call.getArgumentDataTypes().stream()
              .map(DataTypeUtils::toInternalDataType)
              .collect(Collectors.toList()));
    }

    @Override
    public List<Signature> getExpectedSignatures(FunctionDefinition definition) {
      return List.of(Signature.of(Arrays.asList(Signature.Argument.of("*"))));
    }
  }
}
