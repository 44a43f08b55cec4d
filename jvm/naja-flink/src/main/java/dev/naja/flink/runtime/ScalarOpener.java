package dev.naja.flink.runtime;

import dev.naja.PyObject;
import dev.naja.PyRef;
import dev.naja.flink.types.FieldReaders;
import dev.naja.flink.types.FieldWriter;
import dev.naja.flink.types.FieldWriters;
import dev.naja.flink.types.PythonSignature;
import dev.naja.flink.types.SignatureTypes;
import dev.naja.flink.types.TypeDescription;
import dev.naja.internal.Reader;
import java.util.List;
import org.apache.flink.table.types.logical.LogicalType;

/** How a Python function of one row becomes something that a task can call. */
public final class ScalarOpener {

  private ScalarOpener() {}

  /**
   * Opens a function: imports it, makes an instance of a class, calls its own {@code open}.
   *
   * @param callable the function
   * @param signature what it says of itself
   * @param argumentTypes the types of its arguments
   * @param resultType the type of its result
   * @param task the task that calls it
   * @return what the task calls, to be closed
   */
  public static OpenCallable open(
      PythonCallable callable,
      PythonSignature signature,
      List<LogicalType> argumentTypes,
      LogicalType resultType,
      TaskContext task) {
    return open(
            callable,
            signature.name(),
            python -> {
              try (PyObject importer = python.importer();
                  PyObject prepare = python.half("_drive_scalar", "prepare")) {
                return prepare.callAs(
                    PyObject.class,
                    callable.reference(),
                    importer,
                    PyRef.of(task),
                    callable.arguments(),
                    TypeDescription.of(argumentTypes),
                    TypeDescription.of(resultType));
              }
            },
            SignatureTypes.writers(signature, argumentTypes),
            FieldReaders.of(resultType),
            task)
        .ofTypes(argumentTypes, resultType);
  }

  /**
   * Opens a function that is called by way of another, which the Python half makes of it.
   *
   * @param callable the function
   * @param name its name in metrics
   * @param preparation makes what is called
   * @param arguments write its arguments
   * @param result reads its result
   * @param task the task that calls it
   * @return what the task calls, to be closed
   */
  public static OpenCallable open(
      PythonCallable callable,
      String name,
      PythonBatch.Preparation preparation,
      FieldWriter[] arguments,
      Reader<?> result,
      TaskContext task) {
    OpenPython python = callable.environment().open(task);
    PythonLife life = null;
    try {
      life = PythonLife.open(python, callable, task);
      PyObject called = preparation.prepare(python, life.function());
      return new OpenCallable(
          python,
          called,
          life.takeEnd(),
          arguments,
          result,
          new CallMetrics(task.metricGroup(), name, python),
          callable);
    } catch (Throwable e) {
      try (OpenPython ends = python;
          PythonLife opened = life) {
        throw e;
      }
    }
  }

  /** How a Python function becomes something that is called, opened by whoever makes it. */
  @FunctionalInterface
  public interface Opening {

    /**
     * Opens a function.
     *
     * @param python where
     * @return a tuple of what is called, and what is called at the end
     */
    PyObject open(OpenPython python);
  }

  /**
   * Opens a function that the Python half opens in a way of its own.
   *
   * @param callable the function
   * @param name its name in metrics
   * @param opening opens it
   * @param argumentTypes the types of what it is called with
   * @param resultType the type of its result
   * @param task the task that calls it
   * @return what the task calls, to be closed
   */
  public static OpenCallable open(
      PythonCallable callable,
      String name,
      Opening opening,
      List<LogicalType> argumentTypes,
      LogicalType resultType,
      TaskContext task) {
    return open(
        callable, name, opening, FieldWriters.of(argumentTypes), FieldReaders.of(resultType), task);
  }

  /**
   * Opens a function that the Python half opens in a way of its own, with arguments and a result
   * that cross in ways of their own.
   *
   * @param callable the function
   * @param name its name in metrics
   * @param opening opens it
   * @param arguments write what it is called with
   * @param result reads its result
   * @param task the task that calls it
   * @return what the task calls, to be closed
   */
  public static OpenCallable open(
      PythonCallable callable,
      String name,
      Opening opening,
      FieldWriter[] arguments,
      Reader<?> result,
      TaskContext task) {
    OpenPython python = callable.environment().open(task);
    try (PyObject opened = opening.open(python)) {
      return new OpenCallable(
          python,
          opened.item(0),
          opened.item(1),
          arguments,
          result,
          new CallMetrics(task.metricGroup(), name, python),
          callable);
    } catch (Throwable e) {
      python.close();
      throw e;
    }
  }
}
