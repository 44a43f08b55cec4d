package dev.naja.flink.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;

/**
 * Runs one workload of {@code src/main/sql} several times with more and more rows, in one JVM, and
 * prints the rows and the seconds of each job as JSON.
 *
 * <p>usage: SqlJobs none|java|naja PYTHON MODULES WORKLOAD.sql LENGTH ROWS...
 */
public final class SqlJobs {
  private SqlJobs() {}

  /** Runs the jobs that the command line names. */
  public static void main(String[] arguments) throws Exception {
    String engine = arguments[0];
    TableEnvironment tables = environment(engine, arguments[1], arguments[2]);
    String text = Files.readString(Path.of(arguments[3]));
    StringJoiner taken = new StringJoiner(", ", "[", "]");
    for (String rows : Arrays.asList(arguments).subList(5, arguments.length)) {
      tables.executeSql("DROP TEMPORARY TABLE IF EXISTS source");
      tables.executeSql("DROP TEMPORARY TABLE IF EXISTS sink");
      for (String statement : statements(text, rows, arguments[4], !engine.equals("none"))) {
        long began = System.nanoTime();
        TableResult result = tables.executeSql(statement);
        if (statement.startsWith("INSERT")) {
          result.await();
          taken.add("[" + rows + ", " + (System.nanoTime() - began) / 1e9 + "]");
        }
      }
    }
    System.out.println(taken);
  }

  /** Tables with the functions of an engine. */
  static TableEnvironment environment(String engine, String python, String modules) {
    TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
    tables.getConfig().set("parallelism.default", "1");
    tables.getConfig().set("pipeline.object-reuse", "true");
    // How many rows of an asynchronous function are under way, and so in a batch at most.
    tables.getConfig().set("table.exec.async-scalar.max-concurrent-operations", "2048");
    // No timer for each of these rows, and no second mail of its result.
    tables.getConfig().set("table.exec.async-scalar.timeout", "0 s");
    tables.getConfig().set("table.exec.async-scalar.retry-strategy", "NO_RETRY");
    if (engine.equals("java")) {
      tables.createTemporarySystemFunction("noop", JavaFunctions.Noop.class);
      tables.createTemporarySystemFunction("scaled", JavaFunctions.Half.class);
    } else if (engine.equals("naja")) {
      tables.executeSql(
          String.format(
              "LOAD MODULE naja WITH ('python.executable' = '%s', 'python.pythonpath' = '%s',"
                  + " 'functions' = 'flink_workloads.noop, flink_workloads.lowered,"
                  + " naja_workloads.scaled, naja_workloads.spread')",
              python, modules));
    }
    return tables;
  }

  private static List<String> statements(String text, String rows, String length, boolean call) {
    String chosen = text.replaceAll("(?s)<<(.*?)\\|(.*?)>>", call ? "$1" : "$2");
    String filled = chosen.replace("${rows}", rows).replace("${length}", length);
    return Arrays.stream(filled.split(";"))
        .map(String::trim)
        .filter(statement -> !statement.isEmpty())
        .collect(Collectors.toList());
  }
}
