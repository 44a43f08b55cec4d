package dev.naja.internal;

import dev.naja.BatchMetrics;
import java.time.Duration;

/** What has been counted of batches? Thread-safe. */
final class BatchCounts {
  private long batches;
  private long retries;
  private long rows;
  private long failedRows;
  private long droppedRows;
  private final Quantiles sizes = new Quantiles();
  private final Quantiles delays = new Quantiles();
  private final Quantiles durations = new Quantiles();

  /** Counts rows that begin their batch now. */
  synchronized void taken(Iterable<? extends WaitingRow<?, ?>> taken) {
    long now = System.nanoTime();
    for (WaitingRow<?, ?> row : taken) {
      delays.add(Math.max(0, now - row.since()));
    }
  }

  /** Counts a call of the function. */
  synchronized void called(int size, boolean again, long nanos) {
    batches++;
    durations.add(Math.max(0, nanos));
    if (again) {
      retries++;
    } else {
      sizes.add(size);
    }
  }

  synchronized void answered(int all, int failed) {
    rows += all;
    failedRows += failed;
  }

  synchronized void dropped() {
    droppedRows++;
  }

  synchronized BatchMetrics snapshot(int waiting) {
    return new Snapshot(this, waiting);
  }

  private static final class Snapshot implements BatchMetrics {
    private final int waiting;
    private final long batches;
    private final long retries;
    private final long rows;
    private final long failedRows;
    private final long droppedRows;
    private final Quantiles sizes;
    private final Quantiles delays;
    private final Quantiles durations;

    Snapshot(BatchCounts counts, int waiting) {
      this.waiting = waiting;
      batches = counts.batches;
      retries = counts.retries;
      rows = counts.rows;
      failedRows = counts.failedRows;
      droppedRows = counts.droppedRows;
      sizes = counts.sizes.copy();
      delays = counts.delays.copy();
      durations = counts.durations.copy();
    }

    @Override
    public int waiting() {
      return waiting;
    }

    @Override
    public long batches() {
      return batches;
    }

    @Override
    public long retries() {
      return retries;
    }

    @Override
    public long rows() {
      return rows;
    }

    @Override
    public long failedRows() {
      return failedRows;
    }

    @Override
    public long droppedRows() {
      return droppedRows;
    }

    @Override
    public long size(double quantile) {
      return sizes.at(quantile);
    }

    @Override
    public Duration delay(double quantile) {
      return Duration.ofNanos(delays.at(quantile));
    }

    @Override
    public Duration duration(double quantile) {
      return Duration.ofNanos(durations.at(quantile));
    }

    @Override
    public String toString() {
      return String.format(
          "BatchMetrics[rows=%d, failed=%d, dropped=%d, waiting=%d, batches=%d, retries=%d,"
              + " size p50=%d p99=%d, delay p50=%s p99=%s, duration p50=%s p99=%s]",
          rows,
          failedRows,
          droppedRows,
          waiting,
          batches,
          retries,
          size(0.5),
          size(0.99),
          delay(0.5),
          delay(0.99),
          duration(0.5),
          duration(0.99));
    }
  }
}
