package pemja.core;

import java.io.File;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which Python an interpreter runs in, and how. Immutable; made by {@link #newBuilder()}. */
public final class PythonInterpreterConfig {
  private final String pythonHome;
  private final String workingDirectory;
  private final String[] paths;
  private final String pythonExec;
  private final ExecType execType;

  private PythonInterpreterConfig(PythonInterpreterConfigBuilder builder) {
    pythonHome = builder.pythonHome;
    workingDirectory = builder.workingDirectory;
    paths = builder.paths.toArray(new String[0]);
    pythonExec = builder.pythonExec;
    execType = builder.execType;
  }

  /**
   * The installation.
   *
   * @return a directory with {@code bin/python3} in it, or null
   */
  public String getPythonHome() {
    return pythonHome;
  }

  /**
   * The directory that was given for relative paths.
   *
   * @return the directory, or null
   */
  public String getWorkingDirectory() {
    return workingDirectory;
  }

  /**
   * What goes in front of {@code sys.path}.
   *
   * @return the entries in the order of search
   */
  public String[] getPaths() {
    return paths.clone();
  }

  /**
   * The Python executable.
   *
   * @return its path or name, or null
   */
  public String getPythonExec() {
    return pythonExec;
  }

  /**
   * How the interpreter runs beside others.
   *
   * @return the type
   */
  public ExecType getExecType() {
    return execType;
  }

  /**
   * Begins a configuration.
   *
   * @return a builder
   */
  public static PythonInterpreterConfigBuilder newBuilder() {
    return new PythonInterpreterConfigBuilder();
  }

  /** Builds a configuration. Not thread-safe. */
  public static class PythonInterpreterConfigBuilder {
    private String pythonHome;
    private String workingDirectory;
    private final Set<String> paths = new LinkedHashSet<>();
    private String pythonExec;
    private ExecType execType = ExecType.MULTI_THREAD;

    /** Begins with no choice made, {@code MULTI_THREAD}. */
    public PythonInterpreterConfigBuilder() {}

    /**
     * Says in which installation Python lies; {@link #setPythonExec} wins over it.
     *
     * @param pythonHome a directory with {@code bin/python3} in it
     * @return this
     */
    public PythonInterpreterConfigBuilder setPythonHome(String pythonHome) {
      this.pythonHome = pythonHome;
      return this;
    }

    /**
     * Gives a directory for relative paths of {@link #addPythonPaths}. The working directory is the
     * whole JVM's and is never changed.
     *
     * @param workingDirectory the directory
     * @return this
     */
    public PythonInterpreterConfigBuilder setWorkingDirectory(String workingDirectory) {
      this.workingDirectory = workingDirectory;
      return this;
    }

    /**
     * Adds what is searched for modules.
     *
     * @param paths directories or zip files, joined by {@link File#pathSeparator}
     * @return this
     */
    public PythonInterpreterConfigBuilder addPythonPaths(String paths) {
      return addPythonPaths(paths.split(File.pathSeparator));
    }

    /**
     * Adds what is searched for modules.
     *
     * @param paths directories or zip files
     * @return this
     */
    public PythonInterpreterConfigBuilder addPythonPaths(String... paths) {
      this.paths.addAll(Arrays.asList(paths));
      return this;
    }

    /**
     * Says which Python.
     *
     * @param pythonExec an executable, a virtual environment, or a name on {@code PATH}; null for
     *     the one that the environment names, see {@link dev.naja.PythonConfig#of()}
     * @return this
     */
    public PythonInterpreterConfigBuilder setPythonExec(String pythonExec) {
      this.pythonExec = pythonExec;
      return this;
    }

    /**
     * Says how the interpreter runs beside others.
     *
     * @param excType the type
     * @return this
     */
    public PythonInterpreterConfigBuilder setExcType(ExecType excType) {
      this.execType = excType;
      return this;
    }

    /**
     * Makes the configuration.
     *
     * @return what was chosen
     */
    public PythonInterpreterConfig build() {
      return new PythonInterpreterConfig(this);
    }
  }

  /** How interpreters of one process run beside each other. */
  public enum ExecType {

    /** Global variables of its own; modules and {@code sys.path} are shared. */
    MULTI_THREAD,

    /**
     * Global variables, {@code sys.path} and modules of its own. Modules written in C are shared if
     * they are of the standard library, and refused by an {@code ImportError} otherwise.
     */
    SUB_INTERPRETER
  }
}
