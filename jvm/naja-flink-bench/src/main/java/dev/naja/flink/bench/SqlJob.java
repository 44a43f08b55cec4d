package dev.naja.flink.bench;

import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;

/**
 * Runs a job of SQL until it ends or is killed. {@code scripts/benchmarks/flink.py} starts it.
 *
 * <p>usage: SqlJob none|java|naja PYTHON MODULES SQL KEY=VALUE..., where SQL is statements of which
 * the last is an {@code INSERT}, and the keys are Flink's.
 */
public final class SqlJob {
  private SqlJob() {}

  /** Runs the statements with the functions of the engine that the command line names. */
  public static void main(String[] arguments) throws Exception {
    TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
    for (int i = 4; i < arguments.length; i++) {
      String[] setting = arguments[i].split("=", 2);
      tables.getConfig().set(setting[0], setting[1]);
    }
    addFunctions(tables, arguments[0], arguments[1], arguments[2]);
    for (String statement : arguments[3].split(";")) {
      tables.executeSql(statement).await();
    }
  }

  private static void addFunctions(
      TableEnvironment tables, String engine, String python, String modules) {
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
  }
}
