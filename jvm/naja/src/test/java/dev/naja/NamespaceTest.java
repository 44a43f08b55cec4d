package dev.naja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Source text that runs with variables of its own. */
class NamespaceTest {
  private final Namespace namespace = TestPython.get().namespace();

  @Test
  void theReadmesLinesWork() {
    namespace.set("a", 1);
    namespace.exec("b = a + 1");
    int b = namespace.get("b", int.class);
    Object c = namespace.eval("a + b");
    assertEquals(2, b);
    assertEquals(3L, c);
  }

  @Test
  void valuesCrossAsTheTypeAskedFor() {
    namespace.set("m", Map.of("a", List.of(1, 2)));
    assertEquals(Map.of("a", List.of(1L, 2L)), namespace.get("m"));
    Map<String, List<Integer>> typed = namespace.get("m", new TypeRef<>() {});
    assertEquals(List.of(1, 2), typed.get("a"));
    assertEquals("dict", namespace.get("m", PyObject.class).typeName());
    assertEquals(2, namespace.evalAs(int.class, "len(m['a'])"));
    assertEquals(List.of(1, 2), namespace.evalAs(new TypeRef<List<Integer>>() {}, "m['a']"));
    namespace.set("n", null);
    assertNull(namespace.get("n"));
    assertNull(namespace.eval("n"));
  }

  @Test
  void namesAreInTheOrderOfTheirFirstAssignment() {
    namespace.exec("b = 1\na = 2\ndef f(): pass\nb = 3");
    assertEquals(List.of("b", "a", "f"), namespace.names());
    assertTrue(namespace.remove("a"));
    assertFalse(namespace.remove("a"));
    assertEquals(List.of("b", "f"), namespace.names());
  }

  @Test
  void namespacesAreApart() {
    namespace.set("a", 1);
    assertEquals(List.of(), TestPython.get().namespace().names());
  }

  @Test
  void theGlobalsAreADict() {
    namespace.exec("x = 5");
    assertEquals(5, namespace.globals().item("x", int.class));
    assertEquals("__main__", namespace.eval("__name__"));
  }

  @Test
  void aMissingVariableIsAKeyError() {
    PythonException raised = assertThrows(PythonException.class, () -> namespace.get("nothing"));
    assertEquals("KeyError: 'nothing'", raised.getMessage());
    raised = assertThrows(PythonException.class, () -> namespace.eval("nothing"));
    assertEquals("NameError: name 'nothing' is not defined", raised.getMessage());
  }

  @Test
  void aSyntaxErrorShowsLineAndCaret() {
    PythonException raised =
        assertThrows(PythonException.class, () -> namespace.exec("a = 1\nb = (a +* 2)\n"));
    assertEquals("SyntaxError", raised.pythonType());
    String[] lines = raised.getMessage().split("\n");
    assertTrue(lines[0].matches("SyntaxError: invalid syntax \\(<naja-\\d+>, line 2\\)"), lines[0]);
    assertEquals("    b = (a +* 2)", lines[1]);
    assertTrue(lines[2].matches(" {12}\\^+"), lines[2]);
    assertThrows(PythonException.class, () -> namespace.eval("a = 1"));
  }

  @Test
  void tracebacksShowTheLinesOfTheText() {
    namespace.exec("def f(x):\n  return 1 / x");
    PythonException raised = assertThrows(PythonException.class, () -> namespace.eval("f(0)"));
    assertTrue(
        raised.getPythonTraceback().contains(", line 2, in f\n    return 1 / x\n"),
        raised::getPythonTraceback);
  }

  @Test
  void nullIsNoSource() {
    assertThrows(NullPointerException.class, () -> namespace.exec(null));
    assertThrows(NullPointerException.class, () -> namespace.eval(null));
    assertThrows(NullPointerException.class, () -> namespace.set(null, 1));
    assertThrows(NullPointerException.class, () -> namespace.get(null));
    assertThrows(NullPointerException.class, () -> namespace.remove(null));
  }

  @Test
  void aClosedNamespaceSaysSo() {
    namespace.close();
    namespace.close();
    assertThrows(IllegalStateException.class, () -> namespace.exec("a = 1"));
    assertThrows(IllegalStateException.class, () -> namespace.eval("1"));
    assertThrows(IllegalStateException.class, () -> namespace.get("a"));
    assertThrows(IllegalStateException.class, () -> namespace.set("a", 1));
    assertThrows(IllegalStateException.class, namespace::names);
  }
}
