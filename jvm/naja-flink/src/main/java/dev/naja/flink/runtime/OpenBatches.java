package dev.naja.flink.runtime;

import dev.naja.MicroBatcher;
import dev.naja.flink.FailurePolicy;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A Python function that is called with many rows at once, each of which comes alone and has its
 * result later. Thread-safe.
 */
public final class OpenBatches implements AutoCloseable {
  private final PythonBatch function;
  private final MicroBatcher<Object[], Object> batcher;
  private final CallMetrics metrics;
  private final FailurePolicy policy;

  /**
   * Opens a batcher.
   *
   * @param function what is called, closed with this
   * @param name its name in metrics
   * @param policy what becomes of rows that fail
   * @param options size and delay of batches
   * @param taskRuns whether the task's own thread runs the batches that it has filled: right for
   *     what computes, but not for what waits
   * @param task the task that calls it
   */
  public OpenBatches(
      PythonBatch function,
      String name,
      FailurePolicy policy,
      BatchOptions options,
      boolean taskRuns,
      TaskContext task) {
    this.function = function;
    this.policy = policy;
    batcher = MicroBatcher.of(function, options.config(name, taskRuns));
    metrics = function.metrics(task, name);
    BatchGauges.register(metrics.group(), batcher);
  }

  /**
   * Gives a row to the next batch.
   *
   * @param <R> what becomes of a result
   * @param row as many values as there are arguments; they must not change until the result is
   *     there
   * @param future is completed by the thread that runs the batch; or fails with what Python raises,
   *     unless the policy takes it
   * @param made makes what the future gives of a result, null for NULL
   */
  public <R> void submit(Object[] row, CompletableFuture<R> future, Function<Object, R> made) {
    metrics.called(1);
    batcher.submit(row, (value, failure) -> answer(future, made, value, failure));
  }

  private <R> void answer(
      CompletableFuture<R> future, Function<Object, R> made, Object value, Throwable failure) {
    if (failure != null) {
      metrics.failed();
      if (policy != FailurePolicy.NULL || failure instanceof CancellationException) {
        future.completeExceptionally(failure);
        return;
      }
    }
    future.complete(made.apply(value));
  }

  /** Gives up the rows that wait, waits for the batch that runs, and closes the function. */
  @Override
  public void close() {
    try (PythonBatch last = function) {
      batcher.cancel();
      batcher.close();
    }
  }
}
