package dev.naja.examples.network;

import dev.naja.NdArray;
import java.util.List;

/** The class {@code Model} of {@code model.py}. */
interface Model {

  /** A score for each row of features: an array over the memory that the library has left it in. */
  NdArray score(NdArray batch);

  /** The same by plain NumPy. */
  NdArray expected(NdArray batch);

  /** Features, float32 of two dimensions, and for each row 1 or 0. */
  List<NdArray> samples(int count);
}
