package dev.naja.internal;

import dev.naja.BatchFunction;
import dev.naja.BatchMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;

/**
 * Who runs the batches? Threads that live until {@link #close}; they hold neither the GIL nor the
 * gate while they wait for rows. Or callers, each the batch that it has filled. Thread-safe.
 */
public final class BatchThreads<T, R> {
  private final RowQueue<T, R> queue;
  private final BatchRunner<T, R> runner;
  private final BatchCounts counts = new BatchCounts();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger running;
  private final Runnable last;
  private final boolean callersRun;

  /** Where callers run batches, held by who runs one: no two run at once. */
  private final ReentrantLock turn = new ReentrantLock();

  /**
   * Starts the threads.
   *
   * @param function computes a batch
   * @param alike whether two rows may share a call of the function
   * @param size how many rows a batch has at most
   * @param delay how many nanoseconds a row waits at most for others
   * @param bound how many rows may wait
   * @param retry whether a batch that has failed is tried again in parts
   * @param callersRun whether a caller runs the batch that it has filled
   * @param count how many threads
   * @param name the name of the threads
   * @param last what the last of the threads does at its end
   */
  public BatchThreads(
      BatchFunction<T, R> function,
      BiPredicate<T, T> alike,
      int size,
      long delay,
      int bound,
      boolean retry,
      boolean callersRun,
      int count,
      String name,
      Runnable last) {
    this.running = new AtomicInteger(count);
    this.last = last;
    this.callersRun = callersRun;
    queue = new RowQueue<>(size, delay, bound, callersRun);
    runner = new BatchRunner<>(function, alike, retry, counts);
    for (int i = 0; i < count; i++) {
      // Thread locals that a thread inherits may keep a class loader alive.
      Thread thread = new Thread(null, this::work, count == 1 ? name : name + "-" + i, 0, false);
      thread.setDaemon(true);
      threads.add(thread);
    }
    threads.forEach(Thread::start);
  }

  private void work() {
    for (List<WaitingRow<T, R>> batch = queue.take(); batch != null; batch = queue.take()) {
      List<WaitingRow<T, R>> taken = batch;
      inTurn(() -> run(taken));
    }
    if (running.decrementAndGet() == 0) {
      inTurn(last);
    }
  }

  private void inTurn(Runnable work) {
    if (!callersRun) {
      work.run();
      return;
    }
    turn.lock();
    try {
      work.run();
    } finally {
      turn.unlock();
    }
  }

  private void runFull() {
    List<WaitingRow<T, R>> batch = queue.takeFull();
    if (batch != null) {
      run(batch);
    }
  }

  private void run(List<WaitingRow<T, R>> batch) {
    try {
      runner.run(batch);
    } catch (Throwable e) {
      // No more memory or stack: those who wait for the rest must hear of it, and others go on.
      for (WaitingRow<T, R> row : batch) {
        row.completeExceptionally(e);
      }
    }
  }

  /**
   * Adds a row, when there is room for it.
   *
   * @param row the row
   * @return its result; cancelled if the thread is interrupted while it waits
   * @throws IllegalStateException if the batcher is closed
   */
  public CompletableFuture<R> submit(T row) {
    FutureRow<T, R> waiting = new FutureRow<>(row);
    add(waiting);
    return waiting;
  }

  /**
   * Adds a row, when there is room for it.
   *
   * @param row the row
   * @param told is given its result, or why it has none
   * @throws IllegalStateException if the batcher is closed
   */
  public void submit(T row, BiConsumer<? super R, ? super Throwable> told) {
    add(new ToldRow<>(row, told));
  }

  private void add(WaitingRow<T, R> waiting) {
    try {
      if (!queue.put(waiting, isOwn())) {
        throw closed();
      }
    } catch (InterruptedException e) {
      waiting.cancel(false);
      Thread.currentThread().interrupt();
    }
    if (queue.isFull()) {
      inTurn(this::runFull);
    }
  }

  /**
   * Adds a row if there is room for it.
   *
   * @param row the row
   * @return its result, or null if there is no room
   * @throws IllegalStateException if the batcher is closed
   */
  public CompletableFuture<R> offer(T row) {
    FutureRow<T, R> waiting = new FutureRow<>(row);
    if (queue.offer(waiting)) {
      if (queue.isFull()) {
        inTurn(this::runFull);
      }
      return waiting;
    }
    if (queue.isClosed()) {
      throw closed();
    }
    return null;
  }

  private static IllegalStateException closed() {
    return new IllegalStateException(
        "This MicroBatcher is closed: close() was called on it. Close it after the last row.");
  }

  /** Whether this thread runs batches now, so that it must not wait for one. */
  public boolean isOwn() {
    return turn.isHeldByCurrentThread() || threads.contains(Thread.currentThread());
  }

  /** What was done so far. */
  public BatchMetrics metrics() {
    return counts.snapshot(queue.waiting());
  }

  /** Fails the rows that wait, with a {@link CancellationException}. */
  public void cancel() {
    List<WaitingRow<T, R>> rest = queue.clear();
    rest.forEach(row -> row.cancel(false));
  }

  /**
   * Takes no more rows and waits until those that were taken are answered and the threads have
   * ended, but not for its own thread, nor when it is interrupted.
   *
   * @return whether the threads have ended
   */
  public boolean close() {
    queue.close();
    if (isOwn()) {
      return false;
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
