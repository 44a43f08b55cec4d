package dev.naja.internal;

import dev.naja.PyTuple;
import dev.naja.Rows;
import java.util.ArrayList;
import java.util.List;

/** Reads any table of Python's as rows; see {@code docs/data.md}. */
final class RowsReader extends NullableReader<Rows> {

  RowsReader() {
    super(Rows.class, Native.WANT_HANDLE);
  }

  @Override
  Rows read(CallFrame frame, byte tag, int start) {
    if (tag != Tag.HANDLE) {
      throw mismatch(
          frame, start, "inside of other values it crosses by value; take the whole as a PyObject");
    }
    long handle = frame.takeLong();
    int end = frame.position;
    CallFrame asked = CallFrame.acquire();
    try {
      asked.putHandle(handle);
      long columns = References.get().handle(PythonFunction.TABLE_COLUMNS.get());
      asked.call(columns, 1, 0, Native.WANT_VALUE, 0);
      byte found = asked.tag();
      Object described = asked.getValue();
      if (described instanceof Rows) {
        return (Rows) described;
      }
      if (!(described instanceof PyTuple)) {
        throw mismatch(frame, start, found == Tag.OBJECT ? "" : (String) described);
      }
      Rows rows = Tables.get().rows(table((PyTuple) described));
      Native.release(handle);
      frame.position = end;
      return rows;
    } finally {
      asked.release();
    }
  }

  @SuppressWarnings("unchecked")
  private static TableMemory table(PyTuple described) {
    List<TableMemory.Cells> columns = new ArrayList<>();
    for (Object each : (List<?>) described.get(2)) {
      PyTuple column = (PyTuple) each;
      columns.add(
          TableMemory.Cells.of((String) column.get(0), column.get(1), (byte[]) column.get(2)));
    }
    return new TableMemory(
        Math.toIntExact((Long) described.get(0)), (List<String>) described.get(1), columns);
  }
}
