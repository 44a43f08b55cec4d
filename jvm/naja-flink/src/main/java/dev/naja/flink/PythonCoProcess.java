package dev.naja.flink;

import dev.naja.flink.datastream.OpenProcess;
import dev.naja.flink.datastream.Plans;
import dev.naja.flink.datastream.UnkeyedCoProcess;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * A Python process function of two streams: a class with {@code process_element1(self, value,
 * ctx)}, {@code process_element2(self, value, ctx)} and, if it sets timers, {@code on_timer(self,
 * timestamp, ctx)}. Streams with keys share states and timers. For the task's thread alone.
 *
 * @param <KEY> the keys
 * @param <IN1> the records of the first stream
 * @param <IN2> the records of the second stream
 * @param <OUT> what the function makes
 */
public final class PythonCoProcess<KEY, IN1, IN2, OUT>
    extends KeyedCoProcessFunction<KEY, IN1, IN2, OUT> implements ResultTypeQueryable<OUT> {
  private static final long serialVersionUID = 1;

  private final StreamFunction<OUT> function;
  private transient OpenProcess<OUT> open;

  private PythonCoProcess(StreamFunction<OUT> function) {
    this.function = function;
  }

  /**
   * A function of the Python that the configuration names.
   *
   * @param <KEY> the keys
   * @param <IN1> the records of the first stream
   * @param <IN2> the records of the second stream
   * @param <OUT> what the function makes
   * @param reference {@code module:Class}
   * @param output the type of each value
   * @return the function
   */
  public static <KEY, IN1, IN2, OUT> PythonCoProcess<KEY, IN1, IN2, OUT> of(
      String reference, TypeInformation<OUT> output) {
    return of(StreamFunction.of(reference, output));
  }

  /**
   * A function.
   *
   * @param <KEY> the keys
   * @param <IN1> the records of the first stream
   * @param <IN2> the records of the second stream
   * @param <OUT> what the function makes
   * @param function which
   * @return the function
   */
  public static <KEY, IN1, IN2, OUT> PythonCoProcess<KEY, IN1, IN2, OUT> of(
      StreamFunction<OUT> function) {
    return new PythonCoProcess<>(function);
  }

  /**
   * Runs the function for the records of two streams with the same keys.
   *
   * @param first the records of {@code process_element1}
   * @param second those of {@code process_element2}
   * @return what the function makes, its side outputs, and that of {@link StreamFunction#failures},
   *     where records of the second stream are null
   */
  public SingleOutputStreamOperator<OUT> on(
      KeyedStream<IN1, KEY> first, KeyedStream<IN2, KEY> second) {
    StreamFunction<OUT> planned =
        Plans.of(function, first)
            .withInputs(first.getType(), second.getType())
            .withKey(first.getKeyType());
    return first
        .connect(second)
        .process(new PythonCoProcess<KEY, IN1, IN2, OUT>(planned))
        .name("co-process " + function);
  }

  /**
   * Runs the function for the records of two streams without keys; there are neither keyed states
   * nor timers.
   *
   * @param first the records of {@code process_element1}
   * @param second those of {@code process_element2}
   * @return what the function makes, its side outputs, and that of {@link StreamFunction#failures},
   *     where records of the second stream are null
   */
  public SingleOutputStreamOperator<OUT> on(DataStream<IN1> first, DataStream<IN2> second) {
    StreamFunction<OUT> planned =
        Plans.of(function, first).withInputs(first.getType(), second.getType());
    return first
        .connect(second)
        .process(new UnkeyedCoProcess<IN1, IN2, OUT>(planned))
        .name("co-process " + function);
  }

  @Override
  public void open(OpenContext context) {
    open = OpenProcess.open(function, "process", 2, getRuntimeContext());
  }

  @Override
  public void processElement1(IN1 value, Context context, Collector<OUT> out) {
    open.element(value, context.timestamp(), current(context), out);
  }

  @Override
  public void processElement2(IN2 value, Context context, Collector<OUT> out) {
    open.other(value, context.timestamp(), current(context), out);
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
