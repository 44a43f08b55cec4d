package dev.naja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.naja.fixtures.Failing;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Java exceptions in Python, Python's in Java, and both across several borders. */
class JavaExceptionsInPythonTest {
  private final Script python =
      new Script(
          "import traceback",
          "from dev.naja.fixtures import Failing as F",
          "from java.io import IOException, FileNotFoundException",
          "from java.lang import IllegalArgumentException, IllegalStateException, Throwable",
          "def caught(function, kind=BaseException):",
          "    try: function()",
          "    except kind as e: return e",
          "def fail(error): raise error");

  @Test
  void exceptCatchesByJavasInheritance() {
    python.gives(
        "no file",
        "caught(F.checked, IOException).getMessage()",
        "no file",
        "str(caught(F.checked, FileNotFoundException))",
        "FileNotFoundException('no file')",
        "repr(caught(F.checked, Throwable))",
        true,
        "isinstance(caught(F.checked), naja.JavaException)",
        true,
        "isinstance(caught(F.checked), Exception)",
        false,
        "isinstance(caught(F.checked), IllegalStateException)",
        "java.io.FileNotFoundException: no file",
        "caught(F.checked).toString()",
        "",
        "str(caught(F.silent))");
  }

  @Test
  void theSameThrowableComesOutInJava() {
    assertSame(Failing.THE_ONE, python.thrown(IOException.class, "F.again()"));
    assertSame(
        Failing.THE_ONE,
        python.thrown(IOException.class, "try: F.again()\nexcept IOException as e: raise e"));
    assertSame(Failing.THE_ONE, python.thrown(IOException.class, "try: F.again()\nfinally: pass"));
  }

  @Test
  void theSameThrowableIsTheSameException() {
    python.gives(
        true, "caught(F.again) is F.THE_ONE",
        true, "caught(F.again).java is F.THE_ONE.java",
        true, "F.caught(F.again) is F.THE_ONE");
  }

  @Test
  void theOpaqueObjectBehindItIsTheThrowable() {
    assertSame(Failing.THE_ONE, python.eval(IOException.class, "F.THE_ONE.java"));
    python.gives(true, "isinstance(F.THE_ONE.java, IOException)");
  }

  @Test
  void causesAreThoseOfPython() {
    python.gives(
        "inner",
        "str(caught(F.caused).__cause__)",
        true,
        "caught(F.caused).__cause__.getMessage() == 'inner'",
        true,
        "(lambda e: e.getCause() is e.__cause__)(caught(F.caused))");
  }

  @Test
  void tracebacksShowTheFramesOfJava() {
    Namespace namespace = TestPython.namespace("from dev.naja.fixtures import Failing as F");
    namespace.exec(
        String.join(
            "\n",
            "import traceback",
            "def through(): F.caused()",
            "try: F.call(through)",
            "except Exception: text = traceback.format_exc()"));
    List<String> lines =
        Arrays.asList(
            namespace.get("text", String.class).replaceAll(", line \\d+", "").split("\n"));
    assertTrue(
        lines.contains("  File \"Failing.java\", in dev.naja.fixtures.Failing.caused"),
        lines.toString());
    assertTrue(lines.contains("java.io.IOException: inner"), lines.toString());
    assertEquals("java.lang.IllegalStateException: outer", lines.get(lines.size() - 1));
  }

  @Test
  void pythonRaisesJavasExceptions() {
    IllegalArgumentException thrown =
        python.thrown(IllegalArgumentException.class, "raise IllegalArgumentException('x')");
    assertEquals("x", thrown.getMessage());
    thrown =
        python.thrown(
            IllegalArgumentException.class, "raise IllegalArgumentException('x', F.THE_ONE)");
    assertSame(Failing.THE_ONE, thrown.getCause());
    assertNull(
        python.thrown(IllegalStateException.class, "raise IllegalStateException()").getMessage());
    python.gives(
        "x", "F.caught(lambda: fail(IllegalArgumentException('x'))).getMessage()",
        "y", "IllegalArgumentException('x', IOException('y')).__cause__.getMessage()");
  }

  @Test
  void pythonsExceptionsCrossJavaAsThemselves() {
    python
        .run("error = ValueError('mine')")
        .gives(
            true,
            "caught(lambda: F.call(lambda: fail(error))) is error",
            true,
            "F.caught(lambda: fail(error)) is error",
            "ZeroDivisionError",
            "type(caught(lambda: F.call(lambda: 1 / 0))).__name__")
        .raises("ValueError: mine", "F.call(lambda: fail(error))")
        .raises("KeyError: 'k'", "F.call(lambda: {}['k'])");
  }

  @Test
  void pythonsExceptionsAreCausesOfJavas() {
    python.run("error = ValueError('why')");
    IllegalStateException thrown =
        python.thrown(IllegalStateException.class, "raise IllegalStateException('x', error)");
    PythonException cause = (PythonException) thrown.getCause();
    assertEquals("ValueError", cause.pythonType());
    python.gives(true, "IllegalStateException('x', error).__cause__ is error");
  }

  @Test
  void whatFailsWhileAnotherIsHandledHasItForItsContext() {
    python.gives(
        "KeyError",
        "type(caught(lambda: exec('try: {}[1]\\nexcept KeyError: F.silent()'),"
            + " ).__context__).__name__");
  }

  @Test
  void withClosesAndLetsBothErrorsBeSeen() {
    python
        .run("r = F.Resource()", "with r as inside: assert inside is r and r.closed == 0")
        .gives(1L, "r.closed")
        .raises("KeyError: 1", "with r: {}[1]")
        .gives(2L, "r.closed")
        .run("r.fails = True");
    assertEquals(
        "cannot close", python.thrown(IllegalStateException.class, "with r: pass").getMessage());
    python.gives(
        "KeyError",
        "type(caught(lambda: exec('with r: {}[1]'), IllegalStateException).__context__).__name__");
  }

  @Test
  void aStackOverflowInJavaIsCaughtInPython() {
    python.gives(
        "StackOverflowError",
        "type(caught(lambda: F.overflow(0))).__name__",
        7L,
        "len(repr([[[1]]]))");
    assertThrows(StackOverflowError.class, () -> python.run("F.overflow(0)"));
  }

  @Test
  void anOutOfMemoryInJavaIsCaughtInPython() {
    python.gives("OutOfMemoryError", "type(caught(F.exhaust)).__name__", 7L, "len(repr([[[1]]]))");
    assertThrows(OutOfMemoryError.class, () -> python.run("F.exhaust()"));
  }

  @Test
  void suppressedExceptionsAndStacksAreReached() {
    python
        .run("e = caught(F.checked)", "e.addSuppressed(IOException('s'))")
        .gives(
            "s", "e.getSuppressed()[0].getMessage()",
            "checked", "e.getStackTrace()[0].getMethodName()");
  }

  @Test
  void pickledTheyKeepTheirText() {
    python.gives(
        "java.io.FileNotFoundException: no file",
        "str(__import__('pickle').loads(__import__('pickle').dumps(caught(F.checked))))");
  }

  @Test
  void aPythonExceptionThatJavaThrowsComesOutAsTheSameObject() {
    PythonException mine = assertThrows(PythonException.class, () -> python.run("1 / 0"));
    PyObject passOn =
        TestPython.define(
            "f", "def f(i):", "  try: list(i)", "  except ZeroDivisionError as e: raise e");
    PyObject annotate =
        TestPython.define(
            "f",
            "def f(i):",
            "  try: list(i)",
            "  except ZeroDivisionError as e:",
            "    e.__notes__ = ['on the way']",
            "    raise");
    assertSame(mine, assertThrows(PythonException.class, () -> passOn.call(failing(mine))));
    PythonException noted = assertThrows(PythonException.class, () -> annotate.call(failing(mine)));
    assertEquals(List.of("on the way"), noted.notes());
  }

  private static Iterator<Object> failing(RuntimeException e) {
    return Stream.<Object>of(1)
        .map(
            any -> {
              throw e;
            })
        .iterator();
  }
}
