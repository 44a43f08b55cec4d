package dev.naja.flink.table.ptf;

import dev.naja.flink.runtime.TaskContext;
import dev.naja.flink.table.OpenRowCall;
import dev.naja.flink.table.PythonCallableFactory;
import dev.naja.flink.table.ReplacedColumns;
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
 * {@code ADD_OR_REPLACE_COLUMNS(TABLE t, 'clean:normalize')}: the columns that a Python function
 * returns replace those of their names, or come behind the others. It takes the columns that its
 * parameters are named after, so that only those cross.
 */
public final class AddOrReplaceColumns extends ProcessTableFunction<RowData>
    implements SpecializedFunction {
  /** What SQL calls it. */
  public static final String NAME = "ADD_OR_REPLACE_COLUMNS";

  private final transient PythonCallableFactory callables;

  /** What one call is; null until it is known. */
  private final PlannedCall planned;

  private final ReplacedColumns columns;
  private final transient DataType table;
  private transient OpenRowCall open;

  /**
   * Makes the function.
   *
   * @param callables makes Python functions of references
   */
  public AddOrReplaceColumns(PythonCallableFactory callables) {
    this(callables, null, null, null);
  }

  private AddOrReplaceColumns(
      PythonCallableFactory callables,
      PlannedCall planned,
      ReplacedColumns columns,
      DataType table) {
    this.callables = callables;
    this.planned = planned;
    this.columns = columns;
    this.table = table;
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory factory) {
    return planned == null
        ? TableInference.planned(
            List.of(TableInference.rows(), TableInference.REFERENCE),
            new LinkedHashMap<>(),
            call -> columns(plan(call)).type())
        : TableInference.ofCall(
            table, List.of(DataTypes.STRING()), new LinkedHashMap<>(), columns.type());
  }

  @Override
  public UserDefinedFunction specialize(SpecializedContext context) {
    CallContext call = context.getCallContext();
    PlannedCall found = plan(call).shipped(context);
    return new AddOrReplaceColumns(
        callables, found, columns(found), call.getArgumentDataTypes().get(PlannedCall.TABLE));
  }

  private PlannedCall plan(CallContext call) {
    PlannedCall found = PlannedCall.of(NAME, callables, call);
    if (found.signature.vectorized().isPresent()) {
      throw new ValidationException(
          String.format(
              "%s takes many rows at once, and %s has one: call the function by its name in SQL, or"
                  + " by %s.",
              found.signature, NAME, PyMapBatch.NAME));
    }
    return found;
  }

  private static ReplacedColumns columns(PlannedCall planned) {
    return ReplacedColumns.of(planned.table, planned.result);
  }

  @Override
  public void open(FunctionContext context) {
    open = planned.open(TaskContext.of(context));
  }

  /**
   * Emits a row with the columns that the Python function has made of it.
   *
   * @param t the row
   * @param fn the function, which is known since the job was planned
   */
  public void eval(RowData t, StringData fn) {
    Object made = open.call(t);
    collect(columns.row(t, planned.single ? GenericRowData.of(made) : (RowData) made));
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
