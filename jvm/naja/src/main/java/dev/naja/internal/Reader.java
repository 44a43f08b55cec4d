package dev.naja.internal;

/**
 * Takes one record from a frame as a Java value of one type.
 *
 * <p>{@link Readers#of} finds the reader of a type. Immutable and thread-safe.
 *
 * @param <T> the type of the value
 */
public interface Reader<T> {

  /**
   * Takes the record under the frame's cursor and moves behind it.
   *
   * @param frame a frame whose cursor is at a record
   * @return the value; null only for types that have null
   * @throws dev.naja.PythonConversionException if the record does not hold a value of this type
   */
  T read(CallFrame frame);

  /**
   * How the result of the call has to cross for this reader.
   *
   * @return {@link Native#WANT_VALUE} or another of the {@code WANT_} constants
   */
  default int want() {
    return Native.WANT_VALUE;
  }

  /**
   * Whether a floating-point number that is NaN is a value of this type. Where it is not, a NaN
   * that pandas has for a missing value is null.
   */
  default boolean takesNaN() {
    return true;
  }
}
