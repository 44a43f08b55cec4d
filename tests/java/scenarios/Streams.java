package scenarios;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.naja.Namespace;
import dev.naja.Python;
import dev.naja.PythonConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** Where does Python's output go when it is not to go to Java, and its log when that is off? */
public final class Streams {
  private Streams() {}

  public static void main(String[] arguments) {
    PrintStream out = System.out;
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    System.setOut(new PrintStream(seen, true, UTF_8));
    Python python =
        Python.start(PythonConfig.of().withOutput(PythonConfig.Output.INHERIT).withLogging(false));
    try (Namespace namespace = python.namespace()) {
      namespace.exec("print('by the process', flush=True)");
      namespace.exec("import logging; logging.warning('by Python')");
    }
    out.println("Java saw " + seen.size() + " bytes");
  }
}
