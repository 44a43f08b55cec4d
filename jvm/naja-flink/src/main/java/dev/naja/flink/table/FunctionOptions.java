package dev.naja.flink.table;

import dev.naja.flink.FailurePolicy;
import dev.naja.flink.PythonEnvironment;
import dev.naja.flink.PythonOptions;
import dev.naja.flink.runtime.PythonCallable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;

/** What do the options of a module, model or table say, and what Flink's configuration? */
public final class FunctionOptions {
  /** The options that each of them has. */
  public static final Set<ConfigOption<?>> ALL =
      Set.of(
          PythonOptions.EXECUTABLE,
          PythonOptions.CLIENT_EXECUTABLE,
          PythonOptions.FILES,
          PythonOptions.ARCHIVES,
          PythonOptions.PYTHON_PATH,
          PythonOptions.REQUIREMENTS,
          PythonOptions.ON_ERROR,
          PythonOptions.TIMEOUT,
          PythonOptions.BATCH_SIZE,
          PythonOptions.BATCH_DELAY);

  /** What the options begin with that a class is called with. */
  public static final String ARGUMENT_PREFIX = "argument.";

  private FunctionOptions() {}

  /**
   * The options of one function.
   *
   * @param session Flink's configuration
   * @param own the options of the module, model or table, which count for more
   * @return both
   */
  public static Configuration layered(ReadableConfig session, Map<String, String> own) {
    Configuration options = new Configuration();
    for (ConfigOption<?> option : ALL) {
      copy(session, options, option);
    }
    own.forEach(options::setString);
    return options;
  }

  private static <T> void copy(ReadableConfig from, Configuration to, ConfigOption<T> option) {
    from.getOptional(option).ifPresent(value -> to.set(option, value));
  }

  /**
   * A function with the environment, policy, timeout and arguments that options name.
   *
   * @param reference the function's reference
   * @param options of {@link #layered}
   * @return the function
   * @throws ValidationException if the policy is none that SQL has
   */
  public static PythonCallable callable(String reference, Configuration options) {
    Map<String, String> arguments = new LinkedHashMap<>();
    options
        .toMap()
        .forEach(
            (key, value) -> {
              if (key.startsWith(ARGUMENT_PREFIX)) {
                arguments.put(key.substring(ARGUMENT_PREFIX.length()), value);
              }
            });
    FailurePolicy policy = options.get(PythonOptions.ON_ERROR);
    if (policy == FailurePolicy.SIDE_OUTPUT) {
      throw new ValidationException(
          "'python.on-error' = 'SIDE_OUTPUT' is for the DataStream API, SQL has no side outputs:"
              + " choose 'FAIL' or 'NULL'.");
    }
    return PythonCallable.of(PythonEnvironment.of(options), reference)
        .withArguments(arguments)
        .withPolicy(policy)
        .withTimeout(options.getOptional(PythonOptions.TIMEOUT).orElse(null));
  }
}
