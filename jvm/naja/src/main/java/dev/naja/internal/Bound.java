package dev.naja.internal;

import dev.naja.PyObject;
import java.lang.reflect.Array;

/**
 * What every instance of a bound interface also is: the face of a Python object. {@link BoundClass}
 * writes the subclasses. Equal to itself alone, as the Java objects that it stands beside.
 *
 * <p>Only what a generated method needs is visible to subclasses, which may be in another package,
 * and it is static: a method of theirs that happens to have the same name overrides nothing.
 */
public abstract class Bound {
  /** Nanoseconds that each call may take; 0 for ever. */
  protected final long deadline;

  /**
   * Whether calls of a suitable shape may do without a frame: where there is no deadline, and until
   * a result was of another type than such a call can carry, which costs an exception.
   */
  protected boolean unframed;

  // Keeps what was found out about the interface for the next binding.
  final BoundInterface face;
  final PyObject[] callables;
  private volatile PyObject target;

  /**
   * Takes what was resolved.
   *
   * @param binding the object and what its methods call
   */
  protected Bound(Binding binding) {
    this.deadline = binding.deadline;
    this.unframed = binding.deadline == 0;
    this.face = binding.face;
    this.callables = binding.callables;
    this.target = binding.target;
  }

  /**
   * The number by which native code knows what a method calls. The instance keeps it alive.
   *
   * @param binding what was given to the constructor
   * @param index which of the interface's callables
   * @return the handle's number; 0 for a method that Python lacks and may lack
   */
  protected static long callable(Binding binding, int index) {
    PyObject callable = binding.callables[index];
    return callable == null ? 0 : References.get().handle(callable);
  }

  /** What takes the results of the methods of a generated class, in their order. */
  protected static Reader<?>[] readers(Class<?> made) {
    return BoundInterface.of(made).readers();
  }

  /** Calls a callable with one double, without a frame. */
  protected static double callDouble(Bound bound, long callable, double argument) {
    try {
      return Native.callDouble(callable, argument);
    } catch (UnframedResult e) {
      bound.unframed = false;
      return e.as(double.class);
    }
  }

  /** Calls a callable with one long, without a frame. */
  protected static long callLong(Bound bound, long callable, long argument) {
    try {
      return Native.callLong(callable, argument);
    } catch (UnframedResult e) {
      bound.unframed = false;
      return e.as(long.class);
    }
  }

  /**
   * Puts each element of an array as an argument of its own.
   *
   * @param frame where to
   * @param array what a method of variable arity got; null, as of {@code f(null)}, is one null
   * @return how many
   */
  protected static int spread(CallFrame frame, Object array) {
    if (array == null) {
      frame.putNull();
      return 1;
    }
    int length = Array.getLength(array);
    for (int i = 0; i < length; i++) {
      frame.putValue(Array.get(array, i));
    }
    return length;
  }

  /**
   * Calls Python's {@code close}, if there is one, and gives back what the methods call; from now
   * on they throw {@link IllegalStateException}. Does nothing the second time.
   *
   * @param callable handle of {@code close}, or 0
   */
  protected static void closeBinding(Bound bound, long callable) {
    synchronized (bound.callables) {
      if (bound.target == null) {
        return;
      }
      bound.target = null;
    }
    try {
      if (callable != 0) {
        CallFrame frame = CallFrame.acquire();
        try {
          frame.call(callable, 0, 0, Native.WANT_NOTHING, bound.deadline);
        } finally {
          frame.release();
        }
      }
    } finally {
      for (PyObject held : bound.callables) {
        if (held != null) {
          held.close();
        }
      }
    }
  }

  /**
   * The Python object that was bound.
   *
   * @throws IllegalStateException if the binding is closed
   */
  PyObject target() {
    PyObject object = target;
    if (object == null) {
      throw new IllegalStateException(this + " was used after its close()");
    }
    return object;
  }

  /** Says which interface is bound to what. */
  @Override
  public String toString() {
    return face.names()
        + (isClosed()
            ? " bound to a Python object that is closed"
            : " bound to a Python object of type " + target().typeName());
  }

  /** Whether the binding is closed, or its object. */
  boolean isClosed() {
    PyObject object = target;
    return object == null || object.isClosed();
  }
}
