package dev.naja.internal;

import dev.naja.PyObject;

/**
 * How this package makes and opens {@link PyObject}s, whose constructor and handle are not public.
 *
 * <p>{@code PyObject}'s static initializer gives the one implementation.
 */
public abstract class References {
  private static volatile References instance;

  /** For {@code PyObject} alone. */
  protected References() {}

  /**
   * Gives the implementation.
   *
   * @param references what {@code PyObject} offers
   */
  public static void set(References references) {
    instance = references;
  }

  static References get() {
    References references = instance;
    return references != null ? references : load();
  }

  private static References load() {
    try {
      Class.forName(PyObject.class.getName(), true, PyObject.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("PyObject is missing although it was just named", e);
    }
    return instance;
  }

  /**
   * A new object that owns a handle.
   *
   * @param handle a handle that nothing else owns
   * @return the object
   */
  public abstract PyObject wrap(long handle);

  /**
   * The handle of an object, which the caller keeps reachable while it uses the handle.
   *
   * @param object an object
   * @return its handle
   * @throws IllegalStateException if the object is closed
   */
  public abstract long handle(PyObject object);

  /**
   * Binds an object to a Java interface.
   *
   * @param <T> the interface
   * @param object the object
   * @param type the interface's class
   * @return an instance of the interface whose methods call the object
   */
  public abstract <T> T bind(PyObject object, Class<T> type);
}
