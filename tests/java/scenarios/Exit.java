package scenarios;

import dev.naja.Namespace;
import dev.naja.PyObject;
import dev.naja.Python;
import dev.naja.PythonConfig;
import dev.naja.Session;
import java.util.Iterator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;

/**
 * How does a JVM end that has Python in it? Arguments: a mode, and the file to which Python's exit
 * function appends a line.
 */
public final class Exit {
  private static final String LOOP = "ready()\nwhile True: pass";
  private static final String SLEEP = "import time\nready()\ntime.sleep(600)";

  private Exit() {}

  public static void main(String[] arguments) throws InterruptedException {
    String mode = arguments[0];
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
    if (mode.equals("plain")) {
      System.out.println("ready");
      Thread.sleep(600_000);
    }
    PythonConfig config = PythonConfig.of();
    if (mode.startsWith("inherit-")) {
      config = config.withOutput(PythonConfig.Output.INHERIT);
    }
    Python python = Python.start(config);
    Namespace namespace = python.namespace();
    namespace.set("path", arguments[1]);
    namespace.exec(
        "import atexit, sys\n"
            + "def leave():\n"
            + "    with open(path, 'a') as file: file.write('left\\n')\n"
            + "atexit.register(leave)\n"
            + "def ready():\n"
            + "    print('ready', flush=True)\n"
            + "    sys.stdout.write('unfinished line')");
    run(mode.replace("inherit-", ""), python, namespace);
  }

  private static void run(String mode, Python python, Namespace namespace)
      throws InterruptedException {
    switch (mode) {
      case "loop":
        namespace.exec(LOOP);
        break;
      case "sleep":
        namespace.exec(SLEEP);
        break;
      case "session":
        try (Session session = python.session()) {
          namespace.exec(LOOP);
        }
        break;
      case "session-of-java":
        try (Session session = python.session()) {
          namespace.exec("ready()");
          Thread.sleep(600_000);
        }
        break;
      case "return":
        namespace.exec("ready()");
        break;
      case "exit":
        namespace.exec("ready()");
        System.exit(3);
        break;
      case "exit-below-python":
        namespace.exec("ready()");
        namespace.set("elements", lazily(Exit::exit));
        namespace.exec("for _ in elements: pass");
        break;
      case "halt":
        namespace.exec("ready()");
        Runtime.getRuntime().halt(4);
        break;
      case "daemons":
        for (String source : new String[] {LOOP, SLEEP, LOOP}) {
          Thread thread = new Thread(() -> namespace.exec(source));
          thread.setDaemon(true);
          thread.start();
        }
        namespace.exec("time = __import__('time')\ntime.sleep(0.2)");
        break;
      case "traffic":
        namespace.exec("def half(x): return x / 2");
        DoubleUnaryOperator half =
            namespace.get("half", PyObject.class).bind(DoubleUnaryOperator.class);
        for (int i = 0; i < 8; i++) {
          new Thread(
                  () -> {
                    for (double x = 0; x >= 0; x += half.applyAsDouble(1)) {
                      namespace.set("x", List.of(x));
                    }
                  })
              .start();
        }
        namespace.exec("ready()");
        break;
      case "python-thread":
        namespace.exec(
            "import threading\n"
                + "def spin():\n"
                + "    while True: pass\n"
                + "threading.Thread(target=spin).start()\n"
                + "ready()");
        break;
      case "raising-exit-function":
        namespace.exec("atexit.register(lambda: 1 / 0)\nready()");
        break;
      case "uncaught":
        namespace.exec("ready()\n[][1]");
        break;
      case "os-exit":
        namespace.exec("ready()\nsys.stdout.flush()\nimport os\nos._exit(7)");
        break;
      default:
        throw new IllegalArgumentException(mode);
    }
  }

  private static Object exit() {
    System.exit(5);
    return null;
  }

  private static Iterator<Object> lazily(Supplier<Object> supplier) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public Object next() {
        return supplier.get();
      }
    };
  }
}
