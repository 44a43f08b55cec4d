package scenarios;

import dev.naja.BatchConfig;
import dev.naja.MicroBatcher;
import dev.naja.Namespace;
import dev.naja.PyObject;
import dev.naja.Python;
import dev.naja.PythonConfig;
import java.util.function.Function;
import java.util.function.Supplier;

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
    useJava(namespace);
    batch(namespace);
    return namespace.eval(expression) + " " + doubled + " " + held;
  }

  /** Batches run on a thread of this class loader, which ends with the batcher. */
  private static void batch(Namespace namespace) {
    PyObject function = namespace.evalAs(PyObject.class, "lambda rows: [2 * row for row in rows]");
    BatchConfig config = BatchConfig.of().withForm(BatchConfig.Form.ROWS);
    try (MicroBatcher<Integer, Integer> batcher =
        MicroBatcher.of(function, Integer.class, config)) {
      if (batcher.submit(21).join() != 42) {
        throw new AssertionError("a batch has gone wrong");
      }
    }
  }

  /** Python uses classes of the JDK and this one, which it keeps, and is called back. */
  private static void useJava(Namespace namespace) {
    namespace.exec(
        "import builtins, naja\n"
            + "from java.util import ArrayList\n"
            + "from java.util.function import Supplier\n"
            + "from scenarios import Guest\n"
            + "kept = builtins.__dict__.setdefault('naja_test_classes', [])\n"
            + "kept += [Guest, Guest.Doubler, ArrayList]\n"
            + "@naja.implements(Supplier)\n"
            + "class Five:\n"
            + "    def get(self): return 5\n"
            + "assert list(ArrayList([1, 2]).stream().map(lambda x: x + 1)) == [2, 3]\n"
            + "assert Guest.doubled(Guest.Doubler(lambda x: 2 * x)) == 42\n"
            + "assert Guest.supplied(Five()) == 5");
    if (namespace.evalAs(Class.class, "Guest.class_") != Guest.class) {
      throw new AssertionError("Python has found another loader's class");
    }
  }

  /** For Python to call. */
  public static long doubled(Doubler doubler) {
    return doubler.apply(21);
  }

  /** For Python to call. */
  public static Object supplied(Supplier<?> supplier) {
    return supplier.get();
  }
}
