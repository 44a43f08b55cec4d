package dev.naja.internal;

/**
 * Reads a class type: {@code None} as null, a Java object of that class that Python held as itself,
 * and anything else as its body does.
 *
 * @param <T> the type
 */
final class NullableReader<T> implements Reader<T> {

  /** Reads a record whose tag was taken, and which is neither {@code None} nor a Java object. */
  interface Body<T> {
    T read(CallFrame frame, byte tag, int start);
  }

  private final Class<?> type;
  private final int want;
  private final Body<? extends T> body;

  NullableReader(Class<?> type, Body<? extends T> body) {
    this(type, Native.WANT_VALUE, body);
  }

  NullableReader(Class<?> type, int want, Body<? extends T> body) {
    this.type = type;
    this.want = want;
    this.body = body;
  }

  /** A reader of a wrapper class, given that of its primitive. */
  static <T> NullableReader<T> boxed(Class<T> type, Reader<T> primitive) {
    return new NullableReader<>(
        type,
        (frame, tag, start) -> {
          frame.position = start;
          return primitive.read(frame);
        });
  }

  @Override
  @SuppressWarnings("unchecked")
  public T read(CallFrame frame) {
    int start = frame.position;
    byte tag = frame.takeByte();
    switch (tag) {
      case Tag.NULL:
        return null;
      case Tag.OBJECT:
        Object held = frame.takeReferenced();
        if (type.isInstance(held)) {
          return (T) held;
        }
        throw Mismatch.of(frame, start, type.getTypeName(), "");
      case Tag.HANDLE:
        if (want == Native.WANT_HANDLE && HandleElements.isNone(frame, start)) {
          return null;
        }
        return body.read(frame, tag, start);
      default:
        return body.read(frame, tag, start);
    }
  }

  @Override
  public int want() {
    return want;
  }
}
