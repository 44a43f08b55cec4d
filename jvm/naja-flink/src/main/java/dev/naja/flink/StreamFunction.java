package dev.naja.flink;

import dev.naja.flink.runtime.PythonCallable;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.types.Row;
import org.apache.flink.util.OutputTag;

/**
 * A Python function for the DataStream API: which one, what it makes, where it runs, and what
 * becomes of a record that it fails for.
 *
 * <pre>{@code
 * StreamFunction<Row> clean =
 *     StreamFunction.of("cleaning:Normalize", Types.ROW_NAMED(names, types))
 *         .withEnvironment(PythonEnvironment.of().withExecutable("/opt/venv/bin/python"))
 *         .withArguments(Map.of("column", "city"))
 *         .withPolicy(FailurePolicy.SIDE_OUTPUT);
 * DataStream<Row> cleaned = PythonMap.<Row, Row>of(clean).on(log);
 * }</pre>
 *
 * <p>Immutable, serializable, thread-safe.
 *
 * @param <OUT> what it makes
 */
public final class StreamFunction<OUT> implements Serializable {
  private static final long serialVersionUID = 1;

  private final List<String> references;
  private final TypeInformation<OUT> output;
  private PythonEnvironment environment;
  private FailurePolicy policy = FailurePolicy.FAIL;
  private Duration timeout;
  private HashMap<String, Object> arguments = new HashMap<>();
  private TypeInformation<?>[] inputs;
  private TypeInformation<?> key;
  private List<OutputTag<?>> sides = new ArrayList<>();

  private StreamFunction(List<String> references, TypeInformation<OUT> output) {
    this.references = new ArrayList<>(references);
    this.output = Objects.requireNonNull(output, "the type of what the function makes");
  }

  /**
   * A Python function.
   *
   * @param <OUT> what it makes
   * @param reference {@code module:function}, {@code module:Class}, {@code module:Class.method}, or
   *     {@code module.function}
   * @param output the type of what it makes, for each record or as the elements of what it yields
   * @return the function
   */
  public static <OUT> StreamFunction<OUT> of(String reference, TypeInformation<OUT> output) {
    return new StreamFunction<>(List.of(reference), output);
  }

  private StreamFunction<OUT> copy() {
    return copy(references, output);
  }

  private <T> StreamFunction<T> copy(List<String> references, TypeInformation<T> output) {
    StreamFunction<T> copy = new StreamFunction<>(references, output);
    copy.environment = environment;
    copy.policy = policy;
    copy.timeout = timeout;
    copy.arguments = arguments;
    copy.inputs = inputs;
    copy.key = key;
    copy.sides = sides;
    return copy;
  }

  /**
   * This function and behind it another one, in one crossing. The other one's environment, policy,
   * timeout and arguments are ignored; neither may have arguments.
   *
   * @param <T> what the other one makes
   * @param next takes what this one returns, as Python returns it
   * @return both as one
   */
  public <T> StreamFunction<T> andThen(StreamFunction<T> next) {
    if (!arguments.isEmpty() || !next.arguments.isEmpty()) {
      throw new IllegalArgumentException(
          "Functions with arguments cannot be fused: " + this + " and " + next + ".");
    }
    List<String> all = new ArrayList<>(references);
    all.addAll(next.references);
    return copy(all, next.output);
  }

  /**
   * Says where the function runs. Without it the configuration of the stream's environment says so.
   *
   * @param environment interpreter and files
   * @return the function with it
   */
  public StreamFunction<OUT> withEnvironment(PythonEnvironment environment) {
    StreamFunction<OUT> copy = copy();
    copy.environment = Objects.requireNonNull(environment, "environment");
    return copy;
  }

  /**
   * Says what becomes of a record for which the function raises, returns what does not fit its type
   * or takes too long.
   *
   * @param policy what
   * @return the function with this policy
   */
  public StreamFunction<OUT> withPolicy(FailurePolicy policy) {
    StreamFunction<OUT> copy = copy();
    copy.policy = Objects.requireNonNull(policy, "policy");
    return copy;
  }

  /**
   * Bounds how long a call may take.
   *
   * @param timeout how long
   * @return the function with this bound
   */
  public StreamFunction<OUT> withTimeout(Duration timeout) {
    StreamFunction<OUT> copy = copy();
    copy.timeout = Objects.requireNonNull(timeout, "timeout");
    return copy;
  }

  /**
   * Says what the function's class is called with, by name.
   *
   * @param arguments values that are serializable and have a counterpart in Python
   * @return the function with these arguments
   */
  public StreamFunction<OUT> withArguments(Map<String, ?> arguments) {
    StreamFunction<OUT> copy = copy();
    copy.arguments = new HashMap<>(arguments);
    return copy;
  }

  /**
   * Says the types of the inputs, which {@code on(stream)} does itself.
   *
   * @param inputs one type, or two for a function of two streams
   * @return the function with these types
   */
  public StreamFunction<OUT> withInputs(TypeInformation<?>... inputs) {
    StreamFunction<OUT> copy = copy();
    copy.inputs = inputs.clone();
    return copy;
  }

  /**
   * The same function where something else goes on, as behind a filter.
   *
   * @param <T> what goes on
   * @param output its type
   * @return the function with this type
   */
  public <T> StreamFunction<T> withOutput(TypeInformation<T> output) {
    return copy(references, output);
  }

  /**
   * Says the type of the keys, which {@code on(stream)} does itself.
   *
   * @param key the type
   * @return the function with this type
   */
  public StreamFunction<OUT> withKey(TypeInformation<?> key) {
    StreamFunction<OUT> copy = copy();
    copy.key = key;
    return copy;
  }

  /**
   * Declares the side outputs that the function writes to by {@code yield tag, value} or {@code
   * ctx.output(tag, value)}; Python names them by their id.
   *
   * @param tags the tags, which {@code getSideOutput} takes too
   * @return the function with these side outputs
   */
  public StreamFunction<OUT> withSideOutputs(OutputTag<?>... tags) {
    StreamFunction<OUT> copy = copy();
    copy.sides = new ArrayList<>(Arrays.asList(tags));
    return copy;
  }

  /**
   * The side output of records that the function has failed for, see {@link FailurePolicy}.
   *
   * <p>Its rows have the fields {@code record}, as it came, {@code function}, {@code error}, the
   * exception's type and message, and {@code stack}, the stack of both languages. {@code record} is
   * null for a timer.
   *
   * @param record the type of the records, of the first input where there are two
   * @return the tag
   */
  public static OutputTag<Row> failures(TypeInformation<?> record) {
    return new OutputTag<>(
        "naja-failures",
        Types.ROW_NAMED(
            new String[] {"record", "function", "error", "stack"},
            record,
            Types.STRING,
            Types.STRING,
            Types.STRING));
  }

  /**
   * The function as a task opens it.
   *
   * @return reference, environment, policy and timeout
   */
  public PythonCallable callable() {
    PythonEnvironment where = environment == null ? PythonEnvironment.of() : environment;
    return PythonCallable.of(where, String.join(" + ", references))
        .withPolicy(policy)
        .withTimeout(timeout);
  }

  /**
   * Whether it was said where the function runs.
   *
   * @return true after {@link #withEnvironment}
   */
  public boolean hasEnvironment() {
    return environment != null;
  }

  /**
   * What runs, one after the other.
   *
   * @return references
   */
  public List<String> references() {
    return references;
  }

  /**
   * What the class is called with.
   *
   * @return values by name
   */
  public Map<String, Object> arguments() {
    return arguments;
  }

  /**
   * The types of the inputs.
   *
   * @return null if nobody has said
   */
  public TypeInformation<?>[] inputs() {
    return inputs;
  }

  /**
   * The type of what the function makes.
   *
   * @return the type
   */
  public TypeInformation<OUT> output() {
    return output;
  }

  /**
   * The type of the keys.
   *
   * @return null if nobody has said
   */
  public TypeInformation<?> key() {
    return key;
  }

  /**
   * The side outputs.
   *
   * @return tags
   */
  public List<OutputTag<?>> sides() {
    return sides;
  }

  @Override
  public String toString() {
    return String.join(" + ", references);
  }
}
