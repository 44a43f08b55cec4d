package dev.naja.flink.datastream;

import dev.naja.PyObject;
import dev.naja.flink.FailurePolicy;
import dev.naja.flink.PythonEnvironment;
import dev.naja.flink.PythonProcess;
import dev.naja.flink.StreamFunction;
import dev.naja.flink.runtime.OpenPython;
import dev.naja.flink.runtime.TaskContext;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** What {@code on(stream)} of Python's functions does while a job is planned. */
public final class Plans {

  private Plans() {}

  /**
   * A function for a stream: with the type of its records, and the Python of its configuration.
   * Asks Python whether the function is there and whether its hints fit.
   *
   * @param <OUT> what the function makes
   * @param function which
   * @param stream the first of its streams
   * @return the function
   * @throws dev.naja.PythonException if there is no such function
   * @throws IllegalArgumentException if its hints say other types; names file and line
   */
  public static <OUT> StreamFunction<OUT> of(StreamFunction<OUT> function, DataStream<?> stream) {
    StreamFunction<OUT> planned = function.withInputs(stream.getType());
    if (!planned.hasEnvironment()) {
      planned =
          planned.withEnvironment(
              PythonEnvironment.of(stream.getExecutionEnvironment().getConfiguration()));
    }
    check(planned);
    return planned;
  }

  /** Refuses functions that are not there, or whose hints say other types. */
  private static void check(StreamFunction<?> function) {
    List<String> references = function.references();
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try (OpenPython python = function.callable().environment().open(TaskContext.planning(loader));
        PyObject importer = python.importer();
        PyObject check = python.half("_stream_plan", "check")) {
      for (int i = 0; i < references.size(); i++) {
        boolean last = i == references.size() - 1;
        String wrong =
            check.callAs(
                String.class,
                references.get(i),
                importer,
                function.arguments(),
                i == 0 ? TypeBridge.of(function.inputs()[0], null).description() : null,
                last ? TypeBridge.of(function.output(), null).description() : null);
        if (wrong != null) {
          throw new IllegalArgumentException(wrong + ".");
        }
      }
    }
  }

  /**
   * Whether records that a function fails for go to a side output.
   *
   * @param function which
   * @return true if that is its policy
   */
  public static boolean failsAside(StreamFunction<?> function) {
    return function.callable().policy() == FailurePolicy.SIDE_OUTPUT;
  }

  /**
   * Whether records that a function fails for are dropped.
   *
   * @param function which
   * @return true if that is its policy
   */
  public static boolean drops(StreamFunction<?> function) {
    return function.callable().policy() == FailurePolicy.NULL;
  }

  /**
   * Runs a simple function as a process function, which has side outputs.
   *
   * @param <IN> the records
   * @param <OUT> what the function makes
   * @param function which
   * @param kind {@code map} or {@code flat_map}
   * @param stream the records
   * @return what the function makes
   */
  public static <IN, OUT> SingleOutputStreamOperator<OUT> simple(
      StreamFunction<OUT> function, String kind, DataStream<IN> stream) {
    return PythonProcess.<IN, OUT>of(function, kind).on(stream);
  }

  /**
   * Filters as a process function, which has side outputs.
   *
   * @param <IN> the records
   * @param function which
   * @param stream the records
   * @return those that it keeps
   */
  public static <IN> SingleOutputStreamOperator<IN> filter(
      StreamFunction<?> function, DataStream<IN> stream) {
    return PythonProcess.<IN, IN>of(function.withOutput(stream.getType()), "filter").on(stream);
  }
}
