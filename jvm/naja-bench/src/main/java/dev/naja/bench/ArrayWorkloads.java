package dev.naja.bench;

/** What is measured of arrays in every library: functions of {@code arrays.py}, by name. */
public interface ArrayWorkloads {

  /** Returns {@code numpy.sum} of the numbers. */
  double total(double[] values);
}
