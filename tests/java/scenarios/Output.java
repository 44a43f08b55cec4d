package scenarios;

import dev.naja.Namespace;
import dev.naja.Python;
import dev.naja.PythonConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where does what Python prints and logs arrive? Arguments: {@code java} or {@code inherit} or
 * {@code unlogged}, then sources, whose output is shown after all have run.
 */
public final class Output {
  private Output() {}

  public static void main(String[] arguments) throws InterruptedException {
    PythonConfig config = PythonConfig.of();
    if (arguments[0].equals("inherit")) {
      config = config.withOutput(PythonConfig.Output.INHERIT);
    } else if (arguments[0].equals("unlogged")) {
      config = config.withLogging(false);
    }
    Python python = Python.start(config);
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream caughtOut = new ByteArrayOutputStream();
    ByteArrayOutputStream caughtErr = new ByteArrayOutputStream();
    // After the start, for the stream counts that is there when Python writes.
    System.setOut(new PrintStream(caughtOut, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(caughtErr, true, StandardCharsets.UTF_8));
    String[] sources = Arrays.copyOfRange(arguments, 1, arguments.length);
    Thread[] threads = new Thread[sources.length];
    for (int i = 0; i < sources.length; i++) {
      String source = sources[i];
      threads[i] = new Thread(() -> run(python, source));
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    System.setOut(out);
    System.setErr(err);
    show("out", caughtOut);
    show("err", caughtErr);
  }

  private static void run(Python python, String source) {
    try (Namespace namespace = python.namespace()) {
      namespace.exec(source);
    }
  }

  private static void show(String name, ByteArrayOutputStream caught) {
    for (String line : caught.toString(StandardCharsets.UTF_8).split("\n", -1)) {
      System.out.println(name + "|" + line);
    }
  }
}
