package scenarios;

import dev.naja.Namespace;
import dev.naja.PyObject;
import dev.naja.Python;
import dev.naja.PythonConversionException;
import dev.naja.PythonException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * What does too deep a recursion end in on threads with little stack? Arguments: kilobytes of stack
 * and name of an attempt, such as {@code 512|infinite recursion}; each gets a thread of its own.
 */
public final class Stack {
  private static final int DEEP = 100_000;

  private static final Map<String, String> PYTHON =
      Map.of(
          "infinite recursion",
          "def f(): return f()\nf()",
          "recursion through operators",
          "class A:\n    def __add__(self, other): return self + other\nA() + A()",
          "recursion through attributes",
          "class A:\n    def __getattr__(self, name): return getattr(self, name + 'x')\nA().x",
          "recursion through calls of objects",
          "class A:\n    def __call__(self): return self()\nA()()",
          "recursion through sorted",
          "def f(x): return sorted([1, 2], key=f)\nf(1)",
          "repr of nested lists",
          "x = []\nfor _ in range(100_000): x = [x]\nrepr(x)",
          "comparison of nested tuples",
          "x, y = (), ()\nfor _ in range(100_000): x, y = (x,), (y,)\nx == y",
          "json of nested lists",
          "import json\njson.loads('[' * 100_000 + ']' * 100_000)",
          "source of nested expressions",
          "eval('-' * 100_000 + '1')",
          "pickle of nested lists",
          "import pickle\nx = []\nfor _ in range(100_000): x = [x]\npickle.dumps(x)");

  /** Python that recurses through Java's classes. */
  private static final Map<String, String> THROUGH_JAVA =
      Map.of(
          "overflow of Java under Python",
          "Stack.overflow(0)",
          "recursion through callables",
          "def f(): return Stack.call(f)\nf()",
          "recursion through implemented interfaces",
          "@naja.implements('java.util.concurrent.Callable')\n"
              + "class Again:\n"
              + "    def call(self): return Stack.call(self)\n"
              + "Stack.call(Again())",
          "recursion through compareTo",
          "from java.util import ArrayList, Collections\n"
              + "def f(x, y): return Collections.max([1, 2], f)\n"
              + "f(1, 2)",
          "recursion through toString",
          "@naja.implements('java.lang.Runnable')\n"
              + "class Shown:\n"
              + "    def __str__(self): return Stack.text(self)\n"
              + "Stack.text(Shown())");

  private Stack() {}

  public static void main(String[] attempts) throws InterruptedException {
    Python python = Python.start();
    for (String attempt : attempts) {
      String[] parts = attempt.split("\\|");
      long bytes = Long.parseLong(parts[0]) << 10;
      String[] told = new String[1];
      Thread thread = new Thread(null, () -> told[0] = ending(python, parts[1]), attempt, bytes);
      thread.start();
      thread.join();
      System.out.println(attempt + "|" + told[0]);
    }
  }

  private static String ending(Python python, String name) {
    String ending = "no error";
    try {
      attempt(python, name);
    } catch (PythonConversionException e) {
      ending = "PythonConversionException";
    } catch (PythonException e) {
      ending = e.pythonType();
    } catch (StackOverflowError e) {
      ending = "StackOverflowError";
    }
    try (Namespace namespace = python.namespace()) {
      return ending + "|" + namespace.eval("len(repr([[[1]]]))");
    }
  }

  private static void attempt(Python python, String name) {
    switch (name) {
      case "nested lists of Java":
        python.of(nested());
        break;
      case "nested lists of Python":
        nested(python);
        break;
      case "list of Java that holds itself":
        python.of(circle());
        break;
      case "list of Python that holds itself":
        circle(python);
        break;
      case "recursion through Java":
        throughJava(python);
        break;
      case "Python at the end of Java's stack":
        atTheEnd(python);
        break;
      default:
        if (THROUGH_JAVA.containsKey(name)) {
          exec(python, "import naja\nfrom scenarios import Stack\n" + THROUGH_JAVA.get(name));
        } else {
          exec(python, PYTHON.get(name));
        }
    }
  }

  private static void exec(Python python, String source) {
    try (Namespace namespace = python.namespace()) {
      namespace.exec(source);
    }
  }

  /** Python asks Java for an element, and Java asks Python for it. */
  private static void throughJava(Python python) {
    try (Namespace namespace = python.namespace()) {
      namespace.exec("def first(elements): return next(elements)");
      PyObject first = namespace.get("first", PyObject.class);
      Iterator<Object> elements =
          new Iterator<>() {
            @Override
            public boolean hasNext() {
              return true;
            }

            @Override
            public Object next() {
              return first.call(this);
            }
          };
      first.call(elements);
    }
  }

  /** For Python to call. */
  public static Object call(Callable<?> callable) throws Exception {
    return callable.call();
  }

  /** For Python to call. */
  public static String text(Object object) {
    return object.toString();
  }

  /** For Python to call: never returns. */
  public static int overflow(int depth) {
    return overflow(depth + 1) + 1;
  }

  /** Java recurses for ever and tries Python at every level, the last one included. */
  private static void atTheEnd(Python python) {
    try (Namespace namespace = python.namespace()) {
      namespace.exec("def f(): return len(repr([[[1]]]))");
      recurse(namespace.get("f", PyObject.class));
    }
  }

  private static int recurse(PyObject f) {
    return f.call().hashCode() + recurse(f);
  }

  private static List<Object> nested() {
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < DEEP; i++) {
      List<Object> outer = new ArrayList<>();
      outer.add(list);
      list = outer;
    }
    return list;
  }

  private static void nested(Python python) {
    try (Namespace namespace = python.namespace()) {
      namespace.exec("x = []\nfor _ in range(" + DEEP + "): x = [x]");
      namespace.get("x");
    }
  }

  private static List<Object> circle() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    return list;
  }

  private static void circle(Python python) {
    try (Namespace namespace = python.namespace()) {
      namespace.exec("x = []\nx.append(x)");
      namespace.get("x");
    }
  }
}
