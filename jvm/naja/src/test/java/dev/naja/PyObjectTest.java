package dev.naja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What a Python object does in Java: every operation, and what happens when Python raises in it.
 */
class PyObjectTest {

  private static final String[] HOSTILE = {
    "class Hostile:",
    "  def __str__(self): raise ValueError('no str')",
    "  def __repr__(self): raise ValueError('no repr')",
    "  def __eq__(self, other): raise ValueError('no eq')",
    "  def __hash__(self): raise ValueError('no hash')",
    "  def __len__(self): raise ValueError('no len')",
    "  def __bool__(self): raise ValueError('no bool')",
    "  def __iter__(self): raise ValueError('no iter')",
    "  def __getattr__(self, name): raise ValueError('no ' + name)",
    "  def __dir__(self): raise ValueError('no dir')",
    "hostile = Hostile()"
  };

  private static PyObject hostile() {
    return TestPython.define("hostile", HOSTILE);
  }

  private static void assertRaises(String message, Runnable action) {
    PythonException raised = assertThrows(PythonException.class, action::run);
    assertEquals(message, raised.getMessage());
  }

  @Test
  void attributesAreGotSetAndDeleted() {
    PyObject object = TestPython.define("o", "class C: pass", "o = C()");
    object.setAttr("number", 7);
    assertEquals(7L, object.attr("number").as(Object.class));
    assertEquals(7, object.attr("number", int.class));
    assertEquals(List.of(7L), TestPython.get().of(List.of(7)).as(new TypeRef<List<Long>>() {}));
    assertTrue(object.hasAttr("number"));
    object.setAttr("number", null);
    assertTrue(object.attr("number").isNone());
    object.delAttr("number");
    assertFalse(object.hasAttr("number"));
    PythonException raised = assertThrows(PythonException.class, () -> object.delAttr("number"));
    assertEquals("AttributeError", raised.pythonType());
  }

  @Test
  void aGenericAttributeIsConverted() {
    PyObject object = TestPython.define("o", "class C: sizes = {'a': [1, 2]}", "o = C()");
    Map<String, List<Integer>> sizes = object.attr("sizes", new TypeRef<>() {});
    assertEquals(Map.of("a", List.of(1, 2)), sizes);
  }

  @Test
  void aMissingAttributeIsNamedWithItsNeighbour() {
    PythonException raised =
        assertThrows(PythonException.class, () -> TestPython.get().module("math").attr("sqr_root"));
    assertEquals("AttributeError", raised.pythonType());
    assertTrue(
        raised.getMessage().startsWith("AttributeError: module 'math' has no attribute 'sqr_root'"),
        raised.getMessage());
  }

  @Test
  void pythonsOwnHintIsInTheMessage() {
    PythonException raised =
        assertThrows(PythonException.class, () -> TestPython.get().module("math").attr("sqrtt"));
    boolean hints = minor() >= 10;
    assertEquals(hints, raised.getMessage().endsWith("Did you mean: 'sqrt'?"), raised::getMessage);
  }

  static int minor() {
    return Integer.parseInt(TestPython.get().version().split("\\.")[1]);
  }

  @Test
  void itemsAreGotSetAndDeleted() {
    PyObject dict = TestPython.eval("{'a': 1}");
    dict.setItem("b", List.of(2));
    assertEquals(1, dict.item("a", int.class));
    assertEquals(List.of(2L), dict.item("b", new TypeRef<List<Long>>() {}));
    assertEquals("list", dict.item("b").typeName());
    assertTrue(dict.contains("a"));
    assertFalse(dict.contains("c"));
    dict.delItem("a");
    assertFalse(dict.contains("a"));
    assertRaises("KeyError: 'a'", () -> dict.item("a"));
    assertRaises("IndexError: list index out of range", () -> TestPython.eval("[]").item(0));
  }

  @Test
  void aCallGivesTheDefaultMapping() {
    PyObject function = TestPython.eval("lambda *a: a[0] if a else None");
    double number = function.call(1.5);
    String text = function.call("a");
    Object nothing = function.call();
    Object list = function.call(List.of(1, "a"));
    assertEquals(1.5, number);
    assertEquals("a", text);
    assertNull(nothing);
    assertEquals(List.of(1L, "a"), list);
    PyObject type = function.call(function);
    assertTrue(type.is(function));
  }

  @Test
  void aCallWithOneNullPassesNone() {
    PyObject count = TestPython.eval("lambda *a: [x is None for x in a]");
    assertEquals(List.of(true), count.<Object>call((Object[]) null));
    assertEquals(List.of(true), count.<Object>call((Object) null));
    assertEquals(List.of(true, false), count.<Object>call(null, 1));
  }

  @Test
  void keywordArgumentsArePassedByName() {
    PyObject fit = TestPython.eval("lambda *a, **k: (a, sorted(k.items()))");
    Object[] arguments = {1};
    Object got = fit.call(arguments, Map.of("epochs", 3));
    assertEquals(List.of(List.of(1L), List.of(List.of("epochs", 3L))), got);
    PyObject three = TestPython.eval("lambda *, epochs: epochs");
    int epochs = three.callAs(int.class, new Object[0], Map.of("epochs", 3));
    long wide = three.callAs(new TypeRef<Long>() {}, new Object[0], Map.of("epochs", 3));
    assertEquals(3, epochs);
    assertEquals(3L, wide);
    assertThrows(
        NullPointerException.class,
        () -> three.call(new Object[0], java.util.Collections.singletonMap(null, 3)));
  }

  @Test
  void callAsConvertsAndRefuses() {
    PyObject identity = TestPython.eval("lambda x: x");
    assertEquals("a", identity.callAs(String.class, "a"));
    assertEquals(List.of(1.0), identity.callAs(new TypeRef<List<Double>>() {}, List.of(1.0)));
    assertEquals("list", identity.callAs(PyObject.class, List.of(1)).typeName());
    assertThrows(PythonConversionException.class, () -> identity.callAs(int.class, 1L << 40));
    assertThrows(PythonConversionException.class, () -> identity.callAs(int.class, "x"));
    assertNull(identity.callAs(void.class, "x"));
  }

  @Test
  void invokeGivesAReferenceWhateverTheType() {
    PyObject text = TestPython.get().module("builtins").attr("str");
    assertEquals("12", text.invoke(12).attr("strip").invoke().as(String.class));
    assertEquals("int", TestPython.eval("int").invoke("5").typeName());
  }

  @Test
  void whatIsNotCallableSaysSo() {
    PyObject five = TestPython.eval("5");
    assertFalse(five.isCallable());
    assertTrue(TestPython.eval("len").isCallable());
    assertRaises("TypeError: 'int' object is not callable", five::call);
  }

  @Test
  void aWrongArityIsPythonsTypeError() {
    PyObject two = TestPython.define("two", "def two(a, b): pass");
    assertRaises("TypeError: two() missing 1 required positional argument: 'b'", () -> two.call(1));
    assertRaises(
        "TypeError: two() takes 2 positional arguments but 3 were given", () -> two.call(1, 2, 3));
  }

  @Test
  void nullWherePythonNeedsAValueIsPythonsTypeError() {
    PythonException raised =
        assertThrows(
            PythonException.class,
            () -> TestPython.get().module("math").attr("sqrt").call((Object) null));
    assertEquals("TypeError: must be real number, not NoneType", raised.getMessage());
  }

  @Test
  void aNullNameIsRefusedByJava() {
    PyObject object = TestPython.eval("object()");
    assertThrows(NullPointerException.class, () -> object.attr(null));
    assertThrows(NullPointerException.class, () -> object.setAttr(null, 1));
    assertThrows(NullPointerException.class, () -> object.delAttr(null));
    assertThrows(NullPointerException.class, () -> object.hasAttr(null));
    assertThrows(NullPointerException.class, () -> object.isInstance(null));
    assertThrows(NullPointerException.class, () -> object.as((Class<?>) null));
  }

  @Test
  void lengthTextAndTruth() {
    PyObject list = TestPython.eval("[1, 'a']");
    assertEquals(2, list.length());
    assertEquals("[1, 'a']", list.str());
    assertEquals("[1, 'a']", list.repr());
    assertEquals("[1, 'a']", list.toString());
    assertEquals("'a'", list.item(1).repr());
    assertEquals("a", list.item(1).toString());
    assertTrue(list.isTrue());
    assertFalse(TestPython.eval("[]").isTrue());
    assertTrue(TestPython.eval("None").isNone());
    assertFalse(TestPython.eval("0").isNone());
    assertRaises("TypeError: object of type 'int' has no len()", TestPython.eval("1")::length);
  }

  @Test
  void iterationConvertsEachElement() {
    List<Object> elements = new ArrayList<>();
    TestPython.eval("[1, 'a', None, 2.5, [3]]").forEach(elements::add);
    List<Object> expected = new ArrayList<>(List.of(1L, "a", 2.5, List.of(3L)));
    expected.add(2, null);
    assertEquals(expected, elements);
    int sum = 0;
    for (int number : TestPython.eval("(x * x for x in range(4))").iterate(int.class)) {
      sum += number;
    }
    assertEquals(14, sum);
    List<String> types = new ArrayList<>();
    for (PyObject element : TestPython.eval("[1, None, 'a']").iterate(PyObject.class)) {
      types.add(element.typeName());
    }
    assertEquals(List.of("int", "NoneType", "str"), types);
  }

  @Test
  void anIteratorEndsAsJavasDo() {
    Iterator<Object> iterator = TestPython.eval("[1]").iterator();
    assertTrue(iterator.hasNext());
    assertTrue(iterator.hasNext());
    assertEquals(1L, iterator.next());
    assertFalse(iterator.hasNext());
    assertThrows(NoSuchElementException.class, iterator::next);
  }

  @Test
  void anIteratorThrowsWhatPythonRaises() {
    Iterator<Object> iterator =
        TestPython.define("g", "def f():", "  yield 1", "  raise ValueError('end')", "g = f()")
            .iterator();
    assertEquals(1L, iterator.next());
    assertRaises("ValueError: end", iterator::hasNext);
    assertRaises("TypeError: 'int' object is not iterable", TestPython.eval("1")::iterator);
  }

  @Test
  void equalityAndHashArePythons() {
    PyObject one = TestPython.eval("(1, 'a')");
    PyObject same = TestPython.eval("(1, 'a')");
    assertEquals(one, same);
    assertEquals(one.hashCode(), same.hashCode());
    assertNotEquals(one, TestPython.eval("(1, 'b')"));
    assertNotEquals(one, null);
    assertNotEquals(one, List.of(1L, "a"));
    assertEquals(TestPython.eval("1"), TestPython.eval("1.0"));
    Map<PyObject, String> map = new HashMap<>();
    map.put(one, "found");
    assertEquals("found", map.get(same));
    PyObject nan = TestPython.eval("float('nan')");
    assertEquals(nan, nan);
    assertRaises("TypeError: unhashable type: 'list'", TestPython.eval("[]")::hashCode);
  }

  @Test
  void identityIsPythons() {
    PyObject list = TestPython.eval("[]");
    assertFalse(list.is(TestPython.eval("[]")));
    assertFalse(list.is(null));
    assertTrue(list.is(TestPython.eval("lambda x: x").invoke(list)));
  }

  @Test
  void typesAreKnown() {
    PyObject flag = TestPython.eval("True");
    PyObject builtins = TestPython.get().module("builtins");
    assertTrue(flag.isInstance(builtins.attr("int")));
    assertTrue(flag.isInstance(TestPython.eval("(str, bool)")));
    assertFalse(flag.isInstance(builtins.attr("str")));
    assertEquals("bool", flag.typeName());
    assertEquals(
        "decimal.Decimal", TestPython.get().module("decimal").attr("Decimal").invoke().typeName());
    assertThrows(PythonException.class, () -> flag.isInstance(flag));
    assertTrue(flag.dir().contains("bit_length"), () -> flag.dir().toString());
  }

  @Test
  void whatPythonRaisesInAnySlotIsThrown() {
    PyObject hostile = hostile();
    assertRaises("ValueError: no str", hostile::str);
    assertRaises("ValueError: no str", hostile::toString);
    assertRaises("ValueError: no repr", hostile::repr);
    assertRaises("ValueError: no eq", () -> hostile.equals(TestPython.eval("1")));
    assertRaises("ValueError: no hash", hostile::hashCode);
    assertRaises("ValueError: no len", hostile::length);
    assertRaises("ValueError: no bool", hostile::isTrue);
    assertRaises("ValueError: no iter", hostile::iterator);
    assertRaises("ValueError: no x", () -> hostile.attr("x"));
    assertRaises("ValueError: no x", () -> hostile.hasAttr("x"));
    assertRaises("ValueError: no dir", hostile::dir);
    assertTrue(hostile.typeName().endsWith("Hostile"), hostile.typeName());
  }

  @Test
  void aClosedObjectSaysSoAndIsHarmless() {
    PyObject object = TestPython.eval("[1]");
    assertFalse(object.isClosed());
    object.close();
    object.close();
    assertTrue(object.isClosed());
    List<Runnable> uses =
        List.of(
            object::length,
            object::str,
            object::hashCode,
            object::iterator,
            object::call,
            object::isNone,
            () -> object.attr("x"),
            () -> object.setAttr("x", 1),
            () -> object.hasAttr("x"),
            () -> object.as(Object.class),
            () -> object.equals(TestPython.eval("1")),
            () -> TestPython.eval("[1]").equals(object),
            () -> TestPython.eval("len").call(object),
            () -> TestPython.eval("[]").setItem(0, object),
            () -> object.bind(Runnable.class));
    for (Runnable use : uses) {
      IllegalStateException closed = assertThrows(IllegalStateException.class, use::run);
      assertTrue(closed.getMessage().contains("closed"), closed.getMessage());
    }
    assertEquals("a Python object that is closed", object.toString());
    assertSame(object, object);
  }

  @Test
  void closingGivesTheReferenceBack() {
    PyObject list = TestPython.eval("[]");
    PyObject getRefCount = TestPython.get().module("sys").attr("getrefcount");
    long before = getRefCount.call(list);
    List<PyObject> references = new ArrayList<>();
    PyObject identity = TestPython.eval("lambda x: x");
    for (int i = 0; i < 100; i++) {
      references.add(identity.invoke(list));
    }
    assertEquals(before + 100, getRefCount.callAs(long.class, list));
    references.forEach(PyObject::close);
    assertEquals(before, getRefCount.callAs(long.class, list));
  }

  @Test
  void whatIsClosedIsDroppedThoughNobodyCallsPythonAgain() throws InterruptedException {
    PyObject make =
        TestPython.eval("lambda done: type('Ends', (), {'__del__': lambda _: done()})()");
    for (int i = 0; i < 3; i++) {
      CountDownLatch dropped = new CountDownLatch(2);
      Runnable done = dropped::countDown;
      PyObject first = make.invoke(done);
      PyObject second = make.invoke(done);
      first.close();
      // The call drops the first; the second, closed while that one was on its way, needs no call.
      make.isTrue();
      second.close();
      assertTrue(dropped.await(10, TimeUnit.SECONDS), "round " + i);
    }
  }

  @Test
  void collectedObjectsAreGivenBack() throws InterruptedException {
    PyObject identity = TestPython.eval("lambda x: x");
    PyObject list = TestPython.eval("[]");
    long before = TestPython.get().handleCount();
    for (int i = 0; i < 10_000; i++) {
      assertNotNull(identity.invoke(list));
    }
    long live = Long.MAX_VALUE;
    for (int tries = 0; tries < 100 && live > before + 100; tries++) {
      System.gc();
      Thread.sleep(20);
      live = TestPython.get().handleCount();
    }
    assertTrue(live <= before + 100, live + " handles live, " + before + " before");
  }

  @Test
  void anObjectMayBeUsedByAnyThread() throws InterruptedException {
    PyObject list = TestPython.eval("[]");
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int number = i;
      threads.add(new Thread(() -> list.attr("append").call(number)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    PyObject sorted = TestPython.get().module("builtins").attr("sorted");
    assertEquals(
        List.of(0, 1, 2, 3, 4, 5, 6, 7), sorted.callAs(new TypeRef<List<Integer>>() {}, list));
  }

  @Test
  void whatJavaKeepsForPythonIsThePythonObject() {
    TestPython.namespace(
        "from java.util import ArrayList",
        "o = object()",
        "kept = ArrayList([o, len])",
        "assert kept[0] is o and kept[1] is len",
        "assert o in kept and kept.indexOf(o) == 0");
  }
}
