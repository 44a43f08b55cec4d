package dev.naja.flink.runtime;

import dev.naja.PyObject;
import dev.naja.PyRef;
import dev.naja.flink.types.FieldReaders;
import dev.naja.flink.types.FieldWriter;
import dev.naja.flink.types.PythonSignature;
import dev.naja.flink.types.SignatureTypes;
import dev.naja.flink.types.TypeDescription;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * A Python function that gives any number of rows for each record. They cross {@value #CHUNK} at a
 * time, so a generator may yield more than memory holds. For the task's thread alone.
 */
public final class OpenRows implements AutoCloseable {
  /** How many rows a full list has; Python's side has the same number. */
  static final int CHUNK = 1024;

  private final OpenCallable begin;
  private final OpenCallable next;
  private final ArrayData.ElementGetter row;

  private OpenRows(OpenCallable begin, OpenCallable next, ArrayData.ElementGetter row) {
    this.begin = begin;
    this.next = next;
    this.row = row;
  }

  /**
   * Opens a function: imports it, makes an instance of a class, calls its own {@code open}.
   *
   * @param callable the function
   * @param signature what it says of itself
   * @param argumentTypes the types of its arguments
   * @param rowType the type of a row, or of its only column
   * @param task the task that calls it
   * @return what the task calls, to be closed
   * @throws dev.naja.PythonException if Python refuses
   */
  public static OpenRows open(
      PythonCallable callable,
      PythonSignature signature,
      List<LogicalType> argumentTypes,
      LogicalType rowType,
      TaskContext task) {
    try (OpenPython python = callable.environment().open(task);
        PyObject importer = python.importer();
        PyObject prepare = python.half("_drive_table", "prepare");
        PyObject prepared =
            prepare.callAs(
                PyObject.class,
                callable.reference(),
                importer,
                PyRef.of(task),
                TypeDescription.of(argumentTypes),
                TypeDescription.of(rowType))) {
      CallMetrics metrics = new CallMetrics(task.metricGroup(), signature.name(), python);
      Maker maker = new Maker(prepared, callable, rowType, task, metrics);
      return new OpenRows(
          maker.of(0, 2, SignatureTypes.writers(signature, argumentTypes)),
          maker.of(1, 3, new FieldWriter[0]),
          ArrayData.createElementGetter(rowType));
    }
  }

  /**
   * Calls the function.
   *
   * @param arguments of Flink's internal classes
   * @param rows takes each row, of Flink's internal class
   * @throws dev.naja.PythonException what Python raises, unless the policy takes it: the rows that
   *     were yielded before stay
   */
  public void call(Object[] arguments, Consumer<Object> rows) {
    ArrayData chunk = (ArrayData) begin.call(arguments);
    while (chunk != null) {
      for (int i = 0; i < chunk.size(); i++) {
        rows.accept(row.getElementOrNull(chunk, i));
      }
      chunk = chunk.size() < CHUNK ? null : (ArrayData) next.call();
    }
  }

  /** Calls the function's own {@code close}, then gives everything back. Twice is harmless. */
  @Override
  public void close() {
    try (OpenCallable last = next) {
      begin.close();
    }
  }

  private static final class Maker {
    private final PyObject prepared;
    private final PythonCallable callable;
    private final LogicalType rowType;
    private final TaskContext task;
    private final CallMetrics metrics;

    Maker(
        PyObject prepared,
        PythonCallable callable,
        LogicalType rowType,
        TaskContext task,
        CallMetrics metrics) {
      this.prepared = prepared;
      this.callable = callable;
      this.rowType = rowType;
      this.task = task;
      this.metrics = metrics;
    }

    OpenCallable of(int place, int closing, FieldWriter[] arguments) {
      return new OpenCallable(
          callable.environment().open(task),
          prepared.item(place),
          prepared.item(closing),
          arguments,
          FieldReaders.of(new ArrayType(rowType)),
          metrics,
          callable);
    }
  }
}
