package dev.naja.flink.datastream;

import dev.naja.flink.StreamFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.functions.co.CoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * A Python process function of two streams without keys. For the task's thread alone.
 *
 * @param <IN1> the records of the first stream
 * @param <IN2> the records of the second stream
 * @param <OUT> what the function makes
 */
public final class UnkeyedCoProcess<IN1, IN2, OUT> extends CoProcessFunction<IN1, IN2, OUT>
    implements ResultTypeQueryable<OUT> {
  private static final long serialVersionUID = 1;

  private final StreamFunction<OUT> function;
  private transient OpenProcess<OUT> open;

  /**
   * A function.
   *
   * @param function which
   */
  public UnkeyedCoProcess(StreamFunction<OUT> function) {
    this.function = function;
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
    return new OpenProcess.Context(context.timerService(), null, context::output);
  }
}
