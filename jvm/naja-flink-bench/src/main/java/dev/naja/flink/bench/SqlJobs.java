package dev.naja.flink.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;

/**
 * Runs SQL when it is told to: reads a line of statements, runs the job of each {@code INSERT}
 * among them to its end and says how many seconds that took. {@code scripts/benchmarks/turns.py} is
 * at the other ends.
 *
 * <p>usage: SqlJobs none|java|naja PYTHON MODULES
 */
public final class SqlJobs {
  private SqlJobs() {}

  /** Runs what standard input says with the functions of the engine that the command line names. */
  public static void main(String[] arguments) throws Exception {
    TableEnvironment tables = environment(arguments[0], arguments[1], arguments[2]);
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      for (String statement : line.split(";")) {
        long began = System.nanoTime();
        TableResult result = tables.executeSql(statement);
        if (statement.strip().startsWith("INSERT")) {
          result.await();
          System.out.println("turn over " + (System.nanoTime() - began) / 1e9);
        }
      }
    }
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
}
