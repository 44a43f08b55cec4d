package dev.naja.internal;

import dev.naja.PyObject;
import dev.naja.PythonException;
import java.lang.ref.Reference;
import java.util.Optional;

/** Which Python object does a Java object stand for, when Python gets it back? Thread-safe. */
final class PythonFaces {
  private PythonFaces() {}

  /** Whether the instances of a class stand for Python objects. */
  static boolean isFace(Class<?> type) {
    return type == PyObject.class || Bound.class.isAssignableFrom(type);
  }

  /**
   * A new handle of the Python object that an instance of such a class stands for.
   *
   * @throws IllegalStateException if the object is closed
   */
  static long target(Object face) {
    return handle(face instanceof PyObject ? (PyObject) face : ((Bound) face).target());
  }

  /**
   * A new handle of a Python object.
   *
   * @throws IllegalStateException if the object is closed
   */
  static long handle(PyObject object) {
    CallFrame frame = CallFrame.acquire();
    try {
      frame.operate(Native.VALUE, References.get().handle(object), Native.WANT_HANDLE);
      frame.takeByte();
      return frame.takeLong();
    } finally {
      frame.release();
      Reference.reachabilityFence(object);
    }
  }

  /** A new handle of the Python exception behind a Java one; 0 if it is gone or never was. */
  static long exception(PythonException thrown) {
    Optional<PyObject> exception = thrown.exception();
    try {
      return exception.isPresent() ? handle(exception.get()) : 0;
    } catch (IllegalStateException e) {
      return 0;
    }
  }
}
