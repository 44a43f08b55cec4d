package dev.naja.internal;

import dev.naja.BatchFunction;
import dev.naja.BatchMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;

/**
 * Who runs the batches? Threads that live until {@link #close}; they hold neither the GIL nor the
 * gate while they wait for rows. Thread-safe.
 */
public final class BatchThreads<T, R> {
  private final RowQueue<T, R> queue;
  private final BatchRunner<T, R> runner;
  private final BatchCounts counts = new BatchCounts();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger running;
  private final Runnable last;

  /**
   * Starts the threads.
   *
   * @param function computes a batch
   * @param alike whether two rows may share a call of the function
   * @param size how many rows a batch has at most
   * @param delay how many nanoseconds a row waits at most for others
   * @param bound how many rows may wait
   * @param retry whether a batch that has failed is tried again in parts
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
      int count,
      String name,
      Runnable last) {
    this.running = new AtomicInteger(count);
    this.last = last;
    queue = new RowQueue<>(size, delay, bound);
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
      try {
        runner.run(batch);
      } catch (Throwable e) {
        // No more memory or stack: those who wait for the rest must hear of it, and others go on.
        for (WaitingRow<T, R> row : batch) {
          row.completeExceptionally(e);
        }
      }
    }
    if (running.decrementAndGet() == 0) {
      last.run();
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
    WaitingRow<T, R> waiting = new WaitingRow<>(row);
    try {
      if (!queue.put(waiting, isOwn(Thread.currentThread()))) {
        throw closed();
      }
    } catch (InterruptedException e) {
      waiting.cancel(false);
      Thread.currentThread().interrupt();
    }
    return waiting;
  }

  /**
   * Adds a row if there is room for it.
   *
   * @param row the row
   * @return its result, or null if there is no room
   * @throws IllegalStateException if the batcher is closed
   */
  public CompletableFuture<R> offer(T row) {
    WaitingRow<T, R> waiting = new WaitingRow<>(row);
    if (queue.offer(waiting)) {
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

  /** Whether a thread is one of these, which must not wait for a batch. */
  public boolean isOwn(Thread thread) {
    return threads.contains(thread);
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
    if (isOwn(Thread.currentThread())) {
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
