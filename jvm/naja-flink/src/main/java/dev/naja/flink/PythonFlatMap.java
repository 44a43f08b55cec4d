package dev.naja.flink;

import dev.naja.flink.datastream.OpenProcess;
import dev.naja.flink.datastream.Plans;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.Collector;

/**
 * A Python function that makes any number of values of each record: a generator of one argument, or
 * a class with {@code flat_map} (or {@code eval}). For the task's thread alone, as all of Flink's
 * functions.
 *
 * <pre>{@code
 * DataStream<String> words = PythonFlatMap.<String, String>of("text:words", Types.STRING).on(lines);
 * }</pre>
 *
 * @param <IN> the records
 * @param <OUT> what the function makes
 */
public final class PythonFlatMap<IN, OUT> extends RichFlatMapFunction<IN, OUT>
    implements ResultTypeQueryable<OUT> {
  private static final long serialVersionUID = 1;

  /** A flat map has neither timers nor side outputs. */
  private static final OpenProcess.Context NOTHING = new OpenProcess.Context(null, null, null);

  private final StreamFunction<OUT> function;
  private transient OpenProcess<OUT> open;

  private PythonFlatMap(StreamFunction<OUT> function) {
    this.function = function;
  }

  /**
   * A function of the Python that the configuration names.
   *
   * @param <IN> the records
   * @param <OUT> what the function makes
   * @param reference {@code module:function} or {@code module:Class}
   * @param output the type of each value
   * @return the function
   */
  public static <IN, OUT> PythonFlatMap<IN, OUT> of(String reference, TypeInformation<OUT> output) {
    return of(StreamFunction.of(reference, output));
  }

  /**
   * A function.
   *
   * @param <IN> the records
   * @param <OUT> what the function makes
   * @param function which
   * @return the function
   */
  public static <IN, OUT> PythonFlatMap<IN, OUT> of(StreamFunction<OUT> function) {
    return new PythonFlatMap<>(function);
  }

  /**
   * Runs the function for each record of a stream.
   *
   * @param stream the records
   * @return what the function makes, and the side output of {@link StreamFunction#failures}
   * @throws IllegalArgumentException if the function's hints say other types
   */
  public SingleOutputStreamOperator<OUT> on(DataStream<IN> stream) {
    StreamFunction<OUT> planned = Plans.of(function, stream);
    return Plans.failsAside(planned)
        ? Plans.simple(planned, "flat_map", stream)
        : stream.flatMap(new PythonFlatMap<IN, OUT>(planned)).name("flat_map " + function);
  }

  @Override
  public void open(OpenContext context) {
    if (Plans.failsAside(function)) {
      throw new IllegalStateException(
          "Failures of " + function + " have no side output here: use the function's on(stream).");
    }
    open = OpenProcess.open(function, "flat_map", 1, getRuntimeContext());
  }

  @Override
  public void flatMap(IN value, Collector<OUT> out) {
    open.element(value, null, NOTHING, out);
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
