package dev.naja.flink.table.async;

import dev.naja.flink.deployment.Shipping;
import dev.naja.flink.runtime.BatchOptions;
import dev.naja.flink.runtime.OpenBatches;
import dev.naja.flink.runtime.PythonBatch;
import dev.naja.flink.runtime.PythonCallable;
import dev.naja.flink.runtime.TaskContext;
import dev.naja.flink.types.CellWriters;
import dev.naja.flink.types.PythonSignature;
import dev.naja.flink.types.SignatureTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.AsyncScalarFunction;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * A vectorized Python function as a scalar function of SQL: rows are gathered while Flink's
 * operator has others under way, and results leave in the order of their rows.
 */
public final class PythonBatchedFunction extends AsyncScalarFunction
    implements SpecializedFunction {
  /** How many rows the operator has under way, by its name since Flink 2.1 and before. */
  private static final ConfigOption<Integer> CONCURRENT =
      ConfigOptions.key("table.exec.async-scalar.max-concurrent-operations")
          .intType()
          .defaultValue(10)
          .withDeprecatedKeys("table.exec.async-scalar.buffer-capacity");

  private final PythonCallable callable;
  private final PythonSignature signature;
  private final BatchOptions options;

  /** The types of one call; null until it is known. */
  private final RowType arguments;

  private final LogicalType result;
  private transient OpenBatches open;

  /**
   * Makes a function.
   *
   * @param callable the Python function
   * @param signature what it says of itself
   * @param options size and delay of batches
   */
  public PythonBatchedFunction(
      PythonCallable callable, PythonSignature signature, BatchOptions options) {
    this(callable, signature, options, null, null);
  }

  private PythonBatchedFunction(
      PythonCallable callable,
      PythonSignature signature,
      BatchOptions options,
      RowType arguments,
      LogicalType result) {
    this.callable = callable;
    this.signature = signature;
    this.options = options;
    this.arguments = arguments;
    this.result = result;
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory factory) {
    return TypeInference.newBuilder()
        .inputTypeStrategy(SignatureTypes.input(signature, 0))
        .outputTypeStrategy(SignatureTypes.output(signature))
        .build();
  }

  @Override
  public UserDefinedFunction specialize(SpecializedContext context) {
    CallContext call = context.getCallContext();
    List<LogicalType> types =
        SignatureTypes.arguments(signature, call, 0, true)
            .orElseThrow(IllegalStateException::new)
            .stream()
            .map(DataType::getLogicalType)
            .collect(Collectors.toList());
    if (types.isEmpty()) {
      throw new ValidationException(
          signature + " is vectorized and takes no arguments, so its batches would have no rows.");
    }
    List<String> names = names(types.size());
    CellWriters.columns(names, types);
    Shipping.register(callable.environment(), context.getConfiguration());
    int concurrent = context.getConfiguration().get(CONCURRENT);
    return new PythonBatchedFunction(
        callable,
        signature,
        options.within(concurrent),
        RowType.of(types.toArray(new LogicalType[0]), names.toArray(new String[0])),
        SignatureTypes.result(signature, call).getLogicalType());
  }

  /** The names of the parameters, with numbers where one takes several arguments. */
  private List<String> names(int count) {
    List<String> names = new ArrayList<>();
    int last = signature.arguments().size() - 1;
    for (int i = 0; i < count; i++) {
      String name = signature.arguments().get(Math.min(i, last)).name();
      names.add(names.contains(name) ? name + i : name);
    }
    return names;
  }

  @Override
  public void open(FunctionContext context) {
    TaskContext task = TaskContext.of(context);
    PythonBatch batch = PythonBatch.open(callable, signature, false, arguments, result, task);
    open = new OpenBatches(batch, signature.name(), callable.policy(), options, true, task);
  }

  /**
   * Gives a row to the next batch.
   *
   * @param future is completed with the result, of Flink's internal class
   * @param row the arguments, of Flink's internal classes
   */
  public void eval(CompletableFuture<Object> future, Object... row) {
    open.submit(row, future, Function.identity());
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
}
