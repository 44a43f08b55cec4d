package dev.naja.flink;

import dev.naja.BatchConfig;
import dev.naja.flink.datastream.BatchOperator;
import dev.naja.flink.datastream.Plans;
import java.time.Duration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * A Python function of many records at once that makes one value of each: a function, or a class with
 * {@code map} (or {@code eval}), that says by {@code @naja.vectorized(form=...)} or {@code
 * @udf(func_type="pandas")} what it takes: arrays, Series, a DataFrame, an Arrow batch, lists. Fields
 * of a record are columns; {@code docs/batching.md} has what may be returned.
 *
 * <p>A batch is run when it is full, when its first record has waited for the delay, before watermarks
 * and checkpoints, and at the end: what has been taken in before a checkpoint has gone out before
 * it. Where failures do not fail the task, a batch that fails is run again record by record.
 * Immutable and thread-safe.
 *
 * <pre>{@code
 * PythonBatchMap.<Row, Double>of(StreamFunction.of("fraud:score_frame", Types.DOUBLE))
 *     .withSize(512)
 *     .withDelay(Duration.ofMillis(20))
 *     .on(payments);
 * }</pre>
 *
 * @param <IN> the records
 * @param <OUT> what the function makes of each
 */
public final class PythonBatchMap<IN, OUT> {
  private final StreamFunction<OUT> function;
  private final BatchConfig.Form form;
  private final int size;
  private final Duration delay;

  private PythonBatchMap(
      StreamFunction<OUT> function, BatchConfig.Form form, int size, Duration delay) {
    this.function = function;
    this.form = form;
    this.size = size;
    this.delay = delay;
  }

  /**
   * A function, called with up to 1,024 records, of which the first has waited for up to 100 ms.
   *
   * @param <IN> the records
   * @param <OUT> what the function makes of each
   * @param function which
   * @return the function
   */
  public static <IN, OUT> PythonBatchMap<IN, OUT> of(StreamFunction<OUT> function) {
    return new PythonBatchMap<>(function, null, 1024, Duration.ofMillis(100));
  }

  /**
   * Says how many records a batch has at most.
   *
   * @param size one or more
   * @return the function with this size
   */
  public PythonBatchMap<IN, OUT> withSize(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("A batch has one record or more, not " + size + ".");
    }
    return new PythonBatchMap<>(function, form, size, delay);
  }

  /**
   * Says how long a record waits at most for others.
   *
   * @param delay milliseconds or longer; zero to wait until the batch is full, or a watermark or
   *     checkpoint comes
   * @return the function with this delay
   */
  public PythonBatchMap<IN, OUT> withDelay(Duration delay) {
    return new PythonBatchMap<>(function, form, size, delay);
  }

  /**
   * Says how the function takes batches, where it does not say so itself.
   *
   * @param form what it takes
   * @return the function with this form
   */
  public PythonBatchMap<IN, OUT> withForm(BatchConfig.Form form) {
    return new PythonBatchMap<>(function, form, size, delay);
  }

  /**
   * Runs the function for the records of a stream.
   *
   * @param stream the records
   * @return what the function makes, and the side output of {@link StreamFunction#failures}
   * @throws IllegalArgumentException if the function's hints say other types
   */
  public SingleOutputStreamOperator<OUT> on(DataStream<IN> stream) {
    StreamFunction<OUT> planned = Plans.of(function, stream);
    return stream.transform(
        "batch " + function, function.output(), new BatchOperator<>(planned, form, size, delay));
  }
}
