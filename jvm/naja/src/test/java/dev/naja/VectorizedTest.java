package dev.naja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Python functions that take the batches of a {@link MicroBatcher}, as lists, for which Python
 * needs no package. {@link VectorizedNumPyTest} has the arrays and tables.
 */
@Timeout(60)
class VectorizedTest {
  /** Whatever is submitted before {@code close} is one batch. */
  static final BatchConfig ONE_BATCH = BatchConfig.of().withDelay(Duration.ofHours(1));

  private static final BatchConfig LISTS = ONE_BATCH.withForm(BatchConfig.Form.LISTS);
  private static final BatchConfig ROWS = ONE_BATCH.withForm(BatchConfig.Form.ROWS);

  /** A function {@code f} whose body these lines are. */
  static PyObject function(String parameters, String... body) {
    List<String> lines = new ArrayList<>(List.of("import naja", "def f(" + parameters + "):"));
    for (String line : body) {
      lines.add("  " + line);
    }
    return TestPython.define("f", lines.toArray(String[]::new));
  }

  /** The futures of rows that were one batch. */
  @SafeVarargs
  static <T, R> List<CompletableFuture<R>> batch(
      PyObject function, Class<R> type, BatchConfig config, T... rows) {
    List<CompletableFuture<R>> futures = new ArrayList<>();
    try (MicroBatcher<T, R> batcher = MicroBatcher.of(function, type, config)) {
      for (T row : rows) {
        futures.add(batcher.submit(row));
      }
    }
    return futures;
  }

  /** The results of rows that were one batch. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  static <T, R> List<R> results(PyObject function, Class<R> type, BatchConfig config, T... rows) {
    List<R> results = new ArrayList<>();
    batch(function, type, config, rows).forEach(future -> results.add(future.join()));
    return results;
  }

  static Throwable failure(CompletableFuture<?> future) {
    return assertThrows(ExecutionException.class, future::get).getCause();
  }

  private record Payment(double amount, String merchant) {}

  @Test
  void aValueIsARowOfOneColumn() {
    assertEquals(
        List.of(2, 4, 6),
        results(function("x", "return [2 * v for v in x]"), Integer.class, LISTS, 1, 2, 3));
    assertEquals(
        List.of("A/2", "B/2"),
        results(
            function("x", "return [v.upper() + f'/{len(x)}' for v in x]"),
            String.class,
            LISTS,
            "a",
            "b"));
    assertEquals(
        List.of("[1.0, None]", "[1.0, None]"),
        results(function("x", "return [str(x)] * 2"), String.class, LISTS, 1.0, null));
  }

  @Test
  void tuplesAndRecordsHaveAColumnForEachValue() {
    PyObject f = function("a, b", "return [f'{x} {y}' for x, y in zip(a, b)]");
    List<String> expected = List.of("1.5 a", "2.5 b");
    assertEquals(
        expected,
        results(f, String.class, LISTS, new Object[] {1.5, "a"}, new Object[] {2.5, "b"}));
    assertEquals(
        expected, results(f, String.class, LISTS, PyTuple.of(1.5, "a"), PyTuple.of(2.5, "b")));
    assertEquals(
        expected, results(f, String.class, LISTS, Map.entry(1.5, "a"), Map.entry(2.5, "b")));
    assertEquals(
        expected, results(f, String.class, LISTS, new Payment(1.5, "a"), new Payment(2.5, "b")));
  }

  @Test
  void mapsPassTheirColumnsByKeyword() {
    PyObject f =
        function("merchant, amount", "return [f'{x} {y}' for x, y in zip(amount, merchant)]");
    assertEquals(
        List.of("1.5 a", "2.5 b"),
        results(
            f,
            String.class,
            LISTS,
            Map.of("amount", 1.5, "merchant", "a"),
            Map.of("merchant", "b", "amount", 2.5)));
  }

  @Test
  void rowsMayComeAsTheyAre() {
    PyObject f = function("rows", "return [repr(row) for row in rows]");
    assertEquals(
        List.of("Payment(amount=1.5, merchant='a')", "3", "None", "{'a': 1}"),
        results(f, String.class, ROWS, new Payment(1.5, "a"), 3, null, Map.of("a", 1)));
  }

  @Test
  void theDecoratorSaysTheFormAndTheConfigurationTakesPrecedence() {
    PyObject f =
        TestPython.define(
            "f",
            "import naja",
            "@naja.vectorized(form='rows')",
            "def f(x):",
            "  return [len(x)] * len(x)");
    assertEquals(List.of(3, 3, 3), results(f, Integer.class, ONE_BATCH, 1, 2, 3));
    PyObject g =
        TestPython.define(
            "f", "import naja", "@naja.vectorized(form='lists')", "def f(a, b):", "  return a");
    assertEquals(List.of(5), results(g, Integer.class, ONE_BATCH, PyTuple.of(5, 6)));
    assertEquals(f.call(List.of(1, 2)), List.of(2L, 2L));
  }

  @Test
  void methodsAndObjectsCanBeVectorizedToo() {
    PyObject model =
        TestPython.define(
                "Model",
                "import naja",
                "class Model:",
                "  def __init__(self): self.w = 3",
                "  @naja.vectorized(form='lists')",
                "  def score(self, x): return [v * self.w for v in x]",
                "  def __call__(self, x): return [-v for v in x]")
            .invoke();
    assertEquals(List.of(3, 6), results(model.attr("score"), Integer.class, ONE_BATCH, 1, 2));
    assertEquals(List.of(-1, -2), results(model, Integer.class, LISTS, 1, 2));
  }

  @Test
  void resultsAreConvertedToTheTypeAskedFor() {
    PyObject f = function("x", "return [(v, str(v)) for v in x]");
    assertEquals(List.of(PyTuple.of(1L, "1")), results(f, PyTuple.class, LISTS, 1));
    PyObject pairs = function("x", "return [{'amount': v, 'merchant': 'm'} for v in x]");
    assertEquals(
        List.of(new Payment(1, "m"), new Payment(2, "m")),
        results(pairs, Payment.class, LISTS, 1, 2));
    PyObject same = function("x", "return x");
    assertEquals(
        "[1]", results(function("x", "return [x]"), PyObject.class, LISTS, 1).get(0).str());
    assertNull(results(same, Double.class, LISTS, (Object) null).get(0));
    CompletableFuture<List<Long>> generic;
    try (MicroBatcher<Integer, List<Long>> batcher =
        MicroBatcher.of(
            function("x", "return [[v, v] for v in x]"), new TypeRef<List<Long>>() {}, LISTS)) {
      generic = batcher.submit(7);
    }
    assertEquals(List.of(7L, 7L), generic.join());
    assertEquals(List.of(1.5), results(same, double.class, LISTS, 1.5));
  }

  @Test
  void resultsMayBeColumns() {
    PyObject f = function("x", "return {'amount': x, 'merchant': [str(v) for v in x]}");
    assertEquals(
        List.of(new Payment(1, "1.0"), new Payment(2, "2.0")),
        results(f, Payment.class, LISTS, 1.0, 2.0));
    assertEquals(
        List.of(3L, 4L), results(function("x", "return tuple(x)"), Object.class, LISTS, 3L, 4L));
  }

  @Test
  void aWrongNumberOfResultsNamesBoth() {
    PyObject f = function("x", "return x[1:]");
    for (CompletableFuture<Integer> future : batch(f, Integer.class, LISTS, 1, 2, 3)) {
      PythonException raised = assertInstanceOf(PythonException.class, failure(future));
      assertEquals(
          "ValueError: f has returned 2 results for a batch of 3 rows: it must return one for each"
              + " row, in their order",
          raised.getMessage());
    }
    PyObject g = function("x", "return {'a': x, 'b': x[1:]}");
    assertEquals(
        "ValueError: column 'b' of what f has returned has 1 elements for a batch of 2 rows",
        failure(batch(g, Integer.class, LISTS, 1, 2).get(0)).getMessage());
    for (String wrong : List.of("None", "5", "'ab'", "{1, 2}", "object()")) {
      PyObject h = function("x", "return " + wrong);
      PythonException raised =
          assertInstanceOf(
              PythonException.class, failure(batch(h, Integer.class, LISTS, 1, 2).get(0)));
      assertEquals("TypeError", raised.pythonType());
      assertTrue(
          raised.pythonMessage().contains("for a batch of 2 rows: it must return one"),
          raised.getMessage());
    }
  }

  @Test
  void rowErrorFailsTheRowsThatItNames() {
    PyObject calls = TestPython.eval("[]");
    PyObject f =
        function(
            "x",
            "calls.append(len(x))",
            "for i, v in enumerate(x):",
            "  if v < 0: raise naja.RowError(i, 'amount is negative')",
            "return x");
    f.attr("__globals__").setItem("calls", calls);
    List<CompletableFuture<Integer>> futures = batch(f, Integer.class, LISTS, 1, -2, 3, -4);
    assertEquals(1, futures.get(0).join());
    assertEquals(3, futures.get(2).join());
    PythonException bad = assertInstanceOf(PythonException.class, failure(futures.get(1)));
    assertEquals("naja.RowError", bad.pythonType());
    assertEquals("naja.RowError: row 1: amount is negative", bad.getMessage());
    assertTrue(bad.getPythonTraceback().contains("in f"), bad.getPythonTraceback());
    assertEquals("naja.RowError: row 2: amount is negative", failure(futures.get(3)).getMessage());
    assertEquals(List.of(4L, 3L, 2L), calls.as(Object.class));
  }

  @Test
  void rowErrorMayNameSeveralRowsAndACause() {
    PyObject f =
        function(
            "x",
            "bad = [i for i, v in enumerate(x) if v < 0]",
            "if bad: raise naja.RowError(bad) from ValueError('why')",
            "return x");
    List<CompletableFuture<Integer>> futures = batch(f, Integer.class, LISTS, -1, 2, -3);
    assertEquals(2, futures.get(1).join());
    Throwable bad = failure(futures.get(0));
    assertEquals("naja.RowError: rows 0, 2", bad.getMessage());
    assertEquals("ValueError: why", bad.getCause().getMessage());
    assertSame(bad, failure(futures.get(2)));
    PyObject all = function("x", "raise naja.RowError(range(len(x)), 'all')");
    for (CompletableFuture<Integer> future : batch(all, Integer.class, LISTS, 1, 2)) {
      assertEquals("naja.RowError: rows 0, 1: all", failure(future).getMessage());
    }
  }

  @Test
  void rowErrorOutsideOfTheBatchFailsTheBatch() {
    PyObject f = function("x", "raise naja.RowError(2, 'third')");
    for (CompletableFuture<Integer> future : batch(f, Integer.class, LISTS, 1, 2)) {
      Throwable failure = failure(future);
      assertEquals(
          "IndexError: naja.RowError names [2], but the batch has the rows 0 to 1",
          failure.getMessage());
      assertEquals("naja.RowError: row 2: third", failure.getCause().getMessage());
    }
    PyObject g = function("x", "raise naja.RowError([], 'none')");
    assertEquals(
        "IndexError: naja.RowError names no row, but the batch has the rows 0 to 0",
        failure(batch(g, Integer.class, LISTS, 1).get(0)).getMessage());
  }

  @Test
  void anExceptionAmongTheResultsFailsItsRow() {
    PyObject f =
        function("x", "return [v if v > 0 else ValueError(f'{v} is negative') for v in x]");
    for (Class<?> type : List.of(Integer.class, Object.class, PyObject.class)) {
      List<? extends CompletableFuture<?>> futures = batch(f, type, LISTS, 1, -2, 3);
      assertEquals("1", futures.get(0).join().toString());
      assertEquals("ValueError: -2 is negative", failure(futures.get(1)).getMessage());
      assertEquals("3", futures.get(2).join().toString());
    }
  }

  @Test
  void aResultThatDoesNotFitFailsItsRow() {
    PyObject f = function("x", "return [v if v > 0 else 2 ** 40 for v in x]");
    List<CompletableFuture<Integer>> futures = batch(f, Integer.class, LISTS, 1, -2, 3);
    assertEquals(1, futures.get(0).join());
    assertInstanceOf(PythonConversionException.class, failure(futures.get(1)));
    assertEquals(3, futures.get(2).join());
  }

  @Test
  void aRowThatCannotCrossFailsAlone() {
    PyObject f = function("x", "return [v.year for v in x]");
    List<CompletableFuture<Integer>> futures =
        batch(
            f,
            Integer.class,
            LISTS,
            LocalDate.of(2026, 1, 1),
            LocalDate.of(10_000, 1, 1),
            LocalDate.of(1999, 1, 1));
    assertEquals(2026, futures.get(0).join());
    assertInstanceOf(PythonConversionException.class, failure(futures.get(1)));
    assertEquals(1999, futures.get(2).join());
  }

  @Test
  void rowsOfOtherTypesOrAritiesGoInCallsOfTheirOwn() {
    PyObject f = function("a, b", "return [[x + y, len(a)] for x, y in zip(a, b)]");
    List<CompletableFuture<Object>> futures =
        batch(
            f,
            Object.class,
            LISTS,
            new Object[] {1, 2},
            new Object[] {"a", 2},
            new Object[] {1, 2, 3},
            new Object[] {3, 4},
            "text");
    assertEquals(List.of(3L, 2L), futures.get(0).join());
    assertEquals(List.of(7L, 2L), futures.get(3).join());
    for (int bad : new int[] {1, 2, 4}) {
      PythonException raised = assertInstanceOf(PythonException.class, failure(futures.get(bad)));
      assertEquals("TypeError", raised.pythonType());
    }
  }

  @Test
  void aRowThatLacksAColumnSaysWhich() {
    PyObject f = function("a, b", "return a");
    BatchConfig named = LISTS.withColumns("a", "b");
    List<CompletableFuture<Integer>> futures =
        batch(f, Integer.class, named, PyTuple.of(1, 2), PyTuple.of(1));
    assertEquals(1, futures.get(0).join());
    assertEquals(
        "A row must have a value for each of the columns [a, b], but has 1 values.",
        failure(futures.get(1)).getMessage());
    Map<String, Object> sorted = new TreeMap<>(Map.of("b", 1, "c", 2));
    assertEquals(
        "A row must have a value for each of the columns [a, b], but has [b, c].",
        failure(batch(f, Integer.class, named, sorted).get(0)).getMessage());
  }

  @Test
  void whatTheFunctionRaisesFailsAllUnlessItIsTriedAgain() {
    PyObject f = function("x", "return [10 // v for v in x]");
    List<CompletableFuture<Integer>> futures = batch(f, Integer.class, LISTS, 1, 0, 5);
    for (CompletableFuture<Integer> future : futures) {
      assertTrue(failure(future).getMessage().startsWith("ZeroDivisionError"));
    }
    futures = batch(f, Integer.class, LISTS.withRetry(true), 1, 0, 5);
    assertEquals(10, futures.get(0).join());
    assertTrue(failure(futures.get(1)).getMessage().startsWith("ZeroDivisionError"));
    assertEquals(2, futures.get(2).join());
  }

  @Test
  void aDeadlineBoundsABatchWhichIsNotTriedAgain() {
    PyObject calls = TestPython.eval("[]");
    PyObject f = function("x", "calls.append(len(x))", "while True: pass");
    f.attr("__globals__").setItem("calls", calls);
    PyObject bounded = f.withTimeout(Duration.ofMillis(100));
    for (CompletableFuture<Integer> future :
        batch(bounded, Integer.class, LISTS.withRetry(true), 1, 2)) {
      assertInstanceOf(PythonTimeoutException.class, failure(future));
    }
    assertEquals(List.of(2L), calls.as(Object.class));
  }

  @Test
  void theFunctionMayBeClosedAndTheBatcherKeepsNothing() throws Exception {
    PyObject f = function("x", "return x");
    try (MicroBatcher<Integer, Integer> batcher =
        MicroBatcher.of(f, Integer.class, LISTS.withDelay(Duration.ZERO))) {
      f.close();
      assertEquals(1, batcher.call(1));
      long before = TestPython.get().handleCount();
      for (int i = 0; i < 1000; i++) {
        assertEquals(i, batcher.call(i));
      }
      assertTrue(TestPython.get().handleCount() <= before + 10);
    }
    try (PyObject g = function("x", "return x")) {
      long before = TestPython.get().handleCount();
      for (int i = 0; i < 20; i++) {
        MicroBatcher.of(g, Integer.class, LISTS).close();
      }
      assertTrue(TestPython.get().handleCount() < before + 20);
    }
  }

  @Test
  void whatCannotTakeBatchesIsRefusedAtOnce() {
    PyObject number = TestPython.eval("5");
    PythonException raised =
        assertThrows(PythonException.class, () -> MicroBatcher.of(number, Integer.class, LISTS));
    assertEquals(
        "TypeError: only a function can take batches; int cannot be called", raised.getMessage());
    PyObject coroutine = TestPython.define("f", "async def f(x): return x");
    raised =
        assertThrows(PythonException.class, () -> MicroBatcher.of(coroutine, Integer.class, LISTS));
    assertEquals(
        "TypeError: only a function can take batches; f is a coroutine function",
        raised.getMessage());
    PyObject f = function("x", "return x");
    f.close();
    assertThrows(IllegalStateException.class, () -> MicroBatcher.of(f, Integer.class, LISTS));
  }

  @Test
  void pythonRunsElsewhereWhileTheBatcherWaits() throws Exception {
    PyObject f = function("x", "return x");
    try (MicroBatcher<Integer, Integer> batcher = MicroBatcher.of(f, Integer.class, LISTS)) {
      CompletableFuture<Integer> waiting = batcher.submit(1);
      // It holds neither the GIL nor the gate: a thread of Python's and one of Java's go on.
      PyObject g =
          TestPython.define(
              "g",
              "import threading",
              "def g():",
              "  seen = []",
              "  thread = threading.Thread(target=lambda: seen.append(1))",
              "  thread.start()",
              "  thread.join()",
              "  return len(seen)");
      assertEquals(1, g.callAs(int.class));
      assertEquals(false, waiting.isDone());
    }
  }
}
