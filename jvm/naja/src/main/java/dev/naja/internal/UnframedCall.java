package dev.naja.internal;

import dev.naja.PyObject;
import java.lang.ref.Reference;

/**
 * Calls of a Python object with one float, which do without a frame as long as it returns floats.
 * Safe for use by any thread.
 */
public final class UnframedCall {
  private final PyObject callable;
  private volatile boolean usual = true;

  /**
   * Makes one.
   *
   * @param callable the object, which the caller closes
   */
  public UnframedCall(PyObject callable) {
    this.callable = callable;
  }

  /**
   * The object that is called.
   *
   * @return the object
   */
  public PyObject callable() {
    return callable;
  }

  /**
   * Whether the object has returned nothing but floats so far. If not, {@link #call} costs more
   * than a call by a frame.
   *
   * @return true at first
   */
  public boolean isUsual() {
    return usual;
  }

  /**
   * Calls the object.
   *
   * @param argument the float
   * @param reader takes a result that is no float
   * @return the result, a {@code Double} if it is a float
   */
  public Object call(double argument, Reader<?> reader) {
    try {
      return Native.callDouble(References.get().handle(callable), argument);
    } catch (UnframedResult e) {
      usual = false;
      return e.as(reader);
    } finally {
      Reference.reachabilityFence(callable);
    }
  }
}
