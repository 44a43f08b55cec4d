package dev.naja.flink.table.async;

import dev.naja.flink.deployment.Shipping;
import dev.naja.flink.runtime.OpenCoroutine;
import dev.naja.flink.runtime.PythonCallable;
import dev.naja.flink.runtime.TaskContext;
import dev.naja.flink.types.PythonSignature;
import dev.naja.flink.types.SignatureTypes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.AsyncScalarFunction;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentCount;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.utils.TypeConversions;

/**
 * A Python coroutine function as a scalar function of SQL: it waits for a service or a store on
 * Python's event loop while Flink has other rows under way.
 */
public final class PythonAsyncFunction extends AsyncScalarFunction implements SpecializedFunction {
  private final PythonCallable callable;
  private final PythonSignature signature;

  /** The type of the result of one call; null until it is known. */
  private final LogicalType result;

  private transient OpenCoroutine open;

  /**
   * Makes a function.
   *
   * @param callable the Python function
   * @param signature what it says of itself
   */
  public PythonAsyncFunction(PythonCallable callable, PythonSignature signature) {
    this(callable, signature, null);
  }

  private PythonAsyncFunction(
      PythonCallable callable, PythonSignature signature, LogicalType result) {
    this.callable = callable;
    this.signature = signature;
    this.result = result;
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory factory) {
    return TypeInference.newBuilder()
        .inputTypeStrategy(new Values(SignatureTypes.input(signature, 0)))
        .outputTypeStrategy(SignatureTypes.output(signature))
        .build();
  }

  @Override
  public UserDefinedFunction specialize(SpecializedContext context) {
    Shipping.register(callable.environment(), context.getConfiguration());
    CallContext call = context.getCallContext();
    return new PythonAsyncFunction(
        callable, signature, SignatureTypes.result(signature, call).getLogicalType());
  }

  @Override
  public void open(FunctionContext context) {
    open = OpenCoroutine.open(callable, signature.name(), result, TaskContext.of(context));
  }

  /**
   * Starts a call.
   *
   * @param future is completed with the result, of Flink's internal class
   * @param arguments values of Java's own classes
   */
  public void eval(CompletableFuture<Object> future, Object... arguments) {
    open.call(
        arguments,
        (value, failure) -> {
          if (failure == null) {
            future.complete(value);
          } else {
            future.completeExceptionally(failure);
          }
        });
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

  /** Takes what a function takes, of Java's own classes, as a coroutine's arguments cross. */
  private static final class Values implements InputTypeStrategy {
    private final InputTypeStrategy origin;

    Values(InputTypeStrategy origin) {
      this.origin = origin;
    }

    @Override
    public ArgumentCount getArgumentCount() {
      return origin.getArgumentCount();
    }

    @Override
    public Optional<List<DataType>> inferInputTypes(CallContext call, boolean throwOnFailure) {
      Optional<List<DataType>> types = origin.inferInputTypes(call, throwOnFailure);
      for (DataType type : types.orElse(List.of())) {
        if (!type.getLogicalType().getChildren().isEmpty()) {
          return call.fail(
              throwOnFailure,
              "Coroutine functions take no arguments of the type %s: take a field or element of it.",
              type.getLogicalType().asSummaryString());
        }
      }
      return types.map(
          found ->
              found.stream()
                  .map(DataType::getLogicalType)
                  .map(TypeConversions::fromLogicalToDataType)
                  .collect(Collectors.toList()));
    }

    @Override
    public List<Signature> getExpectedSignatures(FunctionDefinition definition) {
      return origin.getExpectedSignatures(definition);
    }
  }
}
