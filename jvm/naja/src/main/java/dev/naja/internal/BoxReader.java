package dev.naja.internal;

/** Reads a class of which null is a value by a reader that knows no null. */
final class BoxReader extends NullableReader<Object> {
  private final Reader<?> value;

  BoxReader(Class<?> type, Reader<?> value) {
    super(type);
    this.value = value;
  }

  @Override
  Object read(CallFrame frame, byte tag, int start) {
    frame.position = start;
    return value.read(frame);
  }

  @Override
  public boolean takesNaN() {
    return type() == Double.class || type() == Float.class || type() == Number.class;
  }
}
