package dev.naja.internal;

/**
 * How are many numbers distributed? Each is counted in a class whose width is at most a 32nd of the
 * numbers in it. Not thread-safe.
 */
final class Quantiles {
  /** Each power of two is split into so many classes: 2^5. */
  private static final int BITS = 5;

  private final long[] counts;
  private long largest;

  Quantiles() {
    this(new long[(Long.SIZE - BITS) << BITS], 0);
  }

  private Quantiles(long[] counts, long largest) {
    this.counts = counts;
    this.largest = largest;
  }

  /** Counts a number, which is zero or more. */
  void add(long number) {
    counts[index(number)]++;
    largest = Math.max(largest, number);
  }

  Quantiles copy() {
    return new Quantiles(counts.clone(), largest);
  }

  /**
   * The number that a part of those counted do not exceed, rounded up to the end of its class or
   * the largest number; 0 if none was counted.
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
        return Math.min(last(i), largest);
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
