package dev.naja.flink.datastream;

import dev.naja.BatchConfig;
import dev.naja.PyObject;
import dev.naja.PyTuple;
import dev.naja.flink.StreamFunction;
import dev.naja.flink.runtime.CallMetrics;
import dev.naja.flink.runtime.TaskContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.flink.api.common.functions.RuntimeContext;

/**
 * A function of many records at once, or of results that come later, as its task holds it.
 *
 * @param <IN> what it takes
 * @param <OUT> what it makes of each
 */
final class OpenBatch<IN, OUT> implements AutoCloseable {
  private final OpenFunction<OUT> open;
  private final PyObject function;

  /** Opens a function in its task. */
  OpenBatch(StreamFunction<OUT> definition, RuntimeContext context) {
    TaskContext task = TaskContext.of(context);
    open = new OpenFunction<>(definition, task, 1);
    try {
      open.driver.start(
          "_drive_batch",
          "Batch",
          definition.references(),
          definition.arguments(),
          PyTuple.of(
              task, new TaskHost(context), new StateStore(StateBackend.of(context), open.pickles)),
          PyTuple.of(open.inputDescriptions(), open.output.description()));
      function = open.driver.method("function");
    } catch (RuntimeException | Error e) {
      open.driver.close();
      throw e;
    }
  }

  /** Whether the function is a coroutine function. */
  boolean isAwaited() {
    return attribute("awaited");
  }

  /** Whether what the function returns is a list of results. */
  boolean givesSeveral() {
    return attribute("several");
  }

  private boolean attribute(String name) {
    try (PyObject value = open.driver.method(name)) {
      return value.isTrue();
    }
  }

  /** Fails unless the function says that it takes batches. */
  void requireBatches() {
    if (!attribute("batched")) {
      try (PyObject refuse = open.driver.method("refuse")) {
        refuse.call();
      }
    }
  }

  /** What is called, with the function's deadline. */
  PyObject function() {
    return open.function.callable().timeout().map(function::withTimeout).orElse(function);
  }

  /** The form that Java or Python says, null for what {@code naja.vectorized} says. */
  String form(BatchConfig.Form given) {
    if (given != null) {
      return given.name().toLowerCase(Locale.ROOT);
    }
    try (PyObject form = open.driver.method("form")) {
      return form.isNone() ? null : form.str();
    }
  }

  /** The names of the columns, empty for a record of one value. */
  List<String> columns() {
    Object description = open.inputs[0].description();
    if (!(description instanceof List)) {
      return List.of();
    }
    List<?> parts = (List<?>) description;
    return parts.get(0).equals("ROW")
        ? ((PyTuple) parts.get(1)).stream().map(String::valueOf).collect(Collectors.toList())
        : List.of();
  }

  Object toPython(IN value) {
    return open.inputs[0].toPython(value);
  }

  OUT fromPython(Object value) {
    return open.output.fromPython(value);
  }

  CallMetrics metrics() {
    return open.driver.metrics();
  }

  StreamFunction<OUT> definition() {
    return open.function;
  }

  @Override
  public void close() {
    open.driver.close();
  }
}
