package dev.naja.flink.runtime;

import dev.naja.PyObject;
import dev.naja.flink.FailurePolicy;
import dev.naja.flink.types.FieldReaders;
import dev.naja.flink.types.TypeDescription;
import dev.naja.internal.AsyncCall;
import dev.naja.internal.Reader;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * A Python coroutine function that is called once a row and has its results later. For the task's
 * thread alone; results come on others.
 */
public final class OpenCoroutine implements AutoCloseable {
  private final OpenPython python;
  private final PythonLife life;
  private final PyObject called;
  private final Reader<Object> result;
  private final CallMetrics metrics;
  private final FailurePolicy policy;
  private final Duration timeout;

  private OpenCoroutine(
      OpenPython python,
      PythonLife life,
      PyObject called,
      Reader<Object> result,
      CallMetrics metrics,
      PythonCallable callable) {
    this.python = python;
    this.life = life;
    this.called = called;
    this.result = result;
    this.metrics = metrics;
    this.policy = callable.policy();
    this.timeout = callable.timeout().orElse(null);
  }

  /**
   * Opens a function.
   *
   * @param callable the function
   * @param name its name in metrics
   * @param result the type of its result
   * @param task the task that calls it
   * @return the function, to be closed
   */
  public static OpenCoroutine open(
      PythonCallable callable, String name, LogicalType result, TaskContext task) {
    OpenPython python = callable.environment().open(task);
    PythonLife life = null;
    try {
      life = PythonLife.open(python, callable, task);
      PyObject called;
      try (PyObject awaited = python.half("_drive_scalar", "awaited")) {
        called = awaited.callAs(PyObject.class, life.function(), TypeDescription.of(result));
      }
      CallMetrics metrics = new CallMetrics(task.metricGroup(), name, python);
      return new OpenCoroutine(python, life, called, FieldReaders.of(result), metrics, callable);
    } catch (Throwable e) {
      try (OpenPython ends = python;
          PythonLife opened = life) {
        throw e;
      }
    }
  }

  /**
   * Starts a call.
   *
   * @param arguments values of Java's own classes
   * @param taker is given the result, of Flink's internal class, null for NULL, or else what Python
   *     raises, unless the policy takes it; by another thread
   */
  public void call(Object[] arguments, BiConsumer<Object, Throwable> taker) {
    metrics.called(1);
    CompletableFuture<Object> later = AsyncCall.start(called, arguments, Map.of(), result);
    if (timeout != null) {
      later.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }
    later.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            taker.accept(value, null);
          } else {
            metrics.failed();
            taker.accept(null, policy == FailurePolicy.NULL ? null : failure);
          }
        });
  }

  @Override
  public void close() {
    try (OpenPython ends = python;
        PythonLife last = life;
        PyObject function = called) {
      // Closed in this order from the last on.
    }
  }
}
