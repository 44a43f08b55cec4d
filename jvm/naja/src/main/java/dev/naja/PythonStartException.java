package dev.naja;

/**
 * Says why no Python could be started: what is wrong, every place that was looked at, and how to
 * mend it. The message has several lines and is meant to be read whole.
 */
public final class PythonStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception without a cause.
   *
   * @param message what is wrong, what was tried and what to do
   */
  public PythonStartException(String message) {
    super(message);
  }

  /**
   * Makes an exception with a cause.
   *
   * @param message what is wrong, what was tried and what to do
   * @param cause what was thrown underneath, or null
   */
  public PythonStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
