package dev.naja.examples.recommender;

import dev.naja.flink.PythonOptions;
import java.net.URI;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.base.source.reader.SourceReaderOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.config.TableConfigOptions;

/**
 * One Flink cluster in this JVM, to which every step submits its job, as to any session cluster.
 */
final class Cluster implements AutoCloseable {
  private static final int SLOTS_A_SUBTASK = 4; // Jobs run one by one, a job's two halves together.

  private static final long READER_CLOSE_MILLIS = 500;

  private final MiniCluster cluster;
  private final Settings settings;

  Cluster(Settings settings) throws Exception {
    this.settings = settings;
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.BIND_PORT, "0");
    // Hadoop asks the class loader of its first job for resources as the JVM ends.
    configuration.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false);
    // The reader of Parquet waits for rows to be taken that a failed task will not take any more.
    configuration.set(SourceReaderOptions.SOURCE_READER_CLOSE_TIMEOUT, READER_CLOSE_MILLIS);
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(128));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(128));
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(SLOTS_A_SUBTASK * settings.parallelism())
                .build());
    cluster.start();
  }

  /** Returns what a new job is built with, which runs on this cluster. */
  Job newJob() throws Exception {
    Configuration configuration = new Configuration();
    // Which Python, for SQL and Java alike.
    configuration.set(PythonOptions.EXECUTABLE, settings.get("python"));
    configuration.set(PythonOptions.PYTHON_PATH, settings.get("modules"));
    // Watermarks as soon as a record raises them: what is late does not depend on the clock.
    configuration.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ZERO);
    // A step that fails is an error to see. Only the job that serves is made to restart.
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    configuration.set(TableConfigOptions.LOCAL_TIME_ZONE, "UTC");
    URI rest = cluster.getRestAddress().get();
    return new Job(
        StreamExecutionEnvironment.createRemoteEnvironment(
                rest.getHost(), rest.getPort(), configuration)
            .setParallelism(settings.parallelism()),
        settings);
  }

  @Override
  public void close() throws Exception {
    cluster.close();
  }
}
