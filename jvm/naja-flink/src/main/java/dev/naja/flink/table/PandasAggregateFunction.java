package dev.naja.flink.table;

import dev.naja.PyObject;
import dev.naja.PyRef;
import dev.naja.flink.runtime.OpenCallable;
import dev.naja.flink.runtime.OpenPython;
import dev.naja.flink.runtime.PythonCallable;
import dev.naja.flink.runtime.ScalarOpener;
import dev.naja.flink.runtime.TaskContext;
import dev.naja.flink.types.ColumnWriters;
import dev.naja.flink.types.FieldReaders;
import dev.naja.flink.types.FieldWriter;
import dev.naja.flink.types.PythonSignature;
import dev.naja.flink.types.TypeDescription;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.AggregateFunction;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * A Python function of whole columns as an aggregate function of SQL.
 *
 * <p>Rows are kept in Java until the group's value is asked for; Python is called once a value, not
 * once a row. So it can always retract and merge, and the memory of a group grows with its rows.
 */
public final class PandasAggregateFunction extends AggregateFunction<Object, GroupRows>
    implements SpecializedFunction {
  private final PythonCallable callable;
  private final PythonSignature signature;

  /** The types of one call; null until it is known which. */
  private final AggregateTypes types;

  private transient OpenCallable open;
  private transient RowDataSerializer row;

  /**
   * Makes a function.
   *
   * @param callable the Python function
   * @param signature what it says of itself
   */
  public PandasAggregateFunction(PythonCallable callable, PythonSignature signature) {
    this(callable, signature, null);
  }

  private PandasAggregateFunction(
      PythonCallable callable, PythonSignature signature, AggregateTypes types) {
    this.callable = callable;
    this.signature = signature;
    this.types = types;
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory factory) {
    return AggregateTypes.ofRows(signature);
  }

  @Override
  public UserDefinedFunction specialize(SpecializedContext context) {
    AggregateTypes.ship(callable.environment(), context);
    return new PandasAggregateFunction(
        callable, signature, AggregateTypes.of(signature, context.getCallContext()));
  }

  @Override
  public void open(FunctionContext context) {
    TaskContext task = TaskContext.of(context);
    row = new RowDataSerializer(types.arguments.toArray(new LogicalType[0]));
    FieldWriter[] columns = new FieldWriter[types.arguments.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = ColumnWriters.of(types.arguments, i);
    }
    open =
        ScalarOpener.open(
            callable,
            signature.name(),
            python -> prepared(python, task),
            columns,
            FieldReaders.of(types.result),
            task);
  }

  private PyObject prepared(OpenPython python, TaskContext task) {
    try (PyObject importer = python.importer();
        PyObject prepare = python.half("_drive_aggregate", "prepare_pandas")) {
      return prepare.callAs(
          PyObject.class,
          callable.reference(),
          importer,
          PyRef.of(task),
          TypeDescription.of(types.arguments),
          TypeDescription.of(types.result));
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
  public GroupRows createAccumulator() {
    return new GroupRows();
  }

  /**
   * Adds a row.
   *
   * @param group changed in place
   * @param arguments the row, of Flink's internal classes
   */
  public void accumulate(GroupRows group, Object... arguments) {
    group.add(row.toBinaryRow(GenericRowData.of(arguments)).copy());
  }

  /**
   * Takes a row out.
   *
   * @param group changed in place
   * @param arguments the row, of Flink's internal classes
   */
  public void retract(GroupRows group, Object... arguments) {
    group.remove(row.toBinaryRow(GenericRowData.of(arguments)));
  }

  /**
   * Adds the rows of other groups.
   *
   * @param group changed in place
   * @param others left as they are
   */
  public void merge(GroupRows group, Iterable<GroupRows> others) {
    others.forEach(group::addAll);
  }

  @Override
  public Object getValue(GroupRows group) {
    List<RowData> rows = group.rows();
    if (rows.isEmpty()) {
      return null; // Flink asks for the value of a group before its first row, too.
    }
    Object[] columns = new Object[types.arguments.size()];
    Arrays.fill(columns, rows);
    return open.call(columns);
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
