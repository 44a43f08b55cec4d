package dev.naja.examples.flights;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Tells on standard error how far the job is: one line that rewrites itself on a terminal, a line
 * every two seconds elsewhere.
 */
class ProgressBar {
  private static final int WIDTH = 30;
  private static final long PLAIN_LINE_NANOS = 2_000_000_000L;

  private final PrintStream err = System.err;
  private final boolean terminal;
  private final long total;

  // Time runs from the first call that saw records, so that starting Flink does not count.
  private long startNanos;
  private long startDone;
  private long lastLineNanos = System.nanoTime();

  /**
   * @param total how many records there are
   * @param terminal whether standard error is one
   */
  ProgressBar(long total, boolean terminal) {
    this.total = total;
    this.terminal = terminal;
  }

  /** Shows that {@code done} of the records are done. */
  void show(long done) {
    long now = System.nanoTime();
    if (startDone == 0) {
      startNanos = now;
      startDone = done;
    }
    if (terminal) {
      err.print("\r" + bar(done) + " " + figures(done, now) + "\033[K");
      err.flush();
    } else if (now - lastLineNanos >= PLAIN_LINE_NANOS) {
      lastLineNanos = now;
      err.println(figures(done, now));
    }
  }

  /** Shows that everything is done, and leaves the line. */
  void finish() {
    if (terminal) {
      err.print("\r" + bar(total) + " " + count(total) + "\033[K\n");
    } else {
      err.println(count(total));
    }
  }

  private String bar(long done) {
    int full = (int) (WIDTH * done / Math.max(total, 1));
    return "[" + "#".repeat(full) + "-".repeat(WIDTH - full) + "]";
  }

  private String figures(long done, long now) {
    if (done == startDone) {
      return count(done);
    }
    double rate = (done - startDone) * 1e9 / (now - startNanos);
    return String.format(
        Locale.ROOT, "%s, %,.0f a second, %.0f s left", count(done), rate, (total - done) / rate);
  }

  private String count(long done) {
    return String.format(Locale.ROOT, "%,d of %,d flights", done, total);
  }
}
