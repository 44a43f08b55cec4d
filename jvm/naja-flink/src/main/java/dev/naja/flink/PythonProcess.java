package dev.naja.flink;

import dev.naja.flink.datastream.OpenProcess;
import dev.naja.flink.datastream.Plans;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * A Python process function without keys: a class with {@code process_element(self, value, ctx)},
 * or a function of these two, that yields or returns any number of values; {@code yield tag, value}
 * and {@code ctx.output(tag, value)} write to side outputs. For the task's thread alone.
 *
 * @param <IN> the records
 * @param <OUT> what the function makes
 */
public final class PythonProcess<IN, OUT> extends ProcessFunction<IN, OUT>
    implements ResultTypeQueryable<OUT> {
  private static final long serialVersionUID = 1;

  private final StreamFunction<OUT> function;
  private final String kind;
  private transient OpenProcess<OUT> open;

  private PythonProcess(StreamFunction<OUT> function, String kind) {
    this.function = function;
    this.kind = kind;
  }

  /**
   * A function of the Python that the configuration names.
   *
   * @param <IN> the records
   * @param <OUT> what the function makes
   * @param reference {@code module:Class} or {@code module:function}
   * @param output the type of each value
   * @return the function
   */
  public static <IN, OUT> PythonProcess<IN, OUT> of(String reference, TypeInformation<OUT> output) {
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
  public static <IN, OUT> PythonProcess<IN, OUT> of(StreamFunction<OUT> function) {
    return new PythonProcess<>(function, "process");
  }

  /**
   * A simpler function as a process function, which has side outputs.
   *
   * @param <IN> the records
   * @param <OUT> what the function makes
   * @param function which
   * @param kind {@code map}, {@code flat_map} or {@code filter}
   * @return the function
   */
  public static <IN, OUT> PythonProcess<IN, OUT> of(StreamFunction<OUT> function, String kind) {
    return new PythonProcess<>(function, kind);
  }

  /**
   * Runs the function for each record of a stream.
   *
   * @param stream the records
   * @return what the function makes, its side outputs, and that of {@link StreamFunction#failures}
   * @throws IllegalArgumentException if the function's hints say other types
   */
  public SingleOutputStreamOperator<OUT> on(DataStream<IN> stream) {
    return stream
        .process(new PythonProcess<IN, OUT>(Plans.of(function, stream), kind))
        .name(kind + " " + function);
  }

  @Override
  public void open(OpenContext context) {
    open = OpenProcess.open(function, kind, 1, getRuntimeContext());
  }

  @Override
  public void processElement(IN value, Context context, Collector<OUT> out) {
    open.element(
        value,
        context.timestamp(),
        new OpenProcess.Context(context.timerService(), null, context::output),
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
}
