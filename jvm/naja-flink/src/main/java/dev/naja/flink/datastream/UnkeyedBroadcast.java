package dev.naja.flink.datastream;

import dev.naja.flink.StreamFunction;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * A Python process function of a stream without keys and a broadcast one. For the task's thread
 * alone.
 *
 * @param <IN> the records
 * @param <BC> what is broadcast
 * @param <OUT> what the function makes
 */
public final class UnkeyedBroadcast<IN, BC, OUT> extends BroadcastProcessFunction<IN, BC, OUT>
    implements ResultTypeQueryable<OUT> {
  private static final long serialVersionUID = 1;
  private static final String WHY = "Timers belong to keys, and this stream has none.";

  private final StreamFunction<OUT> function;
  private final ArrayList<MapStateDescriptor<?, ?>> states;
  private final ArrayList<TypeInformation<?>> types;
  private transient OpenProcess<OUT> open;
  private transient BroadcastStates broadcast;

  /**
   * A function.
   *
   * @param function which
   * @param states the broadcast states
   * @param types the types of each one's keys and values, in turn
   */
  public UnkeyedBroadcast(
      StreamFunction<OUT> function,
      List<MapStateDescriptor<?, ?>> states,
      List<TypeInformation<?>> types) {
    this.function = function;
    this.states = new ArrayList<>(states);
    this.types = new ArrayList<>(types);
  }

  @Override
  public void open(OpenContext context) {
    open =
        OpenProcess.open(
            function,
            "broadcast",
            2,
            getRuntimeContext(),
            pickles -> {
              broadcast = new BroadcastStates(states, types, pickles);
              return broadcast;
            });
  }

  @Override
  public void processElement(IN value, ReadOnlyContext context, Collector<OUT> out) {
    broadcast.enter(context::getBroadcastState, false);
    open.element(
        value,
        context.timestamp(),
        current(context.currentProcessingTime(), context.currentWatermark(), context::output),
        out);
  }

  @Override
  public void processBroadcastElement(BC value, Context context, Collector<OUT> out) {
    broadcast.enter(context::getBroadcastState, true);
    open.other(
        value,
        context.timestamp(),
        current(context.currentProcessingTime(), context.currentWatermark(), context::output),
        out);
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

  private static OpenProcess.Context current(
      long processing, long watermark, OpenProcess.Sides sides) {
    return new OpenProcess.Context(new NoTimers(WHY, processing, watermark), null, sides);
  }
}
