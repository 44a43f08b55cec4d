package dev.naja.flink;

import dev.naja.flink.datastream.OpenAccumulator;
import dev.naja.flink.datastream.OpeningWindow;
import dev.naja.flink.datastream.Plans;
import dev.naja.flink.datastream.PythonValue;
import dev.naja.flink.datastream.PythonValueTypeInfo;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.datastream.WindowedStream;
import org.apache.flink.streaming.api.windowing.windows.Window;

/**
 * A Python aggregate function, whose accumulators stay in Python: a class with {@code
 * create_accumulator}, {@code add(self, value, accumulator)}, {@code get_result(self, accumulator)}
 * and, for windows that merge, {@code merge(self, one, other)}; or one of SQL's with {@code
 * accumulate}, {@code get_value} and {@code merge(self, accumulator, accumulators)}.
 *
 * <p>Accumulators are pickled when Flink writes them down: at each access by RocksDB, for
 * checkpoints alone on the heap. {@code docs/flink/state.md} says what may change between savepoint
 * and restore.
 *
 * <p>Flink gives an aggregate function no context: it has neither {@code open} nor metrics, and its
 * failures always fail the task. For the task's thread alone.
 *
 * @param <IN> the records
 * @param <OUT> the results
 */
public final class PythonAggregate<IN, OUT> implements AggregateFunction<IN, PythonValue, OUT> {
  private static final long serialVersionUID = 1;

  private final StreamFunction<OUT> function;
  private transient OpenAccumulator<IN, OUT> open;

  private PythonAggregate(StreamFunction<OUT> function) {
    this.function = function;
  }

  /**
   * A function of the Python that the configuration names.
   *
   * @param <IN> the records
   * @param <OUT> the results
   * @param reference {@code module:Class}
   * @param output the type of the results
   * @return the function
   */
  public static <IN, OUT> PythonAggregate<IN, OUT> of(
      String reference, TypeInformation<OUT> output) {
    return of(StreamFunction.of(reference, output));
  }

  /**
   * A function.
   *
   * @param <IN> the records
   * @param <OUT> the results
   * @param function which
   * @return the function
   */
  public static <IN, OUT> PythonAggregate<IN, OUT> of(StreamFunction<OUT> function) {
    return new PythonAggregate<>(function);
  }

  /**
   * Aggregates each window.
   *
   * @param <KEY> the keys
   * @param <W> Flink's class of the windows
   * @param stream the keyed stream that was cut into windows
   * @param windows the windows
   * @return a result for each window
   */
  public <KEY, W extends Window> SingleOutputStreamOperator<OUT> on(
      KeyedStream<IN, KEY> stream, WindowedStream<IN, KEY, W> windows) {
    StreamFunction<OUT> planned = Plans.of(function, stream);
    return windows
        .aggregate(
            new PythonAggregate<>(planned),
            new OpeningWindow<OUT, KEY, W>(planned),
            accumulatorType(),
            planned.output(),
            planned.output())
        .name("aggregate " + function);
  }

  /**
   * The type of accumulators, which {@code windows.aggregate(function, type, output)} and a state
   * descriptor ask for.
   *
   * @return the type
   */
  public static TypeInformation<PythonValue> accumulatorType() {
    return PythonValueTypeInfo.INSTANCE;
  }

  private OpenAccumulator<IN, OUT> open() {
    if (open == null) {
      open = new OpenAccumulator<>(function);
    }
    return open;
  }

  @Override
  public PythonValue createAccumulator() {
    return open().create();
  }

  @Override
  public PythonValue add(IN value, PythonValue accumulator) {
    open().add(value, accumulator);
    return accumulator;
  }

  @Override
  public OUT getResult(PythonValue accumulator) {
    return open().result(accumulator);
  }

  @Override
  public PythonValue merge(PythonValue one, PythonValue other) {
    open().merge(one, other);
    return one;
  }
}
