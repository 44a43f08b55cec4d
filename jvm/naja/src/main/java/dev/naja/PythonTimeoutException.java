package dev.naja;

import java.util.List;

/**
 * A call took longer than {@link PyObject#withTimeout} allowed and was interrupted. The interpreter
 * goes on; the Python objects that the call was changing may be half changed.
 */
public final class PythonTimeoutException extends PythonException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param pythonType the name of the Python exception that ended the call
   * @param pythonMessage what it says
   * @param pythonTraceback where the call was interrupted
   * @param notes what {@code add_note} added
   * @param cause what it was raised from, or null
   * @param exception the exception object, or null
   */
  public PythonTimeoutException(
      String pythonType,
      String pythonMessage,
      String pythonTraceback,
      List<String> notes,
      Throwable cause,
      PyObject exception) {
    super(pythonType, pythonMessage, pythonTraceback, notes, cause, exception);
  }
}
