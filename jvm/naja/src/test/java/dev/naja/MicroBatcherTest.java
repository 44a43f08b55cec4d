package dev.naja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How rows are gathered and answered, whatever function computes the batch. */
@Timeout(60)
class MicroBatcherTest {
  private static final Duration LONG = Duration.ofHours(1);

  /** Doubles each row, remembers its batches, and runs each only when it is let. */
  private static final class Gated implements BatchFunction<Integer, Integer> {
    final Semaphore passes = new Semaphore(0);
    final Semaphore begun = new Semaphore(0);
    final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());

    @Override
    public List<Integer> apply(List<Integer> rows) throws InterruptedException {
      batches.add(List.copyOf(rows));
      begun.release();
      passes.acquire();
      return doubled(rows);
    }
  }

  private static List<Integer> doubled(List<Integer> rows) {
    return rows.stream().map(row -> 2 * row).collect(Collectors.toList());
  }

  private static Throwable failure(CompletableFuture<?> future) {
    return assertThrows(ExecutionException.class, future::get).getCause();
  }

  @Test
  void everyCallerGetsTheResultOfItsRow() throws Exception {
    try (MicroBatcher<Integer, Integer> batcher =
        MicroBatcher.of(MicroBatcherTest::doubled, BatchConfig.of())) {
      assertEquals(4, batcher.call(2));
      List<CompletableFuture<Integer>> futures = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        futures.add(batcher.submit(i));
      }
      for (int i = 0; i < 1000; i++) {
        assertEquals(2 * i, futures.get(i).get());
      }
    }
  }

  @Test
  void theNextBatchGathersWhileOneRuns() throws Exception {
    Gated gated = new Gated();
    try (MicroBatcher<Integer, Integer> batcher =
        MicroBatcher.of(gated, BatchConfig.of().withSize(3))) {
      CompletableFuture<Integer> first = batcher.submit(0);
      gated.begun.acquire();
      for (int i = 1; i < 6; i++) {
        batcher.submit(i);
      }
      assertEquals(5, batcher.metrics().waiting());
      gated.passes.release(3);
      assertEquals(0, first.get());
    }
    assertEquals(List.of(List.of(0), List.of(1, 2, 3), List.of(4, 5)), gated.batches);
  }

  @Test
  void aRowWaitsForOthersAsLongAsTheDelay() throws Exception {
    Duration delay = Duration.ofMillis(150);
    try (MicroBatcher<Integer, Integer> batcher =
        MicroBatcher.of(MicroBatcherTest::doubled, BatchConfig.of().withDelay(delay))) {
      long start = System.nanoTime();
      CompletableFuture<Integer> one = batcher.submit(1);
      Thread.sleep(30);
      CompletableFuture<Integer> other = batcher.submit(2);
      assertEquals(2, one.get());
      long waited = System.nanoTime() - start;
      assertTrue(other.isDone() || other.get() == 4);
      // The batch begins a little earlier, for its thread may wake up late.
      Duration least = delay.minusMillis(1);
      assertTrue(waited >= least.toNanos(), waited + " ns");
      BatchMetrics metrics = batcher.metrics();
      assertEquals(1, metrics.batches());
      assertEquals(2, metrics.size(1));
      assertTrue(metrics.delay(1).compareTo(least) >= 0, metrics.toString());
      assertTrue(metrics.delay(0).compareTo(delay) < 0, metrics.toString());
    }
  }

  @Test
  void aFullBatchWaitsForNothing() throws Exception {
    try (MicroBatcher<Integer, Integer> batcher =
        MicroBatcher.of(MicroBatcherTest::doubled, BatchConfig.of().withSize(4).withDelay(LONG))) {
      List<CompletableFuture<Integer>> futures = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        futures.add(batcher.submit(i));
      }
      for (int i = 0; i < 8; i++) {
        assertEquals(2 * i, futures.get(i).get());
      }
      assertEquals(2, batcher.metrics().batches());
    }
  }

  @Test
  void aRowThatFailsFailsItsWholeBatch() {
    RuntimeException bad = new IllegalArgumentException("bad");
    try (MicroBatcher<Integer, Integer> batcher =
        MicroBatcher.of(
            (List<Integer> rows) -> {
              if (rows.contains(2)) {
                throw bad;
              }
              return doubled(rows);
            },
            BatchConfig.of().withSize(3).withDelay(LONG))) {
      CompletableFuture<Integer> one = batcher.submit(1);
      CompletableFuture<Integer> other = batcher.submit(2);
      CompletableFuture<Integer> third = batcher.submit(3);
      assertSame(bad, failure(one));
      assertSame(bad, failure(other));
      assertSame(bad, failure(third));
      assertEquals(3, batcher.metrics().failedRows());
    }
  }

  @Test
  void onRequestABatchThatFailsIsTriedAgainInParts() throws Exception {
    List<List<Integer>> calls = Collections.synchronizedList(new ArrayList<>());
    try (MicroBatcher<Integer, Integer> batcher =
        MicroBatcher.of(
            (List<Integer> rows) -> {
              calls.add(List.copyOf(rows));
              for (int row : rows) {
                if (row % 5 == 2) {
                  throw new IllegalArgumentException("bad " + row);
                }
              }
              return doubled(rows);
            },
            BatchConfig.of().withSize(8).withDelay(LONG).withRetry(true))) {
      List<CompletableFuture<Integer>> futures = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        futures.add(batcher.submit(i));
      }
      for (int i = 0; i < 8; i++) {
        if (i % 5 == 2) {
          assertEquals("bad " + i, failure(futures.get(i)).getMessage());
        } else {
          assertEquals(2 * i, futures.get(i).get());
        }
      }
      assertEquals(
          List.of(
              List.of(0, 1, 2, 3, 4, 5, 6, 7),
              List.of(0, 1, 2, 3),
              List.of(0, 1),
              List.of(2, 3),
              List.of(2),
              List.of(3),
              List.of(4, 5, 6, 7),
              List.of(4, 5),
              List.of(6, 7),
              List.of(6),
              List.of(7)),
          calls);
      BatchMetrics metrics = batcher.metrics();
      assertEquals(11, metrics.batches());
      assertEquals(10, metrics.retries());
      assertEquals(8, metrics.rows());
      assertEquals(2, metrics.failedRows());
      assertEquals(8, metrics.size(0));
    }
  }

  @Test
  void tooFewAndTooManyResultsAreAnErrorThatNamesBoth() {
    try (MicroBatcher<Integer, Integer> batcher =
        MicroBatcher.of(
            (List<Integer> rows) -> Collections.nCopies(rows.get(0), 1), BatchConfig.of())) {
      Throwable few = failure(batcher.submit(0));
      assertInstanceOf(IllegalStateException.class, few);
      assertEquals(
          "The function of a batch must return a result for each of its 1 rows, but returned 0.",
          few.getMessage());
      assertTrue(failure(batcher.submit(3)).getMessage().endsWith("1 rows, but returned 3."));
    }
    try (MicroBatcher<Integer, Integer> batcher =
        MicroBatcher.of((List<Integer> rows) -> null, BatchConfig.of())) {
      assertTrue(failure(batcher.submit(0)).getMessage().endsWith("but returned null."));
    }
  }

  @Test
  void nullIsARowAndAResult() throws Exception {
    try (MicroBatcher<String, String> batcher =
        MicroBatcher.of((List<String> rows) -> rows, BatchConfig.of())) {
      assertNull(batcher.call(null));
      assertEquals("a", batcher.call("a"));
    }
  }

  @Test
  void aFutureThatIsDoneBeforeItsBatchTakesItsRowWithIt() throws Exception {
    Gated gated = new Gated();
    try (MicroBatcher<Integer, Integer> batcher = MicroBatcher.of(gated, BatchConfig.of())) {
      CompletableFuture<Integer> running = batcher.submit(0);
      gated.begun.acquire();
      CompletableFuture<Integer> cancelled = batcher.submit(1);
      CompletableFuture<Integer> kept = batcher.submit(2);
      CompletableFuture<Integer> late = batcher.submit(3).orTimeout(1, TimeUnit.MILLISECONDS);
      assertTrue(cancelled.cancel(true));
      assertInstanceOf(java.util.concurrent.TimeoutException.class, failure(late));
      assertTrue(running.cancel(true));
      gated.passes.release(2);
      assertEquals(4, kept.get());
      assertTrue(cancelled.isCancelled());
      assertTrue(running.isCancelled());
      assertEquals(2, batcher.metrics().droppedRows());
    }
    assertEquals(List.of(List.of(0), List.of(2)), gated.batches);
  }

  @Test
  void aBatchOfCancelledRowsDoesNotRun() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (MicroBatcher<Integer, Integer> batcher =
        MicroBatcher.of(
            (List<Integer> rows) -> {
              calls.incrementAndGet();
              return doubled(rows);
            },
            BatchConfig.of().withDelay(LONG))) {
      batcher.submit(1).cancel(false);
    }
    assertEquals(0, calls.get());
  }

  @Test
  void whoComesTooFastWaitsForRoom() throws Exception {
    Gated gated = new Gated();
    try (MicroBatcher<Integer, Integer> batcher =
        MicroBatcher.of(gated, BatchConfig.of().withSize(2).withWaiting(2))) {
      batcher.submit(0);
      gated.begun.acquire();
      batcher.submit(1);
      assertTrue(batcher.trySubmit(2).isPresent());
      assertEquals(Optional.empty(), batcher.trySubmit(3));
      CompletableFuture<CompletableFuture<Integer>> waiting =
          CompletableFuture.supplyAsync(() -> batcher.submit(4));
      Thread.sleep(50);
      assertFalse(waiting.isDone());
      gated.passes.release(3);
      assertEquals(8, waiting.get().get());
    }
    assertEquals(List.of(List.of(0), List.of(1, 2), List.of(4)), gated.batches);
  }

  @Test
  void whoIsInterruptedWhileItWaitsForRoomGetsACancelledFuture() throws Exception {
    Gated gated = new Gated();
    try (MicroBatcher<Integer, Integer> batcher =
        MicroBatcher.of(gated, BatchConfig.of().withWaiting(1))) {
      batcher.submit(0);
      gated.begun.acquire();
      batcher.submit(1);
      AtomicReference<CompletableFuture<Integer>> future = new AtomicReference<>();
      AtomicReference<Boolean> interrupted = new AtomicReference<>();
      Thread thread =
          new Thread(
              () -> {
                future.set(batcher.submit(2));
                interrupted.set(Thread.currentThread().isInterrupted());
              });
      thread.start();
      thread.interrupt();
      thread.join();
      assertTrue(future.get().isCancelled());
      assertEquals(true, interrupted.get());
      gated.passes.release(2);
    }
    assertEquals(List.of(List.of(0), List.of(1)), gated.batches);
  }

  @Test
  void whoIsInterruptedWhileItWaitsForAResultTakesItsRowBack() throws Exception {
    Gated gated = new Gated();
    try (MicroBatcher<Integer, Integer> batcher = MicroBatcher.of(gated, BatchConfig.of())) {
      batcher.submit(0);
      gated.begun.acquire();
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread thread =
          new Thread(
              () -> {
                try {
                  batcher.call(1);
                } catch (Throwable e) {
                  thrown.set(e);
                }
              });
      thread.start();
      thread.interrupt();
      thread.join();
      assertInstanceOf(InterruptedException.class, thrown.get());
      gated.passes.release(2);
    }
    assertEquals(List.of(List.of(0)), gated.batches);
  }

  @Test
  void closeRunsWhatWaitsAtOnceAndThenEnds() throws Exception {
    MicroBatcher<Integer, Integer> batcher =
        MicroBatcher.of(
            MicroBatcherTest::doubled,
            BatchConfig.of().withDelay(LONG).withName("closing").withThreads(2));
    CompletableFuture<Integer> waiting = batcher.submit(1);
    assertFalse(waiting.isDone());
    assertEquals(2, named("naja-batch-closing"));
    batcher.close();
    assertTrue(waiting.isDone());
    assertEquals(2, waiting.get());
    assertEquals(0, named("naja-batch-closing"));
    batcher.close();
    IllegalStateException closed =
        assertThrows(IllegalStateException.class, () -> batcher.submit(2));
    assertTrue(closed.getMessage().startsWith("This MicroBatcher is closed"));
    assertThrows(IllegalStateException.class, () -> batcher.trySubmit(2));
    assertThrows(IllegalStateException.class, () -> batcher.call(2));
  }

  private static long named(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(name))
        .count();
  }

  @Test
  void closeSendsAwayThoseWhoWaitForRoom() throws Exception {
    Gated gated = new Gated();
    MicroBatcher<Integer, Integer> batcher =
        MicroBatcher.of(gated, BatchConfig.of().withWaiting(1));
    batcher.submit(0);
    gated.begun.acquire();
    CompletableFuture<Integer> last = batcher.submit(1);
    CompletableFuture<?> refused = CompletableFuture.supplyAsync(() -> batcher.submit(2));
    Thread.sleep(50);
    CompletableFuture<Void> closing = CompletableFuture.runAsync(batcher::close);
    assertInstanceOf(IllegalStateException.class, failure(refused));
    gated.passes.release(2);
    closing.get();
    assertEquals(2, last.get());
  }

  @Test
  void cancelGivesUpWhatWaits() throws Exception {
    Gated gated = new Gated();
    try (MicroBatcher<Integer, Integer> batcher = MicroBatcher.of(gated, BatchConfig.of())) {
      CompletableFuture<Integer> running = batcher.submit(0);
      gated.begun.acquire();
      CompletableFuture<Integer> waiting = batcher.submit(1);
      batcher.cancel();
      assertTrue(waiting.isCancelled());
      assertThrows(CancellationException.class, waiting::get);
      assertThrows(IllegalStateException.class, () -> batcher.submit(2));
      gated.passes.release(1);
      assertEquals(0, running.get());
    }
    assertEquals(List.of(List.of(0)), gated.batches);
  }

  @Test
  void whatDependsOnAFutureMaySubmitButNotWait() throws Exception {
    AtomicReference<Throwable> waited = new AtomicReference<>();
    AtomicReference<MicroBatcher<Integer, Integer>> self = new AtomicReference<>();
    CountDownLatch ready = new CountDownLatch(1);
    try (MicroBatcher<Integer, Integer> batcher =
        MicroBatcher.of(
            (List<Integer> rows) -> {
              ready.await();
              return doubled(rows);
            },
            BatchConfig.of().withWaiting(1))) {
      self.set(batcher);
      CompletableFuture<Integer> chain =
          batcher
              .submit(1)
              .thenCompose(
                  doubled -> {
                    waited.set(assertThrows(IllegalStateException.class, () -> self.get().call(1)));
                    // More than may wait: its own thread does not wait for itself.
                    batcher.submit(100);
                    return batcher.submit(doubled);
                  });
      ready.countDown();
      assertEquals(4, chain.get());
      assertTrue(waited.get().getMessage().contains("thenApplyAsync"), waited.get().getMessage());
    }
  }

  @Test
  void closeOnItsOwnThreadDoesNotWait() throws Exception {
    CountDownLatch ready = new CountDownLatch(1);
    MicroBatcher<Integer, Integer> batcher =
        MicroBatcher.of(
            (List<Integer> rows) -> {
              ready.await();
              return doubled(rows);
            },
            BatchConfig.of().withName("itself"));
    CompletableFuture<Void> closing = batcher.submit(1).thenRun(batcher::close);
    ready.countDown();
    closing.get();
    batcher.close();
    assertEquals(0, named("naja-batch-itself"));
  }

  @Test
  void callThrowsWhatTheFunctionThrows() {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    try (MicroBatcher<Integer, Integer> batcher =
        MicroBatcher.of(
            (List<Integer> rows) -> {
              if (thrown.get() instanceof Error) {
                throw (Error) thrown.get();
              }
              throw (Exception) thrown.get();
            },
            BatchConfig.of().withRetry(true))) {
      thrown.set(new ArithmeticException());
      assertSame(thrown.get(), assertThrows(ArithmeticException.class, () -> batcher.call(1)));
      thrown.set(new StackOverflowError());
      assertSame(thrown.get(), assertThrows(StackOverflowError.class, () -> batcher.call(1)));
      thrown.set(new java.io.IOException());
      assertSame(
          thrown.get(),
          assertThrows(IllegalStateException.class, () -> batcher.call(1)).getCause());
    }
  }

  @Test
  void severalThreadsRunBatchesAtOnce() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    try (MicroBatcher<Integer, Integer> batcher =
        MicroBatcher.of(
            (List<Integer> rows) -> {
              both.await();
              return doubled(rows);
            },
            BatchConfig.of().withSize(1).withThreads(2))) {
      CompletableFuture<Integer> one = batcher.submit(1);
      CompletableFuture<Integer> other = batcher.submit(2);
      assertEquals(2, one.get());
      assertEquals(4, other.get());
    }
  }

  @Test
  void manyCallersOfManyThreadsAreAnsweredOnce() throws Exception {
    for (int threads : new int[] {1, 3}) {
      AtomicInteger rowsSeen = new AtomicInteger();
      AtomicInteger largest = new AtomicInteger();
      try (MicroBatcher<Integer, Integer> batcher =
          MicroBatcher.of(
              (List<Integer> rows) -> {
                rowsSeen.addAndGet(rows.size());
                largest.accumulateAndGet(rows.size(), Math::max);
                return doubled(rows);
              },
              BatchConfig.of()
                  .withSize(16)
                  .withWaiting(50)
                  .withThreads(threads)
                  .withDelay(Duration.ofNanos(100_000)))) {
        int callers = 8;
        int each = 5_000;
        ConcurrentLinkedQueue<Throwable> wrong = new ConcurrentLinkedQueue<>();
        Thread[] all = new Thread[callers];
        for (int c = 0; c < callers; c++) {
          int from = c * each;
          all[c] =
              new Thread(
                  () -> {
                    try {
                      List<CompletableFuture<Integer>> futures = new ArrayList<>();
                      for (int i = from; i < from + each; i++) {
                        futures.add(batcher.submit(i));
                      }
                      for (int i = 0; i < each; i++) {
                        assertEquals(2 * (from + i), futures.get(i).get());
                      }
                    } catch (Throwable e) {
                      wrong.add(e);
                    }
                  });
        }
        Arrays.stream(all).forEach(Thread::start);
        for (Thread thread : all) {
          thread.join();
        }
        assertEquals(List.of(), List.copyOf(wrong));
        assertEquals(callers * each, rowsSeen.get());
        assertTrue(largest.get() <= 16, largest.toString());
        assertEquals(callers * each, batcher.metrics().rows());
      }
    }
  }

  @Test
  void callersRunTheBatchesThatTheyFill() throws Exception {
    List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
    BatchFunction<Integer, Integer> function =
        rows -> {
          threads.add(Thread.currentThread());
          return doubled(rows);
        };
    BatchConfig config = BatchConfig.of().withSize(3).withDelay(LONG).withCallersRunning(true);
    try (MicroBatcher<Integer, Integer> batcher = MicroBatcher.of(function, config)) {
      CompletableFuture<Integer> first = batcher.submit(1);
      batcher.submit(2);
      assertFalse(first.isDone());
      assertEquals(6, batcher.submit(3).getNow(null));
      assertEquals(2, first.getNow(null));
      assertEquals(0, batcher.metrics().waiting());
      List.of(4, 5, 6).forEach(batcher::submit);
      assertEquals(List.of(Thread.currentThread(), Thread.currentThread()), threads);
    }
  }

  @Test
  void whatCallersDoNotFillRunsInTime() throws Exception {
    BatchFunction<Integer, String> function =
        rows -> Collections.nCopies(rows.size(), Thread.currentThread().getName());
    BatchConfig config =
        BatchConfig.of()
            .withSize(3)
            .withDelay(Duration.ofMillis(5))
            .withName("rest")
            .withCallersRunning(true);
    try (MicroBatcher<Integer, String> batcher = MicroBatcher.of(function, config)) {
      assertEquals("naja-batch-rest", batcher.call(1));
      assertEquals("naja-batch-rest", batcher.call(2));
    }
  }

  @Test
  void whoRunsItsBatchMaySubmitAndCloseButNotWait() throws Exception {
    List<Integer> told = new ArrayList<>();
    BatchConfig config = BatchConfig.of().withSize(2).withDelay(LONG).withCallersRunning(true);
    MicroBatcher<Integer, Integer> batcher = MicroBatcher.of(MicroBatcherTest::doubled, config);
    batcher.submit(
        1,
        (one, failure) -> {
          told.add(one);
          assertThrows(IllegalStateException.class, () -> batcher.call(9));
          batcher.submit(10, (ten, none) -> told.add(ten));
          batcher.submit(11, (eleven, none) -> told.add(eleven));
          batcher.close();
        });
    batcher.submit(2, (two, failure) -> told.add(two));
    assertEquals(List.of(2, 20, 22, 4), told);
    batcher.close();
  }

  @Test
  void resultsAreToldWithoutFutures() {
    List<Object> told = new ArrayList<>();
    BatchFunction<Integer, Integer> function =
        rows -> {
          if (rows.contains(13)) {
            throw new IllegalArgumentException("thirteen");
          }
          return doubled(rows);
        };
    BatchConfig config = BatchConfig.of().withSize(2).withDelay(LONG).withCallersRunning(true);
    MicroBatcher<Integer, Integer> batcher = MicroBatcher.of(function, config);
    batcher.submit(
        1,
        (one, failure) -> {
          told.add(one);
          throw new IllegalStateException("nobody hears of it");
        });
    batcher.submit(2, (two, failure) -> told.add(two));
    batcher.submit(13, (none, failure) -> told.add(failure.getMessage()));
    batcher.submit(14, (none, failure) -> told.add(failure.getMessage()));
    batcher.submit(15, (none, failure) -> told.add(failure.getClass()));
    batcher.cancel();
    assertEquals(List.of(2, 4, "thirteen", "thirteen", CancellationException.class), told);
    batcher.close();
    assertThrows(IllegalStateException.class, () -> batcher.submit(1, (one, failure) -> {}));
  }

  @Test
  void configurationsRefuseWhatMakesNoSense() {
    BatchConfig config = BatchConfig.of();
    assertThrows(IllegalArgumentException.class, () -> config.withSize(0));
    assertThrows(IllegalArgumentException.class, () -> config.withWaiting(0));
    assertThrows(IllegalArgumentException.class, () -> config.withThreads(0));
    assertThrows(IllegalArgumentException.class, () -> config.withDelay(Duration.ofNanos(-1)));
    assertThrows(IllegalArgumentException.class, () -> config.withColumns("a", "b", "a"));
    BatchConfig all =
        config
            .withSize(1)
            .withDelay(Duration.ofMillis(2))
            .withWaiting(3)
            .withThreads(4)
            .withRetry(true)
            .withCallersRunning(true)
            .withForm(BatchConfig.Form.FRAME)
            .withColumns("a", "b")
            .withName("n");
    assertEquals(
        "BatchConfig[size=1, delay=PT0.002S, waiting=3, threads=4, retry=true,"
            + " callersRun=true, form=FRAME, columns=[a, b], name=n]",
        all.toString());
    assertEquals(
        "BatchConfig[size=256, delay=PT0S, waiting=10000, threads=1, retry=false,"
            + " callersRun=false, form=the function's, columns=[], name=python]",
        config.toString());
  }
}
