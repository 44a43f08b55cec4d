package dev.naja.flink.table.ptf;

import dev.naja.PyObject;
import dev.naja.PyRef;
import dev.naja.flink.runtime.OpenCallable;
import dev.naja.flink.runtime.ScalarOpener;
import dev.naja.flink.runtime.TaskContext;
import dev.naja.flink.table.PythonCallableFactory;
import dev.naja.flink.types.TypeDescription;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StateTypeStrategy;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.table.types.inference.StaticArgumentTrait;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.inference.TypeStrategies;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.Row;

/**
 * {@code PY_PROCESS(TABLE t PARTITION BY k, 'sessions:Sessions -> ROW<n BIGINT>', on_time =>
 * DESCRIPTOR(ts))}: a Python process function with state and timers of event time for each
 * partition.
 */
public final class PyProcess extends ProcessTableFunction<RowData> implements SpecializedFunction {
  /** What SQL calls it. */
  public static final String NAME = "PY_PROCESS";

  private static final StaticArgument TABLE =
      StaticArgument.table(
          "t", Row.class, false, EnumSet.of(StaticArgumentTrait.SET_SEMANTIC_TABLE));

  private final transient PythonCallableFactory callables;

  /** What one call is; null until it is known. */
  private final PlannedCall planned;

  private final int[] keys;
  private final transient DataType table;
  private transient OpenCallable open;
  private transient PartitionHost host;
  private transient RowData.FieldGetter[] fields;

  /**
   * Makes the function.
   *
   * @param callables makes Python functions of references
   */
  public PyProcess(PythonCallableFactory callables) {
    this(callables, null, null, null);
  }

  private PyProcess(
      PythonCallableFactory callables, PlannedCall planned, int[] keys, DataType table) {
    this.callables = callables;
    this.planned = planned;
    this.keys = keys;
    this.table = table;
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory factory) {
    return planned == null
        ? TableInference.planned(
            List.of(TABLE, TableInference.REFERENCE), states(), call -> plan(call).result)
        : TableInference.ofCall(table, List.of(DataTypes.STRING()), states(), planned.result);
  }

  private static LinkedHashMap<String, StateTypeStrategy> states() {
    LinkedHashMap<String, StateTypeStrategy> states = new LinkedHashMap<>();
    DataType kept = MapView.newMapViewDataType(DataTypes.STRING().notNull(), DataTypes.BYTES());
    states.put("states", StateTypeStrategy.of(TypeStrategies.explicit(kept)));
    return states;
  }

  @Override
  public UserDefinedFunction specialize(SpecializedContext context) {
    CallContext call = context.getCallContext();
    int[] partition =
        call.getTableSemantics(PlannedCall.TABLE)
            .orElseThrow(IllegalStateException::new)
            .partitionByColumns();
    return new PyProcess(
        callables,
        plan(call).shipped(context),
        partition,
        call.getArgumentDataTypes().get(PlannedCall.TABLE));
  }

  private PlannedCall plan(CallContext call) {
    PlannedCall found = PlannedCall.ofProcess(NAME, callables, call);
    if (found.single) {
      throw new ValidationException(
          String.format(
              "%s emits rows, so its type is a ROW: write it behind its reference, as in '%s ->"
                  + " ROW<n BIGINT>'.",
              found.signature, found.callable.reference()));
    }
    return found;
  }

  private RowType keyType() {
    return new RowType(
        false,
        Arrays.stream(keys).mapToObj(planned.table.getFields()::get).collect(Collectors.toList()));
  }

  @Override
  public void open(FunctionContext context) {
    TaskContext task = TaskContext.of(context);
    host = new PartitionHost();
    RowType key = keyType();
    fields = new RowData.FieldGetter[keys.length];
    for (int i = 0; i < keys.length; i++) {
      fields[i] = RowData.createFieldGetter(planned.table.getTypeAt(keys[i]), keys[i]);
    }
    open =
        ScalarOpener.open(
            planned.callable,
            planned.signature.name(),
            python -> {
              try (PyObject importer = python.importer();
                  PyObject prepare = python.half("_drive_table_process", "prepared")) {
                return prepare.callAs(
                    PyObject.class,
                    planned.callable.reference(),
                    importer,
                    PyRef.of(task),
                    planned.callable.arguments(),
                    PyRef.of(host),
                    TypeDescription.of(planned.table),
                    TypeDescription.of(key),
                    TypeDescription.of(planned.result));
              }
            },
            List.of(planned.table.copy(true), key.copy(true), new BigIntType()),
            new ArrayType(planned.result.copy(false)),
            task);
  }

  /**
   * Emits what the Python function makes of a row.
   *
   * @param context the partition's
   * @param states the partition's
   * @param t the row
   * @param fn the function, which is known since the job was planned
   */
  public void eval(Context context, MapView<String, byte[]> states, RowData t, StringData fn) {
    TimeContext<Long> time = context.timeContext(Long.class);
    host.enter(states, time);
    Object[] key = new Object[fields.length];
    for (int i = 0; i < key.length; i++) {
      key[i] = fields[i].getFieldOrNull(t);
    }
    emit(open.call(t, GenericRowData.of(key), time.time()));
  }

  /**
   * Emits what the Python function makes of a timer.
   *
   * @param context the partition's
   * @param states the partition's
   */
  public void onTimer(OnTimerContext context, MapView<String, byte[]> states) {
    TimeContext<Long> time = context.timeContext(Long.class);
    host.enter(states, time);
    emit(open.call(null, null, time.time()));
  }

  private void emit(Object rows) {
    if (rows == null) {
      return;
    }
    ArrayData emitted = (ArrayData) rows;
    for (int i = 0; i < emitted.size(); i++) {
      collect(emitted.getRow(i, planned.result.getFieldCount()));
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
