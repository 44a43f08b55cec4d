package dev.naja.internal;

/**
 * Reads a class that nothing in Python becomes by itself: only Java objects that Python held are of
 * it, and values that are of a subclass by default, as a {@code tuple} is of {@code AbstractList}.
 */
final class HeldReader extends NullableReader<Object> {

  HeldReader(Class<?> type) {
    super(type);
  }

  @Override
  Object read(CallFrame frame, byte tag, int start) {
    Object value = tag == Tag.HANDLE ? null : instance(frame, start);
    if (value != null) {
      return value;
    }
    throw mismatch(
        frame,
        start,
        "no Python value becomes one, only such a Java object that Python holds; take an interface,"
            + " a record or a PyObject");
  }
}
