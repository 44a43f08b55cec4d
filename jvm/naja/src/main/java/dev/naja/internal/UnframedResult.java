package dev.naja.internal;

import dev.naja.PyObject;

/**
 * Carries the result of a call without a frame that is not of the one type which such a call gives:
 * an {@code int} where a {@code float} is usual, {@code None}, anything. Never seen outside {@link
 * Bound} and {@link UnframedCall}.
 */
final class UnframedResult extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient PyObject result;

  UnframedResult(PyObject result) {
    super(null, null, false, false);
    this.result = result;
  }

  /** The result as a Java type, by the rules of every other call. Once. */
  <T> T as(Class<T> type) {
    try (PyObject taken = result) {
      return taken.as(type);
    }
  }

  /** The result as a reader takes it. Once. */
  <T> T as(Reader<T> reader) {
    try (PyObject taken = result) {
      return Operations.value(taken, reader);
    }
  }
}
