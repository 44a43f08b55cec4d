package dev.naja.flink.datastream;

import dev.naja.PyObject;
import java.util.Arrays;

/**
 * A value that only Python reads, such as an accumulator or a state of no declared type.
 *
 * <p>On the heap it is the Python object itself, which Python changes in place; it is pickled when
 * Flink writes it down or copies it. What was read from a checkpoint stays bytes until Python asks
 * for it, so a savepoint is read where no Python runs. Used by one thread at a time.
 */
public final class PythonValue {
  private byte[] pickled;
  private PyObject held;
  private Pickles pickles;

  private PythonValue(byte[] pickled, PyObject held, Pickles pickles) {
    this.pickled = pickled;
    this.held = held;
    this.pickles = pickles;
  }

  /**
   * A value that lives in Python.
   *
   * @param held a {@code naja.flink._pickles.Held} of it
   * @param pickles pickles it
   * @return the value
   */
  public static PythonValue of(PyObject held, Pickles pickles) {
    return new PythonValue(null, held, pickles);
  }

  /**
   * A value that was written down.
   *
   * @param pickled its pickle
   * @return the value
   */
  public static PythonValue of(byte[] pickled) {
    return new PythonValue(pickled, null, null);
  }

  /**
   * The value in Python.
   *
   * @param here unpickles it if it is bytes yet
   * @return the {@code Held}, which may be changed in place
   * @throws dev.naja.PythonException if its class is not there any more, or refuses its bytes
   */
  public PyObject in(Pickles here) {
    if (held == null) {
      held = here.load(pickled);
      pickles = here;
      pickled = null;
    }
    return held;
  }

  /**
   * The value's pickle.
   *
   * @return bytes that must not be changed
   * @throws dev.naja.PythonException {@code TypeError} if Python cannot pickle it
   */
  public byte[] pickled() {
    return held == null ? pickled : pickles.dump(held);
  }

  /**
   * Another value that does not change with this one.
   *
   * @return a copy
   */
  public PythonValue copy() {
    return of(pickled());
  }

  /**
   * Whether both have the same pickle.
   *
   * @param other any object
   * @return true if it is a value with equal bytes
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof PythonValue
        && Arrays.equals(pickled(), ((PythonValue) other).pickled());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(pickled());
  }

  @Override
  public String toString() {
    return held == null ? "PythonValue(" + pickled.length + " bytes)" : "PythonValue(" + held + ")";
  }
}
