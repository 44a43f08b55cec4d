package dev.naja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a Python exception is in Java, and a Java exception after a journey through Python. */
class PythonExceptionTest {

  private static PythonException raisedBy(String... lines) {
    return assertThrows(PythonException.class, () -> TestPython.namespace(lines));
  }

  @Test
  void typeMessageAndObjectAreKept() {
    PythonException raised = raisedBy("raise ValueError('no such merchant')");
    assertEquals("ValueError", raised.pythonType());
    assertEquals("no such merchant", raised.pythonMessage());
    assertEquals("ValueError: no such merchant", raised.getMessage());
    PyObject exception = raised.exception().orElseThrow();
    assertEquals(List.of("no such merchant"), exception.attr("args").as(List.class));
    PyObject builtins = TestPython.get().module("builtins");
    assertTrue(raised.matches(builtins.attr("ValueError")));
    assertTrue(raised.matches(builtins.attr("Exception")));
    assertFalse(raised.matches(builtins.attr("KeyError")));
    assertTrue(raised.matches(TestPython.eval("(KeyError, ValueError)")));
  }

  @Test
  void aTypeOutsideOfBuiltinsHasItsModule() {
    PythonException raised = raisedBy("import json", "json.loads('{')");
    assertEquals("json.decoder.JSONDecodeError", raised.pythonType());
  }

  @Test
  void pythonFramesLieOnTopOfTheJavaStack() {
    PythonException raised =
        raisedBy("def inner():", "  raise ValueError('x')", "def outer():", "  inner()", "outer()");
    StackTraceElement[] stack = raised.getStackTrace();
    assertEquals("inner", stack[0].getMethodName());
    assertEquals(2, stack[0].getLineNumber());
    assertEquals("<python>", stack[0].getClassName());
    assertTrue(stack[0].getFileName().matches("<naja-\\d+>"), stack[0].getFileName());
    assertEquals("outer", stack[1].getMethodName());
    assertEquals(4, stack[1].getLineNumber());
    assertEquals("<module>", stack[2].getMethodName());
    assertEquals(5, stack[2].getLineNumber());
    assertEquals("dev.naja.internal.Native", stack[3].getClassName());
    int test = 0;
    while (!stack[test].getClassName().equals(TestPython.class.getName())) {
      test++;
    }
    assertEquals("namespace", stack[test].getMethodName());
  }

  @Test
  void theTracebackIsWhatPythonPrints() {
    PythonException raised = raisedBy("def f():", "  raise ValueError('x')", "f()");
    String printed =
        String.join(
            "",
            raised
                .exception()
                .map(
                    e ->
                        TestPython.get()
                            .module("traceback")
                            .attr("format_exception")
                            .callAs(
                                new TypeRef<List<String>>() {},
                                e.attr("__class__"),
                                e,
                                e.attr("__traceback__").attr("tb_next")))
                .orElseThrow());
    assertEquals(printed, raised.getPythonTraceback());
    assertTrue(printed.startsWith("Traceback (most recent call last):\n"), printed);
    assertTrue(printed.endsWith("ValueError: x\n"), printed);
  }

  @Test
  void theCauseIsPythons() {
    PythonException raised =
        raisedBy("try:", "  {}['k']", "except KeyError as e:", "  raise ValueError('v') from e");
    PythonException cause = assertInstanceOf(PythonException.class, raised.getCause());
    assertEquals("KeyError: 'k'", cause.getMessage());
    assertEquals(2, cause.getStackTrace()[0].getLineNumber());
    assertNull(cause.getCause());
  }

  @Test
  void theContextIsTheCauseUnlessItIsSuppressed() {
    String[] handled = {"try:", "  {}['k']", "except KeyError:", "  raise ValueError('v')"};
    assertEquals("KeyError: 'k'", raisedBy(handled).getCause().getMessage());
    handled[3] += " from None";
    assertNull(raisedBy(handled).getCause());
  }

  @Test
  void notesAreKept() {
    // What add_note of CPython 3.11 does.
    PythonException raised =
        raisedBy("e = ValueError('v')", "e.__notes__ = ['first', 'second']", "raise e");
    assertEquals(List.of("first", "second"), raised.notes());
    assertEquals("v", raised.pythonMessage());
    assertEquals("ValueError: v\nfirst\nsecond", raised.getMessage());
  }

  @Test
  void aTextArrivesInAnotherJvm() throws Exception {
    PythonException raised =
        raisedBy("try:", "  {}['k']", "except KeyError:", "  raise ValueError('v')");
    PythonException copy = copied(raised);
    assertEquals("ValueError", copy.pythonType());
    assertEquals("v", copy.pythonMessage());
    assertEquals(raised.getMessage(), copy.getMessage());
    assertEquals(raised.getPythonTraceback(), copy.getPythonTraceback());
    assertEquals(List.of(raised.getStackTrace()), List.of(copy.getStackTrace()));
    assertEquals("KeyError: 'k'", copy.getCause().getMessage());
    assertTrue(copy.exception().isEmpty());
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class,
            () -> copy.matches(TestPython.get().module("builtins").attr("ValueError")));
    assertTrue(refused.getMessage().contains("ValueError"), refused.getMessage());
  }

  @Test
  void everyKindIsSerializable() throws Exception {
    PythonTimeoutException timeout =
        new PythonTimeoutException("t.T", "m", "trace", List.of("n"), null, null);
    assertEquals("t.T: m\nn", copied(timeout).getMessage());
    assertEquals("why", copied(new PythonPanicException("why")).getMessage());
    assertEquals("why", copied(new PythonConversionException("why")).getMessage());
    assertEquals("why", copied(new PythonStartException("why")).getMessage());
  }

  @SuppressWarnings("unchecked")
  private static <T> T copied(T object) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "raise SystemExit(3), SystemExit, 3",
    "import sys; sys.exit(), SystemExit, ''",
    "raise KeyboardInterrupt, KeyboardInterrupt, ''",
    "raise MemoryError('none left'), MemoryError, none left",
    "raise GeneratorExit, GeneratorExit, ''",
    "raise StopIteration(1), StopIteration, 1"
  })
  void whatEndsAPythonIsAnOrdinaryException(String source, String type, String message) {
    PythonException raised = raisedBy(source);
    assertEquals(type, raised.pythonType());
    assertEquals(message == null ? "" : message, raised.pythonMessage());
    assertEquals(2, TestPython.eval("1 + 1").as(int.class));
  }

  @Test
  void realLackOfMemoryIsAnOrdinaryException() {
    PythonException raised = raisedBy("bytearray(2 ** 62)");
    assertEquals("MemoryError", raised.pythonType());
  }

  @Test
  void anExceptionThatCannotBeMadeIsTold() {
    PythonException raised =
        raisedBy("class E(Exception):", "  def __init__(self, a, b): pass", "raise E");
    assertEquals("TypeError", raised.pythonType());
    assertTrue(raised.getMessage().contains("missing 2 required positional arguments"));
  }

  @Test
  void anExceptionWhoseTextFailsIsTold() {
    PythonException raised =
        raisedBy(
            "class E(Exception):", "  def __str__(self): raise KeyError('k')", "raise E('text')");
    assertTrue(raised.pythonType().endsWith("E"), raised.pythonType());
    assertTrue(raised.getMessage().contains("KeyError"), raised.getMessage());
  }

  @Test
  void aJavaExceptionComesBackAsItself() {
    UnsupportedOperationException mine = new UnsupportedOperationException("mine");
    Iterator<Object> failing =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public Object next() {
            throw mine;
          }
        };
    PyObject consume = TestPython.define("f", "def f(i):", "  for x in i: pass");
    assertSame(
        mine, assertThrows(UnsupportedOperationException.class, () -> consume.call(failing)));
  }

  @Test
  void aJavaExceptionCanBeTheCause() {
    IllegalStateException mine = new IllegalStateException("mine");
    Iterator<Object> failing = List.<Object>of(1, 2).stream().map(x -> fail(mine)).iterator();
    PyObject consume =
        TestPython.define(
            "f",
            "def f(i):",
            "  try:",
            "    list(i)",
            "  except Exception as e:",
            "    raise ValueError(type(e).__name__ + ': ' + str(e)) from e");
    PythonException raised = assertThrows(PythonException.class, () -> consume.call(failing));
    assertEquals("IllegalStateException: mine", raised.pythonMessage());
    assertSame(mine, raised.getCause());
  }

  private static Object fail(RuntimeException e) {
    throw e;
  }

  @Test
  void anElementThatCannotCrossIsTheConversionsException() {
    PyObject consume = TestPython.define("f", "def f(i): return list(i)");
    assertEquals(List.of(1L, "a"), consume.<Object>call(List.<Object>of(1, "a").iterator()));
    java.time.LocalDate far = java.time.LocalDate.of(20000, 1, 1);
    assertThrows(PythonConversionException.class, () -> consume.call(List.of(far).iterator()));
  }

  @Test
  void javaExceptionThatPythonMadeAndRaisedIsTheSameForBoth() {
    TestPython.namespace(
        "from java.lang import IllegalStateException",
        "from java.util.function import Supplier",
        "mine = IllegalStateException('mine')",
        "def fail(): raise mine",
        "try:",
        "  Supplier(fail).get()",
        "except IllegalStateException as caught:",
        "  assert caught is mine and caught.java is mine.java");
  }
}
