package dev.naja.flink.runtime;

import dev.naja.PyObject;
import dev.naja.Python;
import dev.naja.PythonConfig;
import dev.naja.flink.PythonEnvironment;
import dev.naja.flink.PythonOptions;
import java.util.ArrayList;
import java.util.List;

/** The Python of one environment in this process, with the job's code importable. Thread-safe. */
public final class OpenPython implements AutoCloseable {
  private final Python python;

  private OpenPython(Python python) {
    this.python = python;
  }

  /**
   * Starts or joins an environment's Python.
   *
   * @param environment which
   * @param task what needs it
   * @return the Python, to be closed
   * @throws dev.naja.PythonStartException if it does not start, or another one runs here
   */
  public static OpenPython open(PythonEnvironment environment, TaskContext task) {
    PythonConfig config =
        environment.get(PythonOptions.EXECUTABLE).map(PythonConfig::of).orElseGet(PythonConfig::of);
    List<String> path = new ArrayList<>();
    path.addAll(environment.list(PythonOptions.FILES));
    path.addAll(environment.list(PythonOptions.PYTHON_PATH));
    return new OpenPython(Python.start(config.withPath(path.toArray(new String[0]))));
  }

  /**
   * The Python that runs in this process.
   *
   * @return the running Python
   */
  public Python python() {
    return python;
  }

  /**
   * What imports modules as the job's code does: takes a full name, gives the module.
   *
   * @return a Python function, to be closed
   */
  public PyObject importer() {
    try (PyObject importlib = python.module("importlib")) {
      return importlib.attr("import_module");
    }
  }

  /**
   * A function of the Python half.
   *
   * @param module a module of {@code naja.flink}
   * @param name the function's name
   * @return the function
   */
  public PyObject half(String module, String name) {
    try (PyObject found = python.module("naja.flink." + module)) {
      return found.attr(name);
    }
  }

  @Override
  public void close() {
    python.close();
  }
}
