package dev.naja.examples.recommender;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.types.Row;

/**
 * Fails once, at the first row of some time or later after which a checkpoint is complete. On a
 * machine too slow for a checkpoint by then, rows wait a little each.
 */
final class FailOnce implements MapFunction<Row, Row>, CheckpointListener {
  private static final long serialVersionUID = 1;

  /** One a JVM: a task that is restarted is another object. */
  private static final AtomicBoolean FAILED = new AtomicBoolean();

  private static final long WAIT_MILLIS = 10;

  private final long from;
  private transient boolean complete;

  /**
   * @param from milliseconds of the rows' time
   */
  FailOnce(long from) {
    this.from = from;
  }

  @Override
  public Row map(Row row) throws InterruptedException {
    if (!FAILED.get() && row.<Long>getFieldAs("ts") >= from) {
      if (complete) {
        FAILED.set(true);
        throw new IllegalStateException("The failure that this example has on purpose.");
      }
      Thread.sleep(WAIT_MILLIS);
    }
    return row;
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) {
    complete = true;
  }
}
