package dev.naja.pemja;

import dev.naja.internal.CallFrame;

/** How do Java's arrays become tuples, and {@code byte[]} bytes? */
final class Arrays {
  private Arrays() {}

  /**
   * Puts an array.
   *
   * @return whether an element goes by reference
   */
  static boolean put(CallFrame frame, Object array) {
    if (array instanceof Object[]) {
      Object[] elements = (Object[]) array;
      frame.putTuple(elements.length);
      return Arguments.put(frame, elements);
    }
    if (array instanceof byte[]) {
      frame.putBytes((byte[]) array);
    } else if (array instanceof int[]) {
      int[] numbers = (int[]) array;
      frame.putTuple(numbers.length);
      for (int number : numbers) {
        frame.putLong(number);
      }
    } else if (array instanceof long[]) {
      long[] numbers = (long[]) array;
      frame.putTuple(numbers.length);
      for (long number : numbers) {
        frame.putLong(number);
      }
    } else if (array instanceof double[]) {
      double[] numbers = (double[]) array;
      frame.putTuple(numbers.length);
      for (double number : numbers) {
        frame.putDouble(number);
      }
    } else {
      putOther(frame, array);
    }
    return false;
  }

  /** Puts an array of other primitives. */
  private static void putOther(CallFrame frame, Object array) {
    int length = java.lang.reflect.Array.getLength(array);
    frame.putTuple(length);
    for (int i = 0; i < length; i++) {
      Arguments.put(frame, java.lang.reflect.Array.get(array, i));
    }
  }
}
