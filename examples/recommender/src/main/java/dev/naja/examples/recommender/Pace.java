package dev.naja.examples.recommender;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.types.Row;

/**
 * Replays a recorded stream at a speed: holds each row until its time has come, and writes that
 * moment into its field {@code due}.
 *
 * <p>The replay starts with the first row of any stream. Rows that come again after a failure are
 * due when they were: they count as late.
 */
final class Pace implements MapFunction<Row, Row> {
  private static final long serialVersionUID = 1;

  /** When the replay starts, in milliseconds; one for all streams, and one a JVM. */
  private static final AtomicLong START = new AtomicLong();

  private static final long PREPARATION_MILLIS = 5000; // Python loads scikit-learn.

  private final long first;
  private final double speed;

  /**
   * @param first the time of the recording's first row, in milliseconds
   * @param speed how many milliseconds of the recording a millisecond is
   */
  Pace(long first, double speed) {
    this.first = first;
    this.speed = speed;
  }

  @Override
  public Row map(Row row) throws InterruptedException {
    START.compareAndSet(0, System.currentTimeMillis() + PREPARATION_MILLIS);
    long due = START.get() + Math.round((row.<Long>getFieldAs("ts") - first) / speed);
    long early = due - System.currentTimeMillis();
    if (early > 0) {
      Thread.sleep(early);
    }
    row.setField("due", due);
    return row;
  }
}
