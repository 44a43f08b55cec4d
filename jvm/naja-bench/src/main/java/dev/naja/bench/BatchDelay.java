package dev.naja.bench;

import dev.naja.BatchConfig;
import dev.naja.BatchMetrics;
import dev.naja.MicroBatcher;
import dev.naja.PyObject;
import java.time.Duration;
import java.util.Locale;

/**
 * Prints how long rows wait for their batch where it is never full: what batching adds to the
 * latency, which has a bound.
 *
 * <p>Usage: {@code BatchDelay seconds}
 */
public final class BatchDelay {
  private static final int THREADS = 8;
  private static final Duration BOUND = Duration.ofMillis(2);
  private static final Duration WARM_UP = Duration.ofSeconds(1);

  private BatchDelay() {}

  /**
   * Has eight threads submit rows that come one by one, after a second of warm-up, and prints the
   * bound and quantiles of the waiting times, in microseconds, as JSON.
   *
   * @param args for how many seconds
   */
  public static void main(String[] args) throws InterruptedException {
    PyObject scores = new NajaLibrary().python.module("batches").attr("scores");
    run(scores, WARM_UP);
    BatchMetrics metrics = run(scores, Duration.ofSeconds(Long.parseLong(args[0])));
    System.out.printf(
        Locale.ROOT,
        "{\"bound_us\": %d, \"p50_us\": %.1f, \"p99_us\": %.1f, \"rows\": %d}%n",
        BOUND.toNanos() / 1000,
        metrics.delay(0.5).toNanos() / 1e3,
        metrics.delay(0.99).toNanos() / 1e3,
        metrics.rows());
  }

  private static BatchMetrics run(PyObject scores, Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    double[] row = Ramp.of(128);
    try (MicroBatcher<double[], Double> batcher =
        MicroBatcher.of(scores, Double.class, BatchConfig.of().withDelay(BOUND))) {
      Thread[] threads = new Thread[THREADS];
      for (int i = 0; i < THREADS; i++) {
        threads[i] = new Thread(() -> callUntil(end, batcher, row));
        threads[i].start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
      return batcher.metrics();
    }
  }

  private static void callUntil(long end, MicroBatcher<double[], Double> batcher, double[] row) {
    try {
      while (System.nanoTime() < end) {
        batcher.call(row);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }
}
