package dev.naja.flink.table;

import static dev.naja.flink.TestTables.rows;
import static dev.naja.flink.TestTables.withModule;
import static dev.naja.flink.table.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;

/** Python's table functions in SQL. */
class TableFunctionTest {
  private static final String FUNCTIONS =
      "tables.words, items=tables.each, tables.count_to, tables.pairs, or_none=tables.one, tables:Joined,"
          + " tables.fails_late, tables.narrow";

  private static final TableEnvironment TABLES = withModule(FUNCTIONS);

  @Test
  void namesAndTypesOfColumnsComeFromHints() throws Exception {
    assertEquals(
        List.of(Row.of("to", 2L), Row.of("be", 2L)),
        rows(
            TABLES,
            "SELECT w.word, w.length FROM (VALUES ('to be')) AS T(t), LATERAL TABLE(words(t)) AS w"));
  }

  @Test
  void outerJoinsKeepRowsWithoutAnyResult() throws Exception {
    assertEquals(
        List.of(Row.of("a", "a"), Row.of("", null)),
        rows(
            TABLES,
            "SELECT t, word FROM (VALUES ('a'), ('')) AS T(t)"
                + " LEFT JOIN LATERAL TABLE(words(t)) AS w ON TRUE"));
  }

  @Test
  void oneColumnNeedsNoRow() throws Exception {
    assertEquals(
        List.of(Row.of(3), Row.of(4)),
        rows(
            TABLES,
            "SELECT CAST(v AS INT) FROM (VALUES (1)) AS T(n), LATERAL TABLE(items(ARRAY[3, 4])) AS w(v)"));
  }

  @Test
  void manyRowsCrossInParts() throws Exception {
    List<Row> rows =
        rows(
            TABLES,
            "SELECT n, v FROM (VALUES (5000), (1024), (0)) AS T(n),"
                + " LATERAL TABLE(count_to(n)) AS w(v)");
    assertEquals(6_024, rows.size());
    assertEquals(Row.of(5_000, 5_000L), rows.get(4_999));
    assertEquals(Row.of(1_024, 1_024L), rows.get(6_023));
  }

  @Test
  void listsOfTypesNameColumnsByPlace() throws Exception {
    assertEquals(
        List.of(Row.of("x", 0L), Row.of("y", 1L)),
        rows(
            TABLES,
            "SELECT w.f0, w.f1 FROM (VALUES ('xy')) AS T(t), LATERAL TABLE(pairs(t)) AS w"));
  }

  @Test
  void noneAndOneTupleAreNoAndOneRow() throws Exception {
    assertEquals(
        List.of(Row.of(1L), Row.of(3L)),
        rows(
            TABLES,
            "SELECT a FROM (VALUES (1), (2), (3)) AS T(n), LATERAL TABLE(or_none(n)) AS w"));
  }

  @Test
  void classesAreOpenedAndTakeAnyNumberOfArguments() throws Exception {
    assertEquals(
        List.of(Row.of("a-b-c")),
        rows(
            TABLES,
            "SELECT v FROM (VALUES ('a')) AS T(t), LATERAL TABLE(Joined(t, 'b', 'c')) AS w(v)"));
  }

  @Test
  void failuresFailTheTaskOrLeaveWhatCameBefore() throws Exception {
    String query = "SELECT a FROM (VALUES (1), (2)) AS T(n), LATERAL TABLE(fails_late(n)) AS w";
    assertMessage(assertThrows(Exception.class, () -> rows(TABLES, query)), "no more");
    TableEnvironment lenient = withModule(FUNCTIONS, ", 'python.on-error' = 'NULL'");
    assertEquals(List.of(), rows(lenient, query));
  }

  @Test
  void rowsOfAnotherWidthAreRefusedByName() {
    assertMessage(
        assertThrows(
            Exception.class,
            () ->
                rows(TABLES, "SELECT a FROM (VALUES (1)) AS T(n), LATERAL TABLE(narrow(n)) AS w")),
        "expected a row of 2 fields (a, b), got 1: (1,)");
  }
}
