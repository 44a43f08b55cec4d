package dev.naja.flink.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.naja.flink.PythonEnvironment;
import dev.naja.flink.TestTables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Do a job's files arrive where its functions run? */
class ShippingTest {
  private static final String WHERE = "def where(n: int) -> str:\n    return __file__\n";

  @TempDir Path directory;
  private TableEnvironment tables;

  @BeforeEach
  void makeTables() {
    tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
    tables.getConfig().set("parallelism.default", "1");
  }

  private void loadModule(String options) {
    tables.executeSql("LOAD MODULE naja WITH (" + options + ")");
  }

  private List<Row> select(String expression) throws Exception {
    return select(tables, expression);
  }

  /** Over a table that no planner evaluates. */
  private static List<Row> select(TableEnvironment tables, String expression) throws Exception {
    tables.executeSql(
        "CREATE TEMPORARY TABLE IF NOT EXISTS T (n INT) WITH ('connector' = 'datagen',"
            + " 'fields.n.kind' = 'sequence', 'fields.n.start' = '1', 'fields.n.end' = '1')");
    return TestTables.rows(tables, "SELECT " + expression + " FROM T");
  }

  @Test
  void filesOfModulesAreShippedWithTheirNames() throws Exception {
    Path where = Files.writeString(directory.resolve("where.py"), WHERE);
    loadModule(String.format("'python.files' = '%s', 'functions' = 'where.where'", where));
    String found = (String) select("`where`(n)").get(0).getField(0);
    assertTrue(found.endsWith("/where.py"), found);
    assertFalse(found.equals(where.toString()), found);
    assertFalse(Files.exists(Path.of(found)), "the job's copy is deleted at its end");
  }

  @Test
  void directoriesPackagesAndZipsAreShipped() throws Exception {
    Path plain = Files.createDirectories(directory.resolve("src"));
    Files.writeString(
        plain.resolve("one.py"),
        "from pack.two import two\ndef one(n: int) -> int: return two(n)\n");
    Path pack = Files.createDirectories(directory.resolve("pack"));
    Files.writeString(pack.resolve("__init__.py"), "");
    Files.writeString(pack.resolve("two.py"), "import three\ndef two(n): return three.V + n\n");
    Path zip = Archives.zip(directory.resolve("lib.zip"), "three.py", "V = 41\n");
    loadModule(
        String.format("'python.files' = '%s, %s, %s', 'functions' = 'one.one'", plain, pack, zip));
    assertEquals(List.of(Row.of(42L)), select("`one`(n)"));
  }

  @Test
  void archivesAreUnpackedAndFoundByName() throws Exception {
    Path archive = Archives.zip(directory.resolve("weights.zip"), "deep/model.txt", "0.5");
    Path file =
        Files.writeString(
            directory.resolve("model.py"),
            "from naja.flink import shipped\n"
                + "def weight(n: int) -> str:\n"
                + "    with open(shipped('data/deep/model.txt')) as file:\n"
                + "        return file.read()\n");
    loadModule(
        String.format(
            "'python.files' = '%s', 'python.archives' = '%s#data', 'functions' = 'model.weight'",
            file, archive));
    assertEquals(List.of(Row.of("0.5")), select("weight(n)"));
  }

  @Test
  void twoModulesOfOneNameAreToldApart() throws Exception {
    Path one = Files.createDirectories(directory.resolve("one"));
    Path two = Files.createDirectories(directory.resolve("two"));
    for (Path each : List.of(one, two)) {
      Files.writeString(
          each.resolve("same.py"),
          "def " + each.getFileName() + "(n: int) -> str: return '" + each.getFileName() + "'\n");
    }
    tables.executeSql(
        "LOAD MODULE naja WITH ('python.files' = '" + one + "/same.py', 'functions' = 'same.one')");
    TableEnvironment others = tables;
    makeTables();
    tables.executeSql(
        "LOAD MODULE naja WITH ('python.files' = '" + two + "/same.py', 'functions' = 'same.two')");
    assertEquals(List.of(Row.of("two")), select("two(n)"));
    assertEquals(List.of(Row.of("one")), select(others, "`one`(n)"));
  }

  @Test
  void filesThatAreNotThereAreRefusedWhenTheModuleIsLoaded() {
    Exception refused =
        assertThrows(
            Exception.class,
            () -> loadModule("'python.files' = '/nowhere/fraud.py', 'functions' = 'fraud.score'"));
    StringBuilder text = new StringBuilder();
    for (Throwable link = refused; link != null; link = link.getCause()) {
      text.append(link.getMessage()).append('\n');
    }
    assertTrue(
        text.toString().contains("'python.files' names /nowhere/fraud.py, which is"),
        text.toString());
  }

  @Test
  void whatIsRegisteredTwiceIsShippedOnce() throws Exception {
    Path file = Files.writeString(directory.resolve("where.py"), WHERE);
    PythonEnvironment python = PythonEnvironment.of().withFiles(file.toString());
    StreamExecutionEnvironment job = StreamExecutionEnvironment.getExecutionEnvironment();
    python.shippedBy(job).shippedBy(job);
    assertEquals(1, job.getCachedFiles().size());
    Shipping.register(python, tables.getConfig());
    Shipping.register(python, tables.getConfig());
    assertEquals(1, tables.getConfig().get(PipelineOptions.CACHED_FILES).size());
  }

  @Test
  void oddPathsSurviveTheConfiguration() throws Exception {
    Path odd = Files.createDirectories(directory.resolve("it's; a: c"));
    Path file = Files.writeString(odd.resolve("where.py"), WHERE);
    Shipping.register(PythonEnvironment.of().withFiles(file.toString()), tables.getConfig());
    StreamExecutionEnvironment job = StreamExecutionEnvironment.getExecutionEnvironment();
    job.configure(tables.getConfig().getConfiguration());
    assertEquals(file.toString(), job.getCachedFiles().get(0).f1.filePath);
  }
}
