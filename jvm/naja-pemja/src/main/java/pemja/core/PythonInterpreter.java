package pemja.core;

import dev.naja.pemja.Calls;
import dev.naja.pemja.Scope;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.util.Map;

/**
 * An interpreter in the Python of this process: naja's, by PEMJA's rules.
 *
 * <p>Safe for use by any thread, and on a thread that Python called from this interpreter. See
 * {@code docs/pemja.md} for what crosses how.
 */
public final class PythonInterpreter implements Interpreter {
  private static final long serialVersionUID = 1L;
  private static final Object[] NONE = {};

  private final transient Scope scope;

  /**
   * Starts Python or joins it, and makes an interpreter with global variables of its own.
   *
   * @param config which Python, and how
   * @throws dev.naja.PythonStartException if it cannot be started, or another one runs
   */
  public PythonInterpreter(PythonInterpreterConfig config) {
    scope = Scope.open(config);
  }

  @Override
  public void set(String name, Object value) {
    scope.set(name, value);
  }

  @Override
  public Object get(String name) {
    return scope.get(name, Object.class);
  }

  @Override
  public <T> T get(String name, Class<T> clazz) {
    return scope.get(name, clazz);
  }

  @Override
  public Object invoke(String name, Object... args) {
    return scope.invoke(name, Calls.positional(args), null);
  }

  @Override
  public Object invoke(String name, Map<String, Object> kwargs) {
    return scope.invoke(name, NONE, kwargs);
  }

  @Override
  public Object invoke(String name, Object[] args, Map<String, Object> kwargs) {
    return scope.invoke(name, args == null ? NONE : args, kwargs);
  }

  @Override
  public Object invokeMethod(String obj, String name, Object... args) {
    return scope.invokeMethod(obj, name, Calls.positional(args));
  }

  @Override
  public void exec(String str) {
    scope.exec(str);
  }

  /** Gives the global variables back. Twice is harmless. */
  @Override
  public void close() {
    scope.close();
  }

  /**
   * Refuses to be read: an interpreter belongs to its process.
   *
   * @param stream what would be read
   * @throws InvalidObjectException always
   */
  private void readObject(ObjectInputStream stream) throws InvalidObjectException {
    throw new InvalidObjectException(
        "A PythonInterpreter belongs to its JVM: make a new one of the configuration");
  }
}
