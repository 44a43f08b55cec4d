package dev.naja;

/**
 * The bridge itself failed: a bug of naja, which was caught at the border to Java. The message says
 * where. The call that failed had no result; the process goes on.
 */
public final class PythonPanicException extends PythonException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what the bridge said and where
   */
  public PythonPanicException(String message) {
    super(message);
  }
}
