package dev.naja.flink;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/** Table environments of the tests, which find the functions in {@code src/test/python}. */
public final class TestTables {
  /** Where the tests' Python functions are. */
  public static final String FILES = Path.of("src/test/python").toAbsolutePath().toString();

  private TestTables() {}

  /** The Python of the tests with the tests' functions. */
  public static PythonEnvironment python() {
    return PythonEnvironment.of().withPythonPath(FILES);
  }

  /** A streaming environment with naja's module, which has these functions. */
  public static TableEnvironment withModule(String functions, String... options) {
    TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
    tables.getConfig().set("parallelism.default", "1");
    tables.executeSql(
        String.format(
            "LOAD MODULE naja WITH ('python.pythonpath' = '%s', 'functions' = '%s'%s)",
            FILES, functions, String.join("", options)));
    return tables;
  }

  /** The rows of a query, in the order in which they come. */
  public static List<Row> rows(TableEnvironment tables, String query) throws Exception {
    List<Row> rows = new ArrayList<>();
    try (CloseableIterator<Row> found = tables.executeSql(query).collect()) {
      found.forEachRemaining(rows::add);
    }
    return rows;
  }
}
