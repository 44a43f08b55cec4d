package dev.naja.flink.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.naja.PyObject;
import dev.naja.Python;
import dev.naja.flink.PythonEnvironment;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.flink.table.functions.FunctionContext;
import org.junit.jupiter.api.Test;

/** How long is a job's code there for functions that Flink tells neither their job nor its end? */
class OpenPythonTest {
  /** No other test's. */
  private static final PythonEnvironment PYTHON =
      PythonEnvironment.of().withPythonPath(Path.of("src/test").toAbsolutePath().toString());

  /** What a thread that stands for a task has opened. */
  private static final class Task implements AutoCloseable {
    private final CountDownLatch ends = new CountDownLatch(1);
    private final FutureTask<String> opened;
    private final Thread thread;

    /** Opens Python on a thread that then lives on. */
    Task() {
      opened = new FutureTask<>(() -> job(OpenPython.open(PYTHON, TaskContext.detached())));
      thread =
          new Thread(
              () -> {
                opened.run();
                try {
                  ends.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      thread.start();
    }

    String identifier() throws InterruptedException, ExecutionException {
      return opened.get();
    }

    /** Ends the thread. */
    @Override
    public void close() throws InterruptedException {
      ends.countDown();
      thread.join();
    }
  }

  /** Tells the job's code from that of others. */
  private static String job(OpenPython python) {
    try (PyObject importer = python.importer();
        PyObject overlay = importer.attr("__self__")) {
      return overlay.attr("identifier").str();
    }
  }

  private static OpenPython open() {
    return OpenPython.open(PYTHON, TaskContext.of(new FunctionContext(null)));
  }

  private static boolean isThere(String job) {
    try (PyObject routing = Python.running().module("naja.flink._routing");
        PyObject overlays = routing.attr("overlays");
        PyObject contains = overlays.attr("__contains__")) {
      return contains.callAs(boolean.class, job);
    }
  }

  @Test
  void whatATaskLeavesIsClosedWhenTheNextOneOpens() throws Exception {
    String job;
    try (Task selector = new Task()) {
      job = selector.identifier();
      open().close();
      assertTrue(isThere(job));
    }
    open().close();
    assertFalse(isThere(job));
  }

  @Test
  void aFunctionWithoutATaskKeepsWhatAnotherHasOpened() throws Exception {
    OpenPython function = open();
    String job = job(function);
    try (Task selector = new Task()) {
      assertEquals(job, selector.identifier());
      function.close();
      assertTrue(isThere(job));
    }
    open().close();
    assertFalse(isThere(job));
  }

  @Test
  void aTaskThatClosesItsFunctionsClosesThemAll() {
    OpenPython function = open();
    String job = job(function);
    assertEquals(job, job(OpenPython.open(PYTHON, TaskContext.detached())));
    function.close();
    assertFalse(isThere(job));
  }
}
