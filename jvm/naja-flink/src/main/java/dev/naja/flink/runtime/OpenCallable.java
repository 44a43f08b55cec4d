package dev.naja.flink.runtime;

import dev.naja.PyObject;
import dev.naja.PythonConversionException;
import dev.naja.PythonException;
import dev.naja.Session;
import dev.naja.flink.FailurePolicy;
import dev.naja.flink.types.FieldWriter;
import dev.naja.internal.CallFrame;
import dev.naja.internal.Reader;
import java.time.Duration;
import java.util.List;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * A Python function that is called once a record: arguments are written by their SQL types, the
 * result is read by its own, calls are counted, and one that fails is dealt with by the function's
 * policy. For the task's thread alone.
 */
public final class OpenCallable implements AutoCloseable {
  private final OpenPython python;
  private final PyObject callable;
  private final PyObject close;
  private final FieldWriter[] arguments;
  private final Reader<?> result;
  private final CallMetrics metrics;
  private final PythonCallable function;
  private final long deadline;

  /** How a call with one number does without a frame; null where the types want one. */
  private NumberCall number;

  /** The frame of the last call; null during a call. */
  private CallFrame idle;

  /**
   * Takes a function over, with what it was opened by.
   *
   * @param python closed with this
   * @param callable what is called
   * @param close what is called at the end without arguments
   * @param arguments a writer for each argument
   * @param result reads the result
   * @param metrics counts calls
   * @param function its reference, what becomes of a call that failed, and how long one may take
   */
  public OpenCallable(
      OpenPython python,
      PyObject callable,
      PyObject close,
      FieldWriter[] arguments,
      Reader<?> result,
      CallMetrics metrics,
      PythonCallable function) {
    this.python = python;
    this.callable = callable;
    this.close = close;
    this.arguments = arguments;
    this.result = result;
    this.metrics = metrics;
    this.function = function;
    this.deadline = function.timeout().map(Duration::toNanos).orElse(0L);
  }

  /**
   * Lets calls do without a frame where the types allow it.
   *
   * @param argumentTypes the SQL types of the arguments, whose writers do no more than they say
   * @param resultType the SQL type of the result
   * @return this
   */
  OpenCallable ofTypes(List<LogicalType> argumentTypes, LogicalType resultType) {
    if (deadline == 0) {
      number = NumberCall.of(argumentTypes, resultType, callable, result);
    }
    return this;
  }

  /**
   * Calls the function.
   *
   * @param values as many as there are argument writers, of Flink's internal classes
   * @return the result, of Flink's internal class; null for NULL
   * @throws PythonException what Python raises, or a value that cannot cross, unless the policy
   *     takes it
   */
  public Object call(Object... values) {
    try {
      return metrics.begin() ? timed(values) : called(values);
    } catch (RuntimeException e) {
      metrics.failed();
      if (function.policy() == FailurePolicy.NULL) {
        return null;
      }
      throw e instanceof PythonConversionException
          ? function.refused((PythonConversionException) e)
          : e;
    }
  }

  private Object called(Object[] values) {
    if (number != null && number.takes(values[0])) {
      return number.call(values[0]);
    }
    CallFrame frame = frame();
    try {
      put(frame, values);
      return frame.call(callable, arguments.length, deadline, result);
    } finally {
      idle = frame.reuse();
    }
  }

  private CallFrame frame() {
    CallFrame frame = idle;
    if (frame == null) {
      return CallFrame.acquire();
    }
    idle = null;
    return frame;
  }

  private Object timed(Object[] values) {
    long start = System.nanoTime();
    try (Session session = python.python().session()) {
      long held = System.nanoTime();
      CallFrame frame = frame();
      try {
        put(frame, values);
        long written = System.nanoTime();
        TimedReader taken = new TimedReader(result);
        Object value = frame.call(callable, arguments.length, deadline, taken);
        long converting = written - held + taken.nanos;
        metrics.timed(held - start, converting, System.nanoTime() - start);
        return value;
      } finally {
        idle = frame.reuse();
      }
    }
  }

  private void put(CallFrame frame, Object[] values) {
    for (int i = 0; i < arguments.length; i++) {
      arguments[i].write(frame, values[i]);
    }
  }

  /** Calls the function's own {@code close}, then gives everything back. Twice is harmless. */
  @Override
  public void close() {
    try (OpenPython ends = python;
        PyObject last = callable;
        PyObject closing = close) {
      if (!closing.isClosed()) {
        closing.call();
      }
    }
  }

  /** Reads as another reader does, and notes how long that takes. */
  private static final class TimedReader implements Reader<Object> {
    private final Reader<?> reader;
    private long nanos;

    TimedReader(Reader<?> reader) {
      this.reader = reader;
    }

    @Override
    public Object read(CallFrame frame) {
      long start = System.nanoTime();
      Object value = reader.read(frame);
      nanos = System.nanoTime() - start;
      return value;
    }

    @Override
    public int want() {
      return reader.want();
    }
  }
}
