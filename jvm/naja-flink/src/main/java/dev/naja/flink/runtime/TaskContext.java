package dev.naja.flink.runtime;

import java.io.File;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.table.functions.FunctionContext;

/**
 * What Flink tells a function about the task that it runs in, of SQL's functions and of the
 * DataStream API's alike. Python's {@code FunctionContext} and {@code RuntimeContext} ask it.
 */
public abstract class TaskContext {

  TaskContext() {}

  /**
   * The context of a function of the Table API.
   *
   * @param context what {@code open} was given
   * @return its context
   */
  public static TaskContext of(FunctionContext context) {
    return new TableTask(context);
  }

  /**
   * The context of a function of the DataStream API.
   *
   * @param context the function's runtime context
   * @return its context
   */
  public static TaskContext of(RuntimeContext context) {
    return new StreamTask(context);
  }

  /**
   * No task at all: what is looked at while a job is planned.
   *
   * @param loader the class loader of the job's code
   * @return a context without files and parameters, whose metrics nobody reads
   */
  public static TaskContext planning(ClassLoader loader) {
    return new NoTask(loader, true);
  }

  /**
   * A task of which nothing is told to a function, such as one that finds keys.
   *
   * @return a context without files and parameters, whose metrics nobody reads, with the class
   *     loader of the thread
   */
  public static TaskContext detached() {
    return new NoTask(Thread.currentThread().getContextClassLoader(), false);
  }

  /**
   * Where the function's metrics are registered.
   *
   * @return the operator's group
   */
  public abstract MetricGroup metricGroup();

  /**
   * A file of the distributed cache.
   *
   * @param name the name that it is registered by
   * @return the local copy
   * @throws IllegalArgumentException if no file is registered by the name
   */
  public abstract File cachedFile(String name);

  /**
   * A file of the distributed cache, if there is one.
   *
   * @param name the name that it would be registered by
   * @return the local copy
   */
  public Optional<File> findCachedFile(String name) {
    try {
      return Optional.of(cachedFile(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether there is no task, see {@link #planning}.
   *
   * @return true if there is none
   */
  public boolean isPlanning() {
    return false;
  }

  /**
   * Whether there is a task of which nothing is told, see {@link #detached}.
   *
   * @return true if there is
   */
  public boolean isDetached() {
    return false;
  }

  /**
   * A parameter of the job.
   *
   * @param key its name
   * @param otherwise what counts where there is none
   * @return its value
   */
  public abstract String jobParameter(String key, String otherwise);

  /**
   * The class loader of the job's code.
   *
   * @return the user-code class loader
   */
  public abstract ClassLoader userClassLoader();

  /**
   * What the metric group knows of the task, such as {@code job_name} and {@code subtask_index}.
   *
   * @param name a variable of Flink's metric scopes, without brackets
   * @return its value, empty if there is none
   */
  public final String variable(String name) {
    return metricGroup().getAllVariables().getOrDefault("<" + name + ">", "");
  }

  private static final class TableTask extends TaskContext {
    private final FunctionContext context;

    TableTask(FunctionContext context) {
      this.context = context;
    }

    @Override
    public MetricGroup metricGroup() {
      return context.getMetricGroup();
    }

    @Override
    public File cachedFile(String name) {
      try {
        return context.getCachedFile(name);
      } catch (UnsupportedOperationException e) {
        return AsyncFiles.of(context, "context").getDistributedCache().getFile(name);
      }
    }

    @Override
    public String jobParameter(String key, String otherwise) {
      return context.getJobParameter(key, otherwise);
    }

    @Override
    public ClassLoader userClassLoader() {
      return context.getUserCodeClassLoader();
    }
  }

  private static final class StreamTask extends TaskContext {
    private final RuntimeContext context;

    StreamTask(RuntimeContext context) {
      this.context = context;
    }

    @Override
    public MetricGroup metricGroup() {
      return context.getMetricGroup();
    }

    @Override
    public File cachedFile(String name) {
      try {
        return context.getDistributedCache().getFile(name);
      } catch (UnsupportedOperationException e) {
        return AsyncFiles.behind(context).getDistributedCache().getFile(name);
      }
    }

    @Override
    public String jobParameter(String key, String otherwise) {
      Map<String, String> parameters = context.getGlobalJobParameters();
      return parameters.getOrDefault(key, otherwise);
    }

    @Override
    public ClassLoader userClassLoader() {
      return context.getUserCodeClassLoader();
    }
  }

  private static final class NoTask extends TaskContext {
    private final ClassLoader loader;
    private final boolean planning;

    NoTask(ClassLoader loader, boolean planning) {
      this.loader = loader;
      this.planning = planning;
    }

    @Override
    public MetricGroup metricGroup() {
      return new UnregisteredMetricsGroup();
    }

    @Override
    public File cachedFile(String name) {
      throw new IllegalArgumentException(
          "Flink tells this function of no files, so there is no '" + name + "'.");
    }

    @Override
    public Optional<File> findCachedFile(String name) {
      return Optional.empty();
    }

    @Override
    public boolean isPlanning() {
      return planning;
    }

    @Override
    public boolean isDetached() {
      return !planning;
    }

    @Override
    public String jobParameter(String key, String otherwise) {
      return otherwise;
    }

    @Override
    public ClassLoader userClassLoader() {
      return loader;
    }
  }
}
