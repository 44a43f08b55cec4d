package dev.naja.flink.deployment;

import dev.naja.flink.PythonEnvironment;
import dev.naja.flink.PythonOptions;
import java.io.File;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.WritableConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.util.StringUtils;

/**
 * How a job's files get to the machines that run it: by Flink's distributed cache, each under a
 * name that follows from its path, so that both sides know it without another word.
 */
public final class Shipping {

  private Shipping() {}

  /**
   * Registers an environment's files with a job of the DataStream API. Those that are registered
   * already stay.
   *
   * @param environment whose files
   * @param job the job's environment
   * @throws IllegalArgumentException if a file is not there
   */
  public static void register(PythonEnvironment environment, StreamExecutionEnvironment job) {
    files(environment)
        .forEach(
            (name, path) -> {
              if (job.getCachedFiles().stream().noneMatch(known -> known.f0.equals(name))) {
                job.registerCachedFile(path, name);
              }
            });
  }

  /**
   * Registers an environment's files with the jobs that a configuration is used for, by {@code
   * pipeline.cached-files}. Those that are registered already stay.
   *
   * @param environment whose files
   * @param config the configuration of a table environment, or what a function is specialized with
   * @throws IllegalArgumentException if a file is not there
   * @throws ValidationException if the configuration cannot be written to
   */
  public static void register(PythonEnvironment environment, ReadableConfig config) {
    Map<String, String> files = files(environment);
    List<String> entries =
        new ArrayList<>(config.getOptional(PipelineOptions.CACHED_FILES).orElse(List.of()));
    int registered = entries.size();
    for (Map.Entry<String, String> file : files.entrySet()) {
      String entry = entryOf(file.getKey(), file.getValue());
      if (!entries.contains(entry)) {
        entries.add(entry);
      }
    }
    if (entries.size() > registered) {
      writable(config, entries).set(PipelineOptions.CACHED_FILES, entries);
    }
  }

  /**
   * Checks that an environment's files are there to be shipped.
   *
   * @param environment whose files
   * @throws IllegalArgumentException if a file is not there
   */
  public static void check(PythonEnvironment environment) {
    files(environment);
  }

  /**
   * The configuration behind what the planner shows of it. The SQL client and gateway give each
   * statement a configuration of its own, so that one cannot be had before a function is
   * specialized; and the planner then shows it behind a class that only reads.
   */
  private static WritableConfig writable(ReadableConfig config, List<String> entries) {
    if (config instanceof WritableConfig) {
      return (WritableConfig) config;
    }
    try {
      Field field = config.getClass().getDeclaredField("tableConfig");
      field.setAccessible(true);
      return (WritableConfig) field.get(config);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new ValidationException(
          String.format(
              "The job's Python files cannot be registered with Flink's distributed cache from here"
                  + " (%s). Register them by: SET '%s' = '%s';",
              e, PipelineOptions.CACHED_FILES.key(), String.join(";", entries).replace("'", "''")),
          e);
    }
  }

  /**
   * The name that a file has in the distributed cache.
   *
   * @param path its path as the environment gives it
   * @return the name
   */
  static String name(String path) {
    byte[] digest = Digests.sha256().digest(path.getBytes(StandardCharsets.UTF_8));
    return "naja-" + StringUtils.byteToHexString(digest).substring(0, 32);
  }

  /** What is shipped: paths that Flink's file systems understand, by name. */
  private static Map<String, String> files(PythonEnvironment environment) {
    Map<String, String> files = new LinkedHashMap<>();
    for (String path : environment.list(PythonOptions.FILES)) {
      files.put(name(path), location(path, PythonOptions.FILES.key()));
    }
    for (String archive : environment.list(PythonOptions.ARCHIVES)) {
      String path = Named.of(archive).path();
      files.put(name(path), location(path, PythonOptions.ARCHIVES.key()));
    }
    environment
        .get(PythonOptions.REQUIREMENTS)
        .map(Named::of)
        .ifPresent(
            requirements -> {
              String option = PythonOptions.REQUIREMENTS.key();
              files.put(name(requirements.path()), location(requirements.path(), option));
              requirements
                  .name()
                  .ifPresent(wheels -> files.put(name(wheels), location(wheels, option)));
            });
    return files;
  }

  private static String location(String path, String option) {
    if (path.contains("://")) {
      return path;
    }
    File file = new File(path.startsWith("file:") ? path.substring(5) : path).getAbsoluteFile();
    if (!file.exists()) {
      throw new IllegalArgumentException(
          String.format(
              "'%s' names %s, which is not on this machine (%s). Files that are shipped must be"
                  + " where the job is submitted; name directories that every worker has by '%s'.",
              option, path, file, PythonOptions.PYTHON_PATH.key()));
    }
    return file.getPath();
  }

  /** What registers a file in {@code pipeline.cached-files}: its path in options, and its place. */
  static String entry(String path, String location) {
    return entryOf(name(path), location);
  }

  private static String entryOf(String name, String location) {
    return "{name: " + name + ", path: " + quoted(location) + "}";
  }

  /** As YAML quotes, so that whatever is in a path stays part of it. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
