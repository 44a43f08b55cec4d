package dev.naja.internal;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** How {@code None} and anything else become an optional. */
final class OptionalReader implements Reader<Object> {
  private final Class<?> type;
  private final Reader<?> value;

  /**
   * A reader of one of the four classes of optionals.
   *
   * @param value reads what is not {@code None}
   */
  OptionalReader(Class<?> type, Reader<?> value) {
    this.type = type;
    this.value = value;
  }

  @Override
  public Object read(CallFrame frame) {
    Object present = isNone(frame) ? null : value.read(frame);
    if (type == OptionalInt.class) {
      return present == null ? OptionalInt.empty() : OptionalInt.of((Integer) present);
    }
    if (type == OptionalLong.class) {
      return present == null ? OptionalLong.empty() : OptionalLong.of((Long) present);
    }
    if (type == OptionalDouble.class) {
      return present == null ? OptionalDouble.empty() : OptionalDouble.of((Double) present);
    }
    return Optional.ofNullable(present);
  }

  private boolean isNone(CallFrame frame) {
    int start = frame.position;
    switch (frame.takeByte()) {
      case Tag.NULL:
        return true;
      case Tag.HANDLE:
        boolean none = want() == Native.WANT_HANDLE && HandleElements.isNone(frame, start);
        frame.position = none ? frame.position : start;
        return none;
      default:
        frame.position = start;
        return false;
    }
  }

  @Override
  public int want() {
    return value.want();
  }

  @Override
  public boolean takesNaN() {
    return type == OptionalDouble.class || type == Optional.class && value.takesNaN();
  }
}
