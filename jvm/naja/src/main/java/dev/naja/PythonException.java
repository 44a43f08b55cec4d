package dev.naja;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An exception that Python raised, seen from Java. {@code SystemExit}, {@code KeyboardInterrupt},
 * {@code MemoryError} and {@code RecursionError} come so too: none of them ends the JVM.
 *
 * <p>{@link #getMessage()} is the last line of Python's traceback and the notes, such as {@code
 * ValueError: no such merchant}. The Python frames lie on top of the {@linkplain #getStackTrace()
 * Java stack}, innermost first as Java has it; {@link #getPythonTraceback()} is what Python would
 * print. {@link #getCause()} is Python's {@code __cause__}, or its {@code __context__} unless that
 * was suppressed; a Java exception among them is the very object that Java threw.
 *
 * <p>Serialized to another JVM, everything but {@link #exception()} arrives. Immutable apart from
 * what {@link Throwable} allows, and safe for use by any thread.
 */
public class PythonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The name of the exception's class. */
  private final String pythonType;

  /** What the exception says. */
  private final String pythonMessage;

  /** What Python would print. */
  private final String pythonTraceback;

  /** What {@code add_note} added. */
  @SuppressWarnings("serial") // List.copyOf and List.of give lists that serialize.
  private final List<String> notes;

  private final transient PyObject exception;

  /**
   * Makes an exception that has no counterpart in Python.
   *
   * @param message what is wrong and what to do
   */
  public PythonException(String message) {
    this(message, null);
  }

  /**
   * Makes an exception that has no counterpart in Python.
   *
   * @param message what is wrong and what to do
   * @param cause what was thrown underneath, or null
   */
  public PythonException(String message, Throwable cause) {
    super(message, cause);
    this.pythonType = "";
    this.pythonMessage = message;
    this.pythonTraceback = "";
    this.notes = List.of();
    this.exception = null;
  }

  /**
   * Makes an exception that stands for one in Python.
   *
   * @param pythonType the name of its class, see {@link #pythonType()}
   * @param pythonMessage what {@code str} makes of it
   * @param pythonTraceback what Python would print
   * @param notes what {@code add_note} added
   * @param cause what it was raised from, or null
   * @param exception the exception object, or null if there is none in this process
   */
  public PythonException(
      String pythonType,
      String pythonMessage,
      String pythonTraceback,
      List<String> notes,
      Throwable cause,
      PyObject exception) {
    super(message(pythonType, pythonMessage, notes), cause);
    this.pythonType = Objects.requireNonNull(pythonType, "pythonType");
    this.pythonMessage = Objects.requireNonNull(pythonMessage, "pythonMessage");
    this.pythonTraceback = Objects.requireNonNull(pythonTraceback, "pythonTraceback");
    this.notes = List.copyOf(notes);
    this.exception = exception;
  }

  private static String message(String type, String message, List<String> notes) {
    StringBuilder text = new StringBuilder(type);
    if (!message.isEmpty()) {
      text.append(": ").append(message);
    }
    for (String note : notes) {
      text.append('\n').append(note);
    }
    return text.toString();
  }

  /**
   * The name of the exception's class.
   *
   * @return its qualified name, with the module in front unless that is {@code builtins}: {@code
   *     ValueError}, {@code json.decoder.JSONDecodeError}; empty if Python raised nothing
   */
  public final String pythonType() {
    return pythonType;
  }

  /**
   * What the exception says, without its type and its notes.
   *
   * @return what Python's {@code str} makes of it
   */
  public final String pythonMessage() {
    return pythonMessage;
  }

  /**
   * The whole traceback, chained exceptions included.
   *
   * @return the text that Python would print, ending in a newline; empty if Python raised nothing
   */
  public final String getPythonTraceback() {
    return pythonTraceback;
  }

  /**
   * What {@code add_note} (<a href="https://peps.python.org/pep-0678/">PEP 678</a>) added.
   *
   * @return the notes in order, unmodifiable
   */
  public final List<String> notes() {
    return notes;
  }

  /**
   * The exception object. It keeps the frames of its traceback alive, and with them their local
   * variables, until this Java exception is collected or the object is closed.
   *
   * @return the object; empty if Python raised nothing, or in another JVM
   */
  public final Optional<PyObject> exception() {
    return Optional.ofNullable(exception);
  }

  /**
   * Whether {@code except type:} would catch this exception.
   *
   * @param type a Python class or a tuple of classes
   * @return true if the exception is an instance; false if Python raised nothing
   * @throws IllegalStateException if the exception came from another JVM, and so has no {@linkplain
   *     #exception() object}
   */
  public final boolean matches(PyObject type) {
    if (exception != null) {
      return exception.isInstance(type);
    }
    if (pythonType.isEmpty()) {
      return false;
    }
    throw new IllegalStateException(
        "This exception came as text from another JVM, and its class is not known here: compare"
            + " pythonType() instead, which is "
            + pythonType);
  }
}
