package dev.naja.bench;

import dev.naja.NdArray;

/** What is measured of arrays that share their memory: functions of {@code arrays.py}, by name. */
public interface NdArrayWorkloads {

  /** Returns {@code numpy.sum} of the numbers. */
  double total(NdArray values);

  /** Returns 0 and takes nothing. */
  double nothing();

  /** Returns 0, whatever it gets. */
  double accept(NdArray values);

  /** Returns a million numbers from 0, always in the same memory. */
  NdArray million();
}
