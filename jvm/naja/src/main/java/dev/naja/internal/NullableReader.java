package dev.naja.internal;

import dev.naja.PythonConversionException;

/**
 * Reads a class type: {@code None} as null, a Java object of that class that Python held as itself,
 * and anything else as the subclass does.
 *
 * <p>Readers are classes rather than lambdas, whose first use would cost a start tens of
 * milliseconds.
 *
 * @param <T> the type
 */
abstract class NullableReader<T> implements Reader<T> {
  private final Class<?> type;
  private final int want;

  NullableReader(Class<?> type) {
    this(type, Native.WANT_VALUE);
  }

  NullableReader(Class<?> type, int want) {
    this.type = type;
    this.want = want;
  }

  @Override
  @SuppressWarnings("unchecked")
  public final T read(CallFrame frame) {
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
        throw mismatch(frame, start, "");
      case Tag.HANDLE:
        if (want() == Native.WANT_HANDLE && HandleElements.isNone(frame, start)) {
          return null;
        }
        frame.position = start + 1;
        return read(frame, tag, start);
      default:
        return read(frame, tag, start);
    }
  }

  /**
   * Reads a record whose tag was taken, and which is neither {@code None} nor a Java object.
   *
   * @param start where the record starts
   */
  abstract T read(CallFrame frame, byte tag, int start);

  @Override
  public int want() {
    return want;
  }

  @Override
  public boolean takesNaN() {
    return false;
  }

  final Class<?> type() {
    return type;
  }

  /** The value of the record at a place, if that is of this type by default; else null. */
  final Object instance(CallFrame frame, int start) {
    frame.position = start;
    Object value = ValueReader.INSTANCE.read(frame);
    return type.isInstance(value) ? value : null;
  }

  /** The exception for a record that does not suit this type. */
  final PythonConversionException mismatch(CallFrame frame, int start, String reason) {
    return Mismatch.of(frame, start, type.getTypeName(), reason);
  }
}
