package dev.naja.flink.datastream;

import dev.naja.BatchConfig;
import dev.naja.MicroBatcher;
import dev.naja.PyObject;
import dev.naja.flink.StreamFunction;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.flink.api.common.functions.RuntimeContext;

/**
 * A function whose results come later, as its task holds it: a coroutine function on the event loop
 * of the process, or one of batches on threads of its own. Called by the task's thread alone;
 * results come on others.
 *
 * @param <IN> what it takes
 * @param <OUT> what it makes
 */
public final class OpenAsync<IN, OUT> implements AutoCloseable {
  private final OpenBatch<IN, OUT> open;
  private final PyObject function;
  private final MicroBatcher<Object, Object> batcher;
  private final boolean several;

  /**
   * Opens a function in its task.
   *
   * @param definition which
   * @param size how many records a batch has at most
   * @param delay how long a record waits at most
   * @param threads how many batches run at once
   * @param context of the task
   */
  public OpenAsync(
      StreamFunction<OUT> definition,
      int size,
      Duration delay,
      int threads,
      RuntimeContext context) {
    open = new OpenBatch<>(definition, context);
    try {
      several = open.givesSeveral();
      function = open.function();
      if (open.isAwaited()) {
        batcher = null;
      } else {
        open.requireBatches();
        BatchConfig config =
            BatchConfig.of()
                .withSize(size)
                .withDelay(delay)
                .withThreads(threads)
                .withColumns(open.columns().toArray(new String[0]));
        String form = open.form(null);
        batcher =
            MicroBatcher.of(
                function,
                Object.class,
                form == null
                    ? config
                    : config.withForm(BatchConfig.Form.valueOf(form.toUpperCase())));
      }
    } catch (RuntimeException | Error e) {
      open.close();
      throw e;
    }
  }

  /**
   * Calls the function.
   *
   * @param value a record
   * @return its results, later
   */
  public CompletableFuture<Collection<OUT>> call(IN value) {
    open.metrics().called(1);
    Object row = open.toPython(value);
    CompletableFuture<Object> later =
        batcher == null ? function.callAsync(row) : batcher.submit(row);
    return later.thenApply(this::results);
  }

  private Collection<OUT> results(Object result) {
    if (!several) {
      return Collections.singletonList(open.fromPython(result));
    }
    return ((List<?>) result).stream().map(open::fromPython).collect(Collectors.toList());
  }

  /** Counts a call that failed; on any thread. */
  public void failed() {
    open.metrics().failed();
  }

  @Override
  public void close() {
    try {
      if (batcher != null) {
        batcher.cancel();
        batcher.close();
      }
    } finally {
      open.close();
    }
  }
}
