package dev.naja.flink.table.lookup;

import dev.naja.flink.runtime.OpenBatches;
import dev.naja.flink.runtime.TaskContext;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.AsyncLookupFunction;
import org.apache.flink.table.functions.FunctionContext;

/** Looks up many keys at once, while other rows are under way. */
public final class PythonAsyncLookupFunction extends AsyncLookupFunction {
  private final PythonLookup lookup;
  private transient OpenBatches open;
  private transient RowData.FieldGetter[] fields;

  PythonAsyncLookupFunction(PythonLookup lookup) {
    this.lookup = lookup;
  }

  @Override
  public void open(FunctionContext context) {
    fields = lookup.fields();
    open = lookup.openBatches(TaskContext.of(context));
  }

  @Override
  public CompletableFuture<Collection<RowData>> asyncLookup(RowData key) {
    Object[] values = new Object[fields.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = fields[i].getFieldOrNull(key);
    }
    CompletableFuture<Collection<RowData>> found = new CompletableFuture<>();
    open.submit(values, found, lookup::rows);
    return found;
  }

  @Override
  public void close() {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
