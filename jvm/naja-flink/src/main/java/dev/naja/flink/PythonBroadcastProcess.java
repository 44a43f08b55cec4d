package dev.naja.flink;

import dev.naja.flink.datastream.BroadcastStates;
import dev.naja.flink.datastream.NoTimers;
import dev.naja.flink.datastream.OpenProcess;
import dev.naja.flink.datastream.Plans;
import dev.naja.flink.datastream.UnkeyedBroadcast;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * A Python process function of a stream, keyed or not, and a broadcast one, such as records and
 * models: a class with {@code process_element(self, value, ctx)}, {@code
 * process_broadcast_element(self, value, ctx)} and, if it sets timers, {@code on_timer(self,
 * timestamp, ctx)}.
 *
 * <pre>{@code
 * PythonBroadcastProcess.<String, Row, Row, Row>of("serving:HotSwap", type)
 *     .withState("models", Types.STRING, Types.ROW(Types.LONG, Types.PRIMITIVE_ARRAY(Types.BYTE)))
 *     .on(requests.keyBy(...), models);
 * }</pre>
 *
 * <p>Broadcast state is declared here, since Flink needs it when the streams are connected; Python
 * asks for it by name, {@code ctx.get_broadcast_state("models")}, or by a descriptor of that name.
 * For the task's thread alone.
 *
 * @param <KEY> the keys
 * @param <IN> the records
 * @param <BC> what is broadcast
 * @param <OUT> what the function makes
 */
public final class PythonBroadcastProcess<KEY, IN, BC, OUT>
    extends KeyedBroadcastProcessFunction<KEY, IN, BC, OUT> implements ResultTypeQueryable<OUT> {
  private static final long serialVersionUID = 1;

  private final StreamFunction<OUT> function;
  private final ArrayList<MapStateDescriptor<?, ?>> states;
  private final ArrayList<TypeInformation<?>> types;
  private transient OpenProcess<OUT> open;
  private transient BroadcastStates broadcast;

  private PythonBroadcastProcess(
      StreamFunction<OUT> function,
      List<MapStateDescriptor<?, ?>> states,
      List<TypeInformation<?>> types) {
    this.function = function;
    this.states = new ArrayList<>(states);
    this.types = new ArrayList<>(types);
  }

  /**
   * A function of the Python that the configuration names.
   *
   * @param <KEY> the keys
   * @param <IN> the records
   * @param <BC> what is broadcast
   * @param <OUT> what the function makes
   * @param reference {@code module:Class}
   * @param output the type of each value
   * @return the function
   */
  public static <KEY, IN, BC, OUT> PythonBroadcastProcess<KEY, IN, BC, OUT> of(
      String reference, TypeInformation<OUT> output) {
    return of(StreamFunction.of(reference, output));
  }

  /**
   * A function.
   *
   * @param <KEY> the keys
   * @param <IN> the records
   * @param <BC> what is broadcast
   * @param <OUT> what the function makes
   * @param function which
   * @return the function
   */
  public static <KEY, IN, BC, OUT> PythonBroadcastProcess<KEY, IN, BC, OUT> of(
      StreamFunction<OUT> function) {
    return new PythonBroadcastProcess<>(function, List.of(), List.of());
  }

  /**
   * Declares a broadcast state.
   *
   * @param name its name
   * @param key the type of its keys
   * @param value the type of its values
   * @return the function with this state
   */
  public PythonBroadcastProcess<KEY, IN, BC, OUT> withState(
      String name, TypeInformation<?> key, TypeInformation<?> value) {
    Objects.requireNonNull(name, "name of a broadcast state");
    PythonBroadcastProcess<KEY, IN, BC, OUT> with =
        new PythonBroadcastProcess<>(function, states, types);
    with.states.add(new MapStateDescriptor<>(name, key, value));
    with.types.add(key);
    with.types.add(value);
    return with;
  }

  /**
   * Runs the function for the records of a keyed stream and those that all subtasks get.
   *
   * @param stream the records of {@code process_element}
   * @param everywhere those of {@code process_broadcast_element}
   * @return what the function makes, its side outputs, and that of {@link StreamFunction#failures},
   *     where records that are broadcast are null
   */
  public SingleOutputStreamOperator<OUT> on(
      KeyedStream<IN, KEY> stream, DataStream<BC> everywhere) {
    StreamFunction<OUT> planned =
        Plans.of(function, stream)
            .withInputs(stream.getType(), everywhere.getType())
            .withKey(stream.getKeyType());
    return stream
        .connect(everywhere.broadcast(states.toArray(new MapStateDescriptor<?, ?>[0])))
        .process(new PythonBroadcastProcess<KEY, IN, BC, OUT>(planned, states, types))
        .name("broadcast-process " + function);
  }

  /**
   * Runs the function for the records of a stream without keys and those that all subtasks get;
   * there are neither keyed states nor timers.
   *
   * @param stream the records of {@code process_element}
   * @param everywhere those of {@code process_broadcast_element}
   * @return what the function makes, its side outputs, and that of {@link StreamFunction#failures},
   *     where records that are broadcast are null
   */
  public SingleOutputStreamOperator<OUT> on(DataStream<IN> stream, DataStream<BC> everywhere) {
    StreamFunction<OUT> planned =
        Plans.of(function, stream).withInputs(stream.getType(), everywhere.getType());
    return stream
        .connect(everywhere.broadcast(states.toArray(new MapStateDescriptor<?, ?>[0])))
        .process(new UnkeyedBroadcast<IN, BC, OUT>(planned, states, types))
        .name("broadcast-process " + function);
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
    open.element(value, context.timestamp(), current(context), out);
  }

  @Override
  public void processBroadcastElement(BC value, Context context, Collector<OUT> out) {
    broadcast.enter(context::getBroadcastState, true);
    open.other(
        value,
        context.timestamp(),
        new OpenProcess.Context(
            new NoTimers(
                "Timers belong to keys, and a record that is broadcast has none.",
                context.currentProcessingTime(),
                context.currentWatermark()),
            null,
            context::output),
        out);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<OUT> out) {
    broadcast.enter(context::getBroadcastState, false);
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

  private OpenProcess.Context current(ReadOnlyContext context) {
    return new OpenProcess.Context(
        context.timerService(), context.getCurrentKey(), context::output);
  }
}
