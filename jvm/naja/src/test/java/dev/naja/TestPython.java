package dev.naja;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The Python of the tests: the one that {@code NAJA_PYTHON} or the default look-up names, started
 * once for the JVM.
 */
public final class TestPython {
  private static final Python PYTHON = Python.start();

  private TestPython() {}

  /** The running Python. */
  public static Python get() {
    return PYTHON;
  }

  /** Skips the test, saying why, unless all of these packages can be imported. */
  public static void assumePackages(String... names) {
    for (String name : names) {
      assumeTrue(
          PYTHON.module("importlib.util").attr("find_spec").call(name) != null,
          () -> name + " is not in " + PYTHON.executable());
    }
  }

  /** A namespace in which statements have run, one a line. */
  public static Namespace namespace(String... lines) {
    Namespace namespace = PYTHON.namespace();
    namespace.exec(String.join("\n", lines));
    return namespace;
  }

  /** The value of an expression, by reference. */
  public static PyObject eval(String expression) {
    return PYTHON.namespace().evalAs(PyObject.class, expression);
  }

  /** A function or class that statements define, by its name. */
  public static PyObject define(String name, String... lines) {
    return namespace(lines).get(name, PyObject.class);
  }
}
