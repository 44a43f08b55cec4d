package dev.naja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Coroutine functions that Java calls without waiting. */
@Timeout(60)
class CallAsyncTest {

  /** A coroutine function {@code f} whose body these lines are. */
  private static PyObject coroutine(String parameters, String... body) {
    List<String> lines = new ArrayList<>(List.of("import asyncio, threading"));
    lines.add("async def f(" + parameters + "):");
    for (String line : body) {
      lines.add("  " + line);
    }
    return TestPython.define("f", lines.toArray(String[]::new));
  }

  private static Throwable failure(CompletableFuture<?> future) {
    return assertThrows(ExecutionException.class, future::get).getCause();
  }

  @Test
  void theResultComesAsOfAnyCall() throws Exception {
    PyObject f = coroutine("*a", "await asyncio.sleep(0.01)", "return [*a, frozenset(), (1, 2)]");
    assertEquals(
        Arrays.asList(1L, "a", null, java.util.Set.of(), PyTuple.of(1L, 2L)),
        f.callAsync(1, "a", null).get());
    assertInstanceOf(PyObject.class, coroutine("", "return object()").callAsync().get());
    assertNull(coroutine("", "pass").callAsync().get());
    assertEquals("None", coroutine("a", "return repr(a)").callAsync((Object[]) null).get());
  }

  @Test
  void theResultHasTheTypeAskedFor() throws Exception {
    PyObject f = coroutine("x", "return x");
    int number = f.callAsyncAs(int.class, 5).get();
    assertEquals(5, number);
    Map<String, List<Integer>> map =
        f.callAsyncAs(new TypeRef<Map<String, List<Integer>>>() {}, Map.of("a", List.of(1, 2)))
            .get();
    assertEquals(Map.of("a", List.of(1, 2)), map);
    assertNull(f.callAsyncAs(void.class, 5).get());
    PyObject list = TestPython.eval("[1]");
    assertTrue(f.callAsyncAs(PyObject.class, list).get().is(list));
  }

  @Test
  void keywordArgumentsArePassed() throws Exception {
    PyObject f = coroutine("a, *, b=2", "return a * b");
    assertEquals(10L, f.callAsync(new Object[] {5}, Map.of()).get());
    assertEquals(15L, f.callAsync(new Object[] {5}, Map.of("b", 3)).get());
    double result = f.callAsyncAs(double.class, new Object[] {5}, Map.of("b", 0.5)).get();
    assertEquals(2.5, result);
    List<Long> list =
        f.callAsyncAs(new TypeRef<List<Long>>() {}, new Object[] {List.of(7)}, Map.of("b", 2))
            .get();
    assertEquals(List.of(7L, 7L), list);
    PythonException raised =
        assertInstanceOf(
            PythonException.class, failure(f.callAsync(new Object[] {5}, Map.of("c", 3))));
    assertEquals("TypeError", raised.pythonType());
  }

  @Test
  void whatPythonRaisesFailsTheFuture() {
    PyObject f = coroutine("", "await asyncio.sleep(0)", "raise ValueError('why')");
    PythonException raised = assertInstanceOf(PythonException.class, failure(f.callAsync()));
    assertEquals("ValueError: why", raised.getMessage());
    assertTrue(raised.getPythonTraceback().contains("in f"), raised.getPythonTraceback());
    PyObject exit = coroutine("", "raise SystemExit(3)");
    raised = assertInstanceOf(PythonException.class, failure(exit.callAsync()));
    assertEquals("SystemExit", raised.pythonType());
    // And the event loop runs on.
    assertEquals(1L, coroutine("", "return 1").callAsync().join());
  }

  @Test
  void aResultThatDoesNotFitFailsTheFuture() {
    PyObject f = coroutine("", "return 'x'");
    assertInstanceOf(PythonConversionException.class, failure(f.callAsyncAs(int.class)));
    PyObject wide = coroutine("", "return 2 ** 63");
    assertInstanceOf(PythonConversionException.class, failure(wide.callAsyncAs(long.class)));
  }

  @Test
  void whatIsNotAwaitableIsATypeError() throws Exception {
    for (String expression : List.of("lambda: 5", "len", "int")) {
      CompletableFuture<?> future = TestPython.eval(expression).callAsync(new Object[0], Map.of());
      PythonException raised = assertInstanceOf(PythonException.class, failure(future));
      assertEquals("TypeError", raised.pythonType());
    }
    assertTrue(
        failure(TestPython.eval("lambda: 5").callAsync()).getMessage().contains("await"),
        () -> failure(TestPython.eval("lambda: 5").callAsync()).getMessage());
  }

  @Test
  void aFunctionMayReturnWhatIsAwaitable() throws Exception {
    PyObject f =
        TestPython.define(
            "g", "async def f(x): return x + 1", "def g(x): return f(x)", "g.__wrapped__ = f");
    assertEquals(6L, f.callAsync(5).get());
  }

  @Test
  void anArgumentThatCannotCrossIsRefusedAtOnce() {
    PyObject f = coroutine("x", "return x");
    List<Object> circle = new ArrayList<>();
    circle.add(circle);
    assertThrows(PythonConversionException.class, () -> f.callAsync(circle));
    f.close();
    assertThrows(IllegalStateException.class, () -> f.callAsync(1));
  }

  private static void await(PyObject events, String event) throws InterruptedException {
    for (int tries = 0; tries < 500 && !events.contains(event); tries++) {
      Thread.sleep(10);
    }
    assertTrue(events.contains(event), () -> event + " is not in " + events);
  }

  private static PyObject patient(PyObject events) {
    PyObject f =
        coroutine(
            "events",
            "try:",
            "  events.append('begun')",
            "  await asyncio.sleep(100)",
            "except asyncio.CancelledError:",
            "  events.append('cancelled')",
            "  raise");
    assertFalse(events.isTrue());
    return f;
  }

  @Test
  void cancellingTheFutureCancelsTheCoroutine() throws Exception {
    PyObject events = TestPython.eval("[]");
    CompletableFuture<Object> future = patient(events).callAsync(events);
    await(events, "begun");
    assertFalse(future.isDone());
    assertTrue(future.cancel(true));
    await(events, "cancelled");
    assertTrue(future.isCancelled());
  }

  @Test
  void whoeverEndsTheFutureCancelsTheCoroutine() throws Exception {
    PyObject events = TestPython.eval("[]");
    CompletableFuture<Object> late =
        patient(events).callAsync(events).orTimeout(200, TimeUnit.MILLISECONDS);
    assertInstanceOf(TimeoutException.class, failure(late));
    await(events, "cancelled");
    PyObject others = TestPython.eval("[]");
    CompletableFuture<Object> given = patient(others).callAsync(others);
    await(others, "begun");
    given.complete("given");
    await(others, "cancelled");
    assertEquals("given", given.get());
  }

  @Test
  void aCoroutineThatIsCancelledCancelsTheFuture() {
    PyObject f = coroutine("", "asyncio.current_task().cancel()", "await asyncio.sleep(100)");
    CompletableFuture<Object> future = f.callAsync();
    assertThrows(java.util.concurrent.CancellationException.class, future::get);
    assertTrue(future.isCancelled());
  }

  @Test
  void allCallsShareOneThreadOfPythons() throws Exception {
    PyObject thread = coroutine("", "return threading.get_ident()");
    Object one = thread.callAsync().get();
    assertEquals(one, thread.callAsync().get());
    assertNotEquals(one, TestPython.eval("__import__('threading').get_ident").call());
  }

  @Test
  void coroutinesWaitTogether() throws Exception {
    PyObject f = coroutine("x", "await asyncio.sleep(0.3)", "return x");
    long start = System.nanoTime();
    List<CompletableFuture<Integer>> futures = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      futures.add(f.callAsyncAs(int.class, i));
    }
    int sum = 0;
    for (CompletableFuture<Integer> future : futures) {
      sum += future.get();
    }
    assertEquals(500 * 499 / 2, sum);
    assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(30));
  }

  @Test
  void stagesMayCallPythonAgain() {
    PyObject f = coroutine("x", "return x + 1");
    CompletableFuture<Object> chain =
        f.callAsync(1).thenCompose(f::callAsync).thenApply(x -> f.callAsync(x)).thenCompose(x -> x);
    assertEquals(4L, chain.join());
  }

  @Test
  void nothingIsKept() throws Exception {
    PyObject f = coroutine("x", "return object()");
    f.callAsyncAs(PyObject.class, 1).get().close();
    long before = TestPython.get().handleCount();
    for (int i = 0; i < 2000; i++) {
      f.callAsyncAs(PyObject.class, i).get().close();
    }
    long after = Long.MAX_VALUE;
    for (int tries = 0; tries < 100 && after > before + 100; tries++) {
      System.gc();
      Thread.sleep(20);
      after = TestPython.get().handleCount();
    }
    assertTrue(after <= before + 100, before + " then " + after);
  }
}
