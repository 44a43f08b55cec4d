package dev.naja.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.naja.PyObject;
import dev.naja.PythonException;
import dev.naja.TestPython;
import java.lang.ref.WeakReference;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Python objects that are Java objects, of one interface or of several. */
class ImplementationTest {

  private static PyObject model(String... methods) {
    List<String> lines = new ArrayList<>(List.of("class Model:"));
    for (String method : methods) {
      lines.add("  " + method);
    }
    lines.add("model = Model()");
    return TestPython.define("model", lines.toArray(String[]::new));
  }

  @SuppressWarnings("unchecked")
  private static <T> T implement(PyObject target, Class<?>... interfaces) {
    return (T) Implementation.of(target, interfaces);
  }

  @Test
  void oneObjectImplementsSeveralInterfaces() {
    PyObject target =
        model(
            "ran = 0",
            "def run(self): Model.ran += 1",
            "def compare(self, a, b): return len(a) - len(b)");
    Object both = implement(target, Runnable.class, Comparator.class);
    ((Runnable) both).run();
    assertEquals(1, target.attr("ran", int.class));
    @SuppressWarnings("unchecked")
    Comparator<String> byLength = (Comparator<String>) both;
    assertEquals(-1, byLength.compare("a", "bb"));
    List<String> words = new ArrayList<>(List.of("ccc", "a", "bb"));
    words.sort(byLength.reversed());
    assertEquals(List.of("ccc", "bb", "a"), words);
    words.sort(byLength.thenComparing(Comparator.naturalOrder()));
    assertEquals(List.of("a", "bb", "ccc"), words);
  }

  @Test
  void nativeCodeImplementsByAHandleThatItGives() {
    long handle = PythonFaces.handle(model("def call(self): return 'called'"));
    Callable<?> made = (Callable<?>) JavaUpcalls.implement(handle, new Class<?>[] {Callable.class});
    assertEquals("called", called(made));
  }

  private static Object called(Callable<?> callable) {
    try {
      return callable.call();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void itIsItsPythonObjectAgain() {
    PyObject target = model("def run(self): pass");
    List<?> list = implement(target, List.class);
    PyObject same = TestPython.eval("lambda x: x").invoke(list);
    assertTrue(same.is(target));
  }

  @Test
  void aMissingMethodIsNotImplementedWhenCalled() {
    Comparator<Object> comparator =
        implement(model("def compares(self, a, b): return 0"), Runnable.class, Comparator.class);
    PythonException raised =
        assertThrows(PythonException.class, () -> comparator.compare("a", "b"));
    assertEquals("NotImplementedError", raised.pythonType());
    assertEquals(
        "'Model' object implements java.util.Comparator but has no method 'compare'. Did you mean:"
            + " 'compares'?",
        raised.pythonMessage());
    raised = assertThrows(PythonException.class, ((Runnable) comparator)::run);
    assertEquals(
        "'Model' object implements java.lang.Runnable but has no method 'run'",
        raised.pythonMessage());
    DoubleUnaryOperator direct = implement(model("x = 1"), DoubleUnaryOperator.class);
    assertThrows(PythonException.class, () -> direct.applyAsDouble(1));
  }

  @Test
  void aMethodThatComesLaterIsFound() {
    PyObject target = model("x = 1");
    DoubleUnaryOperator operator = implement(target, DoubleUnaryOperator.class, Runnable.class);
    assertThrows(PythonException.class, () -> operator.applyAsDouble(1));
    target.setAttr("apply_as_double", TestPython.eval("lambda x: 2 * x"));
    assertEquals(3.0, operator.applyAsDouble(1.5));
    target.delAttr("apply_as_double");
    assertEquals(5.0, operator.applyAsDouble(2.5));
  }

  @Test
  void anAttributeThatFailsDoesSoWhenCalled() {
    Runnable runnable =
        implement(
            model("@property", "def run(self): return self.absent", "call = 5"),
            Runnable.class,
            Callable.class);
    PythonException raised = assertThrows(PythonException.class, runnable::run);
    assertEquals("AttributeError", raised.pythonType());
    assertTrue(raised.pythonMessage().contains("'absent'"), raised.pythonMessage());
    raised = assertThrows(PythonException.class, ((Callable<?>) runnable)::call);
    assertEquals("TypeError", raised.pythonType());
    assertTrue(raised.pythonMessage().contains("'call'"), raised.pythonMessage());
  }

  @Test
  void aWrongArityIsToldWhenCalled() {
    Comparator<Object> comparator =
        implement(model("def compare(self, a): return 0"), Comparator.class);
    assertEquals(
        "TypeError",
        assertThrows(PythonException.class, () -> comparator.compare(1, 2)).pythonType());
  }

  interface Scorer {
    double eval(double x);

    default double twice(double x) {
      return 2 * eval(x);
    }

    default String describeAll(String first, long second, double third, int... rest) {
      return first + second + third + Arrays.toString(rest);
    }

    static double thrice(double x) {
      return 3 * x;
    }
  }

  @Test
  void defaultMethodsRunInJavaUnlessTheClassHasThem() {
    Scorer plain = implement(model("def eval(self, x): return x + 1"), Scorer.class);
    assertEquals(8.0, plain.twice(3));
    assertEquals("a12.0[3, 4]", plain.describeAll("a", 1, 2, 3, 4));
    Scorer own =
        implement(
            model(
                "def eval(self, x): return x + 1",
                "def twice(self, x): return -x",
                "def describe_all(self, *a): return repr(a)"),
            Scorer.class);
    assertEquals(-3.0, own.twice(3));
    assertEquals("('a', 1, 2.0, 3, 4)", own.describeAll("a", 1, 2, 3, 4));
  }

  @Test
  void anAttributeOfTheObjectAloneOverridesNoDefault() {
    PyObject target = model("def eval(self, x): return x + 1");
    target.setAttr("twice", TestPython.eval("lambda x: -x"));
    Scorer scorer = implement(target, Scorer.class);
    assertEquals(8.0, scorer.twice(3));
  }

  interface Words extends Iterable<String> {}

  @Test
  void inheritedDefaultsRunToo() {
    Words words =
        implement(
            model("def iterator(self): return iter(['a', 'b'])"), Words.class, Runnable.class);
    List<String> seen = new ArrayList<>();
    words.forEach(seen::add);
    assertEquals(List.of("a", "b"), seen);
    Iterator<String> iterator = words.iterator();
    assertEquals("a", iterator.next());
  }

  interface Left {
    String name();

    default String side() {
      return "left";
    }
  }

  interface Right {
    String name();

    default String side() {
      return "right";
    }
  }

  interface Abstract {
    String side();
  }

  @Test
  void whereInterfacesClashTheFirstDefaultCounts() {
    PyObject target = model("def name(self): return 'n'");
    Object both = implement(target, Left.class, Right.class);
    assertEquals("n", ((Left) both).name());
    assertEquals("n", ((Right) both).name());
    assertEquals("left", ((Right) both).side());
    Right other = implement(target, Abstract.class, Right.class, Left.class);
    assertEquals("right", other.side());
    assertEquals("right", ((Abstract) other).side());
  }

  interface Narrowed extends Supplier<Object> {
    @Override
    String get();
  }

  interface Scores extends Function<Double, List<Long>> {}

  @Test
  void resultsHaveTheTypesOfTheSignature() {
    Object made =
        implement(
            model("def get(self): return 'text'", "def apply(self, x): return (int(x),)"),
            Supplier.class,
            Narrowed.class,
            Scores.class);
    assertEquals("text", ((Narrowed) made).get());
    assertEquals("text", ((Supplier<?>) made).get());
    long score = ((Scores) made).apply(5.0).get(0);
    assertEquals(5L, score);
  }

  @Test
  void anInterfaceThatAnotherExtendsIsNoneOfItsOwn() {
    Object made = implement(model("def get(self): return 'x'"), Supplier.class, Narrowed.class);
    assertEquals(List.of(Narrowed.class), List.of(made.getClass().getInterfaces()));
  }

  @Test
  void aCallableIsTheOneAbstractMethod() {
    Comparator<String> lengths =
        implement(TestPython.eval("lambda a, b: len(a) - len(b)"), Comparator.class);
    assertEquals("bb", Collections.max(List.of("a", "bb"), lengths));
    Object two = implement(TestPython.eval("lambda: 1"), Runnable.class, Callable.class);
    assertThrows(PythonException.class, ((Runnable) two)::run);
  }

  @Test
  void equalsIsPythons() {
    PyObject target =
        model(
            "key = 'a'",
            "def __eq__(self, o): return self.key == getattr(o, 'key', o)",
            "def __hash__(self): return 2 ** 40 + 1",
            "def __str__(self): return 'Model ' + self.key");
    Object one = implement(target, Runnable.class);
    Object same = implement(target.attr("__class__").invoke(), Runnable.class, Comparator.class);
    PyObject otherTarget = target.attr("__class__").invoke();
    otherTarget.setAttr("key", "b");
    Object other = implement(otherTarget, Runnable.class);
    assertEquals(one, one);
    assertEquals(one, same);
    assertNotEquals(one, other);
    assertNotEquals(one, null);
    assertTrue(one.equals("a"));
    assertFalse(one.equals("b"));
    assertFalse(one.equals(new Object()));
    assertFalse(one.equals(LocalDate.MAX));
    assertEquals(Long.hashCode((1L << 40) + 1), one.hashCode());
    assertEquals("Model a", one.toString());
    assertEquals(1, Map.of(one, 1).get(same));
  }

  @Test
  void whatEqualsRaisesIsThrown() {
    Object made =
        implement(
            model(
                "def __eq__(self, o): raise ValueError('eq')",
                "def __str__(self): raise ValueError('str')"),
            Runnable.class);
    assertEquals(
        "ValueError: eq", assertThrows(PythonException.class, () -> made.equals("a")).getMessage());
    assertEquals(
        "ValueError: str", assertThrows(PythonException.class, made::toString).getMessage());
    assertEquals("TypeError", assertThrows(PythonException.class, made::hashCode).pythonType());
    assertTrue(made.equals(made));
  }

  interface Clashing {
    PyObject target();

    boolean isClosed();

    long found(Object a);

    String known();

    void close();
  }

  @Test
  void noMethodNameIsTaken() {
    PyObject target =
        model(
            "def target(self): return self",
            "def isClosed(self): return True",
            "def found(self, a): return a",
            "def known(self): return 'k'",
            "def close(self): Model.closed = True");
    Clashing made = implement(target, Clashing.class, AutoCloseable.class);
    assertTrue(made.target().is(target));
    assertTrue(made.isClosed());
    assertEquals(4, made.found(4));
    assertEquals("k", made.known());
    made.close();
    assertTrue(target.attr("closed", boolean.class));
    made.close();
    assertEquals("k", made.known());
  }

  @Test
  void aCallbackAfterTheObjectWasClosedSaysSo() {
    PyObject target = model("def eval(self, x): return x");
    Scorer scorer = implement(target, Scorer.class, Runnable.class);
    target.close();
    assertThrows(IllegalStateException.class, ((Runnable) scorer)::run);
    assertThrows(IllegalStateException.class, () -> scorer.equals("a"));
    assertThrows(IllegalStateException.class, scorer::hashCode);
    assertTrue(scorer.toString().endsWith("closed"), scorer::toString);
  }

  @Test
  void whatIsNoInterfaceIsRefused() {
    for (Class<?> type : List.of(String.class, int.class, Override.class)) {
      PyObject any = TestPython.eval("object()");
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> implement(any, Runnable.class, type));
      assertTrue(refused.getMessage().contains(type.getName()), refused.getMessage());
      assertTrue(any.isClosed());
    }
    PyObject any = TestPython.eval("object()");
    assertThrows(IllegalArgumentException.class, () -> implement(any));
  }

  /** A public interface with {@code double eval(double x)} in another package than naja's own. */
  private static final String ELSEWHERE = "dev.naja.BindTest$Visible";

  /** Defines one class file again, in a loader of its own. */
  private static final class Twin extends ClassLoader {
    Twin() {
      super(ImplementationTest.class.getClassLoader());
    }

    Class<?> of(Class<?> type) throws Exception {
      String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
      try (var in = type.getResourceAsStream(file)) {
        byte[] bytes = in.readAllBytes();
        return defineClass(type.getName(), bytes, 0, bytes.length);
      }
    }
  }

  /** Implemented in a class loader of its own. */
  public interface Visible {
    double eval(double x);
  }

  @Test
  void interfacesThatNoLoaderSeesTogetherAreRefused() throws Exception {
    Class<?> one = new Twin().of(Class.forName(ELSEWHERE));
    Class<?> other = new Twin().of(Class.forName(ELSEWHERE));
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> implement(model("x = 1"), Runnable.class, one, other));
    assertTrue(
        refused.getMessage().contains("none of these class loaders sees all"),
        refused.getMessage());
    assertTrue(
        refused.getMessage().contains(ELSEWHERE + " of class loader " + one.getClassLoader()),
        refused.getMessage());
    assertTrue(
        refused.getMessage().contains(ELSEWHERE + " of class loader " + other.getClassLoader()),
        refused.getMessage());
  }

  @Test
  void interfacesOfSeveralLoadersAreImplementedWhereAllAreSeen() throws Exception {
    Class<?> child = new Twin().of(Class.forName(ELSEWHERE));
    Object made =
        implement(
            model("def eval(self, x): return x / 2", "def call(self): return 'x'"),
            Runnable.class,
            child,
            Callable.class,
            Visible.class);
    assertEquals(0.5, child.getMethod("eval", double.class).invoke(made, 1.0));
    assertEquals(2.0, ((Visible) made).eval(4));
    assertEquals("x", called((Callable<?>) made));
    assertSame(child.getClassLoader(), made.getClass().getClassLoader().getParent());
  }

  @Test
  void oneClassServesOneListOfInterfaces() throws InterruptedException {
    PyObject target = model("def eval(self, x): return x");
    Object one = implement(target, Scorer.class, Runnable.class);
    Object two = implement(target, Scorer.class, Runnable.class);
    Object turned = implement(target, Runnable.class, Scorer.class);
    assertSame(one.getClass(), two.getClass());
    assertNotSame(one.getClass(), turned.getClass());
    assertEquals(2.0, ((Scorer) turned).eval(2));
    Class<?> made = one.getClass();
    one = null;
    two = null;
    for (int tries = 0; tries < 5; tries++) {
      System.gc();
      Thread.sleep(20);
      Scorer again = implement(target, Scorer.class, Runnable.class);
      assertSame(made, again.getClass());
      assertEquals(4.0, again.twice(2));
    }
  }

  @Test
  void theClassOfPublicInterfacesGoesWithItsLastInstance() throws InterruptedException {
    Visible made = implement(model("def eval(self, x): return x"), Visible.class, Runnable.class);
    assertEquals(1.0, made.eval(1));
    WeakReference<ClassLoader> loader = new WeakReference<>(made.getClass().getClassLoader());
    made = null;
    for (int tries = 0; tries < 100 && loader.get() != null; tries++) {
      System.gc();
      Thread.sleep(20);
    }
    assertNull(loader.get());
    made = implement(model("def eval(self, x): return x"), Visible.class, Runnable.class);
    assertEquals(2.0, made.eval(2));
  }

  interface Contended {
    double eval(double x);
  }

  @Test
  void manyThreadsMayImplementAndCallAtOnce() throws InterruptedException {
    PyObject target = model("x = 1");
    Contended late = implement(target, Contended.class);
    target.setAttr("eval", TestPython.eval("lambda x: x"));
    CyclicBarrier barrier = new CyclicBarrier(8);
    Queue<Object> results = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  barrier.await();
                  PyObject own = model("def eval(self, x): return x");
                  Contended made = implement(own, Contended.class, Runnable.class);
                  results.add(made.eval(1) + late.eval(1));
                } catch (Throwable e) {
                  results.add(e);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(Collections.nCopies(8, 2.0), List.copyOf(results));
  }

  /** An object of a Python class that is decorated, as Java gets it. */
  private static Object decorated(String interfaces, String... methods) {
    List<String> lines = new ArrayList<>();
    lines.add("import naja");
    lines.add("@naja.implements(" + interfaces + ")");
    lines.add("class Model:");
    for (String method : methods) {
      lines.add("  " + method);
    }
    lines.add("model = Model()");
    return TestPython.namespace(lines.toArray(String[]::new)).get("model");
  }

  @Test
  void aDecoratedClassGivesJavaObjects() throws Exception {
    Object made =
        decorated(
            "'java.lang.Runnable', 'java.util.Comparator'",
            "ran = []",
            "def run(self): self.ran.append(1)",
            "def compare(self, a, b): return b - a");
    @SuppressWarnings("unchecked")
    Comparator<Integer> comparator = (Comparator<Integer>) made;
    List<Integer> numbers = new ArrayList<>(List.of(1, 3, 2));
    Collections.sort(numbers, comparator);
    assertEquals(List.of(3, 2, 1), numbers);
    Collections.sort(numbers, comparator.reversed());
    assertEquals(List.of(1, 2, 3), numbers);
    Thread thread = new Thread((Runnable) made);
    thread.start();
    thread.join();
    PyObject model = TestPython.eval("lambda x: x").invoke(made);
    assertEquals(List.of(1L), model.attr("ran", Object.class));
    assertSame(made, model.as(Object.class));
  }

  @Test
  void aDecoratedClassMayUseWhatJavaPassesByReference() {
    UnaryOperator<Object> operator =
        cast(
            decorated(
                "'java.util.function.UnaryOperator'",
                "def apply(self, x): x.append('python'); return x"));
    StringBuilder text = new StringBuilder("java ");
    assertSame(text, operator.apply(text));
    assertEquals("java python", text.toString());
  }

  @Test
  void anExceptionOfJavasComesBackAsItself() {
    IllegalStateException thrown = new IllegalStateException("itself");
    Supplier<Object> supplier =
        cast(
            decorated(
                "'java.util.function.Supplier'",
                "def __init__(self): self.inner = None",
                "def get(self): return self.inner.get()"));
    PyObject model = TestPython.eval("lambda x: x").invoke(supplier);
    Supplier<Object> failing =
        () -> {
          throw thrown;
        };
    model.setAttr("inner", failing);
    assertSame(thrown, assertThrows(IllegalStateException.class, supplier::get));
  }

  @SuppressWarnings("unchecked")
  private static <T> T cast(Object object) {
    return (T) object;
  }
}
