package dev.naja.internal;

import dev.naja.PyObject;
import java.lang.ref.Reference;

/**
 * Calls of a Python object with one number, which do without a frame as long as a float gives a
 * float, and an int an int of 64 bits. Safe for use by any thread.
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
   * Whether the object has returned nothing but such numbers so far. If not, {@code call} costs
   * more than a call by a frame.
   *
   * @return true at first
   */
  public boolean isUsual() {
    return usual;
  }

  /**
   * Calls the object with a float.
   *
   * @param argument the float
   * @param reader takes a result that is no float
   * @return the result, a {@code Double} if it is a float
   */
  public Object call(double argument, Reader<?> reader) {
    try {
      return Native.callDouble(References.get().handle(callable), argument);
    } catch (UnframedResult e) {
      return unusual(e, reader);
    } finally {
      Reference.reachabilityFence(callable);
    }
  }

  /**
   * Calls the object with an int.
   *
   * @param argument the int
   * @param reader takes a result that is no int of 64 bits
   * @return the result, a {@code Long} if it is such an int
   */
  public Object call(long argument, Reader<?> reader) {
    try {
      return Native.callLong(References.get().handle(callable), argument);
    } catch (UnframedResult e) {
      return unusual(e, reader);
    } finally {
      Reference.reachabilityFence(callable);
    }
  }

  private Object unusual(UnframedResult result, Reader<?> reader) {
    usual = false;
    return result.as(reader);
  }
}
