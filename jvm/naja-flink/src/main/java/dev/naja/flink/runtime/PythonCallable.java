package dev.naja.flink.runtime;

import dev.naja.PyObject;
import dev.naja.PythonConversionException;
import dev.naja.TypeRef;
import dev.naja.flink.FailurePolicy;
import dev.naja.flink.PythonEnvironment;
import dev.naja.flink.types.PythonSignature;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A Python function as a job's plan carries it: its reference, the environment that it is found in,
 * and what becomes of calls that fail or take too long. Immutable.
 */
public final class PythonCallable implements Serializable {
  private static final long serialVersionUID = 1;

  private final PythonEnvironment environment;
  private final String reference;
  private final String result;
  private final Map<String, String> arguments;
  private final FailurePolicy policy;
  private final Duration timeout;

  private PythonCallable(
      PythonEnvironment environment,
      String reference,
      String result,
      Map<String, String> arguments,
      FailurePolicy policy,
      Duration timeout) {
    this.environment = Objects.requireNonNull(environment, "environment");
    this.reference = reference;
    this.result = result;
    this.arguments = Map.copyOf(arguments);
    this.policy = Objects.requireNonNull(policy, "policy");
    this.timeout = timeout;
  }

  /**
   * A function whose failures fail the task and whose calls may take any time.
   *
   * @param environment where it is found
   * @param reference {@code module:qualified.name} or {@code module.name}; the type of its result
   *     may follow, as in {@code fraud.score -> DOUBLE}, and counts for more than what Python says
   * @return the function
   */
  public static PythonCallable of(PythonEnvironment environment, String reference) {
    int arrow = reference.indexOf("->");
    String name = arrow < 0 ? reference : reference.substring(0, arrow);
    String result = arrow < 0 ? null : reference.substring(arrow + 2).trim();
    return new PythonCallable(environment, name.trim(), result, Map.of(), FailurePolicy.FAIL, null);
  }

  /**
   * Says what a class is called with to make the object of a task.
   *
   * @param arguments keyword arguments
   * @return the function with these arguments
   */
  public PythonCallable withArguments(Map<String, String> arguments) {
    return new PythonCallable(environment, reference, result, arguments, policy, timeout);
  }

  /**
   * What a class is called with.
   *
   * @return keyword arguments
   */
  public Map<String, String> arguments() {
    return arguments;
  }

  /**
   * Says what becomes of calls that fail.
   *
   * @param policy what
   * @return the function with this policy
   */
  public PythonCallable withPolicy(FailurePolicy policy) {
    return new PythonCallable(environment, reference, result, arguments, policy, timeout);
  }

  /**
   * Bounds how long a call may take.
   *
   * @param timeout how long, or null for any time
   * @return the function with this bound
   */
  public PythonCallable withTimeout(Duration timeout) {
    return new PythonCallable(environment, reference, result, arguments, policy, timeout);
  }

  /**
   * Where the function is found.
   *
   * @return the environment
   */
  public PythonEnvironment environment() {
    return environment;
  }

  /**
   * The function's reference.
   *
   * @return {@code module:qualified.name} or {@code module.name}
   */
  public String reference() {
    return reference;
  }

  /**
   * What becomes of calls that fail.
   *
   * @return the policy
   */
  public FailurePolicy policy() {
    return policy;
  }

  /**
   * How long a call may take.
   *
   * @return the bound, if there is one
   */
  public Optional<Duration> timeout() {
    return Optional.ofNullable(timeout);
  }

  /**
   * Names the function in what is said of a value that does not fit.
   *
   * @param e what does not fit
   * @return the same with the function's reference in front
   */
  public PythonConversionException refused(PythonConversionException e) {
    String name = reference + ": ";
    return e.getMessage().startsWith(name)
        ? e
        : new PythonConversionException(name + e.getMessage(), e);
  }

  /**
   * Asks Python what the function is, while the job is planned.
   *
   * @param loader the class loader of the job's code
   * @return what it says of itself
   * @throws dev.naja.PythonException if there is no such function, or its hints make no sense
   */
  public PythonSignature describe(ClassLoader loader) {
    try (OpenPython python = environment.open(TaskContext.planning(loader));
        PyObject importer = python.importer();
        PyObject describe = python.half("_describe", "describe_reference")) {
      Map<String, Object> found =
          describe.callAs(new TypeRef<Map<String, Object>>() {}, reference, arguments, importer);
      if (result != null) {
        found.put("result", result);
      }
      return new PythonSignature(found);
    }
  }

  @Override
  public String toString() {
    return reference;
  }
}
