package dev.naja.internal;

import dev.naja.PyObject;
import dev.naja.PythonConversionException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Map;

/** What is a cell as a class? The same as a result of a call that it was. */
public final class CellValues {
  private CellValues() {}

  /**
   * Converts a cell.
   *
   * @param type any class that results convert to
   * @param value what the cell is by default
   * @throws PythonConversionException if the cell is of another type
   */
  @SuppressWarnings("unchecked")
  public static <T> T as(Class<T> type, Object value) {
    if (type.isInstance(value)) {
      return (T) value;
    }
    if (value instanceof PyObject) {
      return ((PyObject) value).as(type);
    }
    if (value instanceof Collection || value instanceof Map) {
      throw new PythonConversionException(
          "cannot convert a value that became a "
              + value.getClass().getSimpleName()
              + " to "
              + type.getTypeName()
              + ": take it as an Object");
    }
    Object exact = type == Instant.class ? instant(value) : null;
    return (T) (exact == null ? converted(type, value) : exact);
  }

  /** Java's times have nanoseconds, which a record in a frame has not. */
  private static Instant instant(Object value) {
    if (value instanceof OffsetDateTime) {
      return ((OffsetDateTime) value).toInstant();
    }
    return value instanceof ZonedDateTime ? ((ZonedDateTime) value).toInstant() : null;
  }

  private static Object converted(Class<?> type, Object value) {
    CallFrame frame = CallFrame.acquire();
    try {
      frame.putValue(value);
      frame.rewind();
      return frame.get(Readers.of(type));
    } finally {
      frame.release();
    }
  }
}
