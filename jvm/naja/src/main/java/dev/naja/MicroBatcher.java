package dev.naja;

import dev.naja.internal.BatchThreads;
import dev.naja.internal.VectorizedFunction;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;

/**
 * Single rows for a function that takes many at once: gathers the rows of all callers into batches,
 * calls the function once for each batch and gives every caller the result of its row.
 *
 * <pre>{@code
 * // @naja.vectorized
 * // def score(features):              # an array of shape (rows, 128)
 * //     return features @ WEIGHTS     # an array of shape (rows,)
 *
 * BatchConfig config = BatchConfig.of().withSize(256).withDelay(Duration.ofMillis(1));
 * try (MicroBatcher<double[], Double> scorer =
 *     MicroBatcher.of(model.attr("score"), Double.class, config)) {
 *
 *   CompletableFuture<Double> later = scorer.submit(features);   // an operator that does not wait
 *   double now = scorer.call(features);                          // a request that waits
 * }
 * }</pre>
 *
 * <p><b>Batches.</b> A batch begins when it is full, or when its first row has waited for the
 * {@linkplain BatchConfig#withDelay delay}; while it runs, the next one gathers. It runs on a
 * thread of the batcher's, which holds neither the GIL nor anything else while it waits; a full one
 * on the thread that has filled it, where {@linkplain BatchConfig#withCallersRunning that is asked
 * for}. Rows are answered in the order in which they were submitted unless there is {@linkplain
 * BatchConfig#withThreads more than one thread}, or rows of several shapes: those that do not fit
 * one array, such as {@code double[]} of two lengths, go in calls of their own.
 *
 * <p><b>Rows.</b> A row that is a tuple in Python ({@code Object[]}, {@link PyTuple}, {@code
 * Map.Entry}, a record) has a column for each of its values; a {@code Map} has them by name, and is
 * passed by keyword. Every other row is one value, primitive arrays and lists too. {@code
 * docs/batching.md} has the types of columns and results.
 *
 * <p><b>Failures.</b> Where Python raises {@code naja.RowError}, the rows that it names fail with
 * it and the function is called again with the others; an exception among the results fails its
 * row. All rows of a batch that fails in another way fail with the same exception, unless
 * {@linkplain BatchConfig#withRetry it is tried again} in parts. Too many or too few results are a
 * failure of the batch. A deadline of {@link PyObject#withTimeout} bounds each call of the
 * function.
 *
 * <p><b>Futures.</b> One that is done before its batch begins, by {@code cancel} or {@code
 * orTimeout}, takes its row with it; later its result is dropped. What depends on a future runs on
 * the batcher's thread and holds up the next batch, unless it is told to run elsewhere as by {@code
 * thenApplyAsync}; there it may submit rows, but must not wait for any.
 *
 * <p>Safe for use by any thread, platform or virtual. One that is never closed keeps its thread.
 *
 * @param <T> the type of a row
 * @param <R> the type of a row's result
 */
public final class MicroBatcher<T, R> implements AutoCloseable {
  private final BatchThreads<T, R> threads;

  private MicroBatcher(
      BatchFunction<T, R> function, BiPredicate<T, T> alike, Runnable last, BatchConfig config) {
    threads =
        new BatchThreads<>(
            function,
            alike,
            config.size(),
            nanos(config),
            config.waiting(),
            config.retry(),
            config.callersRun(),
            config.threads(),
            "naja-batch-" + config.name(),
            last);
  }

  private static long nanos(BatchConfig config) {
    try {
      return config.delay().toNanos();
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }

  /**
   * Opens a batcher for a Python function.
   *
   * @param <T> the type of a row
   * @param <R> the type of a row's result
   * @param function a callable that takes batches, as {@code @naja.vectorized} says; it may be
   *     closed as soon as this returns
   * @param result the class wanted of a row's result
   * @param config sizes, delay, form
   * @return an open batcher
   * @throws PythonException {@code TypeError} if the function cannot take batches
   * @throws PythonConversionException if nothing in Python becomes the class
   */
  public static <T, R> MicroBatcher<T, R> of(
      PyObject function, Class<R> result, BatchConfig config) {
    return vectorized(function, result, config);
  }

  /**
   * Opens a batcher for a Python function whose results have a generic type.
   *
   * @param <T> the type of a row
   * @param <R> the type of a row's result
   * @param function a callable that takes batches, as {@code @naja.vectorized} says; it may be
   *     closed as soon as this returns
   * @param result the type wanted of a row's result
   * @param config sizes, delay, form
   * @return an open batcher
   * @throws PythonException {@code TypeError} if the function cannot take batches
   * @throws PythonConversionException if nothing in Python becomes the type
   */
  public static <T, R> MicroBatcher<T, R> of(
      PyObject function, TypeRef<R> result, BatchConfig config) {
    return vectorized(function, result.type(), config);
  }

  /**
   * Opens a batcher for a function in Java, such as one that calls a bound interface with an array,
   * or fills tables of its own.
   *
   * @param <T> the type of a row
   * @param <R> the type of a row's result
   * @param function computes the results of a batch; called by one thread at a time unless the
   *     configuration has more
   * @param config sizes and delay; form and columns mean nothing here
   * @return an open batcher
   */
  public static <T, R> MicroBatcher<T, R> of(BatchFunction<T, R> function, BatchConfig config) {
    Objects.requireNonNull(function, "function");
    return new MicroBatcher<>(function, (one, other) -> true, () -> {}, config);
  }

  /**
   * Opens a batcher for a Python function whose rows are written into tables: what a stream of
   * records of another system's needs, for nothing is boxed and the tables are used again.
   *
   * <pre>{@code
   * // @naja.vectorized(form="series")
   * // def score(amount, merchant): ...
   *
   * MicroBatcher<Payment, Double> scorer =
   *     MicroBatcher.of(
   *         model.attr("score"),
   *         List.of(Column.float64("amount"), Column.text("merchant")),
   *         (payment, row) -> row.setDouble(0, payment.amount()).setText(1, payment.merchant()),
   *         Double.class,
   *         config);
   * }</pre>
   *
   * @param <T> the type of a row
   * @param <R> the type of a row's result
   * @param function a callable that takes batches, as {@code @naja.vectorized} says; it may be
   *     closed as soon as this returns
   * @param columns the columns of the table
   * @param writer sets the cells of one row and does not end it; called on the batcher's thread.
   *     Where it throws, that row fails alone
   * @param result the class wanted of a row's result
   * @param config sizes, delay, form
   * @return an open batcher
   * @throws PythonException {@code TypeError} if the function cannot take batches
   * @throws PythonConversionException if nothing in Python becomes the class
   * @throws IllegalArgumentException if two columns have the same name
   */
  public static <T, R> MicroBatcher<T, R> of(
      PyObject function,
      List<Column> columns,
      BiConsumer<? super T, RowBatch> writer,
      Class<R> result,
      BatchConfig config) {
    return tables(function, columns, writer, result, config);
  }

  /**
   * Opens a batcher for a Python function whose rows are written into tables, and whose results
   * have a generic type; see {@link #of(PyObject, List, BiConsumer, Class, BatchConfig)}.
   *
   * @param <T> the type of a row
   * @param <R> the type of a row's result
   * @param function a callable that takes batches, as {@code @naja.vectorized} says; it may be
   *     closed as soon as this returns
   * @param columns the columns of the table
   * @param writer sets the cells of one row and does not end it; called on the batcher's thread.
   *     Where it throws, that row fails alone
   * @param result the type wanted of a row's result
   * @param config sizes, delay, form
   * @return an open batcher
   * @throws PythonException {@code TypeError} if the function cannot take batches
   * @throws PythonConversionException if nothing in Python becomes the type
   * @throws IllegalArgumentException if two columns have the same name
   */
  public static <T, R> MicroBatcher<T, R> of(
      PyObject function,
      List<Column> columns,
      BiConsumer<? super T, RowBatch> writer,
      TypeRef<R> result,
      BatchConfig config) {
    return tables(function, columns, writer, result.type(), config);
  }

  private static <T, R> MicroBatcher<T, R> vectorized(
      PyObject function, Type result, BatchConfig config) {
    PyObject prepared = prepare(function, result, config);
    return of(prepared, VectorizedFunction.<T, R>ofRows(prepared, result), config);
  }

  private static <T, R> MicroBatcher<T, R> tables(
      PyObject function,
      List<Column> columns,
      BiConsumer<? super T, RowBatch> writer,
      Type result,
      BatchConfig config) {
    Objects.requireNonNull(writer, "writer");
    PyObject prepared = prepare(function, result, config);
    VectorizedFunction<T, R> vectorized =
        VectorizedFunction.ofTables(prepared, result, columns, writer);
    return of(prepared, vectorized, config);
  }

  private static PyObject prepare(PyObject function, Type result, BatchConfig config) {
    String form = config.form() == null ? null : config.form().inPython();
    return function.deadlineOnto(
        VectorizedFunction.prepare(function, form, config.columns(), result));
  }

  private static <T, R> MicroBatcher<T, R> of(
      PyObject prepared, VectorizedFunction<T, R> vectorized, BatchConfig config) {
    return new MicroBatcher<>(vectorized, vectorized::areAlike, prepared::close, config);
  }

  /**
   * Gives a row to the next batch. Waits while {@linkplain BatchConfig#withWaiting as many rows as
   * may} wait, but not on the batcher's own thread.
   *
   * @param row the row, which must not change until its future is done
   * @return its result. The future fails with a {@link PythonException} where Python raises, with a
   *     {@link PythonTimeoutException} where a deadline has passed, with a {@link
   *     PythonConversionException} where the row or the result cannot cross, and with an {@link
   *     IllegalStateException} where a function in Java returns too many or too few. It is
   *     cancelled where {@link #cancel} came first, or the thread was interrupted while it waited
   *     here, which stays interrupted
   * @throws IllegalStateException if the batcher is closed
   */
  public CompletableFuture<R> submit(T row) {
    return threads.submit(row);
  }

  /**
   * Gives a row to the next batch and tells somebody its result: what an operator does that gets
   * thousands of rows in a millisecond, for a future takes longer than the row does. Waits as
   * {@link #submit(Object)} does.
   *
   * @param row the row, which must not change until its result is told
   * @param result is given the result and null; or null and what the future would have failed with.
   *     Called once, by the thread that runs the batch or gives the row up; what it throws is
   *     dropped
   * @throws IllegalStateException if the batcher is closed
   */
  public void submit(T row, BiConsumer<? super R, ? super Throwable> result) {
    threads.submit(row, Objects.requireNonNull(result, "result"));
  }

  /**
   * Gives a row to the next batch if there is room, and never waits: what a service does that
   * rather refuses a request than let it wait.
   *
   * @param row the row, which must not change until its future is done
   * @return its result, see {@link #submit}; empty if as many rows wait as may
   * @throws IllegalStateException if the batcher is closed
   */
  public Optional<CompletableFuture<R>> trySubmit(T row) {
    return Optional.ofNullable(threads.offer(row));
  }

  /**
   * Gives a row to the next batch and waits for its result.
   *
   * @param row the row
   * @return its result
   * @throws PythonException what Python raises
   * @throws PythonConversionException if the row or the result cannot cross
   * @throws IllegalStateException if the batcher is closed; if this is its own thread, which would
   *     wait for itself; or if a function in Java has failed with what is no {@code
   *     RuntimeException}, which is the cause
   * @throws java.util.concurrent.CancellationException if {@link #cancel} came first
   * @throws InterruptedException if the thread is interrupted while it waits; the row is dropped if
   *     its batch has not begun
   */
  public R call(T row) throws InterruptedException {
    if (threads.isOwn()) {
      throw new IllegalStateException(
          "The thread of a MicroBatcher cannot wait for a row of its own batches: use submit, or let"
              + " what depends on a future run elsewhere, as by thenApplyAsync.");
    }
    CompletableFuture<R> future = threads.submit(row);
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(false);
      throw e;
    } catch (ExecutionException e) {
      Throwable failure = e.getCause();
      if (failure instanceof RuntimeException) {
        throw (RuntimeException) failure;
      }
      if (failure instanceof Error) {
        throw (Error) failure;
      }
      throw new IllegalStateException("The function of a batch has failed.", failure);
    }
  }

  /**
   * What was done so far, for a dashboard. Costs some microseconds.
   *
   * @return counts, sizes and delays
   */
  public BatchMetrics metrics() {
    return threads.metrics();
  }

  /**
   * Gives up the rows whose batch has not begun, whose futures are cancelled, and takes no more.
   * Does not wait; {@link #close} does.
   */
  public void cancel() {
    threads.cancel();
  }

  /**
   * Takes no more rows, runs those that wait at once, and waits until all are answered and the
   * batcher's threads have ended. On its own thread, and when the thread is interrupted, it does
   * not wait. Twice is harmless.
   */
  @Override
  public void close() {
    threads.close();
  }
}
