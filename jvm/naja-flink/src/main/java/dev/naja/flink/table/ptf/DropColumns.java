package dev.naja.flink.table.ptf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.ProjectedRowData;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.ColumnList;

/** {@code DROP_COLUMNS(TABLE t, DESCRIPTOR(a, b))}: all other columns of a table. */
public final class DropColumns extends ProcessTableFunction<RowData>
    implements SpecializedFunction {
  /** What SQL calls it. */
  public static final String NAME = "DROP_COLUMNS";

  private static final StaticArgument COLUMNS =
      StaticArgument.scalar("columns", DataTypes.DESCRIPTOR().notNull(), false);

  /** Which columns of one call stay; null until it is known. */
  private final int[] kept;

  private final RowType result;
  private final transient DataType table;

  /** Makes the function. */
  public DropColumns() {
    this(null, null, null);
  }

  private DropColumns(int[] kept, RowType result, DataType table) {
    this.kept = kept;
    this.result = result;
    this.table = table;
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory factory) {
    return kept == null
        ? TableInference.planned(
            List.of(TableInference.rows(), COLUMNS),
            new LinkedHashMap<>(),
            call -> result(PlannedCall.table(call), kept(call)))
        : TableInference.ofCall(
            table, List.of(DataTypes.DESCRIPTOR()), new LinkedHashMap<>(), result);
  }

  @Override
  public UserDefinedFunction specialize(SpecializedContext context) {
    CallContext call = context.getCallContext();
    int[] stay = kept(call);
    return new DropColumns(
        stay,
        result(PlannedCall.table(call), stay),
        call.getArgumentDataTypes().get(PlannedCall.TABLE));
  }

  private static int[] kept(CallContext call) {
    RowType columns = PlannedCall.table(call);
    List<String> dropped =
        call.getArgumentValue(1, ColumnList.class)
            .map(ColumnList::getNames)
            .orElseThrow(
                () ->
                    new ValidationException(
                        NAME + " takes the columns to drop as in DESCRIPTOR(a, b)."));
    List<String> unknown = new ArrayList<>(dropped);
    unknown.removeAll(columns.getFieldNames());
    if (!unknown.isEmpty()) {
      throw new ValidationException(
          String.format(
              "%s cannot drop %s: the table has the columns %s.",
              NAME, String.join(", ", unknown), String.join(", ", columns.getFieldNames())));
    }
    int[] stay =
        IntStream.range(0, columns.getFieldCount())
            .filter(i -> !dropped.contains(columns.getFieldNames().get(i)))
            .toArray();
    if (stay.length == 0) {
      throw new ValidationException(NAME + " would leave no column of the table.");
    }
    return stay;
  }

  private static RowType result(RowType columns, int[] stay) {
    List<RowType.RowField> fields = new ArrayList<>();
    for (int column : stay) {
      fields.add(columns.getFields().get(column));
    }
    return new RowType(false, fields);
  }

  /**
   * Emits the columns of a row that stay.
   *
   * @param t the row
   * @param columns the others, which are known since the job was planned
   */
  public void eval(RowData t, ColumnList columns) {
    collect(ProjectedRowData.from(kept).replaceRow(t));
  }
}
