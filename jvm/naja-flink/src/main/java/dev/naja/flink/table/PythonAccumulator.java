package dev.naja.flink.table;

import dev.naja.PyObject;
import dev.naja.flink.runtime.OpenAggregate;

/**
 * An accumulator of a Python aggregate function: a Python object while a task works on it, and what
 * is kept of that object where it is written down. The latter is made when it is asked for and
 * forgotten when the object changes.
 *
 * <p>Thread-safe for what Flink does: a task works on it, and no longer on one that a snapshot that
 * runs in another thread may read.
 */
public final class PythonAccumulator {
  private OpenAggregate function;
  private PyObject object;
  private Object kept;

  /** An accumulator of no rows, which Python makes when it is first needed. */
  PythonAccumulator(OpenAggregate function) {
    this.function = function;
  }

  /** An accumulator of which something was kept. */
  PythonAccumulator(OpenAggregate function, Object kept) {
    this.function = function;
    this.kept = kept;
  }

  /** The Python object, to be read. */
  synchronized PyObject read(OpenAggregate by) {
    // One operator may have several instances of a function; their objects are alike.
    function = by;
    if (object == null) {
      object = kept == null ? by.create() : by.restore(kept);
    }
    return object;
  }

  /** The Python object, to be changed. */
  synchronized PyObject change(OpenAggregate by) {
    PyObject changed = read(by);
    kept = null;
    return changed;
  }

  /** What is kept: a value of the declared type, or the bytes of a pickle. */
  synchronized Object kept() {
    if (kept == null) {
      kept = function.keep(read(function));
    }
    return kept;
  }

  /** Another accumulator that holds the same; neither sees the other change. */
  PythonAccumulator copy() {
    return new PythonAccumulator(function, kept());
  }
}
