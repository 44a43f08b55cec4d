package dev.naja.pemja;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import pemja.core.Interpreter;
import pemja.core.PythonException;
import pemja.core.PythonInterpreter;
import pemja.core.object.PyIterator;
import pemja.core.object.PyObject;

/** Calls by name, and what goes wrong in them. */
class InvokeTest {
  private final PythonInterpreter interpreter =
      Interpreters.with(
          "def same(x): return x",
          "def first(*args): return args[0]",
          "def named(**kwargs): return kwargs['a']",
          "def both(*args, **kwargs): return args[0] + kwargs['a']",
          "def nothing(): pass",
          "class Counter:",
          "  def __init__(self): self.n = 0",
          "  def add(self, *ns):",
          "    for n in ns: self.n += n",
          "    return self.n",
          "counter = Counter()",
          "def new_counter(): return Counter()",
          "def generate(n):",
          "  for i in range(n): yield i",
          "  if n > 1: raise ValueError('no more')",
          "import json");

  @AfterEach
  void close() {
    interpreter.close();
  }

  @Test
  void argumentsArePositionalAndNamed() {
    for (int i = 0; i < 4; i++) { // Looked up, resolved, known.
      assertEquals(1L, interpreter.invoke("same", 1));
      assertEquals(1L, interpreter.invoke("first", 1, "b", 2.5));
      assertEquals(2L, interpreter.invoke("named", Map.of("a", 2)));
      assertEquals(3L, interpreter.invoke("both", new Object[] {1}, Map.of("a", 2)));
      assertNull(interpreter.invoke("nothing"));
      assertNull(interpreter.invoke("same", (Object) null));
      assertEquals("[1, 2]", interpreter.invoke("json.dumps", (Object) new int[] {1, 2}));
    }
  }

  @Test
  void aNameThatIsCalledAgainAndAgainKeepsItsMeaning() {
    for (int i = 1; i < 6; i++) {
      assertEquals((long) i, interpreter.invokeMethod("counter", "add", 1));
    }
    assertEquals(12L, interpreter.invokeMethod("counter", "add", 3, 4));
    assertEquals(1.5, interpreter.invoke("same", 1.5));
    assertEquals(2.5, interpreter.invoke("same", 2.5));
    interpreter.exec("def same(x): return -x");
    assertEquals(-2.5, interpreter.invoke("same", 2.5));
    interpreter.set("same", interpreter.get("first"));
    assertEquals(2.5, interpreter.invoke("same", 2.5));
  }

  @Test
  void aFunctionOfAFloatMayReturnAnything() {
    interpreter.exec("def kinds(x): return x if x < 4 else int(x) if x < 6 else [x]");
    for (int i = 0; i < 4; i++) {
      assertEquals((double) i, interpreter.invoke("kinds", (double) i));
    }
    assertEquals(4L, interpreter.invoke("kinds", 4.5));
    assertEquals(5L, interpreter.invoke("kinds", 5.5));
    assertEquals(1.5, interpreter.invoke("kinds", 1.5));
    assertEquals(List.of(6.5), interpreter.invoke("kinds", 6.5));
  }

  @Test
  void objectsGoByReferenceAndComeBackAsThemselves() {
    List<Object> list = new ArrayList<>(List.of(1L, "a"));
    Map<String, Object> nested = new HashMap<>(Map.of("inner", new HashMap<>(Map.of("x", list))));
    for (int i = 0; i < 3; i++) {
      assertSame(list, interpreter.invoke("same", list));
      assertSame(nested, interpreter.invoke("first", nested, 1));
      assertSame(list, interpreter.invoke("named", Map.of("a", list)));
      Object[] row = (Object[]) interpreter.invoke("same", (Object) new Object[] {list, 1});
      assertSame(list, row[0]);
    }
    interpreter.exec("def dig(m): m['inner']['x'].append(3); return m['inner']['x'][2]");
    assertEquals(3L, interpreter.invoke("dig", (Object) nested));
    assertEquals(List.of(1L, "a", 3L), list);
  }

  @Test
  void pythonObjectsHaveAttributesAndMethods() throws Exception {
    PyObject made = (PyObject) interpreter.invoke("new_counter");
    assertEquals(2L, made.invokeMethod("add", 2));
    made.setAttr("n", 4);
    assertEquals(4, made.getAttr("n", Integer.class));
    assertEquals(4L, made.getAttr("n"));
    assertEquals(10L, made.invokeMethod("add", 1, 2, 3));
    made.close();
    made.close();
    assertEquals(
        "This Python object is closed: close() was called on it. Close an object after its last"
            + " use.",
        assertThrows(IllegalStateException.class, () -> made.getAttr("n")).getMessage());
  }

  @Test
  void aGeneratorThatRaisesSaysSoWhereItDoes() {
    PyIterator generator = (PyIterator) interpreter.invoke("generate", 2);
    assertTrue(generator.hasNext());
    assertEquals(0L, generator.next());
    assertEquals(1L, generator.next());
    assertEquals(
        "<class 'ValueError'>: no more",
        assertThrows(PythonException.class, generator::hasNext).getMessage());
    PyIterator empty = (PyIterator) interpreter.invoke("generate", 0);
    assertThrows(NoSuchElementException.class, empty::next);
  }

  @Test
  void whatIsMissingIsNamed() {
    assertRaises(
        "<class 'RuntimeError'>: Failed to find the function `absent`: the interpreter has no such"
            + " global variable; define or import it by exec",
        () -> interpreter.invoke("absent"));
    assertRaises(
        "<class 'RuntimeError'>: Failed to find the module `absent`: the interpreter has no such"
            + " global variable; import it by exec",
        () -> interpreter.invoke("absent.f", 1));
    assertRaises(
        "<class 'RuntimeError'>: Failed to find the function `absent` in `json`: module 'json' has"
            + " no attribute 'absent'",
        () -> interpreter.invoke("json.absent", 1));
    assertRaises(
        "<class 'RuntimeError'>: Failed to find the object `absent`: the interpreter has no such"
            + " global variable; set it, or define it by exec",
        () -> interpreter.invokeMethod("absent", "f"));
    assertRaises(
        "<class 'RuntimeError'>: Failed to find the method `absent` in object `counter`: 'Counter'"
            + " object has no attribute 'absent'",
        () -> interpreter.invokeMethod("counter", "absent", 1));
  }

  @Test
  void exceptionsHavePythonsFramesOnTop() {
    interpreter.exec("def fail():\n  raise ValueError('no such merchant')");
    PythonException raised = assertThrows(PythonException.class, () -> interpreter.invoke("fail"));
    assertEquals("<class 'ValueError'>: no such merchant", raised.getMessage());
    assertEquals("fail", raised.getStackTrace()[0].getMethodName());
    assertEquals(2, raised.getStackTrace()[0].getLineNumber());
    assertTrue(
        Arrays.stream(raised.getStackTrace())
            .anyMatch(frame -> frame.getClassName().equals(InvokeTest.class.getName())));
    assertEquals("ValueError", ((dev.naja.PythonException) raised.getCause()).pythonType());
  }

  @Test
  void sysExitIsAnExceptionLikeAnyOther() {
    interpreter.exec("import sys");
    assertRaises("<class 'SystemExit'>: 3", () -> interpreter.invoke("sys.exit", 3));
    assertRaises("<class 'SystemExit'>: 3", () -> interpreter.exec("sys.exit(3)"));
  }

  @Test
  void aClosedInterpreterSaysSo() {
    interpreter.close();
    interpreter.close();
    String message =
        "The Python interpreter is closed: close() was called on it. Make a new PythonInterpreter.";
    for (org.junit.jupiter.api.function.Executable use :
        List.<org.junit.jupiter.api.function.Executable>of(
            () -> interpreter.get("a"),
            () -> interpreter.set("a", 1),
            () -> interpreter.exec("a = 1"),
            () -> interpreter.invoke("same", 1),
            () -> interpreter.invokeMethod("counter", "add", 1))) {
      assertEquals(message, assertThrows(IllegalStateException.class, use).getMessage());
    }
  }

  @Test
  void javaThatPythonCallsMayUseTheSameInterpreter() {
    class Host {
      @SuppressWarnings("unused") // Python calls it.
      public Object again(Interpreter inner, int depth) {
        inner.exec("depth = " + depth);
        return depth == 0 ? inner.get("depth") : inner.invoke("nest", this, inner, depth - 1);
      }
    }
    interpreter.exec("def nest(host, inner, depth): return host.again(inner, depth)");
    assertEquals(0L, interpreter.invoke("nest", new Host(), interpreter, 20));
  }

  @Test
  void decimalsOfAnyKindCross() {
    assertArrayEquals(
        new Object[] {new BigDecimal("1.50"), 1.5},
        (Object[])
            interpreter.invoke("same", (Object) new Object[] {new BigDecimal("1.50"), 1.5f}));
  }

  private static void assertRaises(
      String message, org.junit.jupiter.api.function.Executable executable) {
    assertEquals(message, assertThrows(PythonException.class, executable).getMessage());
  }
}
