package scenarios;

import dev.naja.Namespace;
import dev.naja.Python;
import dev.naja.PythonConfig;
import dev.naja.PythonStartException;

/**
 * What do starts of Python say, one after the other in one process? Arguments: executables; an
 * empty one is the environment's choice.
 */
public final class Start {
  private Start() {}

  public static void main(String[] executables) {
    for (String executable : executables) {
      try {
        PythonConfig config =
            executable.isEmpty() ? PythonConfig.of() : PythonConfig.of(executable);
        Python python = Python.start(config);
        try (Namespace namespace = python.namespace()) {
          namespace.exec("import sys");
          System.out.println("started " + namespace.eval("sys.executable"));
        }
      } catch (PythonStartException e) {
        System.out.println("refused " + e.getMessage());
      }
    }
  }
}
