package dev.naja.flink;

import dev.naja.flink.datastream.OpenSimple;
import dev.naja.flink.datastream.Plans;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * A Python function that makes one value of each record: a function of one argument, or a class
 * with {@code map} (or {@code eval}), {@code open} and {@code close}.
 *
 * <pre>{@code
 * DataStream<Double> scores = PythonMap.<Payment, Double>of("fraud:Model", Types.DOUBLE).on(payments);
 * }</pre>
 *
 * <p>{@code stream.map(PythonMap.of(...))} does too; {@code on} also tells Python the types of the
 * records, compares them with the function's hints, takes the Python of the stream's configuration,
 * and gives failures their side output, or drops them where the policy is {@code NULL}; without
 * {@code on} they are null. For the task's thread alone, as all of Flink's functions.
 *
 * @param <IN> the records
 * @param <OUT> what the function makes
 */
public final class PythonMap<IN, OUT> extends RichMapFunction<IN, OUT>
    implements ResultTypeQueryable<OUT> {
  private static final long serialVersionUID = 1;

  private final StreamFunction<OUT> function;
  private transient OpenSimple<IN, OUT> open;

  private PythonMap(StreamFunction<OUT> function) {
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
  public static <IN, OUT> PythonMap<IN, OUT> of(String reference, TypeInformation<OUT> output) {
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
  public static <IN, OUT> PythonMap<IN, OUT> of(StreamFunction<OUT> function) {
    return new PythonMap<>(function);
  }

  /**
   * This function and behind it another one, fused: what crosses is the record and the last result.
   *
   * @param <T> what the other one makes
   * @param next takes what this one returns, as Python returns it
   * @return both as one
   */
  public <T> PythonMap<IN, T> andThen(PythonMap<OUT, T> next) {
    return new PythonMap<>(function.andThen(next.function));
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
    return Plans.failsAside(planned) || Plans.drops(planned)
        ? Plans.simple(planned, "map", stream)
        : stream.map(new PythonMap<IN, OUT>(planned)).name("map " + function);
  }

  @Override
  public void open(OpenContext context) {
    open = OpenSimple.open(function, "map", getRuntimeContext());
  }

  @Override
  public OUT map(IN value) {
    return open.call(value);
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
