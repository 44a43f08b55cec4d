package dev.naja.flink;

import dev.naja.flink.datastream.OpenSimple;
import dev.naja.flink.datastream.Plans;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * A Python function that keeps records or drops them: a function of one argument, or a class with
 * {@code filter} (or {@code eval}); what it returns counts by Python's truth. A record that it
 * fails for is dropped where failures do not fail the task. For the task's thread alone.
 *
 * @param <IN> the records
 */
public final class PythonFilter<IN> extends RichFilterFunction<IN> {
  private static final long serialVersionUID = 1;

  private final StreamFunction<Boolean> function;
  private transient OpenSimple<IN, Boolean> open;

  private PythonFilter(StreamFunction<Boolean> function) {
    this.function = function;
  }

  /**
   * A function of the Python that the configuration names.
   *
   * @param <IN> the records
   * @param reference {@code module:function} or {@code module:Class}
   * @return the function
   */
  public static <IN> PythonFilter<IN> of(String reference) {
    return of(StreamFunction.of(reference, Types.BOOLEAN));
  }

  /**
   * A function.
   *
   * @param <IN> the records
   * @param function which
   * @return the function
   */
  public static <IN> PythonFilter<IN> of(StreamFunction<Boolean> function) {
    return new PythonFilter<>(function);
  }

  /**
   * Runs the function for each record of a stream.
   *
   * @param stream the records
   * @return those that it keeps, and the side output of {@link StreamFunction#failures}
   * @throws IllegalArgumentException if the function's hints say other types
   */
  public SingleOutputStreamOperator<IN> on(DataStream<IN> stream) {
    StreamFunction<Boolean> planned = Plans.of(function, stream);
    return Plans.failsAside(planned)
        ? Plans.filter(planned, stream)
        : stream.filter(new PythonFilter<IN>(planned)).name("filter " + function);
  }

  @Override
  public void open(OpenContext context) {
    open = OpenSimple.open(function, "filter", getRuntimeContext());
  }

  @Override
  public boolean filter(IN value) {
    return Boolean.TRUE.equals(open.call(value));
  }

  @Override
  public void close() {
    if (open != null) {
      open.close();
    }
  }
}
