package dev.naja.pemja;

import dev.naja.PythonConversionException;
import dev.naja.PythonPanicException;
import pemja.core.PythonException;

/** How does what goes wrong come out? As PEMJA's exception, which is checked but not declared. */
final class Failures {
  private Failures() {}

  /**
   * Throws what PEMJA throws for a failed call.
   *
   * @return never; for {@code throw}
   */
  static RuntimeException raise(Throwable failure) {
    if (failure instanceof VirtualMachineError
        || failure instanceof ThreadDeath
        || failure instanceof PythonException
        || failure instanceof PythonPanicException) {
      return sneak(failure);
    }
    PythonException raised = new PythonException(message(failure));
    raised.initCause(failure);
    raised.setStackTrace(failure.getStackTrace());
    return sneak(raised);
  }

  /** PEMJA's exception for a value that does not fit. */
  static RuntimeException unfit(String message) {
    return sneak(new PythonException(message));
  }

  private static String message(Throwable failure) {
    if (failure instanceof PythonConversionException) {
      return failure.getMessage();
    }
    if (failure instanceof dev.naja.PythonException) {
      dev.naja.PythonException python = (dev.naja.PythonException) failure;
      if (!python.pythonType().isEmpty()) {
        return "<class '" + python.pythonType() + "'>: " + python.pythonMessage();
      }
    }
    // PEMJA has Java exceptions go through Python as a RuntimeError.
    return "<class 'RuntimeError'>: " + failure;
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> RuntimeException sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
