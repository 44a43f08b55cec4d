package dev.naja.internal;

/** Reads a class that nothing in Python becomes: only a Java object that Python held is of it. */
final class HeldReader extends NullableReader<Object> {

  HeldReader(Class<?> type) {
    super(type);
  }

  @Override
  Object read(CallFrame frame, byte tag, int start) {
    throw mismatch(
        frame,
        start,
        "no Python value becomes one, only such a Java object that Python holds; take an interface,"
            + " a record or a PyObject");
  }
}
