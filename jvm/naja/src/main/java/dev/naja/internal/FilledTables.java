package dev.naja.internal;

import dev.naja.Column;
import dev.naja.RowBatch;
import dev.naja.TableForm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;

/** Rows that somebody writes into tables, which are used again and again: who fills which? */
final class FilledTables<T> implements BatchArguments<T> {
  private final TableForm form;
  private final List<Column> columns;
  private final BiConsumer<? super T, RowBatch> writer;
  private final Queue<RowBatch> free = new ConcurrentLinkedQueue<>();

  FilledTables(TableForm form, List<Column> columns, BiConsumer<? super T, RowBatch> writer) {
    this.form = form;
    this.columns = List.copyOf(columns);
    this.writer = writer;
    free.add(RowBatch.of(form, this.columns));
  }

  @Override
  public boolean areAlike(T one, T other) {
    return true;
  }

  /** The number of rows and the table. */
  @Override
  public Object[] of(List<T> rows) throws RowFailures {
    RowBatch table = free.poll();
    if (table == null) {
      table = RowBatch.of(form, columns);
    }
    Map<Integer, Throwable> failures = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      try {
        writer.accept(rows.get(i), table);
        table.endRow();
      } catch (RuntimeException e) {
        table.cancelRow();
        failures.put(i, e);
      }
    }
    Object[] arguments = {rows.size(), table};
    if (!failures.isEmpty()) {
      release(arguments);
      throw new RowFailures(null, failures);
    }
    return arguments;
  }

  @Override
  public void release(Object[] arguments) {
    free.add(((RowBatch) arguments[1]).clear());
  }
}
