package dev.naja.flink.datastream;

import dev.naja.PyObject;
import dev.naja.PyTuple;
import dev.naja.flink.StreamFunction;
import dev.naja.flink.runtime.TaskContext;
import dev.naja.internal.Operations;

/**
 * An aggregate function, as its task holds it. For the task's thread alone.
 *
 * @param <IN> what it takes
 * @param <OUT> what it makes
 */
public final class OpenAccumulator<IN, OUT> {
  private final OpenFunction<OUT> open;
  private final PyObject create;
  private final PyObject add;
  private final PyObject merge;
  private final PyObject result;

  /**
   * Opens a function, which Flink gives no context.
   *
   * @param function which
   */
  public OpenAccumulator(StreamFunction<OUT> function) {
    open = new OpenFunction<>(function, TaskContext.detached(), 1);
    try {
      open.driver.start(
          "_drive_accumulator",
          "Accumulating",
          function.references(),
          function.arguments(),
          PyTuple.of(open.inputDescriptions(), open.output.description()));
      create = open.driver.method("create");
      add = open.driver.method("add");
      merge = open.driver.method("merge");
      result = open.driver.method("result");
    } catch (RuntimeException | Error e) {
      open.driver.close();
      throw e;
    }
  }

  /**
   * A fresh accumulator.
   *
   * @return a value that lives in Python
   */
  public PythonValue create() {
    return PythonValue.of(open.driver.call(Operations.BY_REFERENCE, create), open.pickles);
  }

  /**
   * Adds a record to an accumulator.
   *
   * @param value the record
   * @param accumulator changed in place
   */
  public void add(IN value, PythonValue accumulator) {
    open.driver.call(
        Operations.NOTHING, add, accumulator.in(open.pickles), open.inputs[0].toPython(value));
  }

  /**
   * Adds to an accumulator what another one holds.
   *
   * @param accumulator changed in place
   * @param other another one
   */
  public void merge(PythonValue accumulator, PythonValue other) {
    open.driver.call(
        Operations.NOTHING, merge, accumulator.in(open.pickles), other.in(open.pickles));
  }

  /**
   * The result of an accumulator.
   *
   * @param accumulator what was accumulated
   * @return the result
   */
  public OUT result(PythonValue accumulator) {
    return open.output.fromPython(
        open.driver.call(Operations.BY_DEFAULT, result, accumulator.in(open.pickles)));
  }
}
