package dev.naja.flink;

import dev.naja.flink.datastream.OpenSimple;
import dev.naja.flink.datastream.Plans;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;

/**
 * A Python function that finds the key of each record: a function of one argument, or a class with
 * {@code get_key} (or {@code eval}). It has to give equal keys for equal records, at any time and
 * on any machine; do not use Python's {@code hash} of texts.
 *
 * <p>Flink calls it twice a record, before and behind the network, and gives it no context, so it
 * has neither {@code open} nor metrics of its operator, and its failures always fail the task. For
 * one thread at a time.
 *
 * @param <IN> the records
 * @param <KEY> the keys
 */
public final class PythonKeySelector<IN, KEY>
    implements KeySelector<IN, KEY>, ResultTypeQueryable<KEY> {
  private static final long serialVersionUID = 1;

  private final StreamFunction<KEY> function;
  private transient OpenSimple<IN, KEY> open;

  private PythonKeySelector(StreamFunction<KEY> function) {
    this.function = function;
  }

  /**
   * A function of the Python that the configuration names.
   *
   * @param <IN> the records
   * @param <KEY> the keys
   * @param reference {@code module:function} or {@code module:Class}
   * @param key the type of the keys
   * @return the function
   */
  public static <IN, KEY> PythonKeySelector<IN, KEY> of(
      String reference, TypeInformation<KEY> key) {
    return of(StreamFunction.of(reference, key));
  }

  /**
   * A function.
   *
   * @param <IN> the records
   * @param <KEY> the keys
   * @param function which
   * @return the function
   */
  public static <IN, KEY> PythonKeySelector<IN, KEY> of(StreamFunction<KEY> function) {
    return new PythonKeySelector<>(function);
  }

  /**
   * Partitions a stream by the function.
   *
   * @param stream the records
   * @return the stream by keys
   * @throws IllegalArgumentException if the function's hints say other types
   */
  public KeyedStream<IN, KEY> on(DataStream<IN> stream) {
    return stream.keyBy(new PythonKeySelector<>(Plans.of(function, stream)), function.output());
  }

  @Override
  public KEY getKey(IN value) {
    if (open == null) {
      open = OpenSimple.open(function.withPolicy(FailurePolicy.FAIL), "key");
    }
    return open.call(value);
  }

  @Override
  public TypeInformation<KEY> getProducedType() {
    return function.output();
  }
}
