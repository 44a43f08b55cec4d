package scenarios;

import dev.naja.Namespace;
import dev.naja.PyObject;
import dev.naja.Python;
import java.lang.management.ManagementFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.ObjectName;

/**
 * What remains after Python has made, called and dropped very many Java objects? Arguments: a
 * statement of Python, and how many times it runs. Prints counts before and after.
 */
public final class JavaLeaks {
  private static final Pattern GLOBALS =
      Pattern.compile("JNI global refs: (\\d+), weak refs: (\\d+)");

  private final Python python = Python.start();
  private final Namespace namespace = python.namespace();

  private JavaLeaks() {}

  public static void main(String[] arguments) throws Exception {
    new JavaLeaks().measure(arguments[0], Integer.parseInt(arguments[1]));
  }

  private void measure(String statement, int times) throws Exception {
    namespace.exec(
        "import naja, naja._bridge\n"
            + "from java.util import ArrayList, HashMap\n"
            + "from java.util.function import Function, Supplier\n"
            + "from java.lang import Integer, Object\n"
            + "from java.io import IOException\n"
            + "@naja.implements(Supplier)\n"
            + "class Made:\n"
            + "    def get(self): return self\n"
            + "identity = Function.identity()\n"
            + "def run(times):\n"
            + "    for i in range(times):\n"
            + statement.replaceAll("(?m)^", "        ")
            + "\nimport gc\n"
            + "def alive():\n"
            + "    gc.collect()\n"
            + "    return len(naja._bridge.live_java_objects())");
    run(times);
    String before = settled("", 5);
    long resident = Resident.kilobytes();
    run(times);
    System.out.println("before " + before);
    System.out.println("after " + settled(before, 100));
    System.out.println("grown " + (Resident.kilobytes() - resident));
  }

  private void run(int times) {
    namespace.exec("run(" + times + ")");
  }

  /** The counts, as soon as they are the expected ones or stay the same for so many collections. */
  private String settled(String expected, int patience) throws Exception {
    String counts = counts();
    for (int same = 0; same < patience && !counts.equals(expected); ) {
      System.gc();
      Thread.sleep(30);
      String now = counts();
      same = now.equals(counts) ? same + 1 : 0;
      counts = now;
    }
    return counts;
  }

  /** Wrappers in Python, handles in Java, references in the JVM. */
  private String counts() throws Exception {
    try (PyObject gives = namespace.evalAs(PyObject.class, "object()")) {
      gives.typeName();
    }
    String stacks =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "threadPrint",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
    Matcher references = GLOBALS.matcher(stacks);
    if (!references.find()) {
      throw new AssertionError("no count of global references in " + stacks);
    }
    return namespace.eval("alive()")
        + " wrappers, "
        + python.handleCount()
        + " handles, "
        + references.group(1)
        + " global and "
        + references.group(2)
        + " weak references";
  }
}
