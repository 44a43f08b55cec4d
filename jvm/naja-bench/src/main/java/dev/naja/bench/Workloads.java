package dev.naja.bench;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * What is measured: the functions of {@code src/main/python/workloads.py}, by name.
 *
 * <p>naja binds this interface to the Python module as a user would; the peers implement it by hand
 * with the fastest calls that they offer.
 */
public interface Workloads {

  /** Returns {@code x / 2}. */
  double half(double x);

  /** Returns the text in upper case. */
  String upper(String text);

  /** Returns the sum of the numbers, of the lengths of the strings, and of 1 for a true flag. */
  double row10(
      long a,
      long b,
      long c,
      double x,
      double y,
      double z,
      String s,
      String t,
      String u,
      boolean flag);

  /** Returns the list as it came: a copy where the library converts, a proxy where it does not. */
  List<Double> samples(List<Double> values);

  /** Returns the map as it came: a copy where the library converts, a proxy where it does not. */
  Map<String, Long> counters(Map<String, Long> counts);

  /** Returns the number of bytes that Python sees. */
  long length(byte[] data);

  /** Calls the operator again and again, first with 1.0 and then with what it has returned. */
  double callback(DoubleUnaryOperator operator, int times);

  /**
   * Adds the numbers from 0 to a {@code java.util.List} and gets each; returns their sum.
   *
   * @param list what {@link Library#reference} makes of the list
   */
  long arraylist(Object list, int times);

  /** Sleeps in Python, with the GIL released. */
  void pause(double seconds);
}
