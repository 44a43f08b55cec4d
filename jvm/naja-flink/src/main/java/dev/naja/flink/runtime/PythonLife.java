package dev.naja.flink.runtime;

import dev.naja.PyObject;
import dev.naja.PyRef;

/**
 * The object behind a Python function: made and opened when a task begins, closed when it ends. For
 * one thread at a time.
 */
final class PythonLife implements AutoCloseable {
  private final PyObject function;
  private final PyObject end;

  private PythonLife(PyObject function, PyObject end) {
    this.function = function;
    this.end = end;
  }

  /**
   * Makes the object and calls its own {@code open}.
   *
   * @param python where
   * @param callable the function
   * @param task the task that calls it
   * @return the object's life, to be ended
   */
  static PythonLife open(OpenPython python, PythonCallable callable, TaskContext task) {
    try (PyObject importer = python.importer();
        PyObject open = python.half("_life", "opened");
        PyObject opened =
            open.callAs(
                PyObject.class,
                callable.reference(),
                importer,
                PyRef.of(task),
                callable.arguments())) {
      return new PythonLife(opened.item(0), opened.item(1));
    }
  }

  /** What is called for each row. */
  PyObject function() {
    return function;
  }

  /** Gives up the function, and what ends the object's life, to be called and closed. */
  PyObject takeEnd() {
    function.close();
    return end;
  }

  /** Calls the object's own {@code close}. Twice is harmless. */
  @Override
  public void close() {
    if (end.isClosed()) {
      return;
    }
    try (PyObject last = end;
        PyObject called = function) {
      last.call();
    }
  }
}
