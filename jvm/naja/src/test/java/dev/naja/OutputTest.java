package dev.naja;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What Python prints, as Java sees it. */
@Isolated
class OutputTest {

  private static String printed(boolean error, String... lines) {
    PrintStream before = error ? System.err : System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream captured = new PrintStream(bytes, true, UTF_8);
    try {
      if (error) {
        System.setErr(captured);
      } else {
        System.setOut(captured);
      }
      TestPython.namespace(lines);
    } finally {
      if (error) {
        System.setErr(before);
      } else {
        System.setOut(before);
      }
    }
    return bytes.toString(UTF_8);
  }

  @Test
  void printGoesToSystemOutAsItIsNow() {
    assertEquals("hello 5\n", printed(false, "print('hello', 5)"));
    assertEquals("again\n", printed(false, "print('again')"));
  }

  @Test
  void allOfUnicodeArrives() {
    assertEquals(
        "\u00e4 \u20ac \ud83d\udc0d\n", printed(false, "print('\\xe4 \\u20ac \\U0001f40d')"));
  }

  @Test
  void standardErrorIsSystemErr() {
    assertEquals("oops\n", printed(true, "import sys", "sys.stderr.write('oops\\n')"));
    assertEquals("", printed(false, "import sys", "sys.stderr.write('')"));
  }

  @Test
  void aLineWithoutAnEndWaitsForIt() {
    assertEquals("a", printed(false, "print('a', end='', flush=True)"));
    assertEquals("ab\n", printed(false, "print('a', end='')", "print('b')"));
  }

  @Test
  void bytesGoThrough() {
    assertEquals("raw\n", printed(false, "import sys", "sys.stdout.buffer.write(b'raw\\n')"));
  }

  @Test
  void pythonsThreadsPrintToo() {
    assertEquals(
        "from a thread\n",
        printed(
            false,
            "import threading",
            "t = threading.Thread(target=lambda: print('from a thread'))",
            "t.start()",
            "t.join()"));
  }

  @Test
  void aLaterStartLeavesWhatPythonRedirected() {
    try (Namespace namespace =
        TestPython.namespace(
            "import io, sys", "before = sys.stdout", "sys.stdout = io.StringIO()")) {
      Python.start(PythonConfig.of(TestPython.get().executable()));
      namespace.exec("print('kept')");
      assertEquals("kept\n", namespace.eval("sys.stdout.getvalue()"));
      namespace.exec("sys.stdout = before");
    }
  }
}
