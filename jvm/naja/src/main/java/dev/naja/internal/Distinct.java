package dev.naja.internal;

/** That no two elements of a Python set or dict became one in Java. */
final class Distinct {
  private Distinct() {}

  /** The capacity that a hash table of a number of elements needs, not to grow. */
  static int capacity(int count) {
    return (int) Math.min(1 << 30, count / 3L * 4 + 4);
  }

  /**
   * Compares how many elements a Java collection holds with how many its record has.
   *
   * @param start where the record starts
   */
  static void require(CallFrame frame, int start, int found, int count) {
    if (found != count) {
      throw Mismatch.of(
          frame,
          start,
          "a Java collection of distinct elements",
          "only "
              + found
              + " of its "
              + count
              + " elements are distinct in Java; take it as a PyObject");
    }
  }
}
