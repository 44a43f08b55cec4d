package dev.naja.flink.table.lookup;

import dev.naja.flink.runtime.OpenCallable;
import dev.naja.flink.runtime.TaskContext;
import java.util.Collection;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.LookupFunction;

/** Looks up key by key, on the task's thread. */
public final class PythonLookupFunction extends LookupFunction {
  private final PythonLookup lookup;
  private transient OpenCallable open;
  private transient RowData.FieldGetter[] fields;

  PythonLookupFunction(PythonLookup lookup) {
    this.lookup = lookup;
  }

  @Override
  public void open(FunctionContext context) {
    fields = lookup.fields();
    open = lookup.openRows(TaskContext.of(context));
  }

  @Override
  public Collection<RowData> lookup(RowData key) {
    Object[] values = new Object[fields.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = fields[i].getFieldOrNull(key);
    }
    return lookup.rows(open.call(values));
  }

  @Override
  public void close() {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
