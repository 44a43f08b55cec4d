package dev.naja.flink.table.ptf;

import dev.naja.flink.runtime.TaskContext;
import dev.naja.flink.table.OpenRowCall;
import dev.naja.flink.table.PythonCallableFactory;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.TypeInference;

/**
 * {@code PY_MAP(TABLE t, 'clean:normalize')}: a Python function makes a row of each row. One for
 * which it returns {@code None} is left out.
 */
public final class PyMap extends ProcessTableFunction<RowData> implements SpecializedFunction {
  /** What SQL calls it. */
  public static final String NAME = "PY_MAP";

  private final transient PythonCallableFactory callables;

  /** What one call is; null until it is known. */
  private final PlannedCall planned;

  private final transient DataType table;
  private transient OpenRowCall open;

  /**
   * Makes the function.
   *
   * @param callables makes Python functions of references
   */
  public PyMap(PythonCallableFactory callables) {
    this(callables, null, null);
  }

  private PyMap(PythonCallableFactory callables, PlannedCall planned, DataType table) {
    this.callables = callables;
    this.planned = planned;
    this.table = table;
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory factory) {
    return planned == null
        ? TableInference.planned(
            List.of(TableInference.rows(), TableInference.REFERENCE),
            new LinkedHashMap<>(),
            call -> plan(call).result)
        : TableInference.ofCall(
            table, List.of(DataTypes.STRING()), new LinkedHashMap<>(), planned.result);
  }

  @Override
  public UserDefinedFunction specialize(SpecializedContext context) {
    CallContext call = context.getCallContext();
    return new PyMap(
        callables, plan(call).shipped(context), call.getArgumentDataTypes().get(PlannedCall.TABLE));
  }

  private PlannedCall plan(CallContext call) {
    PlannedCall found = PlannedCall.of(NAME, callables, call);
    if (found.signature.vectorized().isPresent()) {
      throw new ValidationException(
          String.format(
              "%s takes many rows at once: call it by %s, which gathers them.",
              found.signature, PyMapBatch.NAME));
    }
    return found;
  }

  @Override
  public void open(FunctionContext context) {
    open = planned.open(TaskContext.of(context));
  }

  /**
   * Emits what the Python function makes of a row.
   *
   * @param t the row
   * @param fn the function, which is known since the job was planned
   */
  public void eval(RowData t, StringData fn) {
    Object made = open.call(t);
    if (made != null) {
      collect(planned.single ? GenericRowData.of(made) : (RowData) made);
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
    return planned == null || planned.signature.deterministic();
  }
}
