package dev.naja.flink;

import dev.naja.flink.datastream.OpenAsync;
import dev.naja.flink.datastream.Plans;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/**
 * A Python function whose results come later, so that many records are under way at once:
 *
 * <ul>
 *   <li>{@code async def}, or a class with {@code async def eval(self, value)}, or {@code
 *       async_invoke}, which returns a list of results: all such run on one event loop of the
 *       process;
 *   <li>a function of batches ({@code @naja.vectorized}, {@code @udf(func_type="pandas")}): records
 *       are gathered while another batch runs.
 * </ul>
 *
 * <p>Results come in the order of the records, unless {@link #unordered()} is asked for. A record
 * that is not answered in time fails like one that Python raises for. Failures have no side output
 * here.
 *
 * @param <IN> the records
 * @param <OUT> what the function makes
 */
public final class PythonAsync<IN, OUT> extends RichAsyncFunction<IN, OUT>
    implements ResultTypeQueryable<OUT> {
  private static final long serialVersionUID = 1;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final StreamFunction<OUT> function;
  private boolean ordered = true;
  private int capacity = 1024;
  private int size = 256;
  private Duration delay = Duration.ZERO;
  private int threads = 1;
  private transient OpenAsync<IN, OUT> open;

  private PythonAsync(StreamFunction<OUT> function) {
    this.function = function;
  }

  /**
   * A function of the Python that the configuration names.
   *
   * @param <IN> the records
   * @param <OUT> what the function makes
   * @param reference {@code module:function} or {@code module:Class}
   * @param output the type of what it makes
   * @return the function
   */
  public static <IN, OUT> PythonAsync<IN, OUT> of(String reference, TypeInformation<OUT> output) {
    return of(StreamFunction.of(reference, output));
  }

  /**
   * A function; its timeout, one minute if it has none, is that of a record.
   *
   * @param <IN> the records
   * @param <OUT> what the function makes
   * @param function which
   * @return the function
   */
  public static <IN, OUT> PythonAsync<IN, OUT> of(StreamFunction<OUT> function) {
    return new PythonAsync<>(function);
  }

  private PythonAsync<IN, OUT> copy(StreamFunction<OUT> function) {
    PythonAsync<IN, OUT> copy = new PythonAsync<>(function);
    copy.ordered = ordered;
    copy.capacity = capacity;
    copy.size = size;
    copy.delay = delay;
    copy.threads = threads;
    return copy;
  }

  /**
   * Lets results overtake each other, though not watermarks.
   *
   * @return the function
   */
  public PythonAsync<IN, OUT> unordered() {
    PythonAsync<IN, OUT> copy = copy(function);
    copy.ordered = false;
    return copy;
  }

  /**
   * Says how many records may be under way at once.
   *
   * @param capacity one or more; 1,024 by default
   * @return the function
   */
  public PythonAsync<IN, OUT> withCapacity(int capacity) {
    PythonAsync<IN, OUT> copy = copy(function);
    copy.capacity = capacity;
    return copy;
  }

  /**
   * Says how records are gathered for a function of batches.
   *
   * @param size how many records a batch has at most; 256 by default
   * @param delay how long a record waits at most for others; zero by default, which gathers while
   *     another batch runs
   * @param threads how many batches run at once; 1 by default
   * @return the function
   */
  public PythonAsync<IN, OUT> withBatches(int size, Duration delay, int threads) {
    PythonAsync<IN, OUT> copy = copy(function);
    copy.size = size;
    copy.delay = delay;
    copy.threads = threads;
    return copy;
  }

  /**
   * Runs the function for each record of a stream.
   *
   * @param stream the records
   * @return what the function makes
   * @throws IllegalArgumentException if the function's hints say other types, or failures are to go
   *     to a side output
   */
  public SingleOutputStreamOperator<OUT> on(DataStream<IN> stream) {
    if (Plans.failsAside(function)) {
      throw new IllegalArgumentException(
          "Asynchronous functions have no side output: let failures of "
              + function
              + " be NULL, or return them as values.");
    }
    PythonAsync<IN, OUT> planned = copy(Plans.of(function, stream));
    long millis = function.callable().timeout().orElse(PATIENCE).toMillis();
    SingleOutputStreamOperator<OUT> results =
        ordered
            ? AsyncDataStream.orderedWait(stream, planned, millis, TimeUnit.MILLISECONDS, capacity)
            : AsyncDataStream.unorderedWait(
                stream, planned, millis, TimeUnit.MILLISECONDS, capacity);
    return results.name("async " + function);
  }

  @Override
  public void open(OpenContext context) {
    open = new OpenAsync<>(function, size, delay, threads, getRuntimeContext());
  }

  @Override
  public void asyncInvoke(IN value, ResultFuture<OUT> result) {
    open.call(value)
        .whenComplete(
            (results, failure) -> {
              if (failure == null) {
                result.complete(results);
              } else {
                failed(
                    result, failure instanceof CompletionException ? failure.getCause() : failure);
              }
            });
  }

  @Override
  public void timeout(IN value, ResultFuture<OUT> result) {
    failed(
        result,
        new TimeoutException(function + " has not answered in time for the record " + value + "."));
  }

  private void failed(ResultFuture<OUT> result, Throwable failure) {
    open.failed();
    if (function.callable().policy() == FailurePolicy.NULL) {
      result.complete(List.of());
    } else {
      result.completeExceptionally(failure);
    }
  }

  @Override
  public void close() {
    if (open != null) {
      open.close();
    }
  }

  @Override
  public TypeInformation<OUT> getProducedType() {
    return function.output();
  }
}
