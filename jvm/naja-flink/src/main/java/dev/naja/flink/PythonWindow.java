package dev.naja.flink;

import dev.naja.flink.datastream.NoTimers;
import dev.naja.flink.datastream.OpenProcess;
import dev.naja.flink.datastream.Plans;
import dev.naja.flink.datastream.WindowStates;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.datastream.WindowedStream;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.streaming.api.windowing.windows.Window;
import org.apache.flink.util.Collector;

/**
 * A Python function of the elements of a window: a class with {@code process(self, key, context,
 * elements)} or {@code apply(self, key, window, elements)} that yields or returns any number of
 * values. The elements cross at once, as a list. For the task's thread alone.
 *
 * @param <IN> the elements
 * @param <OUT> what the function makes
 * @param <KEY> the keys
 * @param <W> Flink's class of the windows
 */
public final class PythonWindow<IN, OUT, KEY, W extends Window>
    extends ProcessWindowFunction<IN, OUT, KEY, W> implements ResultTypeQueryable<OUT> {
  private static final long serialVersionUID = 1;

  private final StreamFunction<OUT> function;
  private transient OpenProcess<OUT> open;
  private transient WindowStates states;

  private PythonWindow(StreamFunction<OUT> function) {
    this.function = function;
  }

  /**
   * A function of the Python that the configuration names.
   *
   * @param <IN> the elements
   * @param <OUT> what the function makes
   * @param <KEY> the keys
   * @param <W> Flink's class of the windows
   * @param reference {@code module:Class}
   * @param output the type of each value
   * @return the function
   */
  public static <IN, OUT, KEY, W extends Window> PythonWindow<IN, OUT, KEY, W> of(
      String reference, TypeInformation<OUT> output) {
    return of(StreamFunction.of(reference, output));
  }

  /**
   * A function.
   *
   * @param <IN> the elements
   * @param <OUT> what the function makes
   * @param <KEY> the keys
   * @param <W> Flink's class of the windows
   * @param function which
   * @return the function
   */
  public static <IN, OUT, KEY, W extends Window> PythonWindow<IN, OUT, KEY, W> of(
      StreamFunction<OUT> function) {
    return new PythonWindow<>(function);
  }

  /**
   * Runs the function for each window.
   *
   * @param stream the keyed stream that was cut into windows
   * @param windows the windows
   * @return what the function makes, its side outputs, and that of {@link StreamFunction#failures},
   *     where {@code record} is null
   */
  public SingleOutputStreamOperator<OUT> on(
      KeyedStream<IN, KEY> stream, WindowedStream<IN, KEY, W> windows) {
    StreamFunction<OUT> planned = Plans.of(function, stream).withKey(stream.getKeyType());
    return windows.process(new PythonWindow<>(planned)).name("window " + function);
  }

  @Override
  public void open(OpenContext context) {
    open =
        OpenProcess.open(
            function,
            "window",
            1,
            getRuntimeContext(),
            pickles -> {
              states = new WindowStates(pickles);
              return states;
            });
  }

  @Override
  public void process(KEY key, Context context, Iterable<IN> elements, Collector<OUT> out) {
    W window = context.window();
    states.enter(context.windowState(), context.globalState());
    open.window(elements, start(window), end(window), current(context, key), out);
  }

  @Override
  public void clear(Context context) {
    W window = context.window();
    states.enter(context.windowState(), context.globalState());
    open.clear(start(window), end(window), current(context, null));
  }

  private static Long start(Window window) {
    return window instanceof TimeWindow ? ((TimeWindow) window).getStart() : null;
  }

  private static Long end(Window window) {
    return window instanceof TimeWindow ? ((TimeWindow) window).getEnd() : null;
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

  private OpenProcess.Context current(Context context, KEY key) {
    return new OpenProcess.Context(
        new NoTimers(
            "A window function sets no timers: its windows fire by their trigger.",
            context.currentProcessingTime(),
            context.currentWatermark()),
        key,
        context::output);
  }
}
