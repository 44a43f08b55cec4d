package dev.naja.bench;

import java.util.stream.DoubleStream;

/** The numbers from 0, which the benchmarks of arrays pass around, and their sum. */
final class Ramp {

  static final int THOUSAND = 1_000;
  static final int MILLION = 1_000_000;

  private Ramp() {}

  static double[] of(int length) {
    return DoubleStream.iterate(0, x -> x + 1).limit(length).toArray();
  }

  /** What {@code numpy.sum} gives: sums of such numbers are exact in every order. */
  static double sum(int length) {
    return length * (length - 1.0) / 2;
  }
}
