package dev.naja.flink.table;

import static dev.naja.flink.TestTables.assertMessage;
import static dev.naja.flink.TestTables.rows;
import static dev.naja.flink.TestTables.withModule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.naja.flink.TestMetrics;
import dev.naja.flink.TestTables;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;

/** Vectorized Python functions in SQL. */
class VectorizedFunctionTest {
  private static final String FUNCTIONS =
      "vectorized.ratio, vectorized.lengths, vshout=vectorized.upper, vectorized.batch_size,"
          + " vectorized.around, vectorized.arrow_sum, vectorized.next_day, vectorized.taxed,"
          + " squared=vectorized.squared -> DOUBLE, vectorized.no_sevens, vectorized.too_few,"
          + " vectorized.later";

  private static final TableEnvironment TABLES = withModule(FUNCTIONS);

  private static List<Row> of(String expression, String values) throws Exception {
    List<Row> found =
        rows(TABLES, "SELECT " + expression + " FROM (VALUES " + values + ") AS T(a, b)");
    // Flink reads VALUES with casts as a union, in any order.
    found.sort(Comparator.comparing(Row::toString));
    return found;
  }

  @Test
  void seriesComeAndGo() throws Exception {
    assertEquals(
        List.of(Row.of(1, 0.5), Row.of(3, 0.75), Row.of(5, 2.5)),
        of("a, ratio(a, b)", "(1, CAST(2 AS DOUBLE)), (3, 4), (5, 2)"));
    assertEquals(
        List.of(Row.of(1L, "É"), Row.of(2L, "AB"), Row.of(4L, null)),
        of("lengths(b), vshout(b)", "(1, 'ab'), (2, 'none'), (3, 'é')"));
  }

  @Test
  void nullIsNotPassed() throws Exception {
    assertEquals(
        List.of(Row.of(2L), Row.of((Object) null)),
        of("lengths(b)", "(1, 'ab'), (2, CAST(NULL AS STRING))"));
  }

  @Test
  void whatPandasMissesIsNull() throws Exception {
    assertEquals(
        List.of(Row.of(0.5), Row.of((Object) null)),
        of("ratio(a, b)", "(1, CAST(2 AS DOUBLE)), (0, 0)"));
  }

  @Test
  void framesAreRows() throws Exception {
    assertEquals(
        List.of(Row.of(Row.of(0.0, 2.0)), Row.of(Row.of(4.0, 6.0))),
        of("around(a)", "(CAST(1 AS DOUBLE), 1), (5, 1)"));
  }

  @Test
  void arrowArraysComeAndGo() throws Exception {
    assertEquals(
        List.of(Row.of(3L), Row.of(7L)),
        of("arrow_sum(a, b)", "(CAST(1 AS BIGINT), CAST(2 AS BIGINT)), (3, 4)"));
  }

  @Test
  void arraysOfNumPyComeAndGo() throws Exception {
    assertEquals(
        List.of(Row.of(4.0), Row.of(9.0)), of("squared(a)", "(CAST(3 AS DOUBLE), 1), (-2, 1)"));
  }

  @Test
  void timesAndDecimals() throws Exception {
    assertEquals(
        List.of(Row.of(LocalDateTime.parse("2026-03-01T12:00:00.123"), new BigDecimal("2.50"))),
        of("next_day(a), taxed(b)", "(TIMESTAMP '2026-02-28 12:00:00.123', 1.25)"));
  }

  @Test
  void asManyRowsShareACallAsMayBeUnderWay() throws Exception {
    TableEnvironment tables =
        withModule(FUNCTIONS, ", 'python.batch.size' = '3', 'python.batch.delay' = '5 s'");
    String query = "SELECT batch_size(a) FROM (VALUES (1), (2), (3), (4), (5), (6)) AS T(a)";
    assertEquals(
        List.of(3, 3, 3, 3, 3, 3),
        rows(tables, query).stream().map(row -> row.getField(0)).collect(Collectors.toList()));
    tables.getConfig().set("table.exec.async-scalar.max-concurrent-operations", "2");
    assertEquals(Row.of(2), rows(tables, query).get(0));
  }

  @Test
  void metricsTellOfBatches() throws Exception {
    TableEnvironment tables =
        withModule(
            FUNCTIONS,
            ", 'python.batch.size' = '3', 'python.batch.delay' = '5 s', 'python.on-error' = 'NULL'");
    tables.getConfig().set("pipeline.name", "measured batches");
    String query = "SELECT no_sevens(a) FROM (VALUES (4), (5), (6), (7), (8), (9)) AS T(a)";
    assertEquals(6, rows(tables, query).size());
    assertEquals(6, ((Counter) metric("calls")).getCount());
    assertEquals(1, ((Counter) metric("errors")).getCount());
    assertEquals(3L, gauge("batches"), "that of the seven is called again without it");
    assertEquals(0L, gauge("waitingRows"));
    assertEquals(3L, gauge("batchSizeMedian"));
    assertEquals(3L, gauge("batchSizeMax"));
    long delay = (Long) gauge("batchDelayP99");
    assertTrue(0 < delay && delay < Duration.ofSeconds(5).toNanos(), () -> delay + " ns");
    assertTrue((Long) gauge("batchTimeMedian") > 0);
    assertTrue((Long) gauge("liveHandles") > 0);
  }

  private static Metric metric(String name) {
    return TestMetrics.one(TestTables.METRICS, "measured batches", "python.no_sevens." + name);
  }

  private static Object gauge(String name) {
    return ((Gauge<?>) metric(name)).getValue();
  }

  @Test
  void rowsFailAlone() throws Exception {
    String query = "SELECT no_sevens(a) FROM (VALUES (6), (7), (8)) AS T(a)";
    TableEnvironment tables = withModule(FUNCTIONS, ", 'python.on-error' = 'NULL'");
    assertEquals(List.of(Row.of(60L), Row.of((Object) null), Row.of(80L)), rows(tables, query));
    assertMessage(
        assertThrows(Exception.class, () -> rows(TABLES, query)), "seven is not served here");
  }

  @Test
  void coroutinesAreAwaited() throws Exception {
    assertEquals(
        List.of(Row.of("x1"), Row.of("x2"), Row.of("x3")),
        of("later(a, b)", "(1, 'x'), (2, 'x'), (3, 'x')"));
    assertMessage(
        assertThrows(Exception.class, () -> of("later(a, b)", "(1, 'fail')")), "nobody answers");
  }

  @Test
  void resultsOfAnotherNumberFailTheBatch() {
    Exception failed = assertThrows(Exception.class, () -> of("too_few(a)", "(1, 1)"));
    assertMessage(failed, "too_few has returned 0 results for a batch of 1 rows");
  }

  @Test
  void columnsOfArraysAreRefusedWhenTheJobIsPlanned() {
    Exception refused =
        assertThrows(
            Exception.class,
            () -> TABLES.explainSql("SELECT batch_size(x) FROM (VALUES (ARRAY[1])) AS T(x)"));
    assertMessage(
        refused,
        "Vectorized Python functions take no columns of the type ARRAY<INT NOT NULL> NOT NULL,"
            + " which 'n' has");
  }
}
