package dev.naja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Runs of calls under one hold of the GIL. */
@Timeout(60)
class SessionTest {
  private final DoubleUnaryOperator twice =
      TestPython.eval("lambda x: 2 * x").bind(DoubleUnaryOperator.class);

  @Test
  void callsWorkInASession() {
    double sum = 0;
    try (Session session = TestPython.get().session()) {
      for (int i = 0; i < 1000; i++) {
        sum += twice.applyAsDouble(i);
      }
    }
    assertEquals(999_000.0, sum);
    assertEquals(4.0, twice.applyAsDouble(2));
  }

  @Test
  void sessionsNest() {
    try (Session outer = TestPython.get().session()) {
      try (Session inner = TestPython.get().session()) {
        assertEquals(4.0, twice.applyAsDouble(2));
      }
      assertEquals(6.0, twice.applyAsDouble(3));
    }
    assertEquals(8.0, twice.applyAsDouble(4));
  }

  @Test
  void noOtherThreadRunsPythonMeanwhile() throws InterruptedException {
    CountDownLatch called = new CountDownLatch(1);
    Thread other =
        new Thread(
            () -> {
              twice.applyAsDouble(1);
              called.countDown();
            });
    try (Session session = TestPython.get().session()) {
      other.start();
      assertFalse(called.await(200, TimeUnit.MILLISECONDS));
    }
    assertTrue(called.await(20, TimeUnit.SECONDS));
    other.join();
  }

  @Test
  void codeThatGivesTheGilUpLetsOthersRun() throws InterruptedException {
    CountDownLatch called = new CountDownLatch(1);
    Thread other =
        new Thread(
            () -> {
              twice.applyAsDouble(1);
              called.countDown();
            });
    try (Session session = TestPython.get().session()) {
      other.start();
      TestPython.get().module("time").attr("sleep").call(0.5);
      assertEquals(0, called.getCount());
    }
    other.join();
  }

  @Test
  void anotherThreadMayNotCloseIt() throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    try (Session session = TestPython.get().session()) {
      Thread other =
          new Thread(
              () -> thrown.set(assertThrows(IllegalStateException.class, session::close)),
              "the-other");
      other.start();
      other.join();
    }
    String message = thrown.get().getMessage();
    assertTrue(message.contains("the-other"), message);
    assertTrue(message.contains(Thread.currentThread().getName()), message);
    assertNull(thrown.get().getCause());
  }

  @Test
  void anExceptionLeavesTheSessionUsable() {
    try (Session session = TestPython.get().session()) {
      assertThrows(PythonException.class, () -> TestPython.eval("1 / 0"));
      assertEquals(4.0, twice.applyAsDouble(2));
    }
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void onAVirtualThreadItHoldsNothing() throws Exception {
    AtomicReference<Object> result = new AtomicReference<>();
    Runnable body =
        () -> {
          try (Session session = TestPython.get().session()) {
            Thread.yield();
            Thread platform = new Thread(() -> result.set(twice.applyAsDouble(2)));
            platform.start();
            platform.join();
          } catch (InterruptedException e) {
            result.set(e);
          }
        };
    Method startVirtualThread = Thread.class.getMethod("startVirtualThread", Runnable.class);
    ((Thread) startVirtualThread.invoke(null, body)).join();
    assertEquals(4.0, result.get());
  }
}
