package dev.naja;

import dev.naja.internal.LiveHandles;
import dev.naja.internal.Operations;
import dev.naja.internal.RunningPython;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The CPython that runs in this process.
 *
 * <pre>{@code
 * Python python = Python.start(PythonConfig.of("venv/bin/python").withPath("models"));
 * PyObject model = python.module("fraud").attr("Model").call("weights.npz");
 * Scorer scorer = model.bind(Scorer.class);
 * double p = scorer.eval(12.5, "acme");
 * }</pre>
 *
 * <p>A process has one CPython, which runs until the process ends. Each start of the same one, in
 * whichever class loader, joins it. All methods may be called on any thread, platform or virtual.
 */
public final class Python implements AutoCloseable {
  private final RunningPython running;
  private volatile boolean closed;

  private Python(RunningPython running) {
    this.running = running;
  }

  /**
   * Starts the Python that the environment names, or joins it; see {@link PythonConfig#of()}.
   *
   * @return the running Python
   * @throws PythonStartException if there is none, it cannot be loaded, or another one runs
   */
  public static Python start() {
    return start(PythonConfig.of());
  }

  /**
   * Starts a Python, or joins it if it runs in this process already: same version, same
   * environment, same library. A start that joins adds its {@linkplain PythonConfig#withPath paths}
   * and checks its demands like the first.
   *
   * @param config which Python, and what it needs
   * @return the running Python
   * @throws PythonStartException if there is none, it cannot be loaded, it does not meet the
   *     demands, or another one runs: the message says which, what was tried and what to do
   */
  public static Python start(PythonConfig config) {
    return new Python(RunningPython.start(Objects.requireNonNull(config, "config")));
  }

  /**
   * The Python that was started, for code that is not told which, such as a library's.
   *
   * @return the running Python
   * @throws IllegalStateException if naja's class loader has started or joined none yet
   */
  public static Python running() {
    return new Python(RunningPython.current());
  }

  /**
   * Imports a module.
   *
   * @param name its full name, such as {@code "os.path"}
   * @return the module
   * @throws PythonException {@code ModuleNotFoundError}, {@code SyntaxError} in its source, or what
   *     it raises while it is imported
   */
  public PyObject module(String name) {
    open();
    return Operations.module(Objects.requireNonNull(name, "name of a module"));
  }

  /**
   * Makes global variables to run source text with.
   *
   * @return a namespace without variables
   */
  public Namespace namespace() {
    open();
    return new Namespace("__main__");
  }

  /**
   * Holds Python's GIL for this thread until the session is closed.
   *
   * @return a session, to be closed on this thread
   */
  public Session session() {
    open();
    return new Session();
  }

  /**
   * Makes a Python object of a Java value, for methods that Python objects have and Java's do not.
   *
   * @param value the value, converted as an argument is; null for {@code None}
   * @return the object
   * @throws PythonConversionException if the value has no lossless counterpart
   */
  public PyObject of(Object value) {
    open();
    return Operations.object(value);
  }

  /**
   * The version.
   *
   * @return three numbers, such as {@code 3.11.7}
   */
  public String version() {
    return running.version();
  }

  /**
   * The executable whose environment this is.
   *
   * @return its absolute path
   */
  public Path executable() {
    return running.executable();
  }

  /**
   * How many Python objects Java holds by this class loader: {@link PyObject}s that are neither
   * closed nor collected, and what the bridge keeps for itself. A number that grows for ever is a
   * leak; {@link #liveHandles()} says of what.
   *
   * @return the number
   */
  public long handleCount() {
    open();
    return RunningPython.handleCount();
  }

  /**
   * Which Python objects Java holds by this class loader, for the search for leaks: {@link
   * PyObject}s that are neither closed nor collected, and what naja keeps for itself. Asks each
   * object for its {@code repr}, of which it gives the beginning; one that fails does no harm, nor
   * one that takes more than a second.
   *
   * @return their descriptions, the latest first, with the Java stacks that they were made by where
   *     {@link PythonConfig#withLeakTracing} is on; keeps none of them alive
   */
  public List<LiveHandle> liveHandles() {
    open();
    return LiveHandles.dump();
  }

  /**
   * Ends the use of this Java object: its methods that reach Python throw {@link
   * IllegalStateException} from now on. CPython itself runs on, as it cannot be started twice in a
   * process, and so do the objects that came from it. Twice is harmless.
   */
  @Override
  public void close() {
    closed = true;
  }

  private void open() {
    if (closed) {
      throw new IllegalStateException(
          "This Python is closed: close() was called on it. Python.start gives a new one, of the same"
              + " CPython.");
    }
  }

  @Override
  public String toString() {
    return running + (closed ? ", closed" : "");
  }
}
