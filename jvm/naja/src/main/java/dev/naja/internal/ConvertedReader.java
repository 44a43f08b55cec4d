package dev.naja.internal;

import dev.naja.PyObject;
import dev.naja.PythonConverter;

/** Reads a class that a {@link PythonConverter} makes of Python objects. */
final class ConvertedReader extends NullableReader<Object> {
  private final PythonConverter<?> converter;

  ConvertedReader(Class<?> type, PythonConverter<?> converter) {
    super(type, Native.WANT_HANDLE);
    this.converter = converter;
  }

  @Override
  Object read(CallFrame frame, byte tag, int start) {
    if (tag != Tag.HANDLE) {
      throw mismatch(
          frame, start, "inside of other values it crosses by value; take the whole as a PyObject");
    }
    try (PyObject object = References.get().wrap(frame.takeLong())) {
      Object held = PythonFunction.HELD.call(Operations.BY_DEFAULT, object);
      return type().isInstance(held) ? held : convert(converter, object);
    }
  }

  private <T> Object convert(PythonConverter<T> of, PyObject object) {
    return of.toJava(object, type().asSubclass(of.type()));
  }
}
