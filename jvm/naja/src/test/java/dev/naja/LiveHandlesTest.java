package dev.naja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the list of the Python objects that Java holds says. */
class LiveHandlesTest {

  /** Defines a class of a name that no other test gives, and lists its live instances. */
  private static List<LiveHandle> live(String type) {
    return TestPython.get().liveHandles().stream()
        .filter(handle -> handle.type().equals("__main__." + type))
        .collect(Collectors.toList());
  }

  private static PyObject instance(String type, String... methods) {
    List<String> lines = new ArrayList<>(List.of("class " + type + ":", "  pass"));
    for (String method : methods) {
      lines.add("  " + method);
    }
    lines.add("made = " + type + "()");
    return TestPython.define("made", lines.toArray(String[]::new));
  }

  @Test
  void whatIsClosedIsLeftOut() {
    PyObject held = instance("Held", "def __repr__(self): return 'Held!'");
    PyObject same = TestPython.eval("lambda x: x").invoke(held);
    assertEquals(
        List.of("Held!", "Held!"),
        live("Held").stream().map(LiveHandle::text).collect(Collectors.toList()));
    same.close();
    assertEquals(1, live("Held").size());
    held.close();
    assertEquals(List.of(), live("Held"));
  }

  @Test
  void aBuiltinHasNoModule() {
    PyObject list = TestPython.eval("['liveHandles', 1.5]");
    assertEquals(
        1,
        TestPython.get().liveHandles().stream()
            .filter(h -> h.type().equals("list") && h.text().equals("['liveHandles', 1.5]"))
            .count());
    Reference.reachabilityFence(list);
  }

  @Test
  void textsAreShort() {
    PyObject large = instance("Large", "def __repr__(self): return 'x' * 10_000_000");
    String text = live("Large").get(0).text();
    assertTrue(text.length() <= 200 && text.startsWith("xxx") && text.contains("..."), text);
    Reference.reachabilityFence(large);
  }

  @Test
  void aReprThatFailsDoesNoHarm() {
    List<PyObject> held =
        List.of(
            instance("Raising", "def __repr__(self): raise ValueError('hostile')"),
            instance("Leaving", "def __repr__(self): raise SystemExit(1)"),
            instance("Deep", "def __repr__(self): return repr(self)"),
            instance("Wrong", "def __repr__(self): return 5"));
    assertTrue(live("Raising").get(0).text().matches("<.*>"), () -> live("Raising").toString());
    assertEquals("<repr() raised SystemExit>", live("Leaving").get(0).text());
    assertTrue(live("Deep").get(0).text().matches("<.*>"), () -> live("Deep").toString());
    assertTrue(live("Wrong").get(0).text().matches("<.*>"), () -> live("Wrong").toString());
    Reference.reachabilityFence(held);
  }

  @Test
  void anEndlessReprIsEnded() {
    PyObject endless = instance("Endless", "def __repr__(self):", "  while True: pass");
    assertEquals("<repr() raised naja.DeadlineExceeded>", live("Endless").get(0).text());
    endless.close();
  }

  @Test
  void theListKeepsNothingAlive() throws InterruptedException {
    PyObject held = instance("Kept");
    List<LiveHandle> live = live("Kept");
    WeakReference<PyObject> reference = new WeakReference<>(held);
    PyObject collected = TestPython.eval("__import__('weakref').ref").invoke(held);
    held = null;
    for (int tries = 0; tries < 100 && reference.get() != null; tries++) {
      System.gc();
      Thread.sleep(20);
    }
    assertNull(reference.get());
    assertEquals(List.of(), live("Kept"));
    assertNull(collected.call());
    assertEquals("__main__.Kept", live.get(0).type());
  }

  @Test
  void tracingTellsWhereAnObjectCameToJava() {
    Python.start(PythonConfig.of(TestPython.get().executable()).withLeakTracing(true));
    // A later start that does not ask for it leaves it on.
    Python.start(PythonConfig.of(TestPython.get().executable()));
    PyObject traced = instance("Traced");
    LiveHandle handle = live("Traced").get(0);
    List<String> classes =
        handle.created().stream().map(StackTraceElement::getClassName).collect(Collectors.toList());
    assertEquals("dev.naja.Namespace", classes.get(0));
    assertEquals("dev.naja.TestPython", classes.get(1));
    assertTrue(classes.contains(LiveHandlesTest.class.getName()), classes::toString);
    assertFalse(classes.contains("dev.naja.internal.Handle"), classes::toString);
    assertTrue(
        handle.toString().startsWith("__main__.Traced <") && handle.toString().contains("\n\tat "),
        handle::toString);
    assertThrows(UnsupportedOperationException.class, () -> handle.created().clear());
    Reference.reachabilityFence(traced);
  }

  @Test
  void handlesMayComeAndGoMeanwhile() throws InterruptedException {
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    PyObject same = TestPython.eval("lambda x: x");
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 5000; i++) {
                  same.invoke("passing").close();
                }
              });
      thread.setUncaughtExceptionHandler((ignored, e) -> failures.add(e));
      threads.add(thread);
      thread.start();
    }
    for (int i = 0; i < 20; i++) {
      assertTrue(TestPython.get().liveHandles().size() > 1);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(List.of(), List.copyOf(failures));
  }
}
