package dev.naja.internal;

/**
 * How are many numbers distributed? Each is counted in a class whose width is at most an eighth of
 * the numbers in it. Not thread-safe.
 */
final class Quantiles {
  /** Each power of two is split into so many classes: 2^3. */
  private static final int BITS = 3;

  private final long[] counts;

  Quantiles() {
    this(new long[(Long.SIZE - BITS) << BITS]);
  }

  private Quantiles(long[] counts) {
    this.counts = counts;
  }

  /** Counts a number, which is zero or more. */
  void add(long number) {
    counts[index(number)]++;
  }

  Quantiles copy() {
    return new Quantiles(counts.clone());
  }

  /**
   * The number that a part of those counted do not exceed, rounded up to the end of its class; 0 if
   * none was counted.
   */
  long at(double quantile) {
    if (!(quantile >= 0 && quantile <= 1)) {
      throw new IllegalArgumentException("A quantile is between 0 and 1, not " + quantile + ".");
    }
    long all = 0;
    for (long count : counts) {
      all += count;
    }
    long below = Math.max(1, (long) Math.ceil(quantile * all));
    for (int i = 0; i < counts.length && all > 0; i++) {
      below -= counts[i];
      if (below <= 0) {
        return last(i);
      }
    }
    return 0;
  }

  private static int index(long number) {
    int exponent = Long.SIZE - BITS - 1 - Long.numberOfLeadingZeros(number | 1L << BITS);
    return (exponent << BITS) + (int) (number >>> exponent);
  }

  /** The largest number of a class. */
  private static long last(int index) {
    int exponent = Math.max(0, (index >> BITS) - 1);
    return ((index - ((long) exponent << BITS) + 1) << exponent) - 1;
  }
}
