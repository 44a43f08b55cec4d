package dev.naja.flink.table;

import static dev.naja.flink.TestTables.assertMessage;
import static dev.naja.flink.TestTables.withModule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.naja.flink.PythonFunctions;
import dev.naja.flink.TestTables;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;

/** Python functions of whole rows in SQL: PY_MAP and its kin. */
class TableOperationsTest {
  private static final TableEnvironment TABLES = environment();

  private static TableEnvironment environment(String... options) {
    TableEnvironment tables = withModule("rows.labelled", options);
    tables.executeSql(
        "CREATE TEMPORARY VIEW items AS SELECT * FROM (VALUES"
            + " (1, ' Ab', CAST(2.5 AS DOUBLE)), (2, 'c', CAST(1 AS DOUBLE)),"
            + " (3, 'dEf', CAST(0.5 AS DOUBLE))) AS T(id, name, price)");
    return tables;
  }

  private static List<Row> rows(TableEnvironment tables, String query) throws Exception {
    List<Row> found = TestTables.rows(tables, query);
    found.sort(Comparator.comparing(Row::toString));
    return found;
  }

  @Test
  void aFunctionMakesARowOfARow() throws Exception {
    assertEquals(
        List.of(Row.of(10, " Ab!"), Row.of(30, "dEf!")),
        rows(TABLES, "SELECT * FROM PY_MAP(TABLE items, 'rows:labelled')"));
    assertEquals(
        List.of(Row.of(" Ab!"), Row.of("dEf!")),
        rows(TABLES, "SELECT label FROM PY_MAP(t => TABLE items, fn => 'labelled')"));
  }

  @Test
  void parametersAreNamedAfterColumns() throws Exception {
    assertEquals(
        List.of(Row.of(1.5), Row.of(2.0), Row.of(2.5)),
        rows(TABLES, "SELECT by_name FROM PY_MAP(TABLE items, 'rows:by_name')"));
  }

  @Test
  void theTableApiHasTheSameOfJava() throws Exception {
    TABLES.executeSql("DROP TEMPORARY TABLE IF EXISTS numbers");
    TABLES.executeSql(
        "CREATE TEMPORARY TABLE numbers (id INT) WITH ('connector' = 'datagen', 'number-of-rows' ="
            + " '3', 'fields.id.kind' = 'sequence', 'fields.id.start' = '1', 'fields.id.end' = '3')");
    Table table = TABLES.sqlQuery("SELECT id, ' ' || CHR(64 + id) AS name FROM numbers");
    PythonFunctions python = PythonFunctions.of(TestTables.python());
    Table mapped = python.map(table, "rows:labelled");
    Table changed = python.addOrReplaceColumns(table, "rows:normalized");
    assertEquals(List.of(Row.of(10, " A!"), Row.of(30, " C!")), rows(mapped));
    assertEquals(
        List.of(Row.of(1, "a", 2L), Row.of(2, "b", 2L), Row.of(3, "c", 2L)), rows(changed));
  }

  private static List<Row> rows(Table table) throws Exception {
    List<Row> found = new ArrayList<>();
    try (CloseableIterator<Row> rows = table.execute().collect()) {
      rows.forEachRemaining(found::add);
    }
    return found;
  }

  @Test
  void columnsAreReplacedInTheirPlaces() throws Exception {
    assertEquals(
        List.of(Row.of(1, "ab", 2.5, 3L), Row.of(2, "c", 1.0, 1L), Row.of(3, "def", 0.5, 3L)),
        rows(TABLES, "SELECT * FROM ADD_OR_REPLACE_COLUMNS(TABLE items, 'rows:normalized')"));
  }

  @Test
  void aValueIsAColumnOfTheFunctionsName() throws Exception {
    assertEquals(
        List.of(Row.of(1L), Row.of(3L), Row.of(3L)),
        rows(TABLES, "SELECT length FROM ADD_OR_REPLACE_COLUMNS(TABLE items, 'rows:length')"));
  }

  @Test
  void columnsAreDropped() throws Exception {
    assertEquals(
        List.of(Row.of("c"), Row.of("dEf"), Row.of(" Ab")).stream()
            .sorted(Comparator.comparing(Row::toString))
            .collect(Collectors.toList()),
        rows(TABLES, "SELECT * FROM DROP_COLUMNS(TABLE items, DESCRIPTOR(id, price))"));
  }

  @Test
  void tablesHaveAHundredColumns() throws Exception {
    String columns =
        IntStream.range(0, 99).mapToObj(i -> i + " AS c" + i).collect(Collectors.joining(", "));
    TABLES.executeSql("DROP TEMPORARY VIEW IF EXISTS wide");
    TABLES.executeSql("CREATE TEMPORARY VIEW wide AS SELECT " + columns + ", ' Xy ' AS name");
    List<Row> found =
        rows(
            TABLES,
            "SELECT * FROM DROP_COLUMNS((SELECT * FROM ADD_OR_REPLACE_COLUMNS(TABLE wide,"
                + " 'rows:normalized')), DESCRIPTOR(c0))");
    Row row = found.get(0);
    assertEquals(100, row.getArity());
    assertEquals(1, row.getField(0));
    assertEquals(98, row.getField(97));
    assertEquals("xy", row.getField("name"));
    assertEquals(4L, row.getField("length"));
  }

  @Test
  void batchesEndWithTheInput() throws Exception {
    assertEquals(
        List.of(Row.of(1, 0.625, 3), Row.of(2, 0.25, 3), Row.of(3, 0.125, 3)),
        rows(TABLES, "SELECT * FROM PY_MAP_BATCH(TABLE items, 'rows:parts')"));
  }

  @Test
  void batchesAreOfOnePartition() throws Exception {
    TableEnvironment tables = environment(", 'python.batch.size' = '1'");
    assertEquals(
        List.of(Row.of(1, 1.0, 1), Row.of(2, 1.0, 1), Row.of(3, 1.0, 1)),
        rows(tables, "SELECT * FROM PY_MAP_BATCH(TABLE items PARTITION BY id, 'rows:parts')"));
    assertEquals(
        List.of(Row.of(" Ab", 1, 1.0, 1), Row.of("c", 2, 1.0, 1), Row.of("dEf", 3, 1.0, 1)),
        rows(TABLES, "SELECT * FROM PY_MAP_BATCH(TABLE items PARTITION BY name, 'rows:parts')"));
  }

  @Test
  void failuresMayLeaveNull() throws Exception {
    TableEnvironment tables = environment(", 'python.on-error' = 'NULL'");
    assertEquals(
        List.of(Row.of("raise", null)),
        rows(
            tables,
            "SELECT * FROM ADD_OR_REPLACE_COLUMNS((SELECT 'raise' AS name)," + " 'rows:length')"));
  }

  @Test
  void aParameterWithoutAColumnIsRefused() {
    // One parameter that is no column takes the row; two do not.
    refused(
        "PY_MAP((SELECT 1 AS id), 'rows:by_name')",
        "by_name (rows.py:28) takes 'price', but the table has no such column, only id.");
  }

  @Test
  void aFunctionHasToSayWhatItReturns() {
    refused("PY_MAP(TABLE items, 'rows:untyped')", "untyped (rows.py:36) does not say what it");
  }

  @Test
  void typesAreComparedWhenTheJobIsPlanned() {
    refused(
        "PY_MAP((SELECT 1 AS name), 'rows:length')",
        "Column 'name' is INT NOT NULL, and parameter 'name' of length (rows.py:22) takes STRING");
  }

  @Test
  void vectorizedFunctionsNeedBatches() {
    refused("PY_MAP(TABLE items, 'rows:parts')", "call it by PY_MAP_BATCH, which gathers them.");
  }

  @Test
  void columnsThatAreDroppedMustBeThere() {
    refused(
        "DROP_COLUMNS(TABLE items, DESCRIPTOR(nmae))",
        "DROP_COLUMNS cannot drop nmae: the table has the columns id, name, price.");
    refused(
        "DROP_COLUMNS(TABLE items, DESCRIPTOR(id, name, price))",
        "DROP_COLUMNS would leave no column of the table.");
  }

  private static void refused(String call, String message) {
    assertMessage(
        assertThrows(Exception.class, () -> TABLES.explainSql("SELECT * FROM " + call)), message);
  }
}
