package dev.naja.flink.table;

import static dev.naja.flink.TestTables.rows;
import static dev.naja.flink.TestTables.withModule;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;

/** What each SQL type is in Python, and back: the table of docs/flink/types.md. */
class ScalarTypesTest {
  private static final TableEnvironment TABLES = withModule("scalars.kind_of");

  @Test
  void valuesArrive() throws Exception {
    String[][] cases = {
      {"TRUE", "bool:True"},
      {"CAST(-7 AS TINYINT)", "int:-7"},
      {"CAST(-7 AS SMALLINT)", "int:-7"},
      {"-7", "int:-7"},
      {"CAST(9223372036854775807 AS BIGINT)", "int:9223372036854775807"},
      {"CAST(0.5 AS FLOAT)", "float:0.5"},
      {"CAST(0.1 AS DOUBLE)", "float:0.1"},
      {"CAST(1.50 AS DECIMAL(10, 2))", "Decimal:1.50"},
      {"'日本'", "str:日本"},
      {"CAST('ab' AS CHAR(4))", "str:ab  "},
      {"x'00ff'", "bytes:b'\\x00\\xff'"},
      {"DATE '2026-02-28'", "date:2026-02-28"},
      {"TIME '12:30:01'", "time:12:30:01"},
      {"TIMESTAMP '2026-02-28 12:30:01.000001'", "datetime:2026-02-28 12:30:01.000001"},
      {"TO_TIMESTAMP_LTZ(1500, 3)", "datetime:1970-01-01 00:00:01.500000+00:00"},
      {"INTERVAL '1 02:03:04' DAY TO SECOND", "timedelta:1 day, 2:03:04"},
      {"INTERVAL '1-02' YEAR TO MONTH", "int:14"},
      {"ARRAY[1, 2]", "list:[1, 2]"},
      {"MAP['a', 1]", "dict:{'a': 1}"},
      {"ROW(1, 'a')", "Row:Row(EXPR$0=1, EXPR$1='a')"},
      {"CAST(NULL AS INT)", "NoneType:None"},
    };
    assertEquals(column(cases, 1), all(cases, row -> "kind_of(" + row[0] + ")"));
  }

  @Test
  void valuesComeBack() throws Exception {
    Object[][] cases = {
      {"TRUE", "BOOLEAN", true},
      {"-7", "TINYINT", (byte) -7},
      {"-7", "SMALLINT", (short) -7},
      {"-7", "INT", -7},
      {"-7", "BIGINT", -7L},
      {"CAST(0.1 AS DOUBLE)", "FLOAT", 0.1f},
      {"7", "DOUBLE", 7.0},
      {"1.345", "DECIMAL(10, 2)", new BigDecimal("1.35")},
      {"'日本 \uD83D\uDE00 é'", "STRING", "日本 \uD83D\uDE00 é"},
      {"DATE '2026-02-28'", "DATE", LocalDate.of(2026, 2, 28)},
      {"TIME '12:30:01'", "TIME", LocalTime.of(12, 30, 1)},
      {
        "TIMESTAMP '2026-02-28 12:30:01.000001'",
        "TIMESTAMP(6)",
        LocalDateTime.of(2026, 2, 28, 12, 30, 1, 1000)
      },
      {"TO_TIMESTAMP_LTZ(1500, 3)", "TIMESTAMP_LTZ(3)", Instant.ofEpochMilli(1500)},
      {"MAP['a', 1]", "MAP<STRING, INT>", Map.of("a", 1)},
      {"ROW(1, 'a')", "ROW<a INT, b STRING>", Row.of(1, "a")},
      {"CAST(NULL AS INT)", "INT", null},
    };
    assertEquals(
        column(cases, 2),
        all(cases, row -> "naja_call('scalars.untyped -> " + row[1] + "', " + row[0] + ")"));
  }

  @Test
  void arraysAndBytesComeBack() throws Exception {
    List<Object> found =
        all(
            new Object[][] {{"ARRAY[1, 2]", "ARRAY<INT>"}, {"x'00ff'", "BYTES"}},
            row -> "naja_call('scalars.untyped -> " + row[1] + "', " + row[0] + ")");
    assertArrayEquals(new Integer[] {1, 2}, (Integer[]) found.get(0));
    assertArrayEquals(new byte[] {0, -1}, (byte[]) found.get(1));
  }

  /** All expressions in one query, since a job takes seconds. */
  private static <T> List<Object> all(T[] cases, Function<T, String> expression) throws Exception {
    String selected = Arrays.stream(cases).map(expression).collect(Collectors.joining(", "));
    Row row = rows(TABLES, "SELECT " + selected).get(0);
    return IntStream.range(0, cases.length).mapToObj(row::getField).collect(Collectors.toList());
  }

  private static <T> List<Object> column(T[][] cases, int index) {
    return Arrays.stream(cases).map(row -> row[index]).collect(Collectors.toList());
  }
}
