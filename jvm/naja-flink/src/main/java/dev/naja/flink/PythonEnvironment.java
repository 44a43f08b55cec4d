package dev.naja.flink;

import dev.naja.flink.deployment.Shipping;
import dev.naja.flink.runtime.OpenPython;
import dev.naja.flink.runtime.TaskContext;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Which Python a job uses and which code it brings along.
 *
 * <pre>{@code
 * PythonEnvironment python =
 *     PythonEnvironment.of().withExecutable("/opt/venv/bin/python").withFiles("fraud.py");
 * }</pre>
 *
 * <p>Immutable, serializable, thread-safe. Equal ones share what they open in a process.
 */
public final class PythonEnvironment implements Serializable {
  private static final long serialVersionUID = 1;

  /** The texts of those options of {@link PythonOptions} that are set. */
  private final Map<String, String> options;

  private PythonEnvironment(Map<String, String> options) {
    this.options = options;
  }

  /**
   * An environment where nothing is set.
   *
   * @return the interpreter that the machine's environment names, and no files
   */
  public static PythonEnvironment of() {
    return new PythonEnvironment(Map.of());
  }

  /**
   * The environment that a configuration describes.
   *
   * @param config Flink's configuration, or options of SQL
   * @return the environment
   */
  public static PythonEnvironment of(ReadableConfig config) {
    Configuration kept = new Configuration();
    copy(config, kept, PythonOptions.EXECUTABLE);
    copy(config, kept, PythonOptions.CLIENT_EXECUTABLE);
    copy(config, kept, PythonOptions.FILES);
    copy(config, kept, PythonOptions.ARCHIVES);
    copy(config, kept, PythonOptions.PYTHON_PATH);
    copy(config, kept, PythonOptions.REQUIREMENTS);
    return new PythonEnvironment(Map.copyOf(kept.toMap()));
  }

  private static <T> void copy(ReadableConfig from, Configuration to, ConfigOption<T> option) {
    from.getOptional(option).ifPresent(value -> to.set(option, value));
  }

  private <T> PythonEnvironment with(ConfigOption<T> option, T value) {
    Configuration changed = Configuration.fromMap(options);
    changed.set(option, Objects.requireNonNull(value, option.key()));
    return new PythonEnvironment(Map.copyOf(changed.toMap()));
  }

  /**
   * Names the interpreter.
   *
   * @param executable its path on every machine
   * @return an environment with it
   */
  public PythonEnvironment withExecutable(String executable) {
    return with(PythonOptions.EXECUTABLE, executable);
  }

  /**
   * Names the interpreter that is asked what functions are, where the job is submitted.
   *
   * @param executable its path there
   * @return an environment with it
   */
  public PythonEnvironment withClientExecutable(String executable) {
    return with(PythonOptions.CLIENT_EXECUTABLE, executable);
  }

  /**
   * Names the job's code.
   *
   * @param files Python files, packages, directories, zip archives
   * @return an environment with them
   */
  public PythonEnvironment withFiles(String... files) {
    return with(PythonOptions.FILES, String.join(",", files));
  }

  /**
   * Names archives to unpack.
   *
   * @param archives archives, {@code archive#name} each
   * @return an environment with them
   */
  public PythonEnvironment withArchives(String... archives) {
    return with(PythonOptions.ARCHIVES, String.join(",", archives));
  }

  /**
   * Names directories of modules.
   *
   * @param directories their paths on every machine
   * @return an environment with them
   */
  public PythonEnvironment withPythonPath(String... directories) {
    return with(PythonOptions.PYTHON_PATH, String.join(",", directories));
  }

  /**
   * Names what pip installs for the job.
   *
   * @param requirements a requirements file, {@code file#wheels} with the directory of its wheels
   * @return an environment with it
   */
  public PythonEnvironment withRequirements(String requirements) {
    return with(PythonOptions.REQUIREMENTS, requirements);
  }

  /**
   * The value of one of this environment's options.
   *
   * @param <T> its type
   * @param option an option of {@link PythonOptions}
   * @return its value, if it is set
   */
  public <T> Optional<T> get(ConfigOption<T> option) {
    return Configuration.fromMap(options).getOptional(option);
  }

  /**
   * The elements of one of this environment's options that is a list.
   *
   * @param option an option of {@link PythonOptions}
   * @return its elements, none if it is not set
   */
  public List<String> list(ConfigOption<String> option) {
    return get(option).stream()
        .flatMap(text -> Arrays.stream(text.split(",")))
        .map(String::trim)
        .filter(element -> !element.isEmpty())
        .collect(Collectors.toList());
  }

  /**
   * Ships the files, archives and requirements with a job of the DataStream API, by Flink's
   * distributed cache. SQL ships those of {@code LOAD MODULE}, models and tables by itself.
   *
   * @param job the job's environment
   * @return this environment
   * @throws IllegalArgumentException if a file is not on this machine
   */
  public PythonEnvironment shippedBy(StreamExecutionEnvironment job) {
    Shipping.register(this, job);
    return this;
  }

  /**
   * Starts or joins this Python in this process and makes the job's code importable.
   *
   * @param task what needs it
   * @return the Python, to be closed
   * @throws dev.naja.PythonStartException if it does not start, or another one runs here
   */
  public OpenPython open(TaskContext task) {
    return OpenPython.open(this, task);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PythonEnvironment
        && options.equals(((PythonEnvironment) other).options);
  }

  @Override
  public int hashCode() {
    return options.hashCode();
  }

  @Override
  public String toString() {
    return "PythonEnvironment" + options;
  }
}
