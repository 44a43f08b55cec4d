package dev.naja.pemja;

import dev.naja.PyObject;
import dev.naja.PythonException;
import dev.naja.internal.UnframedCall;
import java.util.Map;
import pemja.core.PythonInterpreterConfig;
import pemja.core.PythonInterpreterConfig.ExecType;

/**
 * The global variables of one interpreter, and what is called in them by name.
 *
 * <p>As in PEMJA a name that is called several times in a row is looked up once; {@code set} and
 * {@code exec}, and a call of another name, have it looked up again. Thread-safe.
 */
public final class Scope implements AutoCloseable {
  private static final Object[] NONE = {};
  private static final String[] NO_TEXT = {};

  private final PyObject globals;
  private volatile Last last = Last.NOTHING;

  private Scope(PyObject globals) {
    this.globals = globals;
  }

  /** What was called last, and what it is if it was called before that too. */
  private static final class Last {
    static final Last NOTHING = new Last(null, null, null);

    final String object;
    final String name;
    final UnframedCall callable;

    Last(String object, String name, UnframedCall callable) {
      this.object = object;
      this.name = name;
      this.callable = callable;
    }

    boolean is(String otherObject, String otherName) {
      return otherName.equals(name)
          && (otherObject == null ? object == null : otherObject.equals(object));
    }
  }

  /**
   * Starts Python, or joins it, and makes global variables.
   *
   * @param config which Python, and how
   * @return global variables of their own
   * @throws dev.naja.PythonStartException if Python cannot be started
   */
  public static Scope open(PythonInterpreterConfig config) {
    Start.python(config);
    Object[] paths = config.getExecType() == ExecType.SUB_INTERPRETER ? Start.paths(config) : NONE;
    PemjaFunction make =
        config.getExecType() == ExecType.SUB_INTERPRETER
            ? PemjaFunction.ISOLATED
            : PemjaFunction.SHARED;
    return new Scope(make.get().callAs(PyObject.class, paths));
  }

  /**
   * Sets a variable.
   *
   * @param name its name
   * @param value its value
   */
  public void set(String name, Object value) {
    last = Last.NOTHING;
    Calls.call(PemjaFunction.SET_VARIABLE, open(), new String[] {name}, new Object[] {value}, null);
  }

  /**
   * A variable's value.
   *
   * @param <T> the type wanted
   * @param name its name
   * @param type the class wanted
   * @return the value; null if there is no such variable
   */
  public <T> T get(String name, Class<T> type) {
    return Wanted.as(
        type, Calls.call(PemjaFunction.VARIABLE, open(), new String[] {name}, NONE, null));
  }

  /**
   * Runs statements.
   *
   * @param source any number of lines
   */
  public void exec(String source) {
    last = Last.NOTHING;
    Calls.call(PemjaFunction.EXECUTE, open(), new String[] {source}, NONE, null);
    last = Last.NOTHING;
  }

  /**
   * Calls a function.
   *
   * @param name a variable, or a variable and an attribute
   * @param arguments positional arguments
   * @param named keyword arguments, or null
   * @return the result
   */
  public Object invoke(String name, Object[] arguments, Map<String, Object> named) {
    UnframedCall callable = known(null, name);
    if (callable != null) {
      return Calls.call(callable, arguments, named);
    }
    return Calls.call(PemjaFunction.INVOKE, globals, new String[] {name}, arguments, named);
  }

  /**
   * Calls a method of the object in a variable.
   *
   * @param object the variable's name
   * @param name the method's name
   * @param arguments its arguments
   * @return the result
   */
  public Object invokeMethod(String object, String name, Object[] arguments) {
    UnframedCall callable = known(object, name);
    if (callable != null) {
      return Calls.call(callable, arguments, null);
    }
    return Calls.call(
        PemjaFunction.INVOKE_METHOD, globals, new String[] {object, name}, arguments, null);
  }

  /** What a name means, if it was called last too; null if it is to be looked up. */
  private UnframedCall known(String object, String name) {
    open();
    Last before = last;
    if (!before.is(object, name)) {
      last = new Last(object, name, null);
      return null;
    }
    if (before.callable != null) {
      return before.callable;
    }
    try {
      UnframedCall found =
          new UnframedCall(
              object == null
                  ? PemjaFunction.RESOLVE.get().callAs(PyObject.class, globals, name)
                  : PemjaFunction.RESOLVE_METHOD
                      .get()
                      .callAs(PyObject.class, globals, object, name));
      last = new Last(object, name, found);
      return found;
    } catch (PythonException e) {
      throw Failures.raise(e);
    }
  }

  private PyObject open() {
    if (globals.isClosed()) {
      throw new IllegalStateException(
          "The Python interpreter is closed: close() was called on it. Make a new"
              + " PythonInterpreter.");
    }
    return globals;
  }

  /** Runs what the interpreter's own {@code atexit} holds, and gives the variables back. */
  @Override
  public void close() {
    last = Last.NOTHING;
    if (globals.isClosed()) {
      return;
    }
    try {
      Calls.call(PemjaFunction.END, globals, NO_TEXT, NONE, null);
    } finally {
      globals.close();
    }
  }
}
