package dev.naja.flink;

import dev.naja.flink.runtime.PythonCallable;
import dev.naja.flink.table.FunctionDefinitions;
import java.time.Duration;
import org.apache.flink.table.functions.UserDefinedFunction;

/**
 * Python functions for the Table API.
 *
 * <pre>{@code
 * PythonFunctions python = PythonFunctions.of(PythonEnvironment.of().withFiles("fraud.py"));
 * tables.createTemporarySystemFunction("score", python.function("fraud:Model.eval"));
 * tables.from("payments").select(call(python.function("fraud.clean"), $("text")));
 * }</pre>
 *
 * <p>Python is asked for each function when it is named: a function that is missing, or whose hints
 * make no sense, is refused at once. Immutable, thread-safe.
 */
public final class PythonFunctions {
  private final PythonEnvironment environment;
  private final FailurePolicy policy;
  private final Duration timeout;

  private PythonFunctions(PythonEnvironment environment, FailurePolicy policy, Duration timeout) {
    this.environment = environment;
    this.policy = policy;
    this.timeout = timeout;
  }

  /**
   * The functions of an environment.
   *
   * @param environment which Python and which files
   * @return its functions; one whose call fails, fails the task
   */
  public static PythonFunctions of(PythonEnvironment environment) {
    return new PythonFunctions(environment, FailurePolicy.FAIL, null);
  }

  /**
   * Says what becomes of calls that fail.
   *
   * @param policy what
   * @return functions with this policy
   */
  public PythonFunctions withPolicy(FailurePolicy policy) {
    return new PythonFunctions(environment, policy, timeout);
  }

  /**
   * Bounds how long a call may take.
   *
   * @param timeout how long
   * @return functions with this bound
   */
  public PythonFunctions withTimeout(Duration timeout) {
    return new PythonFunctions(environment, policy, timeout);
  }

  /**
   * A function as SQL and the Table API take it: scalar, table or aggregate, as Python says.
   *
   * @param reference {@code module:qualified.name} or {@code module.name}; the type of its result
   *     may follow, as in {@code fraud.score -> DOUBLE}
   * @return the function
   * @throws dev.naja.PythonException if there is no such function
   * @throws org.apache.flink.table.api.ValidationException if SQL has no such functions
   */
  public UserDefinedFunction function(String reference) {
    return FunctionDefinitions.of(
        callable(reference), Thread.currentThread().getContextClassLoader());
  }

  private PythonCallable callable(String reference) {
    return PythonCallable.of(environment, reference).withPolicy(policy).withTimeout(timeout);
  }
}
