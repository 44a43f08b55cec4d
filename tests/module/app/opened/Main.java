package app.opened;

import app.hidden.Hidden;
import app.published.Published;
import dev.naja.Namespace;
import dev.naja.PyObject;
import dev.naja.Python;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Can a named module bind interfaces of every visibility? */
public final class Main {
  private Main() {}

  interface Own {
    double eval(double x);
  }

  public static void main(String[] arguments) {
    Python python = Python.start();
    Namespace namespace = python.namespace();
    namespace.exec(
        "class Model:\n"
            + "  def eval(self, x): return 2 * x\n"
            + "  def echo(self, values): return values\n");
    PyObject model = namespace.evalAs(PyObject.class, "Model()");
    System.out.println(Python.class.getModule());
    System.out.println(
        "jdk " + model.attr("eval").bind(DoubleUnaryOperator.class).applyAsDouble(1));
    Published published = model.bind(Published.class);
    System.out.println("published " + published.eval(2) + " " + published.echo(List.of(0.5)));
    System.out.println("opened " + model.bind(Own.class).eval(3));
    try {
      System.out.println("hidden " + model.bind(Hidden.class).eval(4));
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage());
    }
  }
}
