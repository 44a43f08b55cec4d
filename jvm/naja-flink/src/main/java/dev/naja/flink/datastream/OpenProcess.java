package dev.naja.flink.datastream;

import dev.naja.PyObject;
import dev.naja.PyTuple;
import dev.naja.PythonConversionException;
import dev.naja.PythonException;
import dev.naja.PythonPanicException;
import dev.naja.flink.FailurePolicy;
import dev.naja.flink.StreamFunction;
import dev.naja.flink.runtime.TaskContext;
import dev.naja.internal.Operations;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * A function that makes any number of values, as its task holds it. For the task's thread alone.
 *
 * @param <OUT> what it makes
 */
public final class OpenProcess<OUT> implements AutoCloseable {

  /** Writes to side outputs: {@code context::output} of Flink's contexts. */
  @FunctionalInterface
  public interface Sides {
    /**
     * Writes to a side output.
     *
     * @param <X> the type of the value
     * @param tag which
     * @param value a value
     */
    <X> void output(OutputTag<X> tag, X value);
  }

  /** What Flink gives a process function beside the record. */
  public static final class Context {
    private final TimerService timers;
    private final Object key;
    private final Sides sides;

    /**
     * Made for each call.
     *
     * @param timers time and timers
     * @param key the current key, null where there is none
     * @param sides writes to side outputs
     */
    public Context(TimerService timers, Object key, Sides sides) {
      this.timers = timers;
      this.key = key;
      this.sides = sides;
    }
  }

  private final OpenFunction<OUT> open;
  private final TaskHost host;
  private final PyObject element;
  private final PyObject other;
  private final PyObject timer;
  private final PyObject window;
  private final PyObject clear;
  private final PyObject more;
  private final PyObject forget;
  private final OutputTag<?>[] tags;
  private final TypeBridge<?>[] sides;
  private final FailurePolicy policy;
  private final OutputTag<Row> failures;

  private OpenProcess(
      StreamFunction<OUT> function,
      String kind,
      int inputs,
      RuntimeContext context,
      Function<Pickles, Object> special) {
    policy = function.callable().policy();
    failures = failures(function);
    TaskContext task = TaskContext.of(context);
    open = new OpenFunction<>(function, task, inputs);
    try {
      host = new TaskHost(context);
      tags = function.sides().toArray(new OutputTag<?>[0]);
      sides = new TypeBridge<?>[tags.length];
      Object[] described = new Object[tags.length];
      for (int i = 0; i < tags.length; i++) {
        sides[i] = TypeBridge.of(tags[i].getTypeInfo(), open.pickles);
        described[i] = PyTuple.of(tags[i].getId(), sides[i].description());
      }
      StateStore store = new StateStore(StateBackend.of(context), open.pickles);
      open.driver.start(
          "_drive_process",
          "Process",
          function.references(),
          kind,
          function.arguments(),
          PyTuple.of(task, host, store, special == null ? null : special.apply(open.pickles)),
          PyTuple.of(open.inputDescriptions(), open.output.description(), open.key.description()),
          PyTuple.of(described));
      element = open.driver.method("element");
      other = open.driver.method("other");
      timer = open.driver.method("timer");
      window = open.driver.method("window");
      clear = open.driver.method("clear");
      more = open.driver.method("more");
      forget = open.driver.method("forget");
    } catch (RuntimeException | Error e) {
      open.driver.close();
      throw e;
    }
  }

  private static OutputTag<Row> failures(StreamFunction<?> function) {
    if (function.callable().policy() != FailurePolicy.SIDE_OUTPUT) {
      return null;
    }
    if (function.inputs() == null) {
      throw new IllegalStateException(
          "Failures of "
              + function
              + " go to a side output, which needs the type of the records: use the function's"
              + " on(stream), or StreamFunction.withInputs(type).");
    }
    return StreamFunction.failures(function.inputs()[0]);
  }

  /**
   * Opens a function in its task.
   *
   * @param <OUT> what it makes
   * @param function which
   * @param kind {@code process}, {@code map}, {@code flat_map}, {@code filter}, {@code broadcast}
   *     or {@code window}
   * @param inputs how many inputs it has
   * @param context of the task
   * @return the function, to be closed
   */
  public static <OUT> OpenProcess<OUT> open(
      StreamFunction<OUT> function, String kind, int inputs, RuntimeContext context) {
    return new OpenProcess<>(function, kind, inputs, context, null);
  }

  /**
   * Opens a function that asks for more than timers and states.
   *
   * @param <OUT> what it makes
   * @param function which
   * @param kind {@code broadcast} or {@code window}
   * @param inputs how many inputs it has
   * @param context of the task
   * @param special makes what it asks
   * @return the function, to be closed
   */
  public static <OUT> OpenProcess<OUT> open(
      StreamFunction<OUT> function,
      String kind,
      int inputs,
      RuntimeContext context,
      Function<Pickles, Object> special) {
    return new OpenProcess<>(function, kind, inputs, context, special);
  }

  /**
   * Processes a record of the first input.
   *
   * @param value the record
   * @param timestamp its time, or null
   * @param context what Flink gives beside
   * @param out takes what the function makes
   */
  public void element(Object value, Long timestamp, Context context, Collector<OUT> out) {
    enter(context);
    call(element, value, context, out, open.inputs[0].toPython(value), timestamp);
  }

  /**
   * Processes a record of the second input.
   *
   * @param value the record
   * @param timestamp its time, or null
   * @param context what Flink gives beside
   * @param out takes what the function makes
   */
  public void other(Object value, Long timestamp, Context context, Collector<OUT> out) {
    enter(context);
    call(other, null, context, out, open.inputs[1].toPython(value), timestamp);
  }

  /**
   * Fires a timer.
   *
   * @param timestamp its time
   * @param domain of which time
   * @param context what Flink gives beside
   * @param out takes what the function makes
   */
  public void timer(long timestamp, TimeDomain domain, Context context, Collector<OUT> out) {
    enter(context);
    call(timer, null, context, out, timestamp, domain.name());
  }

  /**
   * Processes a window.
   *
   * @param elements its records
   * @param start its start, or null
   * @param end its end, or null
   * @param context what Flink gives beside
   * @param out takes what the function makes
   */
  public void window(
      Iterable<?> elements, Long start, Long end, Context context, Collector<OUT> out) {
    enter(context);
    List<Object> values = new ArrayList<>();
    elements.forEach(each -> values.add(open.inputs[0].toPython(each)));
    call(window, null, context, out, open.key.toPython(context.key), values, start, end);
  }

  /**
   * Says that a window is over.
   *
   * @param start its start, or null
   * @param end its end, or null
   * @param context what Flink gives beside
   */
  public void clear(Long start, Long end, Context context) {
    enter(context);
    open.driver.goOn(Operations.NOTHING, clear, start, end);
  }

  private void enter(Context context) {
    host.enter(context.timers, context.key == null ? null : open.key.toPython(context.key));
  }

  private void call(
      PyObject method, Object record, Context context, Collector<OUT> out, Object... arguments) {
    try {
      Object given = open.driver.call(Operations.BY_DEFAULT, method, arguments);
      while (given != null && emit((List<?>) given, context, out)) {
        given = open.driver.goOn(Operations.BY_DEFAULT, more);
      }
    } catch (PythonPanicException e) {
      throw e;
    } catch (PythonConversionException e) {
      failed(open.function.callable().refused(e), record, context);
    } catch (PythonException e) {
      failed(e, record, context);
    }
  }

  /** Emits some outputs and says whether there are more. */
  private boolean emit(List<?> given, Context context, Collector<OUT> out) {
    List<?> values = (List<?>) given.get(0);
    if (values.size() == 1) {
      out.collect(open.output.fromPython(values.get(0)));
    } else {
      List<OUT> converted = new ArrayList<>(values.size());
      values.forEach(each -> converted.add(open.output.fromPython(each)));
      converted.forEach(out::collect);
    }
    List<?> aside = (List<?>) given.get(1);
    if (aside != null) {
      aside.forEach(each -> aside((List<?>) each, context));
    }
    return (Boolean) given.get(2);
  }

  @SuppressWarnings("unchecked")
  private void aside(List<?> pair, Context context) {
    int index = Math.toIntExact((Long) pair.get(0));
    context.sides.output((OutputTag<Object>) tags[index], sides[index].fromPython(pair.get(1)));
  }

  private void failed(RuntimeException e, Object record, Context context) {
    open.driver.failed();
    if (policy == FailurePolicy.FAIL) {
      throw e;
    }
    open.driver.goOn(Operations.NOTHING, forget);
    if (policy == FailurePolicy.SIDE_OUTPUT) {
      context.sides.output(failures, Failures.row(record, open.function, e));
    }
  }

  @Override
  public void close() {
    open.driver.close();
  }
}
