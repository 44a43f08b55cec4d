package dev.naja.internal;

import dev.naja.PyObject;
import dev.naja.PythonException;

/**
 * Reads an interface: a Python object is bound to it, unless it crosses by value and its value is
 * an instance already, as a {@code str} is of {@code Comparable}.
 */
final class InterfaceReader extends NullableReader<Object> {

  InterfaceReader(Class<?> type) {
    super(type);
  }

  @Override
  Object read(CallFrame frame, byte tag, int start) {
    if (tag != Tag.HANDLE) {
      Object value = instance(frame, start);
      if (value != null) {
        return value;
      }
      throw mismatch(frame, start, "it crosses by value; take a PyObject and bind it");
    }
    PyObject object = References.get().wrap(frame.takeLong());
    try {
      return References.get().bind(object, type());
    } catch (PythonException e) {
      object.close();
      throw e;
    }
  }
}
