package dev.naja.flink.table;

import static dev.naja.flink.TestTables.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.naja.flink.TestTables;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lookup joins with Python functions. */
class LookupJoinTest {
  private static TableEnvironment tables;

  @BeforeAll
  static void createTables() {
    tables = TestTables.create();
    tables.getConfig().set("python.pythonpath", TestTables.FILES);
    tables.executeSql(
        "CREATE TEMPORARY VIEW samples AS SELECT *, PROCTIME() AS seen FROM (VALUES"
            + " (1, 'a'), (2, 'b'), (3, 'x'), (4, 'a')) AS T(id, trace_id)");
  }

  private static void features(String options) {
    tables.executeSql("DROP TEMPORARY TABLE IF EXISTS features");
    tables.executeSql(
        "CREATE TEMPORARY TABLE features (trace_id STRING, clicks BIGINT, score DOUBLE)"
            + " WITH ('connector' = 'naja', "
            + options
            + ")");
  }

  private static List<Row> joined(String join) throws Exception {
    List<Row> rows =
        TestTables.rows(
            tables,
            "SELECT s.id, f.clicks, f.score FROM samples AS s "
                + join
                + " JOIN features FOR SYSTEM_TIME AS OF s.seen AS f ON s.trace_id = f.trace_id");
    rows.sort(Comparator.comparing(Row::toString));
    return rows;
  }

  @Test
  void rowsAreFoundByTheirKey() throws Exception {
    features("'lookup' = 'features:Lookup', 'argument.factor' = '2'");
    assertEquals(List.of(Row.of(1, 3L, 1.0), Row.of(2, 7L, 3.0), Row.of(4, 3L, 1.0)), joined(""));
    assertEquals(Row.of(3, null, null), joined("LEFT").get(2));
  }

  @Test
  void aKeyHasSeveralRows() throws Exception {
    features("'lookup' = 'features:several'");
    assertEquals(
        List.of(Row.of(1, 0L, 0.0), Row.of(1, 1L, 0.5), Row.of(2, 0L, 0.0)),
        joined("").subList(0, 3));
  }

  @Test
  void aKeyHasSeveralColumns() throws Exception {
    features("'lookup' = 'features:two_keys'");
    assertEquals(
        List.of(Row.of(1.1), Row.of(1.2), Row.of(1.3), Row.of(1.4)),
        TestTables.rows(
            tables,
            "SELECT f.score FROM samples AS s JOIN features FOR SYSTEM_TIME AS OF s.seen AS f"
                + " ON f.clicks = CAST(s.id AS BIGINT) AND s.trace_id = f.trace_id"));
  }

  @Test
  void keysCrossInBatches() throws Exception {
    features(
        "'lookup' = 'features:Many', 'lookup.async' = 'true', 'python.batch.size' = '4',"
            + " 'python.batch.delay' = '5 s'");
    assertEquals(List.of(Row.of(1, 3L, 4.0), Row.of(2, 7L, 4.0), Row.of(4, 3L, 4.0)), joined(""));
  }

  @Test
  void aPlainLookupMayCrossInBatches() throws Exception {
    features("'lookup' = 'features:Lookup', 'lookup.async' = 'true'");
    assertEquals(List.of(Row.of(1, 3L, 0.5), Row.of(2, 7L, 1.5), Row.of(4, 3L, 0.5)), joined(""));
  }

  @Test
  void foundRowsAreCached() throws Exception {
    String cache = ", 'lookup.cache' = 'PARTIAL', 'lookup.partial-cache.max-rows' = '100'";
    features("'lookup' = 'features:Counting'");
    assertEquals(
        List.of(1L, 2L, 3L, 4L),
        joined("").stream().map(row -> row.getField(1)).sorted().collect(Collectors.toList()));
    features("'lookup' = 'features:Counting'" + cache);
    assertEquals(
        List.of(1L, 1L, 2L, 3L),
        joined("").stream().map(row -> row.getField(1)).sorted().collect(Collectors.toList()));
  }

  @Test
  void aLookupThatRaisesFailsTheTask() {
    features("'lookup' = 'features:Lookup'");
    Exception failed =
        assertThrows(
            Exception.class,
            () ->
                TestTables.rows(
                    tables,
                    "SELECT f.score FROM (SELECT 'broken' AS k, PROCTIME() AS seen) AS s JOIN features"
                        + " FOR SYSTEM_TIME AS OF s.seen AS f ON s.k = f.trace_id"));
    assertMessage(failed, "the store is away");
  }

  @Test
  void aRowOfOtherColumnsIsRefused() {
    features("'lookup' = 'features:wrong_column'");
    assertMessage(
        assertThrows(Exception.class, () -> joined("")),
        "wrong_column has returned a row with the field 'scroe', which the table has not; the table"
            + " has trace_id, clicks, score");
  }

  @Test
  void theKeyIsComparedWhenTheJobIsPlanned() {
    features("'lookup' = 'features:Lookup'");
    Exception refused =
        assertThrows(
            Exception.class,
            () ->
                tables.explainSql(
                    "SELECT f.score FROM samples AS s JOIN features FOR SYSTEM_TIME AS OF s.seen AS f"
                        + " ON f.clicks = s.id"));
    assertMessage(
        refused,
        "Column 'clicks' is BIGINT, and parameter 'trace_id' of Lookup (features.py:19) takes"
            + " STRING");
  }

  @Test
  void theTableCannotBeRead() {
    features("'lookup' = 'features:Lookup'");
    assertMessage(
        assertThrows(Exception.class, () -> tables.explainSql("SELECT * FROM features")),
        "features");
  }

  @Test
  void aFullCacheIsRefused() {
    features("'lookup' = 'features:Lookup', 'lookup.cache' = 'FULL'");
    assertMessage(
        assertThrows(Exception.class, () -> joined("")),
        "'lookup.cache' = 'FULL' needs all rows of the table");
  }
}
