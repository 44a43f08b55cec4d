package scenarios;

import dev.naja.Namespace;
import dev.naja.Python;
import dev.naja.PythonException;

/** How do pieces of Python text end, and does the interpreter still answer afterwards? */
public final class Run {
  private Run() {}

  public static void main(String[] sources) {
    Python python = Python.start();
    for (String source : sources) {
      System.out.println(ending(python, source));
    }
    try (Namespace namespace = python.namespace()) {
      System.out.println("alive " + namespace.evalAs(int.class, "6 * 7"));
    }
  }

  private static String ending(Python python, String source) {
    try (Namespace namespace = python.namespace()) {
      namespace.exec(source);
      return "returned";
    } catch (PythonException e) {
      return e.getClass().getSimpleName() + " " + e.pythonType() + ": " + e.pythonMessage();
    }
  }
}
