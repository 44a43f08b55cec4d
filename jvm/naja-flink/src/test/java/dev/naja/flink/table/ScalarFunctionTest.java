package dev.naja.flink.table;

import static dev.naja.flink.TestTables.rows;
import static dev.naja.flink.TestTables.withModule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;

/** Python's scalar functions in SQL. */
class ScalarFunctionTest {
  private static final TableEnvironment TABLES =
      withModule(
          "scalars.add, scalars.half, shout=scalars.shout, scalars.length, scalars.untyped,"
              + " scalars.pair, scalars.kind_of, scalars:Counter, twice=scalars.untyped -> INT,"
              + " scalars.fails_on_seven, scalars.odd, scalars.root, scalars.doubled,"
              + " scalars.lies_on_seven");

  private static Object value(String expression) throws Exception {
    return rows(TABLES, "SELECT " + expression + " FROM (VALUES (1)) AS T(n)").get(0).getField(0);
  }

  @Test
  void functionsAreCalledByTheirNames() throws Exception {
    assertEquals(5L, value("`add`(2, n + 2)"));
    assertEquals(1.25, value("half(CAST(2.5 AS DOUBLE) * n)"));
    assertEquals("ÄB!", value("shout('äb')"));
  }

  @Test
  void functionsAreCalledByReference() throws Exception {
    assertEquals(7L, value("naja_call('scalars.add', n, 6)"));
    assertEquals("INT", value("TYPEOF(naja_call('scalars:untyped -> INT', n))"));
    assertEquals(1, value("naja_call('scalars:untyped -> INT', n)"));
  }

  @Test
  void rowsComeBack() throws Exception {
    assertEquals(Row.of(1L, "x"), value("pair(n, 'x')"));
    assertEquals(Row.of(1L, null), value("pair(n, CAST(NULL AS STRING))"));
  }

  @Test
  void objectsAreOpened() throws Exception {
    assertEquals("none:a", value("counter('a')"));
  }

  @Test
  void mismatchesAreFoundWhenTheJobIsPlanned() {
    ValidationException refused =
        assertThrows(ValidationException.class, () -> TABLES.explainSql("SELECT `add`('a', 1)"));
    assertMessage(
        refused,
        "Argument 1 (a) of add (scalars.py:8) takes BIGINT, the call gives CHAR(1) NOT NULL: cast"
            + " it, or change the hint.");
  }

  @Test
  void countsAreCheckedWhenTheJobIsPlanned() {
    ValidationException refused =
        assertThrows(ValidationException.class, () -> TABLES.explainSql("SELECT `add`(1)"));
    assertMessage(refused, "add (scalars.py:8) takes 2 arguments, the call gives 1.");
  }

  @Test
  void resultsNeedAType() {
    ValidationException refused =
        assertThrows(ValidationException.class, () -> TABLES.explainSql("SELECT untyped(1)"));
    assertMessage(refused, "untyped (scalars.py:24) does not say what it returns: annotate it");
  }

  @Test
  void missingFunctionsAreNamed() {
    TableEnvironment tables = withModule("scalars.halve");
    Exception refused = assertThrows(Exception.class, () -> tables.explainSql("SELECT halve(1)"));
    assertMessage(refused, "has no 'halve', which 'scalars.halve' asks for");
  }

  @Test
  void nullsAreRefusedWhereAHintLeavesNoneOut() {
    Exception refused =
        assertThrows(Exception.class, () -> value("half(NULLIF(CAST(n AS DOUBLE), 1))"));
    assertMessage(
        refused,
        "argument x of half (scalars.py:12) is NULL, and its hint, which is DOUBLE in SQL, leaves"
            + " None out");
    assertEquals(-1L, unchecked("length(CAST(NULL AS STRING))"));
  }

  private static Object unchecked(String expression) {
    try {
      return value(expression);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void failuresFailTheTaskWithThePythonStack() {
    Exception failed =
        assertThrows(
            Exception.class,
            () -> rows(TABLES, "SELECT fails_on_seven(x) FROM (VALUES (6), (7)) AS T(x)"));
    assertMessage(failed, "seven is not served here");
  }

  @Test
  void failuresMayBeNull() throws Exception {
    TableEnvironment tables = withModule("scalars.fails_on_seven", ", 'python.on-error' = 'NULL'");
    assertEquals(
        List.of(Row.of(6L), Row.of((Object) null), Row.of(8L)),
        rows(tables, "SELECT fails_on_seven(x) FROM (VALUES (6), (7), (8)) AS T(x)"));
  }

  @Test
  void aResultOfAnotherTypeNamesTheFunction() {
    TableEnvironment tables = withModule("scalars.lies");
    assertMessage(
        assertThrows(Exception.class, () -> rows(tables, "SELECT lies(1)")),
        "scalars.lies: cannot convert 'much' (Python str) to long");
  }

  /** The first row of a task is timed, so it goes another way than those after it. */
  @Test
  void oneNumberGivesANumberOrNoneInAnyOrder() throws Exception {
    assertEquals(
        List.of(1L, -1L, 3L, Long.MAX_VALUE, 5L).toString(),
        column("odd(NULLIF(x, 2))", "(1), (2), (3), (9223372036854775807), (5)").toString());
    assertEquals("[1, null, 3, null, 5]", column("odd(x)", "(1), (2), (3), (4), (5)").toString());
    assertEquals(
        "[2.0, 1.5, null, 3.0]",
        column("root(CAST(x AS DOUBLE))", "(4), (2.25), (-1), (9)").toString());
    assertEquals("[4, -6, 0]", column("doubled(CAST(x AS SMALLINT))", "(2), (-3), (0)").toString());
  }

  @Test
  void oneNumberIsRefusedWhereItDoesNotFit() {
    assertMessage(
        assertThrows(Exception.class, () -> column("lies_on_seven(x)", "(1), (2), (7)")),
        "scalars.lies_on_seven: cannot convert 'much' (Python str) to long");
    assertMessage(
        assertThrows(
            Exception.class, () -> column("doubled(x)", "(1), (2), (9223372036854775807)")),
        "scalars.doubled: cannot convert 18446744073709551614 (Python int) to long");
  }

  private static List<Object> column(String expression, String values) throws Exception {
    return rows(TABLES, "SELECT " + expression + " FROM (VALUES " + values + ") AS T(x)").stream()
        .map(row -> row.getField(0))
        .collect(Collectors.toList());
  }

  private static void assertMessage(Throwable thrown, String expected) {
    StringBuilder messages = new StringBuilder();
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      messages.append(at.getMessage()).append('\n');
    }
    assertTrue(messages.toString().contains(expected), messages::toString);
  }
}
