package dev.naja;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Java interfaces that Python objects implement. */
class BindTest {

  private static PyObject model(String... methods) {
    List<String> lines = new ArrayList<>(List.of("class Model:", "  kind = 'test'"));
    for (String method : methods) {
      lines.add("  " + method);
    }
    lines.add("model = Model()");
    return TestPython.define("model", lines.toArray(String[]::new));
  }

  interface Scorer {
    double eval(double amount, String merchant, long millis);
  }

  @Test
  void theReadmesInterfaceWorks() {
    Scorer scorer =
        model("def eval(self, amount, merchant, millis): return amount + len(merchant) + millis")
            .bind(Scorer.class);
    assertEquals(1012.5 + 4, scorer.eval(12.5, "acme", 1000));
    assertEquals(1012.5, scorer.eval(12.5, "", 1000));
  }

  interface Primitives {
    boolean opposite(boolean value);

    byte bytes(byte value);

    short shorts(short value);

    char chars(char value);

    int ints(int value);

    long longs(long value);

    float floats(float value);

    double doubles(double value);

    void nothing(boolean a, byte b, short c, char d, int e, long f, float g, double h);

    String all(boolean a, byte b, short c, char d, int e, long f, float g, double h, String i);
  }

  @Test
  void everyPrimitiveCrosses() {
    Primitives bound =
        model(
                "seen = None",
                "def opposite(self, x): return not x",
                "bytes = shorts = chars = ints = longs = floats = doubles = lambda self, x: x",
                "def nothing(self, *a): Model.seen = a; return 'dropped'",
                "def all(self, *a): return repr(a)")
            .bind(Primitives.class);
    assertEquals(Byte.MIN_VALUE, bound.bytes(Byte.MIN_VALUE));
    assertEquals(Short.MIN_VALUE, bound.shorts(Short.MIN_VALUE));
    assertEquals('\uffff', bound.chars('\uffff'));
    assertEquals(Integer.MIN_VALUE, bound.ints(Integer.MIN_VALUE));
    assertEquals(Long.MIN_VALUE, bound.longs(Long.MIN_VALUE));
    assertEquals(Float.MIN_VALUE, bound.floats(Float.MIN_VALUE));
    assertEquals(Double.MIN_VALUE, bound.doubles(Double.MIN_VALUE));
    assertFalse(bound.opposite(true));
    bound.nothing(true, (byte) 1, (short) 2, 'c', 4, 5L, 0.5f, 0.25);
    assertEquals(
        "(True, 1, 2, 'c', 4, 5, 0.5, 0.25, None)",
        bound.all(true, (byte) 1, (short) 2, 'c', 4, 5L, 0.5f, 0.25, null));
  }

  interface Overloaded {
    String of();

    String of(int a);

    String of(double a);

    String of(String a);

    String of(Integer a, Object b);
  }

  @Test
  void overloadsCallTheOneAttribute() {
    Overloaded bound = model("def of(self, *a): return repr(a)").bind(Overloaded.class);
    assertEquals("()", bound.of());
    assertEquals("(1,)", bound.of(1));
    assertEquals("(1.0,)", bound.of(1.0));
    assertEquals("('a',)", bound.of("a"));
    assertEquals("(1, [2])", bound.of(1, List.of(2)));
    assertEquals("(None, None)", bound.of(null, null));
  }

  interface Variable {
    String objects(String first, Object... rest);

    double doubles(double... all);

    String strings(String... all);
  }

  @Test
  void variableArgumentsAreSpread() {
    Variable bound =
        model(
                "def objects(self, *a): return repr(a)",
                "def doubles(self, *a): return sum(a)",
                "def strings(self, a, b, c): return a + b + c")
            .bind(Variable.class);
    assertEquals("('a',)", bound.objects("a"));
    assertEquals("('a', 1, 'b', [2.0])", bound.objects("a", 1, "b", List.of(2.0)));
    assertEquals("('a', None)", bound.objects("a", (Object[]) null));
    assertEquals(6.0, bound.doubles(1, 2, 3));
    assertEquals(0.0, bound.doubles());
    assertEquals("abc", bound.strings("a", "b", "c"));
    assertThrows(PythonException.class, bound::strings);
  }

  enum Color {
    RED,
    GREEN
  }

  record Point(int x, double y) {}

  interface Generic {
    List<Double> doubles();

    Map<String, Long> counts();

    Optional<String> some();

    Optional<String> none();

    Color color();

    Color same(Color color);

    Point point();

    List<Point> points(List<Point> points);

    int[] array();

    String[] strings();

    BigInteger big();

    Object any();

    PyObject reference();

    Void nothing();

    List<? extends Number> wild();

    <T> T free();

    <T extends CharSequence> T bounded();

    Double box();
  }

  @Test
  void resultsHaveTheTypesOfTheSignature() {
    Generic bound =
        model(
                "def doubles(self): return (1, 2.5)",
                "def counts(self): return {'a': 1}",
                "def some(self): return 'x'",
                "def none(self): return None",
                "def color(self): return 'GREEN'",
                "def same(self, c): return c",
                "def point(self): return {'x': 1, 'y': 2.5}",
                "def points(self, p): return p[::-1]",
                "def array(self): return [1, 2]",
                "def strings(self): return ['a', None]",
                "def big(self): return 2 ** 100",
                "def any(self): return 1.5",
                "def reference(self): return [1]",
                "def nothing(self): return 5",
                "def wild(self): return [1, 2.5]",
                "def free(self): return 'free'",
                "def bounded(self): return 'bounded'",
                "def box(self): return None")
            .bind(Generic.class);
    assertEquals(List.of(1.0, 2.5), bound.doubles());
    assertEquals(Map.of("a", 1L), bound.counts());
    assertEquals(Optional.of("x"), bound.some());
    assertEquals(Optional.empty(), bound.none());
    assertSame(Color.GREEN, bound.color());
    assertSame(Color.RED, bound.same(Color.RED));
    assertEquals(new Point(1, 2.5), bound.point());
    assertEquals(
        List.of(new Point(3, 4), new Point(1, 2)),
        bound.points(List.of(new Point(1, 2), new Point(3, 4))));
    assertArrayEquals(new int[] {1, 2}, bound.array());
    assertArrayEquals(new String[] {"a", null}, bound.strings());
    assertEquals(BigInteger.TWO.pow(100), bound.big());
    assertEquals(1.5, bound.any());
    assertEquals("list", bound.reference().typeName());
    assertNull(bound.nothing());
    assertEquals(List.of(1L, 2.5), bound.wild());
    assertEquals("free", bound.<String>free());
    assertEquals("bounded", bound.<String>bounded());
    assertNull(bound.box());
  }

  interface Twice extends Supplier<Object>, Named {}

  interface Named {
    Object get();
  }

  @Test
  void aMethodOfTwoAncestorsIsOne() {
    Twice twice = TestPython.eval("lambda: 'once'").bind(Twice.class);
    assertEquals("once", ((Supplier<?>) twice).get());
    assertEquals("once", ((Named) twice).get());
  }

  interface Scores extends Function<Double, List<Long>> {}

  interface Middle<A, B> extends Function<List<A>, Map<String, B>> {}

  interface Deep extends Middle<Double, List<Integer>> {}

  interface Narrowed extends Supplier<Object> {
    @Override
    String get();
  }

  @Test
  void typeArgumentsAreResolvedThroughAncestors() {
    Scores scores = TestPython.eval("lambda x: [int(x)]").bind(Scores.class);
    long first = scores.apply(5.0).get(0);
    assertEquals(5L, first);
    Deep deep = TestPython.eval("lambda x: {'a': [len(x)]}").bind(Deep.class);
    int length = deep.apply(List.of(1.0, 2.0)).get("a").get(0);
    assertEquals(2, length);
    Narrowed narrowed = TestPython.eval("lambda: 'text'").bind(Narrowed.class);
    assertEquals("text", narrowed.get());
    Supplier<Object> wide = narrowed;
    assertEquals("text", wide.get());
  }

  @Test
  void aResultThatDoesNotFitIsRefused() {
    Generic bound =
        model(
                "doubles = counts = some = none = color = point = array = strings = big = any ="
                    + " reference = nothing = wild = free = bounded = box = lambda self: ['x']",
                "same = points = lambda self, x: x")
            .bind(Generic.class);
    assertThrows(PythonConversionException.class, bound::doubles);
    assertThrows(PythonConversionException.class, bound::counts);
    assertThrows(PythonConversionException.class, bound::color);
    assertThrows(PythonConversionException.class, bound::box);
    DoubleUnaryOperator text = TestPython.eval("lambda x: 'x'").bind(DoubleUnaryOperator.class);
    assertThrows(PythonConversionException.class, () -> text.applyAsDouble(1));
    DoubleUnaryOperator none = TestPython.eval("lambda x: None").bind(DoubleUnaryOperator.class);
    assertThrows(PythonConversionException.class, () -> none.applyAsDouble(1));
    LongUnaryOperator wide = TestPython.eval("lambda x: 2 ** 64").bind(LongUnaryOperator.class);
    assertThrows(PythonConversionException.class, () -> wide.applyAsLong(1));
    LongUnaryOperator half = TestPython.eval("lambda x: 0.5").bind(LongUnaryOperator.class);
    assertThrows(PythonConversionException.class, () -> half.applyAsLong(1));
    LongUnaryOperator whole = TestPython.eval("lambda x: 2.0").bind(LongUnaryOperator.class);
    assertEquals(2L, whole.applyAsLong(1));
    DoubleUnaryOperator number = TestPython.eval("lambda x: 3").bind(DoubleUnaryOperator.class);
    assertEquals(3.0, number.applyAsDouble(1));
    assertEquals(3.0, number.applyAsDouble(1));
  }

  @Test
  void aResultsTypeMayChangeFromCallToCall() {
    DoubleUnaryOperator mixed =
        TestPython.eval("lambda x: x if x < 2 else int(x) if x < 4 else 'x'")
            .bind(DoubleUnaryOperator.class);
    assertEquals(1.5, mixed.applyAsDouble(1.5));
    assertEquals(2.0, mixed.applyAsDouble(2.5));
    assertEquals(1.5, mixed.applyAsDouble(1.5));
    assertThrows(PythonConversionException.class, () -> mixed.applyAsDouble(4));
    assertEquals(3.0, mixed.applyAsDouble(3.5));
  }

  interface WithDefaults {
    double eval(double x);

    default double twice(double x) {
      return 2 * eval(x);
    }

    static double thrice(double x) {
      return 3 * x;
    }

    @Override
    String toString();

    @Override
    boolean equals(Object other);

    @Override
    int hashCode();
  }

  @Test
  void defaultMethodsRunInJava() {
    PyObject target = model("def eval(self, x): return x + 1", "def twice(self, x): return -1");
    WithDefaults bound = target.bind(WithDefaults.class);
    assertEquals(8.0, bound.twice(3));
    assertEquals(9.0, WithDefaults.thrice(3));
  }

  @Test
  void objectsMethodsAreTheInstances() {
    PyObject target = model("def eval(self, x): return x", "def __eq__(self, o): return True");
    WithDefaults one = target.bind(WithDefaults.class);
    WithDefaults two = target.bind(WithDefaults.class);
    assertEquals(one, one);
    assertNotEquals(one, two);
    assertNotSame(one, two);
    assertEquals(System.identityHashCode(one), one.hashCode());
    assertEquals(
        "dev.naja.BindTest$WithDefaults bound to a Python object of type __main__.Model",
        one.toString());
    assertSame(one.getClass(), two.getClass());
  }

  @Test
  void aComparatorNeedsNoEquals() {
    Comparator<String> byLength =
        cast(TestPython.eval("lambda a, b: len(a) - len(b)").bind(Comparator.class));
    List<String> words = new ArrayList<>(List.of("ccc", "a", "bb"));
    words.sort(byLength.reversed());
    assertEquals(List.of("ccc", "bb", "a"), words);
  }

  @SuppressWarnings("unchecked")
  private static <T> T cast(Object object) {
    return (T) object;
  }

  @Test
  void functionalInterfacesTakeACallable() throws Exception {
    Callable<Object> callable = cast(TestPython.eval("lambda: 1").bind(Callable.class));
    assertEquals(1L, callable.call());
    Function<Object, Object> function = cast(TestPython.eval("str").bind(Function.class));
    assertEquals("1.5", function.apply(1.5));
    BiFunction<Object, Object, Object> two =
        cast(TestPython.eval("lambda a, b: a + b").bind(BiFunction.class));
    assertEquals(3L, two.apply(1, 2));
    ToDoubleFunction<Object> length = cast(TestPython.eval("len").bind(ToDoubleFunction.class));
    assertEquals(3.0, length.applyAsDouble("abc"));
    Predicate<Object> empty = cast(TestPython.eval("lambda x: not x").bind(Predicate.class));
    assertTrue(empty.negate().test(List.of(1)));
    PyObject list = TestPython.eval("[]");
    Consumer<Object> append = cast(list.attr("append").bind(Consumer.class));
    append.andThen(append).accept("x");
    assertEquals(List.of("x", "x"), list.as(Object.class));
    list.attr("clear").bind(Runnable.class).run();
    assertEquals(0, list.length());
    assertEquals(7, TestPython.eval("max").bind(IntBinaryOperator.class).applyAsInt(3, 7));
    assertTrue(TestPython.eval("lambda: True").bind(BooleanSupplier.class).getAsBoolean());
    DoubleUnaryOperator sqrt =
        TestPython.get().module("math").attr("sqrt").bind(DoubleUnaryOperator.class);
    assertEquals(Math.sqrt(2), sqrt.applyAsDouble(2));
    assertTrue(Double.isNaN(sqrt.applyAsDouble(Double.NaN)));
    LongUnaryOperator negative = TestPython.eval("lambda x: -x").bind(LongUnaryOperator.class);
    assertEquals(-Long.MAX_VALUE, negative.applyAsLong(Long.MAX_VALUE));
    UnaryOperator<Object> same = cast(TestPython.eval("lambda x: x").bind(UnaryOperator.class));
    assertNull(same.apply(null));
  }

  @Test
  void snakeCaseIsFound() {
    interface PredictProba {
      double predictProba(double x);
    }
    PredictProba bound = model("def predict_proba(self, x): return x / 2").bind(PredictProba.class);
    assertEquals(1.5, bound.predictProba(3));
  }

  @Test
  void aModuleCanBeBound() {
    interface Trigonometry {
      double sin(double x);

      double atan2(double y, double x);
    }
    Trigonometry math = TestPython.get().module("math").bind(Trigonometry.class);
    assertEquals(0.0, math.sin(0));
    assertEquals(Math.atan2(1, 2), math.atan2(1, 2));
  }

  @Test
  void aMissingMethodIsToldWhenBinding() {
    PythonException raised =
        assertThrows(
            PythonException.class, () -> model("def evil(self, a, b, c): pass").bind(Scorer.class));
    assertEquals("AttributeError", raised.pythonType());
    assertEquals(
        "'Model' object has no attribute 'eval'. Did you mean: 'evil'?", raised.pythonMessage());
  }

  @Test
  void aWrongArityIsToldWhenBinding() {
    PythonException raised =
        assertThrows(
            PythonException.class, () -> model("def eval(self, a): pass").bind(Scorer.class));
    assertEquals("TypeError", raised.pythonType());
    assertTrue(
        raised
            .pythonMessage()
            .startsWith(
                "Model.eval(a) cannot be called with the 3 positional arguments of the Java method"
                    + " 'eval'"),
        raised.pythonMessage());
    raised = assertThrows(PythonException.class, () -> model("eval = 5").bind(Scorer.class));
    assertEquals("TypeError", raised.pythonType());
  }

  @Test
  void attributesAreLookedUpOnce() {
    PyObject target = model("def eval(self, a, b, c): return 1");
    Scorer bound = target.bind(Scorer.class);
    target.setAttr("eval", TestPython.eval("lambda a, b, c: 2"));
    assertEquals(1.0, bound.eval(0, "", 0));
    assertEquals(2.0, target.bind(Scorer.class).eval(0, "", 0));
  }

  @Test
  void whatPythonRaisesIsThrown() {
    Scorer bound = model("def eval(self, a, b, c): raise ValueError(b)").bind(Scorer.class);
    PythonException raised = assertThrows(PythonException.class, () -> bound.eval(1, "why", 2));
    assertEquals("ValueError: why", raised.getMessage());
    DoubleUnaryOperator direct = TestPython.eval("lambda x: 1 / x").bind(DoubleUnaryOperator.class);
    assertThrows(PythonException.class, () -> direct.applyAsDouble(0));
    assertEquals(0.5, direct.applyAsDouble(2));
  }

  @Test
  void anArgumentThatCannotCrossIsRefused() {
    Consumer<Object> len = cast(TestPython.eval("len").bind(Consumer.class));
    List<Object> circle = new ArrayList<>();
    circle.add(circle);
    assertThrows(PythonConversionException.class, () -> len.accept(circle));
    len.accept(List.of());
  }

  @Test
  void aBoundInstanceIsItsTargetInPython() {
    PyObject target = model("def eval(self, a, b, c): pass");
    Scorer bound = target.bind(Scorer.class);
    PyObject same = TestPython.eval("lambda x: x").invoke(bound);
    assertTrue(same.is(target));
  }

  interface Closeable2 extends AutoCloseable {
    double eval(double x);

    @Override
    void close() throws IOException;
  }

  @Test
  void closeCallsPythonsAndReleases() throws IOException {
    PyObject target =
        model("closed = 0", "def eval(self, x): return x", "def close(self): Model.closed += 1");
    Closeable2 bound = target.bind(Closeable2.class);
    assertEquals(1.0, bound.eval(1));
    bound.close();
    bound.close();
    assertEquals(1, target.attr("closed", int.class));
    assertThrows(IllegalStateException.class, () -> bound.eval(1));
    assertTrue(bound.toString().endsWith("closed"), bound::toString);
    assertThrows(IllegalStateException.class, () -> TestPython.eval("lambda x: x").call(bound));
    assertFalse(target.isClosed());
  }

  @Test
  void closeIsOptionalInPython() throws IOException {
    Closeable2 bound = model("def eval(self, x): return x").bind(Closeable2.class);
    bound.close();
    assertThrows(IllegalStateException.class, () -> bound.eval(1));
    Closeable2 function = TestPython.eval("lambda x: x").bind(Closeable2.class);
    assertEquals(2.0, function.eval(2));
    function.close();
  }

  @Test
  void aFailingCloseReleasesToo() {
    Closeable2 bound =
        model("def eval(self, x): return x", "def close(self): raise OSError('stuck')")
            .bind(Closeable2.class);
    assertThrows(PythonException.class, bound::close);
    assertThrows(IllegalStateException.class, () -> bound.eval(1));
  }

  /** Implemented in a class loader of its own. */
  public interface Visible {
    double eval(double x);

    List<Double> list(List<Double> values);
  }

  @Test
  void aPublicInterfaceIsImplementedElsewhere() {
    Visible bound =
        model("def eval(self, x): return x", "def list(self, x): return x").bind(Visible.class);
    assertEquals(1.5, bound.eval(1.5));
    assertEquals(List.of(1.0), bound.list(List.of(1.0)));
    assertEquals("dev.naja.bound.Visible", bound.getClass().getName());
    assertNotSame(Visible.class.getClassLoader(), bound.getClass().getClassLoader());
  }

  @Test
  void anInterfaceThatIsNotPublicIsImplementedBesideIt() {
    Scorer bound = model("def eval(self, a, b, c): return 1").bind(Scorer.class);
    assertEquals("dev.naja.BindTest$Scorer$$Naja", bound.getClass().getName());
    assertSame(Scorer.class.getClassLoader(), bound.getClass().getClassLoader());
  }

  @interface Annotation {}

  sealed interface Sealed permits Permitted {}

  static final class Permitted implements Sealed {}

  @Test
  void whatIsNoInterfaceIsRefused() {
    PyObject any = TestPython.eval("object()");
    for (Class<?> type : List.of(String.class, Color.class, int.class, Annotation.class)) {
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> any.bind(type));
      assertTrue(refused.getMessage().contains(type.getName()), refused.getMessage());
    }
    IllegalArgumentException sealed =
        assertThrows(IllegalArgumentException.class, () -> any.bind(Sealed.class));
    assertTrue(sealed.getMessage().contains("Sealed"), sealed.getMessage());
    assertThrows(NullPointerException.class, () -> any.bind(null));
  }

  @Test
  void anInterfaceOfTheJdkThatIsHiddenIsRefused() throws ClassNotFoundException {
    Class<?> hidden = Class.forName("java.util.stream.Sink");
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> TestPython.eval("len").bind(hidden));
    assertTrue(refused.getMessage().contains("java.util.stream.Sink"), refused.getMessage());
  }

  @Test
  void theBindingKeepsItsTargetAlive() throws InterruptedException {
    DoubleUnaryOperator bound =
        TestPython.eval("(lambda k: lambda x: x + k)(10)").bind(DoubleUnaryOperator.class);
    for (int i = 0; i < 5; i++) {
      System.gc();
      Thread.sleep(20);
      TestPython.get().handleCount();
      assertEquals(11.0, bound.applyAsDouble(1));
    }
  }

  @Test
  void manyThreadsCallOneInstance() throws InterruptedException {
    Scorer bound = model("def eval(self, a, b, c): return a + c").bind(Scorer.class);
    List<Throwable> failures = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      int number = t;
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 2000; i++) {
                  assertEquals(number + i, bound.eval(number, "x", i));
                }
              });
      thread.setUncaughtExceptionHandler((ignored, e) -> failures.add(e));
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(List.of(), failures);
  }

  /** Bound and forgotten. */
  public interface Forgotten {
    double eval(double x);
  }

  @Test
  void theClassOfAPublicInterfaceGoesWithItsLastInstance() throws InterruptedException {
    Forgotten bound = model("def eval(self, x): return x").bind(Forgotten.class);
    assertEquals(1.0, bound.eval(1));
    WeakReference<ClassLoader> loader = new WeakReference<>(bound.getClass().getClassLoader());
    bound = null;
    for (int tries = 0; tries < 100 && loader.get() != null; tries++) {
      System.gc();
      Thread.sleep(20);
    }
    assertNull(loader.get());
    Forgotten again = model("def eval(self, x): return x").bind(Forgotten.class);
    assertEquals(2.0, again.eval(2));
  }

  interface Remembered {
    double eval(double x);

    List<Long> list();
  }

  @Test
  void theClassBesideAnInterfaceIsUsedAgain() throws InterruptedException {
    PyObject target = model("def eval(self, x): return x", "def list(self): return [1]");
    Class<?> made = target.bind(Remembered.class).getClass();
    for (int tries = 0; tries < 5; tries++) {
      System.gc();
      Thread.sleep(20);
      Remembered bound = target.bind(Remembered.class);
      assertSame(made, bound.getClass());
      assertEquals(1.0, bound.eval(1));
      assertEquals(List.of(1L), bound.list());
    }
  }

  interface Contended {
    double eval(double x);
  }

  @Test
  void manyThreadsMayBindAtOnce() throws InterruptedException {
    PyObject target = model("def eval(self, x): return x");
    CyclicBarrier barrier = new CyclicBarrier(8);
    Queue<Object> results = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(
          new Thread(
              () -> {
                try {
                  barrier.await();
                  results.add(target.bind(Contended.class).eval(1));
                } catch (Throwable e) {
                  results.add(e);
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(Collections.nCopies(8, 1.0), List.copyOf(results));
  }

  interface Clashing {
    PyObject target();

    double callDouble(long callable, double argument);

    void closeBinding(long callable);

    long deadline();

    String acquire();
  }

  @Test
  void noMethodNameIsTaken() {
    PyObject target =
        model(
            "def target(self): return self",
            "def callDouble(self, a, b): return a + b",
            "def closeBinding(self, a): pass",
            "def deadline(self): return 5",
            "def acquire(self): return 'a'");
    Clashing bound = target.bind(Clashing.class);
    assertTrue(bound.target().is(target));
    assertEquals(3.5, bound.callDouble(1, 2.5));
    bound.closeBinding(1);
    assertEquals(5, bound.deadline());
    assertEquals("a", bound.acquire());
    assertTrue(TestPython.eval("lambda x: x").invoke(bound).is(target));
  }
}
