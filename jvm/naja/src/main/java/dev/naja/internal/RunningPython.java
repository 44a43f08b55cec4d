package dev.naja.internal;

import dev.naja.PyObject;
import dev.naja.PythonConfig;
import dev.naja.PythonException;
import dev.naja.PythonStartException;
import java.nio.file.Path;

/** Which CPython runs in this process, and how does a class loader start or join it? Immutable. */
public final class RunningPython {
  /**
   * The process and the fingerprint of the CPython that runs, for all class loaders to see.
   * Programs pass their properties on to others, which must not take them for their own.
   */
  private static final String PROPERTY = "dev.naja.running";

  // An interned string is one object for all class loaders, and so one lock for the process.
  private static final Object PROCESS_LOCK = "dev.naja.internal.RunningPython".intern();

  /** The fingerprint of the CPython that this class loader has started or joined. */
  private static volatile String joined;

  // Once is enough: a later start must not undo what Python code has redirected since.
  private static volatile boolean printing;
  private static volatile boolean logging;

  private static volatile RunningPython latest;

  private final Interpreter interpreter;

  private RunningPython(Interpreter interpreter) {
    this.interpreter = interpreter;
  }

  /**
   * Starts a CPython, or joins the one that runs.
   *
   * @throws PythonStartException if that is impossible, or another one runs
   */
  public static RunningPython start(PythonConfig config) {
    FirstCall first = joined == null ? FirstCall.prepare() : null;
    Interpreter interpreter;
    try {
      interpreter = joined(config);
    } finally {
      if (first != null) {
        first.await();
        NativeLoader.discard();
      }
    }
    if (config.classFilter().isPresent()) {
      ClassFilter.set(config.classFilter().get());
    }
    if (config.arrays().isPresent()) {
      Native.chooseArrays(config.arrays().get().ordinal());
    }
    try {
      configure(config);
    } catch (PythonException e) {
      throw new PythonStartException("Cannot use " + interpreter + ": " + e.pythonMessage(), e);
    }
    RunningPython running = new RunningPython(interpreter);
    latest = running;
    return running;
  }

  /**
   * What this class loader started or joined.
   *
   * @throws IllegalStateException if it has not
   */
  public static RunningPython current() {
    RunningPython running = latest;
    if (running == null) {
      throw new IllegalStateException("No Python runs yet: call Python.start first.");
    }
    return running;
  }

  /** The interpreter that a configuration names, once it runs. */
  private static Interpreter joined(PythonConfig config) {
    Interpreter interpreter = Interpreter.find(config);
    if (config.requiredVersion().isPresent()) {
      checkVersion(interpreter, config.requiredVersion().get());
    }
    if (config.leakTracing()) {
      Handle.trace();
    }
    // No lock where all is done: this thread may hold the GIL, by a session, and whoever holds the
    // lock may wait for the GIL.
    if (!interpreter.fingerprint().equals(joined)) {
      join(interpreter);
    }
    return interpreter;
  }

  private static void join(Interpreter interpreter) {
    synchronized (PROCESS_LOCK) {
      String process = Loader.process() + " ";
      String wanted = interpreter.fingerprint();
      String running = System.getProperty(PROPERTY, "");
      if (running.startsWith(process) && !running.equals(process + wanted)) {
        throw new PythonStartException(
            String.format(
                "Cannot start %s: this process runs another Python, and can run but one.%n "
                    + " running: %s%n  asked for: %s%n  to mend: start the same Python everywhere"
                    + " in this JVM, or use a JVM for each.",
                interpreter, running.substring(process.length()), wanted));
      }
      NativeLoader.load(interpreter);
      OwnClasses.load();
      Native.start(Upcalls.class, interpreter.executable().toString(), interpreter.minor());
      System.setProperty(PROPERTY, process + wanted);
      joined = wanted;
    }
  }

  private static void checkVersion(Interpreter interpreter, String required) {
    if (!VersionSpecifier.admits(required, interpreter.version())) {
      throw new PythonStartException(
          String.format(
              "Cannot start Python: %s was found, but Python %s is required.%n"
                  + "  to mend: name one of that version by PythonConfig.of(\"/path/to/python\") or"
                  + " by the environment variable NAJA_PYTHON.",
              interpreter, required));
    }
  }

  private static void configure(PythonConfig config) {
    PythonFunction.INSTALL_GUARDS.call(Operations.NOTHING);
    try (PyObject bridge = Operations.module("naja._bridge")) {
      if (config.output() == PythonConfig.Output.JAVA && !printing) {
        PythonFunction.INSTALL_OUTPUT.call(Operations.NOTHING, bridge);
        printing = true;
      }
      if (config.logging() && !logging) {
        PythonFunction.INSTALL_LOGGING.call(Operations.NOTHING, bridge);
        logging = true;
      }
    }
    if (!config.path().isEmpty()) {
      PythonFunction.ADD_PATHS.call(Operations.NOTHING, config.path());
    }
    if (!config.requiredPackages().isEmpty()) {
      PythonFunction.REQUIRE_PACKAGES.call(Operations.NOTHING, config.requiredPackages());
    }
  }

  /** The number of handles that this class loader's bridge holds. */
  public static long handleCount() {
    Handle.giveBackCollected();
    return Native.liveHandles();
  }

  /** The version in three parts. */
  public String version() {
    return interpreter.version();
  }

  /** The executable whose environment CPython runs in. */
  public Path executable() {
    return interpreter.executable();
  }

  @Override
  public String toString() {
    return interpreter.toString();
  }
}
