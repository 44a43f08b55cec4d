package dev.naja;

import java.util.Objects;

/**
 * Passes a Java object to Python by reference, although its class would be passed by value.
 *
 * <p>{@code callable.call(PyRef.of(list))} gives Python the list itself, not a copy: Python can
 * keep it, compare it, print it and hand it back, and Java then gets the same object. Immutable.
 */
public final class PyRef {
  private final Object value;

  private PyRef(Object value) {
    this.value = value;
  }

  /**
   * Wraps an object for one or more calls.
   *
   * @param value the object, not null
   * @return a wrapper that is passed in the object's place
   * @throws NullPointerException if the object is null
   */
  public static PyRef of(Object value) {
    return new PyRef(Objects.requireNonNull(value, "value"));
  }

  /**
   * Returns the object.
   *
   * @return the object that was wrapped
   */
  public Object get() {
    return value;
  }
}
