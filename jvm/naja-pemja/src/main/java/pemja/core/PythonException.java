package pemja.core;

/**
 * What Python raised.
 *
 * <p>The message begins with the class of the exception, as in {@code <class 'ValueError'>: no such
 * merchant}; Python's frames lie on top of the Java stack. The cause is the {@link
 * dev.naja.PythonException} that tells more of it, or the Java exception that came through Python.
 */
public class PythonException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what is wrong
   */
  public PythonException(String message) {
    super(message);
  }
}
