package dev.naja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.naja.fixtures.Greeting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Python code that Java calls back: callables and classes with {@code @naja.implements}. */
class JavaCallbacksTest {
  private final Script python =
      new Script(
          "from java.util import ArrayList, Collections, Comparator, TreeSet",
          "from java.util.concurrent import Callable",
          "from java.util.function import Function, Supplier, BiFunction",
          "from java.lang import Runnable, Comparable, Thread",
          "from dev.naja.fixtures import Greeting, Failing, Overloaded");

  @Test
  void callablesOfEveryKindAreFunctionalInterfaces() {
    python
        .run(
            "class Caller:",
            "    def __call__(self, x): return x + 1",
            "    def method(self, x): return x + 2",
            "from functools import partial",
            "def every(f): return list(ArrayList([1, 2]).stream().map(f))")
        .gives(
            List.of(10L, 20L),
            "every(lambda x: 10 * x)",
            List.of(2L, 3L),
            "every(Caller())",
            List.of(3L, 4L),
            "every(Caller().method)",
            List.of("1", "2"),
            "every(str)",
            List.of(8L, 9L),
            "every(partial(lambda x, y: x + y, 7))",
            List.of(3L, 2L, 1L),
            "(lambda a: a.sort(lambda x, y: y - x) or list(a))(ArrayList([1, 3, 2]))");
  }

  @Test
  void aCallbackOfTheWrongShapeIsAnErrorOfPython() {
    python
        .raises(
            "TypeError: <lambda>() cannot be called with the 1 positional arguments of the Java"
                + " method 'accept': too many positional arguments",
            "ArrayList([1]).forEach(lambda: 1)")
        .raises(
            "TypeError: cannot convert 'x' (Python str) to int: it is no number",
            "try: ArrayList([2, 1]).sort(lambda x, y: 'x')\n"
                + "except naja.JavaException as e: raise TypeError(e.getMessage())");
  }

  @Test
  void aFunctionalInterfaceIsConstructedFromACallable() {
    python.gives(
        5L,
        "Function(lambda x: x + 1).apply(4)",
        5L,
        "Function(lambda x: x + 1)(4)",
        50L,
        "Function(lambda x: x + 1).andThen(lambda x: x * 10).apply(4)",
        -1L,
        "Comparator(lambda x, y: x - y).reversed().compare(2, 1)",
        "hello you",
        "Greeting(lambda: 'you').greet()",
        true,
        "isinstance(Function(len), Function)");
  }

  @Test
  void functionsOfJavaAreCallables() {
    python.gives(
        5L,
        "Function.identity()(5)",
        List.of(1L, 2L),
        "list(map(Function.identity(), [1, 2]))",
        true,
        "callable(Function.identity()) and Greeting.of('x')() == 'x'");
    PythonException thrown =
        assertThrows(PythonException.class, () -> python.run("ArrayList()(1)"));
    assertEquals(
        "TypeError: java.util.ArrayList is not callable: it implements no functional interface, or"
            + " several",
        thrown.getMessage());
  }

  @Test
  void aClassImplementsSeveralInterfaces() throws Exception {
    python.run(
        "@naja.implements(Runnable, Callable, 'java.util.Comparator')",
        "class All:",
        "    ran = 0",
        "    def run(self): self.ran += 1",
        "    def call(self): return self.ran",
        "    def compare(self, a, b): return b - a",
        "one = All()");
    Object one =
        python.eval(Object.class, "ArrayList([one])") instanceof List<?> list ? list.get(0) : null;
    ((Runnable) one).run();
    assertEquals(1L, ((Callable<?>) one).call());
    @SuppressWarnings("unchecked")
    Comparator<Object> comparator = (Comparator<Object>) one;
    List<Object> numbers = new ArrayList<>(List.of(1, 3, 2));
    numbers.sort(comparator);
    assertEquals(List.of(3, 2, 1), numbers);
    numbers.sort(comparator.reversed());
    assertEquals(List.of(1, 2, 3), numbers);
    python.gives(
        true, "isinstance(one, Runnable) and isinstance(one, Comparator)",
        true, "issubclass(All, Callable) and not issubclass(All, Function)",
        true, "ArrayList([one])[0] is one");
  }

  @Test
  void equalsHashCodeAndToStringAskPython() {
    python.run(
        "@naja.implements(Supplier)",
        "class Point:",
        "    def __init__(self, x): self.x = x",
        "    def get(self): return self.x",
        "    def __eq__(self, other): return isinstance(other, Point) and self.x == other.x",
        "    def __hash__(self): return self.x",
        "    def __str__(self): return f'point {self.x}'");
    Supplier<?> one = (Supplier<?>) python.eval(List.class, "ArrayList([Point(1)])").get(0);
    Supplier<?> same = (Supplier<?>) python.eval(List.class, "ArrayList([Point(1)])").get(0);
    Supplier<?> other = (Supplier<?>) python.eval(List.class, "ArrayList([Point(2)])").get(0);
    assertEquals(one, same);
    assertNotEquals(one, other);
    assertEquals(1, one.hashCode());
    assertEquals("point 2", other.toString());
    assertEquals(Set.of(one, other), new HashSet<>(List.of(same, other)));
  }

  @Test
  void defaultMethodsRunInJavaUnlessPythonHasThem() {
    python.run(
        "@naja.implements(Greeting)",
        "class Plain:",
        "    def name(self): return 'plain'",
        "@naja.implements(Greeting)",
        "class Own:",
        "    def name(self): return 'own'",
        "    def greet(self): return 'howdy'");
    Greeting plain = (Greeting) python.eval(List.class, "ArrayList([Plain()])").get(0);
    Greeting own = (Greeting) python.eval(List.class, "ArrayList([Own()])").get(0);
    assertEquals("hello plain", plain.greet());
    assertEquals("howdy", own.greet());
  }

  @Test
  void subclassesImplementWhatTheirBasesDo() {
    python
        .run(
            "@naja.implements(Callable)",
            "class Base:",
            "    def call(self): return 'base'",
            "class Derived(Base):",
            "    def call(self): return 'derived'")
        .gives(
            "base",
            "Failing.call(Base())",
            "derived",
            "Failing.call(Derived())",
            true,
            "isinstance(Derived(), Callable)");
  }

  @Test
  void aMissingMethodIsNamed() {
    python
        .run("@naja.implements(Callable, Runnable)", "class Half:", "    def run(self): pass")
        .run("Thread(Half()).run()")
        .raises(
            "NotImplementedError: 'Half' object implements java.util.concurrent.Callable but has no"
                + " method 'call'",
            "Failing.call(Half())");
    Callable<?> half = (Callable<?>) python.eval(List.class, "ArrayList([Half()])").get(0);
    PythonException thrown = assertThrows(PythonException.class, half::call);
    assertEquals("NotImplementedError", thrown.pythonType());
  }

  @Test
  void whatImplementsRefuses() {
    python
        .raises(
            "TypeError: @naja.implements wants Java interfaces; java.util.ArrayList is none. A"
                + " Python class cannot extend a Java class",
            "naja.implements(ArrayList)")
        .raises(
            "TypeError: @naja.implements wants Java interfaces, as in @naja.implements(Runnable)",
            "naja.implements()")
        .raises(
            "TypeError: @naja.implements stands above a Python class, not 5",
            "naja.implements(Runnable)(5)");
  }

  @Test
  void aPythonObjectThatFailsInCompareTo() {
    python
        .run(
            "@naja.implements(Comparable)",
            "class Bad:",
            "    def compareTo(self, other): raise ValueError('cannot compare')")
        .raises("ValueError: cannot compare", "TreeSet([Bad(), Bad()])")
        .raises("ValueError: cannot compare", "Collections.sort(ArrayList([Bad(), Bad()]))");
    Object bad = python.eval(List.class, "ArrayList([Bad()])").get(0);
    Set<Object> sorted = new TreeSet<>();
    PythonException thrown = assertThrows(PythonException.class, () -> sorted.add(bad));
    assertEquals("ValueError: cannot compare", thrown.getMessage());
  }

  @Test
  void callbacksComeFromAnyThread() throws Exception {
    python.run(
        "import threading",
        "@naja.implements(Callable)",
        "class Where:",
        "    def call(self): return threading.current_thread() is threading.main_thread()");
    Callable<?> where = (Callable<?>) python.eval(List.class, "ArrayList([Where()])").get(0);
    FutureTask<Object> task = new FutureTask<>(where::call);
    Thread thread = new Thread(task);
    thread.start();
    assertEquals(false, task.get());
    thread.join();
  }

  /** An interface whose instances Java closes. */
  public interface Model extends Supplier<Object>, AutoCloseable {
    @Override
    void close();
  }

  @Test
  void aCallbackAfterThePythonObjectWasClosedIsAnError() {
    PyObject object =
        TestPython.define(
            "model",
            "class Model:",
            "    def get(self): return 5",
            "    def close(self): self.closed = True",
            "model = Model()");
    Model model = object.bind(Model.class);
    Supplier<Object> through = () -> model.get();
    python
        .set("through", PyRef.of(through))
        .set("models", PyRef.of(List.of(model)))
        .gives(5L, "through()", true, "models[0].get() == 5");
    model.close();
    IllegalStateException thrown = python.thrown(IllegalStateException.class, "through()");
    assertTrue(thrown.getMessage().contains("closed"), thrown.getMessage());
    python.thrown(IllegalStateException.class, "models[0]");
    object.close();
  }

  @Test
  void callbacksNestToAnyDepthThatTheStackCarries() {
    python
        .run("def down(n): return 0 if n == 0 else 1 + Failing.call(lambda: down(n - 1))")
        .gives(50L, "down(50)");
  }

  @Test
  void aComparatorOfPythonSortsForJava() {
    List<String> words = new ArrayList<>(List.of("bb", "a", "ccc"));
    python
        .set("words", PyRef.of(words))
        .run("Collections.sort(words, lambda x, y: len(y) - len(x))");
    assertEquals(List.of("ccc", "bb", "a"), words);
    assertSame(words, python.eval(List.class, "words"));
  }

  @Test
  void whatImplementsIsTakenBackAsItselfFromEveryPlace() {
    python
        .run(
            "@naja.implements(Runnable)", "class Task:", "    def run(self): pass", "task = Task()")
        .gives(
            true, "Collections.singletonList(task)[0] is task",
            true, "Function.identity()(task) is task",
            true, "naja.java_array('java.lang.Runnable', [task])[0] is task");
    assertEquals(
        Collections.nCopies(2, true),
        List.of(
            python.eval("ArrayList([task]).contains(task)"),
            python.eval("ArrayList([task]).indexOf(task) == 0")));
  }
}
