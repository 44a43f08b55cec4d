package dev.naja.pemja;

import java.nio.file.Path;
import pemja.core.PythonInterpreter;
import pemja.core.PythonInterpreterConfig;
import pemja.core.PythonInterpreterConfig.ExecType;

/** Interpreters of the tests: in the Python that {@code NAJA_PYTHON} or the default names. */
final class Interpreters {
  private Interpreters() {}

  static PythonInterpreter open(Path... paths) {
    return open(ExecType.MULTI_THREAD, paths);
  }

  static PythonInterpreter open(ExecType type, Path... paths) {
    var builder = PythonInterpreterConfig.newBuilder().setExcType(type);
    for (Path path : paths) {
      builder.addPythonPaths(path.toString());
    }
    return new PythonInterpreter(builder.build());
  }

  /** An interpreter in which statements have run, one a line. */
  static PythonInterpreter with(String... lines) {
    PythonInterpreter interpreter = open();
    interpreter.exec(String.join("\n", lines));
    return interpreter;
  }
}
