package dev.naja;

/**
 * Says that a value cannot cross between Java and Python without loss, or not as the type that was
 * asked for. The message names the value, its type, the target and what to do. Nothing is ever
 * truncated or rounded instead.
 */
public class PythonConversionException extends PythonException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception without a cause.
   *
   * @param message the value, its type, the target and what to do
   */
  public PythonConversionException(String message) {
    this(message, null);
  }

  /**
   * Makes an exception with a cause.
   *
   * @param message the value, its type, the target and what to do
   * @param cause what was thrown underneath, or null
   */
  public PythonConversionException(String message, Throwable cause) {
    super(message, cause);
  }
}
