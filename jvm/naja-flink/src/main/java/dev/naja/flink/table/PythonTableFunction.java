package dev.naja.flink.table;

import dev.naja.flink.deployment.Shipping;
import dev.naja.flink.runtime.OpenRows;
import dev.naja.flink.runtime.PythonCallable;
import dev.naja.flink.runtime.TaskContext;
import dev.naja.flink.types.PythonSignature;
import dev.naja.flink.types.SignatureTypes;
import java.util.List;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.TableFunction;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.logical.LogicalType;

/** A Python function that yields rows as a table function of SQL. */
public final class PythonTableFunction extends TableFunction<Object>
    implements SpecializedFunction {
  private final PythonCallable callable;
  private final PythonSignature signature;

  /** The types of one call's arguments; null until it is known which. */
  private final List<LogicalType> argumentTypes;

  private final LogicalType rowType;
  private transient OpenRows open;

  /**
   * Makes a function.
   *
   * @param callable the Python function
   * @param signature what it says of itself
   */
  public PythonTableFunction(PythonCallable callable, PythonSignature signature) {
    this(callable, signature, null, null);
  }

  private PythonTableFunction(
      PythonCallable callable,
      PythonSignature signature,
      List<LogicalType> argumentTypes,
      LogicalType rowType) {
    this.callable = callable;
    this.signature = signature;
    this.argumentTypes = argumentTypes;
    this.rowType = rowType;
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
    Shipping.register(callable.environment(), context.getConfiguration());
    CallContext call = context.getCallContext();
    LogicalType row = SignatureTypes.result(signature, call).getLogicalType();
    return new PythonTableFunction(callable, signature, SignatureTypes.given(call, 0), row);
  }

  @Override
  public void open(FunctionContext context) {
    open = OpenRows.open(callable, signature, argumentTypes, rowType, TaskContext.of(context));
  }

  /**
   * Calls the Python function and passes its rows on as they come.
   *
   * @param arguments the arguments, of Flink's internal classes
   */
  public void eval(Object... arguments) {
    open.call(arguments, this::collect);
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
