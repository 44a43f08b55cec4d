package dev.naja.flink.table;

import static dev.naja.flink.table.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.naja.Python;
import dev.naja.flink.PythonFunctions;
import dev.naja.flink.TestTables;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Expressions;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Python's aggregate functions in SQL: whole columns and rows one by one, mixed with Flink's own.
 */
class AggregateFunctionTest {
  private static StreamTableEnvironment tables;
  private static boolean withPandas;

  @BeforeAll
  static void visits() {
    StreamExecutionEnvironment streams = StreamExecutionEnvironment.getExecutionEnvironment();
    streams.setParallelism(1);
    tables = StreamTableEnvironment.create(streams);
    boolean pandas =
        Python.start().module("importlib.util").attr("find_spec").call("pandas") != null;
    tables.executeSql(
        String.format(
            "LOAD MODULE naja WITH ('python.pythonpath' = '%s', 'functions' = 'aggregates:Visits,"
                + " aggregates.weighted_mean, aggregates:OnlyAdds, aggregates:Unpicklable,"
                + " aggregates:RaisesOnSeven, aggregates:WrongResult, frame_visits=%s')",
            TestTables.FILES,
            // Without pandas the same query runs row by row twice.
            pandas
                ? "frames.visits, frames.spread, frames.kinds, frames.largest"
                : "aggregates:Visits"));
    withPandas = pandas;
    DataStream<Row> visits =
        streams.fromData(
            visit("ada", "b", 20, 3),
            visit("ada", "a", 5, 1),
            visit("bob", "x", 50, 10),
            visit("ada", "c", 70, 4),
            visit("bob", "y", 95, 20),
            visit("ada", "d", 400, 2));
    tables.createTemporaryView(
        "visits",
        visits,
        Schema.newBuilder()
            .column("f0", DataTypes.STRING())
            .column("f1", DataTypes.STRING())
            .column("f2", DataTypes.BIGINT())
            .column("f3", DataTypes.TIMESTAMP(3))
            .column("f4", DataTypes.BIGINT())
            .watermark("f3", "f3 - INTERVAL '60' SECOND")
            .build());
    tables.executeSql(
        "CREATE TEMPORARY VIEW v AS"
            + " SELECT f0 AS u, f1 AS item, f2 AS s, f3 AS ts, f4 AS n FROM visits");
  }

  private static Row visit(String user, String item, long second, long n) {
    LocalDateTime start = LocalDateTime.of(2026, 1, 1, 0, 0);
    return Row.of(user, item, second, start.plusSeconds(second), n);
  }

  /** The rows that a query's changes leave, sorted. */
  private static List<String> last(String query) throws Exception {
    List<Row> rows = new ArrayList<>();
    try (CloseableIterator<Row> changes = tables.executeSql(query).collect()) {
      changes.forEachRemaining(
          row -> {
            RowKind kind = row.getKind();
            row.setKind(RowKind.INSERT);
            if (kind == RowKind.INSERT || kind == RowKind.UPDATE_AFTER) {
              rows.add(row);
            } else {
              rows.remove(row);
            }
          });
    }
    return rows.stream().map(Row::toString).sorted().collect(Collectors.toList());
  }

  private static final String BOTH = "Visits(item, s), frame_visits(item, s)";

  @Test
  void groupsOfAChangingTable() throws Exception {
    assertEquals(
        List.of("+I[ada, a|b|c|d, a|b|c|d, 4]", "+I[bob, x|y, x|y, 2]"),
        last("SELECT u, " + BOTH + ", COUNT(*) FROM v GROUP BY u"));
  }

  @Test
  void retractionFollowsATableThatChanges() throws Exception {
    // Each user's count changes, so the outer groups take rows out again.
    assertEquals(
        List.of("+I[2, bob, bob]", "+I[4, ada, ada]"),
        last(
            "SELECT c, Visits(u, c), frame_visits(u, c) FROM"
                + " (SELECT u, COUNT(*) AS c FROM v GROUP BY u) GROUP BY c"));
  }

  @Test
  void itemsOfTheLastFiveMinutesEveryThirtySeconds() throws Exception {
    List<String> windows =
        last(
            "SELECT CAST(window_end AS TIME(0)), u, "
                + BOTH
                + ", MAX(n) FROM TABLE(HOP(TABLE v, DESCRIPTOR(ts), INTERVAL '30' SECOND,"
                + " INTERVAL '5' MINUTE)) GROUP BY window_start, window_end, u");
    assertEquals(
        List.of(
            "+I[00:00:30, ada, a|b, a|b, 3]",
            "+I[00:01, ada, a|b, a|b, 3]",
            "+I[00:01, bob, x, x, 10]",
            "+I[00:01:30, ada, a|b|c, a|b|c, 4]"),
        windows.subList(0, 4));
    assertEquals(22 + 12, windows.size());
    assertEquals("+I[00:11:30, ada, d, d, 2]", windows.get(windows.size() - 1), windows::toString);
  }

  @Test
  void tumblingAndCumulatingAndSessionWindows() throws Exception {
    String from = " FROM TABLE(%s) GROUP BY window_start, window_end, u";
    String select = "SELECT u, CAST(window_end AS TIME(0)), " + BOTH;
    assertEquals(
        List.of(
            "+I[ada, 00:01, a|b, a|b]",
            "+I[ada, 00:02, c, c]",
            "+I[ada, 00:07, d, d]",
            "+I[bob, 00:01, x, x]",
            "+I[bob, 00:02, y, y]"),
        last(select + String.format(from, "TUMBLE(TABLE v, DESCRIPTOR(ts), INTERVAL '1' MINUTE)")));
    assertEquals(
        List.of(
            "+I[ada, 00:01, a|b, a|b]",
            "+I[ada, 00:02, a|b|c, a|b|c]",
            "+I[ada, 00:07, d, d]",
            "+I[ada, 00:08, d, d]",
            "+I[bob, 00:01, x, x]",
            "+I[bob, 00:02, x|y, x|y]"),
        last(
            select
                + String.format(
                    from,
                    "CUMULATE(TABLE v, DESCRIPTOR(ts), INTERVAL '1' MINUTE, INTERVAL '2' MINUTE)")));
    assertEquals(
        List.of(
            "+I[ada, 00:02:10, a|b|c, a|b|c]",
            "+I[ada, 00:07:40, d, d]",
            "+I[bob, 00:02:35, x|y, x|y]"),
        last(
            select
                + String.format(
                    from, "SESSION(TABLE v PARTITION BY u, DESCRIPTOR(ts), INTERVAL '1' MINUTE)")));
  }

  @Test
  void overWindowsAddAndTakeOut() throws Exception {
    assertEquals(
        List.of(
            "+I[ada, a, a, a, 1]",
            "+I[ada, b, a|b, a|b, 3]",
            "+I[ada, c, b|c, b|c, 4]",
            "+I[ada, d, c|d, c|d, 4]",
            "+I[bob, x, x, x, 10]",
            "+I[bob, y, x|y, x|y, 20]"),
        last(
            "SELECT u, item, Visits(item, s) OVER w, frame_visits(item, s) OVER w, MAX(n) OVER w"
                + " FROM v WINDOW w AS"
                + " (PARTITION BY u ORDER BY ts ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)"));
  }

  @Test
  void overWithoutRetractSaysWhatIsMissing() {
    assertMessage(
        assertThrows(
            Exception.class,
            () ->
                tables.explainSql(
                    "SELECT OnlyAdds(n) OVER (PARTITION BY u ORDER BY ts ROWS BETWEEN 1 PRECEDING"
                        + " AND CURRENT ROW) FROM v")),
        "retract");
  }

  @Test
  void declaredAccumulators() throws Exception {
    assertEquals(
        List.of("+I[ada, 10, 3.0]", "+I[bob, 30, 16.666666666666668]"),
        last("SELECT u, SUM(n), weighted_mean(n, n) FROM v GROUP BY u"));
  }

  @Test
  void oneFunctionTwiceInAQuery() throws Exception {
    assumeTrue(withPandas, "pandas is not installed");
    assertEquals(
        List.of("+I[frame, 3, 15]"),
        last("SELECT 'frame', largest(n), largest(n * 5) FROM (VALUES (1), (2), (3)) AS items(n)"));
  }

  @Test
  void columnsHaveNumPysTypes() throws Exception {
    assumeTrue(withPandas, "pandas is not installed");
    assertEquals(
        List.of("+I[int64 float64 datetime64[us] bool float64, 395.0]"),
        last(
            "SELECT kinds(n, CAST(n AS DOUBLE), ts, n > 3, NULLIF(n, 3)), spread(CAST(s AS DOUBLE))"
                + " FROM v"));
  }

  @Test
  void tableAggregatesInTheTableApi() {
    PythonFunctions python = PythonFunctions.of(TestTables.python());
    List<String> rows = new ArrayList<>();
    try (CloseableIterator<Row> changes =
        tables
            .from("v")
            .groupBy(Expressions.$("u"))
            .flatAggregate(Expressions.call(python.function("aggregates.top2"), Expressions.$("n")))
            .select(Expressions.$("u"), Expressions.$("v"), Expressions.$("place"))
            .execute()
            .collect()) {
      List<Row> left = new ArrayList<>();
      changes.forEachRemaining(
          row -> {
            RowKind kind = row.getKind();
            row.setKind(RowKind.INSERT);
            if (kind == RowKind.INSERT || kind == RowKind.UPDATE_AFTER) {
              left.add(row);
            } else {
              left.remove(row);
            }
          });
      left.stream()
          .sorted(Comparator.comparing(Row::toString))
          .forEach(row -> rows.add(row.toString()));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    assertEquals(
        Arrays.asList("+I[ada, 3, 2]", "+I[ada, 4, 1]", "+I[bob, 10, 2]", "+I[bob, 20, 1]"), rows);
  }

  @Test
  void accumulatorsThatCannotBePickledAreRefusedBeforeTheFirstRow() {
    assertMessage(
        assertThrows(Exception.class, () -> last("SELECT Unpicklable(n) FROM v")),
        "the accumulator, a list, cannot be kept in a checkpoint: ");
  }

  @Test
  void failuresNameTheFunction() {
    assertMessage(
        assertThrows(Exception.class, () -> last("SELECT RaisesOnSeven(n + 4) FROM v WHERE n = 3")),
        "seven is not served here");
    assertMessage(
        assertThrows(Exception.class, () -> last("SELECT WrongResult(n) FROM v")), "'many'");
    assertMessage(
        assertThrows(Exception.class, () -> tables.explainSql("SELECT OnlyAdds(item) FROM v")),
        "Argument 1 (value) of OnlyAdds (aggregates.py:");
  }
}
