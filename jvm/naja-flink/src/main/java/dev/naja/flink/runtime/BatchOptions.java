package dev.naja.flink.runtime;

import dev.naja.BatchConfig;
import dev.naja.flink.PythonOptions;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.configuration.ReadableConfig;

/** How many rows share a call of a Python function, and how long they wait for it. Immutable. */
public final class BatchOptions implements Serializable {
  private static final long serialVersionUID = 1;

  private final int size;
  private final Duration delay;

  private BatchOptions(int size, Duration delay) {
    this.size = size;
    this.delay = delay;
  }

  /**
   * The options of a configuration.
   *
   * @param config has {@link PythonOptions#BATCH_SIZE} and {@link PythonOptions#BATCH_DELAY}
   * @return its choice
   */
  public static BatchOptions of(ReadableConfig config) {
    return of(config.get(PythonOptions.BATCH_SIZE), config.get(PythonOptions.BATCH_DELAY));
  }

  /**
   * Options by their values.
   *
   * @param size how many rows a batch has at most
   * @param delay how long a row waits at most for its batch
   * @return the options
   * @throws IllegalArgumentException if the size is not positive or the delay is negative
   */
  public static BatchOptions of(int size, Duration delay) {
    if (size < 1 || delay.isNegative()) {
      throw new IllegalArgumentException(
          String.format(
              "A batch cannot have at most %d rows that wait at most %s: give a positive number and"
                  + " no negative time.",
              size, delay));
    }
    return new BatchOptions(size, delay);
  }

  /**
   * Bounds the size: a batch that nobody can fill would always wait until the delay has passed.
   *
   * @param concurrent how many rows the operator has under way at most
   * @return options whose size is not above that
   */
  public BatchOptions within(int concurrent) {
    return new BatchOptions(Math.max(1, Math.min(size, concurrent)), delay);
  }

  /**
   * How many rows a batch has at most.
   *
   * @return a positive number
   */
  public int size() {
    return size;
  }

  /**
   * These options for a batcher, whose queue has no bound: operators bound what is under way.
   *
   * @param name the batcher's name
   * @param taskRuns whether the task's own thread runs the batches that it has filled
   * @return a configuration
   */
  BatchConfig config(String name, boolean taskRuns) {
    return BatchConfig.of()
        .withSize(size)
        .withDelay(delay)
        .withWaiting(Integer.MAX_VALUE)
        .withCallersRunning(taskRuns)
        .withName(name);
  }
}
