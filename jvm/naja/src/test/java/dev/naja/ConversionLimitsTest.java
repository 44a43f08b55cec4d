package dev.naja;

import static dev.naja.SameValue.assertSameValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is very large, very deep, endless, or goes by reference; and that failures leak nothing. */
class ConversionLimitsTest {
  private static final long SMALL_STACK = 512 * 1024;

  private static final Namespace NAMESPACE =
      TestPython.namespace(
          """
          def echo(value):
              return value

          def nested(depth):
              value = []
              for _ in range(depth):
                  value = [value]
              return value

          def depth(value):
              depth = 0
              while value:
                  value = value[0]
                  depth += 1
              return depth

          class Thing:
              pass
          """);

  private static final PyObject ECHO = NAMESPACE.get("echo", PyObject.class);

  interface Named {
    String name();
  }

  record Things(int count, PyObject thing, List<PyObject> more) {}

  private static <T> T onSmallStack(Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(null, task, "small stack", SMALL_STACK);
    thread.start();
    return task.get();
  }

  private static List<Object> nested(int depth) {
    List<Object> value = List.of();
    for (int i = 0; i < depth; i++) {
      value = List.of(value);
    }
    return value;
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "\u00FF", "\u0416", "\uD83D\uDE00"})
  void textOfTenMegabytesCrosses(String unit) {
    String text = unit.repeat(10_000_000 / unit.length());
    assertEquals(text, ECHO.callAs(String.class, text));
  }

  @Test
  void millionElementsCross() {
    List<Long> numbers = new ArrayList<>();
    for (long i = 0; i < 1_000_000; i++) {
      numbers.add(i);
    }
    assertEquals(numbers, ECHO.call(numbers));
    int[] array = IntStream.range(0, 1_000_000).toArray();
    assertSameValue(array, ECHO.callAs(int[].class, array));
  }

  @Test
  void loneSurrogateInTenMegabytesCrosses() {
    String text = "a".repeat(10_000_000) + "\uDE00";
    assertEquals(text, ECHO.callAs(String.class, text));
  }

  @Test
  void fiftyMegabytesCross() {
    byte[] bytes = new byte[50_000_000];
    Arrays.fill(bytes, 20_000_000, 20_001_000, (byte) 7);
    assertArrayEquals(bytes, ECHO.callAs(byte[].class, bytes));
  }

  @Test
  void hundredsOfLevelsCrossOnASmallStack() throws Exception {
    PyObject depth = NAMESPACE.get("depth", PyObject.class);
    assertEquals(500, onSmallStack(() -> depth.callAs(int.class, nested(500))));
    PyObject nested = NAMESPACE.get("nested", PyObject.class);
    List<?> value = onSmallStack(() -> nested.callAs(List.class, 500));
    assertEquals(500, depth.callAs(int.class, value));
  }

  @Test
  void javaValueBeyondTheStackIsRefused() throws Exception {
    List<Object> value = nested(1_000_000);
    String message =
        onSmallStack(
            () ->
                assertThrows(PythonConversionException.class, () -> ECHO.call(value)).getMessage());
    assertTrue(message.contains("too deeply"), message);
    assertEquals("still there", ECHO.call("still there"));
  }

  @Test
  void pythonValueBeyondTheStackIsRefused() throws Exception {
    PyObject value = NAMESPACE.evalAs(PyObject.class, "nested(1_000_000)");
    String message =
        onSmallStack(
            () ->
                assertThrows(PythonConversionException.class, () -> value.as(List.class))
                    .getMessage());
    assertTrue(message.contains("stack"), message);
    assertEquals("still there", ECHO.call("still there"));
  }

  @Test
  void pythonValueThatContainsItselfIsRefused() {
    NAMESPACE.exec("endless = []; endless.append({'a': (endless,)})");
    String message =
        assertThrows(PythonConversionException.class, () -> NAMESPACE.get("endless")).getMessage();
    assertTrue(message.contains("contains itself"), message);
  }

  @Test
  void javaObjectComesBackAsItself() {
    Object object = new Object();
    List<Integer> list = new ArrayList<>();
    assertSame(object, ECHO.call(object));
    assertSame(list, ECHO.call(PyRef.of(list)));
    assertSame(list, ECHO.callAs(List.class, PyRef.of(list)));
    assertSame(Thread.currentThread(), ECHO.callAs(Thread.class, Thread.currentThread()));
  }

  @Test
  void pythonObjectComesBackAsItself() {
    try (PyObject thing = NAMESPACE.evalAs(PyObject.class, "Thing()");
        PyObject again = ECHO.callAs(PyObject.class, thing)) {
      assertTrue(thing.is(again));
    }
  }

  @Test
  void javaIteratorIsAskedForAnElementAtATime() {
    AtomicInteger asked = new AtomicInteger();
    Iterator<Integer> numbers = IntStream.generate(asked::incrementAndGet).iterator();
    try (PyObject iterator = ECHO.callAs(PyObject.class, numbers);
        PyObject next = NAMESPACE.evalAs(PyObject.class, "next")) {
      assertEquals(1L, next.callAs(long.class, iterator));
      assertEquals(2L, next.callAs(long.class, iterator));
      assertEquals(2, asked.get());
    }
  }

  @Test
  void pythonGeneratorIsAskedForAnElementAtATime() {
    NAMESPACE.exec(
        "asked = []\ndef generate():\n  for i in range(2):\n    asked.append(i)\n    yield i");
    Iterator<Integer> numbers = NAMESPACE.evalAs(new TypeRef<Iterator<Integer>>() {}, "generate()");
    assertEquals(0, numbers.next());
    assertEquals(List.of(0L), NAMESPACE.get("asked"));
    assertEquals(1, numbers.next());
    assertFalse(numbers.hasNext());
    assertThrows(NoSuchElementException.class, numbers::next);
  }

  @Test
  void elementsComeByReferenceWhereTheTypeSaysSo() {
    List<PyObject> list = NAMESPACE.evalAs(new TypeRef<List<PyObject>>() {}, "[1, [2], None]");
    assertEquals("[2]", list.get(1).repr());
    assertTrue(list.get(2).isNone());
    Map<String, PyObject> map =
        NAMESPACE.evalAs(new TypeRef<Map<String, PyObject>>() {}, "{'a': [1]}");
    assertEquals("[1]", map.get("a").repr());
    assertEquals(Optional.empty(), NAMESPACE.evalAs(new TypeRef<Optional<PyObject>>() {}, "None"));
    assertNull(NAMESPACE.evalAs(new TypeRef<List<PyObject>>() {}, "None"));
    NAMESPACE.exec("from types import SimpleNamespace");
    Things things =
        NAMESPACE.evalAs(Things.class, "SimpleNamespace(count=1, thing=[1], more=[[2], 'a'])");
    assertEquals("[1]", things.thing().repr());
    assertEquals("'a'", things.more().get(1).repr());
  }

  @Test
  void interfaceIsBoundWhereverItStands() {
    NAMESPACE.exec("class Ann:\n  def name(self): return 'Ann'");
    List<Named> named = NAMESPACE.evalAs(new TypeRef<List<Named>>() {}, "[Ann(), None]");
    assertEquals("Ann", named.get(0).name());
    assertNull(named.get(1));
    assertTrue(ECHO.callAs(PyObject.class, named.get(0)).repr().contains("Ann object"));
  }

  @Test
  void failedConversionGivesEveryHandleBack() {
    NAMESPACE.exec("endless = [Thing() for _ in range(100)]; endless.append(endless)");
    long before = TestPython.get().handleCount();
    for (int i = 0; i < 10; i++) {
      assertThrows(
          PythonConversionException.class,
          () ->
              NAMESPACE.evalAs(
                  new TypeRef<List<Integer>>() {}, "[1] + [Thing() for _ in range(100)]"));
      assertThrows(PythonConversionException.class, () -> NAMESPACE.get("endless"));
    }
    assertTrue(TestPython.get().handleCount() < before + 100);
  }

  @Test
  void numberOfAnObjectGivesItsHandleBack() {
    long before = TestPython.get().handleCount();
    for (int i = 0; i < 1000; i++) {
      NAMESPACE.evalAs(double.class, "__import__('fractions').Fraction(1, 2)");
    }
    assertTrue(TestPython.get().handleCount() < before + 100);
  }
}
