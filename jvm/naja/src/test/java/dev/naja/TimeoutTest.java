package dev.naja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls with a deadline. */
@Timeout(60)
class TimeoutTest {
  private static final Duration SHORT = Duration.ofMillis(100);

  private static PyObject spin() {
    return TestPython.define("spin", "def spin(*a, **k):", "  while True: pass");
  }

  @Test
  void aLoopIsInterrupted() {
    PyObject spin = spin().withTimeout(SHORT);
    long start = System.nanoTime();
    PythonTimeoutException raised = assertThrows(PythonTimeoutException.class, spin::call);
    long millis = (System.nanoTime() - start) / 1_000_000;
    assertTrue(millis >= 100 && millis < 5000, millis + " ms");
    assertEquals("naja.DeadlineExceeded", raised.pythonType());
    assertEquals("spin", raised.getStackTrace()[0].getMethodName());
    assertEquals(3L, TestPython.eval("lambda: 1 + 2").<Object>call());
  }

  @Test
  void everyWayToCallHasTheDeadline() {
    PyObject spin = spin().withTimeout(SHORT);
    assertThrows(PythonTimeoutException.class, () -> spin.invoke(1));
    assertThrows(PythonTimeoutException.class, () -> spin.callAs(int.class, 1));
    assertThrows(PythonTimeoutException.class, () -> spin.call(new Object[0], Map.of("a", 1)));
  }

  @Test
  void bindingsHaveTheDeadline() {
    PyObject spin = spin().withTimeout(SHORT);
    assertThrows(PythonTimeoutException.class, spin.bind(Runnable.class)::run);
    DoubleUnaryOperator doubles = spin.bind(DoubleUnaryOperator.class);
    assertThrows(PythonTimeoutException.class, () -> doubles.applyAsDouble(1));
    LongUnaryOperator longs = spin.bind(LongUnaryOperator.class);
    assertThrows(PythonTimeoutException.class, () -> longs.applyAsLong(1));
    DoubleUnaryOperator fast =
        TestPython.eval("lambda x: x").withTimeout(SHORT).bind(DoubleUnaryOperator.class);
    assertEquals(1.5, fast.applyAsDouble(1.5));
  }

  @Test
  void aCallThatIsInTimeIsNotDisturbed() throws InterruptedException {
    PyObject quick = TestPython.eval("lambda x: x + 1").withTimeout(Duration.ofMillis(50));
    for (int i = 0; i < 1000; i++) {
      assertEquals(i + 1, quick.callAs(int.class, i));
    }
    Thread.sleep(100);
    assertEquals(2, quick.callAs(int.class, 1));
  }

  @Test
  void exceptExceptionDoesNotSwallowIt() {
    PyObject stubborn =
        TestPython.define(
            "f",
            "def f():",
            "  while True:",
            "    try:",
            "      while True: pass",
            "    except Exception: pass");
    assertThrows(PythonTimeoutException.class, stubborn.withTimeout(SHORT)::call);
  }

  @Test
  void aSleepInCIsInterruptedWhenItReturns() {
    PyObject sleepy =
        TestPython.define(
            "f", "import time", "def f():", "  time.sleep(0.4)", "  while True: pass");
    long start = System.nanoTime();
    assertThrows(PythonTimeoutException.class, sleepy.withTimeout(SHORT)::call);
    assertTrue(System.nanoTime() - start >= 400_000_000L);
  }

  @Test
  void onlyTheCallThatIsLateIsInterrupted() throws InterruptedException {
    PyObject spin =
        TestPython.define(
            "f",
            "import time",
            "def f(seconds):",
            "  end = time.monotonic() + seconds",
            "  while time.monotonic() < end: pass",
            "  return seconds");
    List<Throwable> thrown = new ArrayList<>();
    Thread other =
        new Thread(
            () -> assertEquals(1.0, spin.withTimeout(Duration.ofSeconds(30)).<Object>call(1.0)));
    other.setUncaughtExceptionHandler((thread, e) -> thrown.add(e));
    other.start();
    assertThrows(PythonTimeoutException.class, () -> spin.withTimeout(SHORT).call(20.0));
    other.join();
    assertEquals(List.of(), thrown);
  }

  @Test
  void aTimeoutMustBePositive() {
    PyObject any = TestPython.eval("len");
    assertThrows(IllegalArgumentException.class, () -> any.withTimeout(Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> any.withTimeout(Duration.ofMillis(-1)));
    assertThrows(NullPointerException.class, () -> any.withTimeout(null));
    assertEquals(1, any.withTimeout(Duration.ofDays(1_000_000)).callAs(int.class, "a"));
  }

  @Test
  void theViewIsTheSameReference() {
    PyObject object = TestPython.eval("lambda: 1");
    PyObject view = object.withTimeout(SHORT);
    assertEquals(object, view);
    assertFalse(object.isClosed());
    view.close();
    assertTrue(object.isClosed());
  }
}
