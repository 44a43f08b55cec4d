package dev.naja.pemja;

import dev.naja.internal.CallFrame;

/** How do Java's arrays become tuples, and {@code byte[]} bytes? */
final class Arrays {
  private Arrays() {}

  static void put(CallFrame frame, Object array) {
    if (array instanceof Object[]) {
      Object[] elements = (Object[]) array;
      frame.putTuple(elements.length);
      Arguments.put(frame, elements);
    } else if (array instanceof byte[]) {
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
  }

  private static void putOther(CallFrame frame, Object array) {
    int length = java.lang.reflect.Array.getLength(array);
    frame.putTuple(length);
    for (int i = 0; i < length; i++) {
      Arguments.put(frame, java.lang.reflect.Array.get(array, i));
    }
  }
}
