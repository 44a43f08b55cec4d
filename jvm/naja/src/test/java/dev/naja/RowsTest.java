package dev.naja;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How tables of Python's are read row by row. */
class RowsTest {
  private Namespace namespace;

  @BeforeEach
  void importModules() {
    namespace =
        TestPython.namespace(
            "from datetime import date, datetime, time, timedelta, timezone",
            "from decimal import Decimal");
  }

  private void need(String... packages) {
    for (String name : packages) {
      TestPython.assumePackages(name);
      namespace.exec("import " + name);
    }
  }

  private Rows rows(String expression) {
    return namespace.evalAs(Rows.class, expression);
  }

  private String refusal(String expression) {
    return assertThrows(PythonConversionException.class, () -> rows(expression)).getMessage();
  }

  private static List<Object> column(Rows rows, int column) {
    Object[] cells = new Object[rows.size()];
    for (int row = 0; row < cells.length; row++) {
      cells[row] = rows.get(row, column);
      assertEquals(cells[row] == null, rows.isNull(row, column));
    }
    return java.util.Arrays.asList(cells);
  }

  // Without any package.

  @Test
  void listOfDictsIsRead() {
    Rows rows = rows("[{'a': 1, 'b': 'x'}, {'b': None, 'a': 2.0, 'c': [1]}]");
    assertEquals(List.of("a", "b", "c"), rows.columnNames());
    assertEquals(2, rows.size());
    assertEquals(1, rows.getLong(0, 0));
    assertEquals(2, rows.getInt(1, 0));
    assertEquals(1.0, rows.getDouble(0, 0));
    assertEquals("x", rows.getText(0, 1));
    assertNull(rows.getText(1, 1));
    assertTrue(rows.isNull(0, 2));
    assertEquals(List.of(1L), rows.get(1, 2));
    assertEquals(2, rows.column("c"));
    assertEquals("Rows(2 rows, [a, b, c])", rows.toString());
    assertEquals(0, rows("[]").size());
    assertEquals(List.of(), rows("{}").columnNames());
  }

  @Test
  void dictOfListsIsReadByEachGetter() {
    Rows rows =
        rows(
            "dict(flag=[True], text=['日本'], data=[b'ab'], money=[Decimal('1.50')],"
                + " day=[date(2026, 2, 28)], at=[time(1, 2)], stamp=[datetime(2026, 1, 1)],"
                + " instant=[datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=1)))],"
                + " length=[timedelta(1)], whole=range(7, 8), point=[{'x': 1}])");
    assertTrue(rows.getBoolean(0, 0));
    assertEquals("日本", rows.getText(0, 1));
    assertArrayEquals(new byte[] {'a', 'b'}, rows.getBytes(0, 2));
    assertEquals(new BigDecimal("1.50"), rows.getDecimal(0, 3));
    assertEquals(1.5, rows.getDouble(0, 3));
    assertEquals(LocalDate.of(2026, 2, 28), rows.getDate(0, 4));
    assertEquals(LocalTime.of(1, 2), rows.getTime(0, 5));
    assertEquals(LocalDateTime.of(2026, 1, 1, 0, 0), rows.getTimestamp(0, 6));
    assertEquals(Instant.parse("2025-12-31T23:00:00Z"), rows.getInstant(0, 7));
    assertEquals(Duration.ofDays(1), rows.getDuration(0, 8));
    assertEquals(BigDecimal.valueOf(7), rows.getDecimal(0, 9));
    assertEquals((short) 7, rows.get(0, 9, short.class));
    assertEquals(Map.of("x", 1L), rows.get(0, 10, Map.class));
  }

  @Test
  void cellsOfAnotherTypeAreRefusedByRowAndColumn() {
    Rows rows = rows("{'a': [1, None, 'x'], 'b': [2**40, 1.5, [1]]}");
    assertEquals(
        "row 1, column \"a\": cannot convert None (Python NoneType) to long: a primitive cannot be"
            + " null; take its wrapper class or an Optional",
        assertThrows(PythonConversionException.class, () -> rows.getLong(1, 0)).getMessage());
    assertEquals(
        "row 2, column \"a\": cannot convert 'x' (Python str) to double: it is no number",
        assertThrows(PythonConversionException.class, () -> rows.getDouble(2, 0)).getMessage());
    assertTrue(
        assertThrows(PythonConversionException.class, () -> rows.getInt(0, 1))
            .getMessage()
            .startsWith("row 0, column \"b\": cannot convert 1099511627776 (Python int) to int:"));
    assertTrue(
        assertThrows(PythonConversionException.class, () -> rows.getLong(1, 1))
            .getMessage()
            .contains("it has a fraction"));
    assertEquals(
        "row 2, column \"b\": cannot convert a value that became a ArrayList to java.lang.String:"
            + " take it as an Object",
        assertThrows(PythonConversionException.class, () -> rows.getText(2, 1)).getMessage());
    assertNull(rows.get(1, 0, Long.class));
    assertEquals(
        "There is no cell in row 3 and column 0: the table has 3 rows and 2 columns.",
        assertThrows(IndexOutOfBoundsException.class, () -> rows.get(3, 0)).getMessage());
    assertEquals(
        "The table has no column \"c\", only [a, b].",
        assertThrows(IllegalArgumentException.class, () -> rows.column("c")).getMessage());
  }

  @Test
  void whatIsNoTableIsRefused() {
    assertTrue(
        refusal("7")
            .endsWith(
                "(Python int) to dev.naja.Rows: only a DataFrame, a pyarrow table or batch, what"
                    + " has __arrow_c_stream__, a dict of columns and a list of dicts can"));
    assertTrue(refusal("[{}, 7]").endsWith("row 1 is no dict but int"));
    assertTrue(
        refusal("{'a': [1, 2], 'b': [1]}")
            .endsWith("its columns differ in length: 'a' has 2, 'b' has 1"));
    assertTrue(
        refusal("{'a': 'text'}")
            .endsWith("its column 'a' is no column but str: take an array or list"));
    assertTrue(
        refusal("{1: [], '1': []}").endsWith("two of its columns have the same name: ['1', '1']"));
    assertNull(rows("None"));
  }

  @Test
  void rowsPassPythonAsTheSameObject() {
    Rows rows = rows("[{'a': 1}]");
    namespace.set("r", rows);
    assertSame(rows, namespace.get("r", Rows.class));
  }

  interface Model {
    Rows score(Rows rows);
  }

  @Test
  void rowsAreWhatABoundInterfaceReturns() {
    PyObject model =
        namespace.evalAs(
            PyObject.class,
            "type('Model', (), {'score': lambda self, rows: [{'n': rows.size()}]})()");
    assertEquals(3, model.bind(Model.class).score(rows("{'a': [1, 2, 3]}")).getLong(0, 0));
  }

  // NumPy.

  @Test
  void arraysAreRead() {
    need("numpy");
    Rows rows =
        rows(
            "{'i': numpy.array([1, -2], '>i2'), 'u': numpy.array([2**64 - 1, 7], 'u8'),"
                + " 'f': numpy.array([.5, numpy.nan], 'f2'), 'b': numpy.array([True, False]),"
                + " 'm': numpy.ma.array([1, 2], mask=[True, False]),"
                + " 's': numpy.array(['a', 'bc']), 'o': numpy.array(['a', None], object),"
                + " 'd': numpy.array(['2026-02-28', 'NaT'], 'M8[D]'),"
                + " 't': numpy.array(['1969-12-31T23:59:59.999999999', 'NaT'], 'M8[ns]'),"
                + " 'h': numpy.array(['2026-01-01T05', 'NaT'], 'M8[h]'),"
                + " 'l': numpy.array([-1, 1500], 'm8[ms]'), 'k': numpy.arange(4)[::2]}");
    assertEquals(List.of(1L, -2L), column(rows, 0));
    assertEquals(-2, rows.getInt(1, 0));
    assertEquals(new java.math.BigInteger("18446744073709551615"), rows.get(0, 1));
    assertEquals(7, rows.getLong(1, 1));
    assertThrows(PythonConversionException.class, () -> rows.getLong(0, 1));
    assertEquals(List.of(.5, Double.NaN), column(rows, 2));
    assertFalse(rows.getBoolean(1, 3));
    assertTrue(rows.isNull(0, 4));
    assertEquals(2, rows.getLong(1, 4));
    assertThrows(PythonConversionException.class, () -> rows.getLong(0, 4));
    assertEquals(List.of("a", "bc"), column(rows, 5));
    assertNull(rows.getText(1, 6));
    assertEquals(LocalDate.of(2026, 2, 28), rows.getDate(0, 7));
    assertNull(rows.getDate(1, 7));
    assertEquals(LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_999), rows.getTimestamp(0, 8));
    assertNull(rows.getTimestamp(1, 8));
    assertEquals(LocalDateTime.of(2026, 1, 1, 5, 0), rows.getTimestamp(0, 9));
    assertEquals(List.of(Duration.ofMillis(-1), Duration.ofMillis(1500)), column(rows, 10));
    assertEquals(List.of(0L, 2L), column(rows, 11));
    assertThrows(PythonConversionException.class, () -> rows.getLong(0, 8));
    assertTrue(
        refusal("{'a': numpy.zeros((2, 2))}")
            .endsWith("its column 'a' has 2 dimensions instead of one"));
    assertEquals(5, rows("numpy.array([(5, 'x')], [('n', 'i4'), ('s', 'U1')])").getInt(0, 0));
  }

  @Test
  void cellsAreCopies() {
    need("numpy");
    namespace.exec("a = numpy.arange(3)");
    Rows rows = rows("{'a': a}");
    namespace.exec("a[:] = 0");
    assertEquals(List.of(0L, 1L, 2L), column(rows, 0));
  }

  // pandas.

  @Test
  void frameIsRead() {
    need("numpy", "pandas");
    namespace.exec(
        String.join(
            "\n",
            "pd = pandas",
            "t = pd.DataFrame({'i': [1, 2, 3], 'n': pd.array([1, None, 3], 'Int32'),",
            "  'b': pd.array([True, None, False], 'boolean'), 'f': [.5, numpy.nan, -0.0],",
            "  's': ['a', None, '日本'], 'o': numpy.array([b'x', None, 7], object),",
            "  'c': pd.Categorical(['x', None, 'y']), 'k': pd.Categorical([7, 8, 7]),",
            "  't': numpy.array(['2026-01-01T00:00:00.000000001', 'NaT', '1969'], 'M8[ns]'),",
            "  'z': pd.to_datetime(['2026-07-01', None, '2026-01-01']).tz_localize('Europe/Berlin'),",
            "  'u': pd.to_datetime(['2026-07-01', None, '2026-01-01']).tz_localize('UTC'),",
            "  'd': pd.to_timedelta([1, None, 3], 'ms'),",
            "  'x': pd.array([1.5, None, 2], 'Float64')}, index=[5, 6, 7])"));
    Rows rows = rows("t");
    assertEquals(List.of(1L, 2L, 3L), column(rows, 0));
    assertEquals(java.util.Arrays.asList(1L, null, 3L), column(rows, 1));
    assertEquals(java.util.Arrays.asList(true, null, false), column(rows, 2));
    assertEquals(List.of(.5, Double.NaN, -0.0), column(rows, 3));
    assertEquals(java.util.Arrays.asList("a", null, "日本"), column(rows, 4));
    assertNull(rows.get(1, 5));
    assertEquals(7L, rows.get(2, 5));
    assertEquals(java.util.Arrays.asList("x", null, "y"), column(rows, 6));
    assertEquals(List.of(7L, 8L, 7L), column(rows, 7));
    assertEquals(LocalDateTime.of(2026, 1, 1, 0, 0, 0, 1), rows.getTimestamp(0, 8));
    assertNull(rows.getTimestamp(1, 8));
    assertEquals(Instant.parse("2026-06-30T22:00:00Z"), rows.getInstant(0, 9));
    assertEquals(
        java.util.Arrays.asList(
            ZonedDateTime.parse("2026-07-01T00:00+02:00[Europe/Berlin]"),
            null,
            ZonedDateTime.parse("2026-01-01T00:00+01:00[Europe/Berlin]")),
        column(rows, 9));
    assertEquals(OffsetDateTime.parse("2026-07-01T00:00Z"), rows.get(0, 10));
    assertEquals(Duration.ofMillis(3), rows.getDuration(2, 11));
    assertEquals(java.util.Arrays.asList(1.5, null, 2.0), column(rows, 12));
    assertEquals(1, rows("t['i'].to_frame()").columnNames().size());
    assertEquals(3, rows("{'a': t['n'], 'b': t.index}").getLong(2, 0));
    assertTrue(
        refusal("pd.DataFrame([[1, 2]], columns=['a', 'a'])")
            .endsWith("two of its columns have the same name: ['a', 'a']"));
  }

  // pyarrow.

  @Test
  void arrowTablesAreRead() {
    need("numpy", "pandas", "pyarrow");
    namespace.exec(
        String.join(
            "\n",
            "pa = pyarrow",
            "b = pa.record_batch({'i': pa.array([1, None, 2**62 + 1]), 'b': [True, None, False],",
            "  's': ['a', None, '日本'], 'd': pa.array([Decimal('1.50'), None, Decimal('-12345678901234567890.25')]),",
            "  'n': pa.array([1, None, -1], pa.timestamp('ns')),",
            "  'z': pa.array([0, None, 1], pa.timestamp('s', 'Europe/Berlin')),",
            "  'l': pa.array([[1], None, []]), 'k': pa.array(['x', None, 'x']).dictionary_encode(),",
            "  'f': pa.array([.5, None, float('nan')], pa.float32()),",
            "  'y': pa.array([0, None, 1], pa.date32()), 'u': pa.array([5, None, 6], pa.duration('us'))})"));
    for (String table :
        new String[] {
          "b",
          "pa.table(b)",
          "pa.concat_tables([pa.table(b)[:1], pa.table(b)[1:]])",
          "pa.RecordBatchReader.from_batches(b.schema, [b])",
          "pa.record_batch([c for c in pa.concat_batches([b, b])[3:].columns], b.schema.names)",
          "type('Frame', (), {'__arrow_c_stream__':"
              + " lambda self, schema=None: pa.table(b).__arrow_c_stream__()})()",
        }) {
      Rows rows = rows(table);
      assertEquals(java.util.Arrays.asList(1L, null, (1L << 62) + 1), column(rows, 0), table);
      assertEquals(java.util.Arrays.asList(true, null, false), column(rows, 1));
      assertEquals(java.util.Arrays.asList("a", null, "日本"), column(rows, 2));
      assertEquals(new BigDecimal("1.50"), rows.getDecimal(0, 3));
      assertNull(rows.getDecimal(1, 3));
      assertEquals(new BigDecimal("-12345678901234567890.25"), rows.getDecimal(2, 3));
      assertEquals(1.5, rows.getDouble(0, 3));
      assertEquals(LocalDateTime.of(1970, 1, 1, 0, 0, 0, 1), rows.getTimestamp(0, 4));
      assertEquals(ZonedDateTime.parse("1970-01-01T01:00+01:00[Europe/Berlin]"), rows.get(0, 5));
      assertEquals(java.util.Arrays.asList(List.of(1L), null, List.of()), column(rows, 6));
      assertEquals(java.util.Arrays.asList("x", null, "x"), column(rows, 7));
      assertEquals(java.util.Arrays.asList(.5, null, Double.NaN), column(rows, 8));
      assertEquals(LocalDate.of(1970, 1, 2), rows.getDate(2, 9));
      assertEquals(Duration.of(5, ChronoUnit.MICROS), rows.getDuration(0, 10));
    }
    assertEquals(0, rows("b[:0]").size());
  }

  @Test
  void batchComesBackEqual() {
    need("numpy", "pandas", "pyarrow");
    PyObject same = namespace.evalAs(PyObject.class, "lambda table: table");
    for (TableForm form : TableForm.values()) {
      RowBatch batch =
          RowBatch.of(
              form,
              Column.int32("i"),
              Column.text("s"),
              Column.decimal("d", 10, 2),
              Column.timestamp("t"));
      for (int row = 0; row < 2500; row++) {
        batch.setLong(0, row);
        if (row % 2 == 0) {
          batch.setText(1, "text " + row).setUnscaled(2, row).setLong(3, row);
        }
        batch.endRow();
      }
      Rows rows = same.callAs(Rows.class, batch);
      assertEquals(2500, rows.size());
      for (int row = 0; row < 2500; row++) {
        assertEquals(row, rows.getInt(row, 0));
        boolean set = row % 2 == 0;
        assertEquals(set ? "text " + row : null, rows.getText(row, 1));
        assertEquals(set ? BigDecimal.valueOf(row, 2) : null, rows.getDecimal(row, 2));
        assertEquals(
            set ? LocalDateTime.of(1970, 1, 1, 0, 0, 0, 1000 * row) : null,
            rows.getTimestamp(row, 3));
      }
    }
  }
}
