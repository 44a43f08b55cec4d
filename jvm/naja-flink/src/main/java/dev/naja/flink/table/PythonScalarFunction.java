package dev.naja.flink.table;

import dev.naja.flink.deployment.Shipping;
import dev.naja.flink.runtime.OpenCallable;
import dev.naja.flink.runtime.PythonCallable;
import dev.naja.flink.runtime.ScalarOpener;
import dev.naja.flink.runtime.TaskContext;
import dev.naja.flink.types.PythonSignature;
import dev.naja.flink.types.SignatureTypes;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.logical.LogicalType;

/** A Python function of one row as a scalar function of SQL. */
public final class PythonScalarFunction extends ScalarFunction implements SpecializedFunction {
  private final PythonCallable callable;
  private final PythonSignature signature;

  /** The types of one call's arguments, of which {@link #skipped} come first; null until known. */
  private final List<LogicalType> argumentTypes;

  private final int skipped;

  private final LogicalType resultType;
  private transient OpenCallable open;

  /**
   * Makes a function.
   *
   * @param callable the Python function
   * @param signature what it says of itself
   */
  public PythonScalarFunction(PythonCallable callable, PythonSignature signature) {
    this(callable, signature, 0, null, null);
  }

  private PythonScalarFunction(
      PythonCallable callable,
      PythonSignature signature,
      int skipped,
      List<LogicalType> argumentTypes,
      LogicalType resultType) {
    this.callable = callable;
    this.signature = signature;
    this.skipped = skipped;
    this.argumentTypes = argumentTypes;
    this.resultType = resultType;
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory factory) {
    return TypeInference.newBuilder()
        .inputTypeStrategy(SignatureTypes.input(signature, skipped))
        .outputTypeStrategy(SignatureTypes.output(signature))
        .build();
  }

  @Override
  public UserDefinedFunction specialize(SpecializedContext context) {
    Shipping.register(callable.environment(), context.getConfiguration());
    return ofCall(callable, signature, 0, context.getCallContext());
  }

  /** The function for one call, which gives arguments before those of the function. */
  static PythonScalarFunction ofCall(
      PythonCallable callable, PythonSignature signature, int skipped, CallContext call) {
    LogicalType result = SignatureTypes.result(signature, call).getLogicalType();
    return new PythonScalarFunction(
        callable, signature, skipped, SignatureTypes.given(call, skipped), result);
  }

  @Override
  public void open(FunctionContext context) {
    open =
        ScalarOpener.open(callable, signature, argumentTypes, resultType, TaskContext.of(context));
  }

  /**
   * Calls the Python function.
   *
   * @param arguments the arguments, of Flink's internal classes
   * @return the result, of Flink's internal class
   */
  public Object eval(Object... arguments) {
    return skipped == 0
        ? open.call(arguments)
        : open.call(Arrays.copyOfRange(arguments, skipped, arguments.length));
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
