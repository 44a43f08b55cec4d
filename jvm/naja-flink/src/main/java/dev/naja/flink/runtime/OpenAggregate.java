package dev.naja.flink.runtime;

import dev.naja.PyObject;
import dev.naja.PyRef;
import dev.naja.PythonException;
import dev.naja.flink.types.FieldReaders;
import dev.naja.flink.types.FieldWriter;
import dev.naja.flink.types.FieldWriters;
import dev.naja.flink.types.PythonSignature;
import dev.naja.flink.types.SignatureTypes;
import dev.naja.flink.types.TypeDescription;
import dev.naja.internal.CallFrame;
import dev.naja.internal.Operations;
import dev.naja.internal.Reader;
import java.util.List;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * A Python aggregate function whose accumulators are Python objects. For the task's thread alone,
 * but for {@link #create}, {@link #keep} and {@link #restore}, which any thread may call.
 */
public final class OpenAggregate implements AutoCloseable {
  private static final FieldWriter OBJECT = (frame, value) -> frame.putPyObject((PyObject) value);

  private static final FieldWriter OBJECTS =
      (frame, value) -> {
        List<?> objects = (List<?>) value;
        frame.putList(objects.size());
        objects.forEach(object -> frame.putPyObject((PyObject) object));
      };

  private final PyObject create;
  private final OpenCallable accumulate;
  private final OpenCallable retract;
  private final OpenCallable merge;
  private final OpenCallable value;
  private final PyObject keep;
  private final PyObject restore;

  /** How what is kept crosses: as the declared type, or as the bytes of a pickle. */
  private final Reader<?> kept;

  private final FieldWriter restored;

  private OpenAggregate(
      PyObject prepared,
      PythonCallable callable,
      PythonSignature signature,
      List<LogicalType> argumentTypes,
      LogicalType accumulatorType,
      Reader<?> result,
      TaskContext task,
      CallMetrics metrics) {
    Calls calls = new Calls(prepared, callable, task, metrics);
    FieldWriter[] row = before(OBJECT, SignatureTypes.writers(signature, argumentTypes));
    create = prepared.item(0);
    accumulate = calls.of(1, 7, row, Operations.NOTHING);
    retract = calls.of(2, 8, row, Operations.NOTHING);
    merge = calls.of(3, 8, new FieldWriter[] {OBJECT, OBJECTS}, Operations.NOTHING);
    value = calls.of(4, 8, new FieldWriter[] {OBJECT}, result);
    keep = prepared.item(5);
    restore = prepared.item(6);
    boolean pickled = accumulatorType == null;
    kept = pickled ? Operations.reader(byte[].class) : FieldReaders.of(accumulatorType);
    restored =
        pickled
            ? (frame, bytes) -> frame.putBytes((byte[]) bytes)
            : FieldWriters.of(accumulatorType);
  }

  /**
   * Opens a function: imports it, makes an instance of a class, calls its own {@code open}.
   *
   * @param callable the function
   * @param signature what it says of itself
   * @param argumentTypes the types of its arguments
   * @param accumulatorType the type that it declares for accumulators; null if Python pickles them
   * @param resultType the type of its result, or of one row of a table aggregate function
   * @param task the task that calls it
   * @return what the task calls, to be closed
   * @throws PythonException if Python refuses; accumulators that cannot be pickled are refused here
   */
  public static OpenAggregate open(
      PythonCallable callable,
      PythonSignature signature,
      List<LogicalType> argumentTypes,
      LogicalType accumulatorType,
      LogicalType resultType,
      TaskContext task) {
    boolean rows = signature.kind().equals("table_aggregate");
    try (OpenPython python = callable.environment().open(task);
        PyObject importer = python.importer();
        PyObject prepare = python.half("_drive_aggregate", "prepare");
        PyObject prepared =
            prepare.callAs(
                PyObject.class,
                callable.reference(),
                importer,
                PyRef.of(task),
                TypeDescription.of(argumentTypes),
                accumulatorType == null ? null : TypeDescription.of(accumulatorType),
                TypeDescription.of(resultType),
                rows)) {
      Reader<?> result = FieldReaders.of(rows ? new ArrayType(resultType) : resultType);
      CallMetrics metrics = new CallMetrics(task.metricGroup(), signature.name(), python);
      return new OpenAggregate(
          prepared, callable, signature, argumentTypes, accumulatorType, result, task, metrics);
    }
  }

  private static FieldWriter[] before(FieldWriter first, FieldWriter[] rest) {
    FieldWriter[] all = new FieldWriter[rest.length + 1];
    all[0] = first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }

  /**
   * Makes an accumulator.
   *
   * @return that of a group of no rows
   */
  public PyObject create() {
    return create.callAs(PyObject.class);
  }

  /**
   * Adds a row.
   *
   * @param accumulator changed in place
   * @param arguments the row, of Flink's internal classes
   */
  public void accumulate(PyObject accumulator, Object[] arguments) {
    accumulate.call(before(accumulator, arguments));
  }

  /**
   * Takes a row out.
   *
   * @param accumulator changed in place
   * @param arguments the row, of Flink's internal classes
   */
  public void retract(PyObject accumulator, Object[] arguments) {
    retract.call(before(accumulator, arguments));
  }

  /**
   * Adds what others hold.
   *
   * @param accumulator changed in place
   * @param others left as they are
   */
  public void merge(PyObject accumulator, List<PyObject> others) {
    merge.call(accumulator, others);
  }

  /**
   * The value of a group.
   *
   * @param accumulator the group's
   * @return of Flink's internal class; null for NULL
   */
  public Object value(PyObject accumulator) {
    return value.call(accumulator);
  }

  /**
   * The rows of a group, of a table aggregate function.
   *
   * @param accumulator the group's
   * @return null where the function failed and its policy takes that
   */
  public ArrayData rows(PyObject accumulator) {
    return (ArrayData) value.call(accumulator);
  }

  /**
   * What is kept of an accumulator outside of Python.
   *
   * @param accumulator not changed meanwhile
   * @return a value of the declared type, or the bytes of a pickle
   * @throws PythonException if it cannot be kept
   */
  public Object keep(PyObject accumulator) {
    return crossing(keep, OBJECT, accumulator, kept);
  }

  /**
   * The accumulator of which something was kept.
   *
   * @param kept what {@link #keep} returned
   * @return a new Python object
   * @throws PythonException if its classes are gone
   */
  public PyObject restore(Object kept) {
    return crossing(restore, restored, kept, Operations.BY_REFERENCE);
  }

  private static <T> T crossing(
      PyObject function, FieldWriter writer, Object value, Reader<T> reader) {
    CallFrame frame = CallFrame.acquire();
    try {
      writer.write(frame, value);
      return frame.call(function, 1, 0, reader);
    } finally {
      frame.release();
    }
  }

  private static Object[] before(Object first, Object[] rest) {
    Object[] all = new Object[rest.length + 1];
    all[0] = first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }

  /** Calls the function's own {@code close}, then gives everything back. */
  @Override
  public void close() {
    try (PyObject first = create;
        PyObject keeping = keep;
        PyObject restoring = restore;
        OpenCallable last = value;
        OpenCallable merging = merge;
        OpenCallable retracting = retract) {
      accumulate.close();
    }
  }

  /** The methods of one function, which share its metrics. */
  private static final class Calls {
    private final PyObject prepared;
    private final PythonCallable callable;
    private final TaskContext task;
    private final CallMetrics metrics;

    Calls(PyObject prepared, PythonCallable callable, TaskContext task, CallMetrics metrics) {
      this.prepared = prepared;
      this.callable = callable;
      this.task = task;
      this.metrics = metrics;
    }

    /** The method at a place of what was prepared, and what is called at its end; null for none. */
    OpenCallable of(int place, int closing, FieldWriter[] arguments, Reader<?> result) {
      PyObject method = prepared.item(place);
      if (method.isNone()) {
        method.close();
        return null;
      }
      return new OpenCallable(
          callable.environment().open(task),
          method,
          prepared.item(closing),
          arguments,
          result,
          metrics,
          callable);
    }
  }
}
