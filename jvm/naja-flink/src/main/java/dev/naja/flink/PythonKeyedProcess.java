package dev.naja.flink;

import dev.naja.flink.datastream.OpenProcess;
import dev.naja.flink.datastream.Plans;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * A Python process function with keyed state and timers: a class with {@code process_element(self,
 * value, ctx)} and, if it sets timers, {@code on_timer(self, timestamp, ctx)}, which yield or
 * return any number of values. {@code open(self, runtime_context)} gets its states. For the task's
 * thread alone.
 *
 * <pre>{@code
 * PythonKeyedProcess.<String, Row, Row>of("samples:WaitForClick", type)
 *     .on(exposures.keyBy(row -> row.getFieldAs("trace_id")));
 * }</pre>
 *
 * @param <KEY> the keys
 * @param <IN> the records
 * @param <OUT> what the function makes
 */
public final class PythonKeyedProcess<KEY, IN, OUT> extends KeyedProcessFunction<KEY, IN, OUT>
    implements ResultTypeQueryable<OUT> {
  private static final long serialVersionUID = 1;

  private final StreamFunction<OUT> function;
  private transient OpenProcess<OUT> open;

  private PythonKeyedProcess(StreamFunction<OUT> function) {
    this.function = function;
  }

  /**
   * A function of the Python that the configuration names.
   *
   * @param <KEY> the keys
   * @param <IN> the records
   * @param <OUT> what the function makes
   * @param reference {@code module:Class}
   * @param output the type of each value
   * @return the function
   */
  public static <KEY, IN, OUT> PythonKeyedProcess<KEY, IN, OUT> of(
      String reference, TypeInformation<OUT> output) {
    return of(StreamFunction.of(reference, output));
  }

  /**
   * A function.
   *
   * @param <KEY> the keys
   * @param <IN> the records
   * @param <OUT> what the function makes
   * @param function which
   * @return the function
   */
  public static <KEY, IN, OUT> PythonKeyedProcess<KEY, IN, OUT> of(StreamFunction<OUT> function) {
    return new PythonKeyedProcess<>(function);
  }

  /**
   * Runs the function for each record of a keyed stream.
   *
   * @param stream the records
   * @return what the function makes, its side outputs, and that of {@link StreamFunction#failures}
   * @throws IllegalArgumentException if the function's hints say other types
   */
  public SingleOutputStreamOperator<OUT> on(KeyedStream<IN, KEY> stream) {
    StreamFunction<OUT> planned = Plans.of(function, stream).withKey(stream.getKeyType());
    return stream
        .process(new PythonKeyedProcess<KEY, IN, OUT>(planned))
        .name("process " + function);
  }

  @Override
  public void open(OpenContext context) {
    open = OpenProcess.open(function, "process", 1, getRuntimeContext());
  }

  @Override
  public void processElement(IN value, Context context, Collector<OUT> out) {
    open.element(value, context.timestamp(), current(context), out);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<OUT> out) {
    open.timer(timestamp, context.timeDomain(), current(context), out);
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

  private OpenProcess.Context current(Context context) {
    return new OpenProcess.Context(
        context.timerService(), context.getCurrentKey(), context::output);
  }
}
