package dev.naja.flink.runtime;

import dev.naja.PyObject;
import dev.naja.PythonConversionException;
import dev.naja.Session;
import dev.naja.internal.Operations;
import dev.naja.internal.Reader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A Python function of the DataStream API as its task holds it: a Python object, the driver, whose
 * methods are called with values of the core's default conversion. Calls are counted, timed and
 * bounded. For the task's thread alone.
 */
public final class OpenDriver implements AutoCloseable {
  private final PythonCallable callable;
  private final OpenPython python;
  private final CallMetrics metrics;
  private final TaskLog log;
  private final long deadline;
  private final List<PyObject> methods = new ArrayList<>();
  private PyObject driver;

  private OpenDriver(PythonCallable callable, TaskContext task) {
    this.callable = callable;
    log = TaskLog.begin(task);
    python = callable.environment().open(task);
    metrics = new CallMetrics(task.metricGroup(), callable.reference(), python);
    deadline = callable.timeout().map(Duration::toNanos).orElse(0L);
  }

  /**
   * Opens Python for a function; {@link #start} makes its driver.
   *
   * @param callable the function
   * @param task what runs it
   * @return the function, to be closed
   * @throws dev.naja.PythonStartException if Python does not start, or another one runs here
   */
  public static OpenDriver open(PythonCallable callable, TaskContext task) {
    return new OpenDriver(callable, task);
  }

  /**
   * Makes the driver.
   *
   * @param module a module of {@code naja.flink}
   * @param name its class; it is given the function's name, the references, what imports the job's
   *     modules, then the arguments
   * @param references of functions that run one after the other
   * @param arguments what else it is given
   * @throws dev.naja.PythonException if there is no such function, or its {@code open} raises
   */
  public void start(String module, String name, List<String> references, Object... arguments) {
    try (PyObject make = python.half(module, name);
        PyObject importer = python.importer()) {
      List<Object> all = new ArrayList<>(List.of(callable.reference(), references, importer));
      all.addAll(Arrays.asList(arguments));
      driver = make.invoke(all.toArray());
    }
  }

  /**
   * A method of the driver.
   *
   * @param name its name
   * @return the method, closed with this
   */
  public PyObject method(String name) {
    PyObject method = driver.attr(name);
    methods.add(method);
    return method;
  }

  /**
   * Calls a method of the driver.
   *
   * @param <T> what the reader makes
   * @param reader takes the result
   * @param method what {@link #method} gave
   * @param arguments its arguments
   * @return the result
   * @throws dev.naja.PythonException what Python raises
   * @throws PythonConversionException if a value cannot cross
   */
  public <T> T call(Reader<T> reader, PyObject method, Object... arguments) {
    try {
      return metrics.begin() ? timed(reader, method, arguments) : goOn(reader, method, arguments);
    } catch (PythonConversionException e) {
      throw callable.refused(e);
    }
  }

  /**
   * Calls a method of the driver that goes on with what was counted before.
   *
   * @param <T> what the reader makes
   * @param reader takes the result
   * @param method what {@link #method} gave
   * @param arguments its arguments
   * @return the result
   * @throws dev.naja.PythonException what Python raises
   * @throws PythonConversionException if a value cannot cross
   */
  public <T> T goOn(Reader<T> reader, PyObject method, Object... arguments) {
    return Operations.call(method, deadline, arguments, Map.of(), reader);
  }

  private <T> T timed(Reader<T> reader, PyObject method, Object[] arguments) {
    long start = System.nanoTime();
    try (Session session = python.python().session()) {
      long held = System.nanoTime();
      T result = goOn(reader, method, arguments);
      metrics.timed(held - start, 0, System.nanoTime() - start);
      return result;
    }
  }

  /** Counts a call that failed. */
  public void failed() {
    metrics.failed();
  }

  /**
   * The function's metrics.
   *
   * @return for further metrics of its group
   */
  public CallMetrics metrics() {
    return metrics;
  }

  /**
   * The Python that the function runs in.
   *
   * @return open until this is closed
   */
  public OpenPython python() {
    return python;
  }

  /** The function as the plan has it. */
  public PythonCallable callable() {
    return callable;
  }

  /** Calls the function's own {@code close}, then gives everything back. Twice is harmless. */
  @Override
  public void close() {
    try (OpenPython ends = python;
        TaskLog logged = log;
        PyObject last = driver) {
      if (last != null && !last.isClosed()) {
        try (PyObject closing = last.attr("close")) {
          closing.call();
        }
      }
    } finally {
      methods.forEach(PyObject::close);
    }
  }
}
