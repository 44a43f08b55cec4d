package dev.naja.flink.datastream;

import dev.naja.PyObject;
import dev.naja.PyTuple;
import dev.naja.PythonConversionException;
import dev.naja.PythonException;
import dev.naja.PythonPanicException;
import dev.naja.flink.FailurePolicy;
import dev.naja.flink.StreamFunction;
import dev.naja.flink.runtime.TaskContext;
import dev.naja.internal.Operations;
import org.apache.flink.api.common.functions.RuntimeContext;

/**
 * A function that makes one value of one, as its task holds it: map, filter, key. For the task's
 * thread alone.
 *
 * @param <IN> what it takes
 * @param <OUT> what it makes
 */
public final class OpenSimple<IN, OUT> implements AutoCloseable {
  private final OpenFunction<OUT> open;
  private final FailurePolicy policy;
  private final PyObject call;

  private OpenSimple(StreamFunction<OUT> function, String kind, TaskContext task, Object java) {
    open = new OpenFunction<>(function, task, 1);
    policy = function.callable().policy();
    try {
      open.driver.start(
          "_drive_simple",
          "Simple",
          function.references(),
          kind,
          function.arguments(),
          java,
          PyTuple.of(open.inputDescriptions(), open.output.description()));
      call = open.driver.method("call");
    } catch (RuntimeException | Error e) {
      open.driver.close();
      throw e;
    }
  }

  /**
   * Opens a function in its task.
   *
   * @param <IN> what it takes
   * @param <OUT> what it makes
   * @param function which
   * @param kind {@code map} or {@code filter}
   * @param context of the task
   * @return the function, to be closed
   */
  public static <IN, OUT> OpenSimple<IN, OUT> open(
      StreamFunction<OUT> function, String kind, RuntimeContext context) {
    if (function.callable().policy() == FailurePolicy.SIDE_OUTPUT) {
      throw new IllegalStateException(
          "Failures of " + function + " have no side output here: use the function's on(stream).");
    }
    TaskContext task = TaskContext.of(context);
    return new OpenSimple<>(
        function,
        kind,
        task,
        PyTuple.of(task, new TaskHost(context), new StateStore(StateBackend.of(context), null)));
  }

  /**
   * Opens a function that Flink gives no context, such as one that finds keys.
   *
   * @param <IN> what it takes
   * @param <OUT> what it makes
   * @param function which
   * @param kind {@code key}
   * @return the function
   */
  public static <IN, OUT> OpenSimple<IN, OUT> open(StreamFunction<OUT> function, String kind) {
    return new OpenSimple<>(function, kind, TaskContext.detached(), null);
  }

  /**
   * Calls the function.
   *
   * @param value a record
   * @return what it makes of it; null if it failed and that gives null
   * @throws PythonException what Python raises
   * @throws PythonConversionException if it returns what does not fit
   */
  public OUT call(IN value) {
    try {
      Object result = open.driver.call(Operations.BY_DEFAULT, call, open.inputs[0].toPython(value));
      return open.output.fromPython(result);
    } catch (PythonPanicException e) {
      throw e;
    } catch (PythonConversionException e) {
      return failed(open.function.callable().refused(e));
    } catch (PythonException e) {
      return failed(e);
    }
  }

  private OUT failed(RuntimeException e) {
    open.driver.failed();
    if (policy == FailurePolicy.FAIL) {
      throw e;
    }
    return null;
  }

  @Override
  public void close() {
    open.driver.close();
  }
}
