package scenarios;

import dev.naja.Namespace;
import dev.naja.PyObject;
import dev.naja.Python;
import dev.naja.PythonConfig;
import java.util.function.Function;

/** What an application does with naja in a class loader of its own: evaluates an expression. */
public final class Guest implements Function<String, String> {
  /** A typed face for a Python function, so that a class is generated in this class loader. */
  public interface Doubler {
    long apply(long number);
  }

  @Override
  public String apply(String expression) {
    String executable = System.getProperty("python", "");
    PythonConfig config = executable.isEmpty() ? PythonConfig.of() : PythonConfig.of(executable);
    Python python = Python.start(config);
    Namespace namespace = python.namespace();
    namespace.exec("import logging\nlogging.getLogger('guest').debug('here')");
    // Neither is closed: what is left to the collector must not keep the class loader either.
    PyObject function = namespace.evalAs(PyObject.class, "lambda number: 2 * number");
    long doubled = function.bind(Doubler.class).apply(21);
    String held = namespace.evalAs(PyObject.class, "object()").typeName();
    return namespace.eval(expression) + " " + doubled + " " + held;
  }
}
