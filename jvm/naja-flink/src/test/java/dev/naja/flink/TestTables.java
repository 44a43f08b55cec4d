package dev.naja.flink;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/** Table environments of the tests, which find the functions in {@code src/test/python}. */
public final class TestTables {
  /** Where the tests' Python functions are. */
  public static final String FILES = Path.of("src/test/python").toAbsolutePath().toString();

  /** What the jobs of {@link #create} measure. */
  public static final InMemoryReporter METRICS = InMemoryReporter.createWithRetainedMetrics();

  private TestTables() {}

  /** The Python of the tests with the tests' functions. */
  public static PythonEnvironment python() {
    return PythonEnvironment.of().withPythonPath(FILES);
  }

  /** A streaming environment of one cluster that all tests of the JVM share. */
  public static TableEnvironment create() {
    return TableEnvironment.create(
        EnvironmentSettings.newInstance().inStreamingMode().withConfiguration(config()).build());
  }

  /** What leads jobs to the cluster that all tests of the JVM share. */
  public static Configuration config() {
    Configuration config = new Configuration();
    URI rest = Cluster.REST;
    config.setString("execution.target", "remote");
    config.setString("rest.address", rest.getHost());
    config.setString("rest.port", String.valueOf(rest.getPort()));
    config.setString("parallelism.default", "1");
    config.setString("restart-strategy.type", "none");
    return config;
  }

  /** Starts when the first test needs it, ends with the JVM. */
  private static final class Cluster {
    static final URI REST = start();

    private static URI start() {
      Configuration config = METRICS.addToConfiguration(new Configuration());
      config.setString("rest.bind-port", "0");
      try {
        MiniCluster cluster =
            new MiniCluster(
                new MiniClusterConfiguration.Builder()
                    .setConfiguration(config)
                    .setNumTaskManagers(1)
                    .setNumSlotsPerTaskManager(4)
                    .withRandomPorts()
                    .build());
        cluster.start();
        return cluster.getRestAddress().get();
      } catch (Exception e) {
        throw new AssertionError("The tests' cluster does not start.", e);
      }
    }
  }

  /** A streaming environment with naja's module, which has these functions. */
  public static TableEnvironment withModule(String functions, String... options) {
    TableEnvironment tables = create();
    load(tables, functions, options);
    return tables;
  }

  /** Loads naja's module, which has these functions. */
  public static void load(TableEnvironment tables, String functions, String... options) {
    tables.executeSql(
        String.format(
            "LOAD MODULE naja WITH ('python.pythonpath' = '%s', 'functions' = '%s'%s)",
            FILES, functions, String.join("", options)));
  }

  /** The rows of a query, in the order in which they come. */
  public static List<Row> rows(TableEnvironment tables, String query) throws Exception {
    List<Row> rows = new ArrayList<>();
    try (CloseableIterator<Row> found = tables.executeSql(query).collect()) {
      found.forEachRemaining(rows::add);
    }
    return rows;
  }

  /** Asserts that an exception or one of its causes says something. */
  public static void assertMessage(Throwable thrown, String expected) {
    StringBuilder messages = new StringBuilder();
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      messages.append(at.getMessage()).append('\n');
    }
    assertTrue(messages.toString().contains(expected), messages::toString);
  }
}
