package dev.naja.arrow;

import dev.naja.PyObject;
import dev.naja.PyTuple;
import dev.naja.Python;
import dev.naja.PythonConversionException;
import org.apache.arrow.c.ArrowArray;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.ArrowSchema;

/** The C structs of a Python object, to be moved to Java before this is closed. */
final class Taken implements AutoCloseable {
  private final PyObject capsules;
  private final long first;
  private final long second;

  private Taken(PyTuple taken) {
    capsules = (PyObject) taken.get(0);
    first = (Long) taken.get(1);
    second = (Long) taken.get(2);
  }

  /**
   * Asks an object for its structs.
   *
   * @param kind what Java makes of them, for the Python half
   * @param target the class that it makes, for messages
   * @throws PythonConversionException if it has none
   */
  static Taken of(String kind, PyObject object, Class<?> target) {
    try (PyObject module = Python.running().module("naja._arrow");
        PyObject function = module.attr("take")) {
      Object taken = function.call(kind, object);
      if (taken instanceof String) {
        throw refused(object, target, (String) taken, null);
      }
      return new Taken((PyTuple) taken);
    }
  }

  /** The exception for an object that cannot be converted. */
  static PythonConversionException refused(
      PyObject object, Class<?> target, String reason, Throwable cause) {
    return new PythonConversionException(
        "cannot convert an object (Python "
            + object.typeName()
            + ") to "
            + target.getName()
            + ": "
            + reason,
        cause);
  }

  ArrowSchema schema() {
    return ArrowSchema.wrap(first);
  }

  ArrowArray array() {
    return ArrowArray.wrap(second);
  }

  ArrowArrayStream stream() {
    return ArrowArrayStream.wrap(first);
  }

  @Override
  public void close() {
    capsules.close();
  }
}
