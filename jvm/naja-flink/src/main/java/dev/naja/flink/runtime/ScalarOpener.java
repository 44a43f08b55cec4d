package dev.naja.flink.runtime;

import dev.naja.PyObject;
import dev.naja.PyRef;
import dev.naja.flink.types.FieldReaders;
import dev.naja.flink.types.PythonSignature;
import dev.naja.flink.types.SignatureTypes;
import dev.naja.flink.types.TypeDescription;
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
    OpenPython python = callable.environment().open(task);
    try (PyObject importer = python.importer();
        PyObject prepare = python.half("_drive_scalar", "prepare");
        PyObject prepared =
            prepare.callAs(
                PyObject.class,
                callable.reference(),
                importer,
                PyRef.of(task),
                TypeDescription.of(argumentTypes),
                TypeDescription.of(resultType))) {
      return new OpenCallable(
          python,
          prepared.item(0),
          prepared.item(1),
          SignatureTypes.writers(signature, argumentTypes),
          FieldReaders.of(resultType),
          new CallMetrics(task.metricGroup(), signature.name(), python),
          callable.policy(),
          callable.timeout());
    } catch (Throwable e) {
      python.close();
      throw e;
    }
  }
}
