package dev.naja.flink.table.ptf;

import dev.naja.flink.FailurePolicy;
import dev.naja.flink.runtime.BatchOptions;
import dev.naja.flink.runtime.CallMetrics;
import dev.naja.flink.runtime.PythonBatch;
import dev.naja.flink.runtime.TaskContext;
import dev.naja.flink.table.PythonCallableFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.dataview.ListView;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.TableSemantics;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StateTypeStrategy;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.table.types.inference.StaticArgumentTrait;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.inference.TypeStrategies;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.utils.DataTypeUtils;
import org.apache.flink.table.types.utils.TypeConversions;
import org.apache.flink.types.Row;

/**
 * {@code PY_MAP_BATCH(TABLE t PARTITION BY shard, 'clean:normalize')}: a vectorized Python function
 * makes rows of many rows at once. Rows wait in Flink's state until there are as many as a batch
 * has, or the watermark moves, or the input ends; so a failure loses none and repeats none.
 */
public final class PyMapBatch extends ProcessTableFunction<RowData> implements SpecializedFunction {
  /** What SQL calls it. */
  public static final String NAME = "PY_MAP_BATCH";

  private static final StaticArgument TABLE =
      StaticArgument.table(
          "t",
          Row.class,
          false,
          EnumSet.of(
              StaticArgumentTrait.SET_SEMANTIC_TABLE, StaticArgumentTrait.OPTIONAL_PARTITION_BY));

  private static final String TIMER = "batch";

  private final transient PythonCallableFactory callables;
  private final BatchOptions options;

  /** What one call is; null until it is known. */
  private final PlannedCall planned;

  /** Which fields of what the function returns are emitted: Flink adds the partition's columns. */
  private final int[] emitted;

  private final transient DataType table;
  private transient PythonBatch open;
  private transient CallMetrics metrics;
  private transient RowData.FieldGetter[] fields;
  private transient RowData.FieldGetter[] results;

  /**
   * Makes the function.
   *
   * @param callables makes Python functions of references
   * @param options size of batches
   */
  public PyMapBatch(PythonCallableFactory callables, BatchOptions options) {
    this(callables, options, null, null, null);
  }

  private PyMapBatch(
      PythonCallableFactory callables,
      BatchOptions options,
      PlannedCall planned,
      int[] emitted,
      DataType table) {
    this.callables = callables;
    this.options = options;
    this.planned = planned;
    this.emitted = emitted;
    this.table = table;
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory factory) {
    return planned == null
        ? TableInference.planned(
            List.of(TABLE, TableInference.REFERENCE),
            states(DataTypes.ROW(DataTypes.FIELD("f", DataTypes.INT()))),
            call -> result(PlannedCall.of(NAME, callables, call), call))
        : TableInference.ofCall(
            table, List.of(DataTypes.STRING()), states(rowOf(planned)), projected());
  }

  private static DataType rowOf(PlannedCall planned) {
    return TypeConversions.fromLogicalToDataType(planned.arguments.type());
  }

  private static LinkedHashMap<String, StateTypeStrategy> states(DataType row) {
    LinkedHashMap<String, StateTypeStrategy> states = new LinkedHashMap<>();
    DataType waiting = ListView.newListViewDataType(DataTypeUtils.toInternalDataType(row));
    states.put("waiting", StateTypeStrategy.of(TypeStrategies.explicit(waiting)));
    DataType count = DataTypes.ROW(DataTypes.FIELD("n", DataTypes.INT()));
    states.put("count", StateTypeStrategy.of(TypeStrategies.explicit(count)));
    return states;
  }

  private static RowType result(PlannedCall planned, CallContext call) {
    return project(planned.result, emitted(planned, call));
  }

  private RowType projected() {
    return project(planned.result, emitted);
  }

  private static RowType project(RowType row, int[] indices) {
    return new RowType(
        false, Arrays.stream(indices).mapToObj(row.getFields()::get).collect(Collectors.toList()));
  }

  private static int[] emitted(PlannedCall planned, CallContext call) {
    List<String> keys = new ArrayList<>();
    TableSemantics semantics =
        call.getTableSemantics(PlannedCall.TABLE).orElseThrow(IllegalStateException::new);
    for (int column : semantics.partitionByColumns()) {
      keys.add(planned.table.getFieldNames().get(column));
    }
    List<Integer> stay = new ArrayList<>();
    for (int i = 0; i < planned.result.getFieldCount(); i++) {
      if (!keys.contains(planned.result.getFieldNames().get(i))) {
        stay.add(i);
      }
    }
    return stay.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public UserDefinedFunction specialize(SpecializedContext context) {
    CallContext call = context.getCallContext();
    PlannedCall found = PlannedCall.of(NAME, callables, call).shipped(context);
    return new PyMapBatch(
        callables,
        options,
        found,
        emitted(found, call),
        call.getArgumentDataTypes().get(PlannedCall.TABLE));
  }

  @Override
  public void open(FunctionContext context) {
    TaskContext task = TaskContext.of(context);
    open =
        PythonBatch.open(
            planned.callable,
            planned.signature,
            planned.arguments.whole(),
            planned.arguments.type(),
            planned.read(),
            task);
    metrics = open.metrics(task, planned.signature.name());
    fields = planned.arguments.fields();
    results = new RowData.FieldGetter[emitted.length];
    for (int i = 0; i < results.length; i++) {
      results[i] = RowData.createFieldGetter(planned.result.getTypeAt(emitted[i]), emitted[i]);
    }
  }

  /**
   * Keeps a row, and calls the Python function when there are enough.
   *
   * @param context the partition's
   * @param waiting the rows of the partition that wait
   * @param count how many
   * @param t the row
   * @param fn the function, which is known since the job was planned
   * @throws Exception if the state cannot be read or written
   */
  public void eval(Context context, ListView<RowData> waiting, Row count, RowData t, StringData fn)
      throws Exception {
    Integer before = count.getFieldAs(0);
    int now = before == null ? 1 : before + 1;
    waiting.add(GenericRowData.of(values(t)));
    if (now >= options.size()) {
      call(waiting);
      waiting.clear();
      count.setField(0, null);
      context.clearAllTimers();
      return;
    }
    count.setField(0, now);
    if (now == 1) {
      TimeContext<Long> time = context.timeContext(Long.class);
      Long watermark = time.currentWatermark();
      time.registerOnTime(TIMER, watermark == null ? 0 : watermark + 1);
    }
  }

  private Object[] values(RowData row) {
    Object[] values = new Object[fields.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = fields[i].getFieldOrNull(row);
    }
    return values;
  }

  /**
   * Calls the Python function with what waits, when the watermark has moved.
   *
   * @param context the partition's
   * @param waiting the rows of the partition that wait
   * @param count how many
   * @throws Exception if the state cannot be read or written
   */
  public void onTimer(OnTimerContext context, ListView<RowData> waiting, Row count)
      throws Exception {
    call(waiting);
    waiting.clear();
    count.setField(0, null);
  }

  private void call(ListView<RowData> waiting) throws Exception {
    List<Object[]> rows = new ArrayList<>();
    RowData.FieldGetter[] kept = inOrder();
    for (RowData row : waiting.get()) {
      Object[] values = new Object[kept.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = kept[i].getFieldOrNull(row);
      }
      rows.add(values);
    }
    if (rows.isEmpty()) {
      return;
    }
    metrics.batch(rows.size());
    try {
      open.applyToAll(rows).forEach(this::emit);
    } catch (RuntimeException e) {
      metrics.failed();
      if (planned.callable.policy() != FailurePolicy.NULL) {
        throw e;
      }
    }
  }

  private RowData.FieldGetter[] inOrder() {
    RowData.FieldGetter[] getters = new RowData.FieldGetter[fields.length];
    for (int i = 0; i < getters.length; i++) {
      getters[i] = RowData.createFieldGetter(planned.arguments.type().getTypeAt(i), i);
    }
    return getters;
  }

  private void emit(Object made) {
    if (made == null) {
      return;
    }
    if (planned.single) {
      collect(emitted.length == 0 ? new GenericRowData(0) : GenericRowData.of(made));
      return;
    }
    Object[] values = new Object[results.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = results[i].getFieldOrNull((RowData) made);
    }
    collect(GenericRowData.of(values));
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
