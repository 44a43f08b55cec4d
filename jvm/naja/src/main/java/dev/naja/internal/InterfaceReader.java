package dev.naja.internal;

/** Reads an interface: a Python object is bound to it. */
final class InterfaceReader extends NullableReader<Object> {

  InterfaceReader(Class<?> type) {
    super(type);
  }

  @Override
  Object read(CallFrame frame, byte tag, int start) {
    if (tag != Tag.HANDLE) {
      throw mismatch(frame, start, "it crosses by value; take a PyObject and bind it");
    }
    return References.get().bind(References.get().wrap(frame.takeLong()), type());
  }
}
