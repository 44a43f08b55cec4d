package dev.naja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.Cleaner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What would crash a JVM that hosts CPython carelessly. */
@Timeout(120)
class HazardTest {
  private static final long SMALL_STACK = 512 * 1024;

  /** What an action throws on a thread of its own with a given stack. */
  private static Throwable thrown(long stack, Runnable action) throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                action.run();
              } catch (Throwable e) {
                thrown.set(e);
              }
            },
            "small",
            stack);
    thread.start();
    thread.join();
    return thrown.get();
  }

  private static void assertRecursionError(Throwable thrown) {
    PythonException raised = assertInstanceOf(PythonException.class, thrown);
    assertEquals("RecursionError", raised.pythonType());
    assertEquals(2, TestPython.eval("1 + 1").as(int.class));
  }

  @Test
  void infiniteRecursionEnds() throws InterruptedException {
    PyObject forever = TestPython.define("f", "def f(): return f()");
    assertRecursionError(assertThrows(PythonException.class, forever::call));
    assertRecursionError(thrown(SMALL_STACK, forever::call));
  }

  @Test
  void infiniteRecursionThroughCEnds() throws InterruptedException {
    PyObject forever =
        TestPython.define(
            "f", "class C:", "  def __repr__(self): return repr([self])", "f = C().__repr__");
    assertRecursionError(assertThrows(PythonException.class, forever::call));
    assertRecursionError(thrown(SMALL_STACK, forever::call));
  }

  @Test
  void reprOfDeeplyNestedListsEnds() throws InterruptedException {
    PyObject nested = TestPython.define("x", "x = []", "for i in range(100_000): x = [x]");
    assertRecursionError(assertThrows(PythonException.class, nested::repr));
    assertRecursionError(thrown(SMALL_STACK, nested::repr));
    assertRecursionError(
        thrown(
            SMALL_STACK,
            () ->
                nested.equals(
                    TestPython.define("x", "x = []", "for i in range(100_000): x = [x]"))));
  }

  @Test
  void deepPythonRecursionWithinTheLimitWorks() {
    PyObject deep = TestPython.define("f", "def f(n): return n and 1 + f(n - 1)");
    assertEquals(900, deep.callAs(int.class, 900));
  }

  @Test
  void faulthandlerIsRefused() {
    PythonException raised =
        assertThrows(
            PythonException.class,
            () -> TestPython.namespace("import faulthandler", "faulthandler.enable()"));
    assertEquals("RuntimeError", raised.pythonType());
    assertTrue(raised.getMessage().contains("libjsig"), raised.getMessage());
  }

  @Test
  void forkIsRefusedAndSubprocessesWork() {
    PythonException raised =
        assertThrows(PythonException.class, () -> TestPython.namespace("import os", "os.fork()"));
    assertEquals("RuntimeError", raised.pythonType());
    assertTrue(raised.getMessage().contains("subprocess"), raised.getMessage());
    assertEquals(
        "out\n",
        TestPython.namespace("import subprocess")
            .evalAs(String.class, "subprocess.check_output(['echo', 'out']).decode()"));
  }

  @Test
  void signalsStayTheJvms() {
    // CPython sets handlers on its main thread only, and Java's threads are not that.
    PythonException raised =
        assertThrows(
            PythonException.class,
            () ->
                TestPython.namespace(
                    "import signal", "signal.signal(signal.SIGTERM, lambda *a: None)"));
    assertEquals("ValueError", raised.pythonType());
  }

  @Test
  void aCleanersThreadMayCallPython() throws InterruptedException {
    PyObject list = TestPython.eval("[]");
    CountDownLatch cleaned = new CountDownLatch(1);
    Cleaner cleaner = Cleaner.create();
    cleaner.register(
        new Object(),
        () -> {
          list.attr("append").call(1);
          cleaned.countDown();
        });
    for (int tries = 0; tries < 200 && cleaned.getCount() > 0; tries++) {
      System.gc();
      cleaned.await(50, TimeUnit.MILLISECONDS);
    }
    assertEquals(1, list.length());
  }

  @Test
  @SuppressWarnings({"deprecation", "removal"})
  void aFinalizerMayUseItsOwnHandle() throws InterruptedException {
    PyObject list = TestPython.eval("[]");
    CountDownLatch finalized = new CountDownLatch(1);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    class Finalizable {
      private final PyObject append = list.attr("append");

      @Override
      protected void finalize() {
        try {
          append.call(1);
        } catch (Throwable e) {
          failure.set(e);
        }
        finalized.countDown();
      }
    }
    assertTrue(new Finalizable().append.isCallable());
    for (int tries = 0; tries < 200 && finalized.getCount() > 0; tries++) {
      System.gc();
      finalized.await(50, TimeUnit.MILLISECONDS);
    }
    assertEquals(null, failure.get());
    assertEquals(1, list.length());
  }

  @Test
  void thousandsOfThreadsCallAndEnd() throws InterruptedException {
    PyObject count = TestPython.eval("[0]");
    PyObject add = TestPython.define("f", "def f(x): x[0] += 1");
    for (int round = 0; round < 20; round++) {
      Thread[] threads = new Thread[100];
      for (int i = 0; i < threads.length; i++) {
        threads[i] = new Thread(() -> add.call(count));
        threads[i].start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertTrue(count.item(0, int.class) > 1900, () -> count.repr());
  }
}
