package dev.naja.internal;

import dev.naja.PythonException;

/**
 * Which number a Python object stands for that does not cross by value, such as a fraction or a
 * tensor of no dimension.
 */
final class HandleNumbers {

  /** Up to here every int is a double, so that {@code float()} cannot have rounded. */
  private static final double EXACT_INTS = 0x1p53;

  private HandleNumbers() {}

  /**
   * Asks an object for its number.
   *
   * @return what {@code float()} makes of it, or its int where a double would not hold that
   * @throws PythonException if it is no number
   */
  static Number number(long handle) {
    double value = (Double) ask(Native.FLOAT, handle);
    return Math.abs(value) < EXACT_INTS ? value : wholeNumber(handle, value);
  }

  private static Number wholeNumber(long handle, double value) {
    try {
      return (Number) ask(Native.INDEX, handle);
    } catch (PythonException noInt) {
      return value;
    }
  }

  private static Object ask(int operation, long handle) {
    CallFrame frame = CallFrame.acquire();
    try {
      frame.operate(operation, handle, Native.WANT_VALUE);
      return frame.getValue();
    } finally {
      frame.release();
    }
  }
}
