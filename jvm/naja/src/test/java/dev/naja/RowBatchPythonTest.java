package dev.naja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a {@link RowBatch} becomes in Python, in each of its forms. {@code tests/test_matrix.py}
 * runs it with NumPy, pandas and pyarrow and takes no excuse.
 */
class RowBatchPythonTest {
  private static final Column[] COLUMNS = {
    Column.bool("bool"),
    Column.int8("i1"),
    Column.int16("i2"),
    Column.int32("i4"),
    Column.int64("i8"),
    Column.float32("f4"),
    Column.float64("f8"),
    Column.text("text"),
    Column.binary("binary"),
    Column.decimal("decimal", 30, 3),
    Column.date("date"),
    Column.time("time"),
    Column.timestamp("timestamp"),
    Column.instant("instant", ChronoUnit.NANOS),
    Column.duration("duration", ChronoUnit.MILLIS),
  };

  private Namespace namespace;

  @BeforeEach
  void importPackages() {
    namespace = TestPython.namespace("import sys");
    TestPython.assumePackages("numpy", "pandas", "pyarrow");
    namespace.exec(
        String.join(
            "\n",
            "import numpy as np, pandas as pd, pyarrow as pa",
            "from datetime import date, datetime, time, timedelta, timezone",
            "from decimal import Decimal"));
  }

  private static RowBatch filled(TableForm form) {
    return RowBatch.of(form, COLUMNS)
        .addRow(
            true,
            (byte) -128,
            (short) 32767,
            -2147483648,
            Long.MAX_VALUE,
            0.1f,
            0.1,
            "日本 \uD83D\uDE00",
            new byte[] {0, -1},
            new BigDecimal("-123456789012345678901234567.125"),
            LocalDate.of(1, 1, 1),
            LocalTime.of(23, 59, 59, 999_999_000),
            LocalDateTime.of(9999, 12, 31, 23, 59, 59, 1000),
            Instant.ofEpochSecond(-1, 999_999_999),
            Duration.ofMillis(-1))
        .endRow()
        .addRow(
            false,
            1,
            2,
            3,
            4,
            5.0f,
            -0.0,
            "",
            new byte[0],
            new BigDecimal("1.5"),
            LocalDate.of(2026, 2, 28),
            LocalTime.MIDNIGHT,
            LocalDateTime.of(1969, 12, 31, 23, 59, 59),
            Instant.EPOCH,
            Duration.ofDays(1));
  }

  private static RowBatch whole(TableForm form) {
    return RowBatch.of(form, COLUMNS)
        .addRow(
            true,
            1,
            2,
            3,
            4,
            5.0f,
            6.0,
            "a",
            new byte[] {'b'},
            BigDecimal.ONE,
            LocalDate.EPOCH,
            LocalTime.NOON,
            LocalDateTime.of(2026, 1, 1, 0, 0),
            Instant.EPOCH,
            Duration.ZERO);
  }

  private Object eval(String expression) {
    return namespace.eval(expression);
  }

  private void holds(String condition) {
    assertTrue(namespace.evalAs(boolean.class, condition), condition);
  }

  @Test
  void arrowBatchHasEveryTypeAndNulls() {
    namespace.set("t", filled(TableForm.ARROW));
    assertEquals("pyarrow.lib.RecordBatch", namespace.get("t", PyObject.class).typeName());
    namespace.exec("t.validate(full=True)");
    assertEquals(
        "bool int8 int16 int32 int64 float float64 string binary decimal128(30, 3) date32[day]"
            + " time64[us] timestamp[us] timestamp[ns, tz=UTC] duration[ms]",
        eval("' '.join(str(kind) for kind in t.schema.types).replace('double', 'float64')"));
    holds("t.num_rows == 3 and all(t.column(i).null_count == 1 for i in range(15))");
    holds("all(t.column(i)[1].as_py() is None for i in range(15))");
    holds("t['bool'].to_pylist() == [True, None, False]");
    holds("t['i1'].to_pylist() == [-128, None, 1] and t['i2'].to_pylist() == [32767, None, 2]");
    holds("t['i4'].to_pylist() == [-2**31, None, 3]");
    holds("t['i8'].to_pylist() == [2**63 - 1, None, 4]");
    holds("t['f4'].to_pylist() == [0.10000000149011612, None, 5]");
    holds("repr(t['f8'].to_pylist()) == '[0.1, None, -0.0]'");
    holds("t['text'].to_pylist() == ['日本 \\U0001F600', None, '']");
    holds("t['binary'].to_pylist() == [b'\\0\\xff', None, b'']");
    holds(
        "t['decimal'].to_pylist() == [Decimal('-123456789012345678901234567.125'), None,"
            + " Decimal('1.500')]");
    holds("t['date'].to_pylist() == [date(1, 1, 1), None, date(2026, 2, 28)]");
    holds("t['time'].to_pylist() == [time(23, 59, 59, 999999), None, time(0)]");
    holds("t['timestamp'][0].as_py() == datetime(9999, 12, 31, 23, 59, 59, 1)");
    holds("t['timestamp'][2].as_py() == datetime(1969, 12, 31, 23, 59, 59)");
    holds("t['instant'].cast('int64').to_pylist() == [-1, None, 0]");
    holds("t['duration'].to_pylist() == [timedelta(milliseconds=-1), None, timedelta(1)]");
  }

  @Test
  void arrowBatchWithoutNullsHasNoNullBits() {
    namespace.set("t", whole(TableForm.ARROW));
    namespace.exec("t.validate(full=True)");
    holds("all(t.column(i).buffers()[0] is None for i in range(15))");
    holds("t['text'].to_pylist() == ['a'] and t['decimal'].to_pylist() == [Decimal(1)]");
  }

  private void assertFrame() {
    assertEquals("pandas.DataFrame", eval("'pandas.' + type(t).__name__"));
    holds("t.isna().iloc[1].all() and not t.isna().iloc[[0, 2]].any().any()");
    holds("t['bool'].tolist() == [True, pd.NA, False] and str(t['bool'].dtype) == 'boolean'");
    holds("t['i1'].tolist() == [-128, pd.NA, 1] and str(t['i1'].dtype) == 'Int8'");
    holds("t['i8'].tolist() == [2**63 - 1, pd.NA, 4] and str(t['i8'].dtype) == 'Int64'");
    holds("str(t['f4'].dtype) == 'float32' and str(t['f8'].dtype) == 'float64'");
    holds("repr(t['f8'].tolist()) == '[0.1, nan, -0.0]'");
    holds("t['text'][0] == '日本 \\U0001F600' and t['text'][2] == ''");
    holds(
        "str(t['text'].dtype) == str(pd.DataFrame({'a': pa.array(['b']).to_pandas()})['a'].dtype)");
    holds("t['binary'].tolist() == [b'\\0\\xff', None, b'']");
    holds("t['decimal'][0] == Decimal('-123456789012345678901234567.125')");
    holds("str(t['decimal'][2]) == '1.500'");
    holds("t['date'].tolist() == [date(1, 1, 1), None, date(2026, 2, 28)]");
    holds("t['time'].tolist() == [time(23, 59, 59, 999999), None, time(0)]");
    holds("str(t['timestamp'].dtype) == 'datetime64[us]'");
    holds("t['timestamp'].to_numpy()[0] == np.datetime64('9999-12-31T23:59:59.000001')");
    holds("str(t['instant'].dtype) == 'datetime64[ns, UTC]' and t['instant'][0].value == -1");
    holds("str(t['duration'].dtype) == 'timedelta64[ms]' and t['duration'][2].days == 1");
    holds("list(t.columns) == " + namesInPython());
  }

  private static String namesInPython() {
    StringBuilder names = new StringBuilder("[");
    for (Column column : COLUMNS) {
      names.append("'").append(column.name()).append("', ");
    }
    return names + "]";
  }

  private void assertWholeFrame() {
    assertEquals(
        "bool int8 int16 int32 int64 float32 float64",
        eval("' '.join(str(kind) for kind in t.dtypes[:7])"));
    holds("t['bool'][0] and t['i1'][0] == 1 and t['i8'][0] == 4 and t['f8'][0] == 6");
    holds("t['time'][0] == time(12) and t['instant'][0] == pd.Timestamp(0, tz='UTC')");
    namespace.exec("t.loc[0, 'f8'] = 7.0");
    holds("t['f8'][0] == 7");
  }

  @Test
  void frameHasEveryTypeAndNulls() {
    namespace.set("t", filled(TableForm.PANDAS));
    assertFrame();
    namespace.set("t", whole(TableForm.PANDAS));
    assertWholeFrame();
  }

  @Test
  void frameIsTheSameWithoutPyarrow() {
    RowBatch filled = filled(TableForm.PANDAS);
    RowBatch whole = whole(TableForm.PANDAS);
    namespace.exec("arrow = sys.modules['pyarrow']; sys.modules['pyarrow'] = None");
    try {
      namespace.set("t", filled);
      namespace.set("w", whole);
    } finally {
      namespace.exec("sys.modules['pyarrow'] = arrow");
    }
    assertFrame();
    namespace.exec("t = w");
    assertWholeFrame();
  }

  @Test
  void seriesAreThoseOfTheFrame() {
    List<Column> numbers =
        List.of(
            Column.bool("flag"),
            Column.int64("n"),
            Column.float64("x"),
            Column.timestamp("at", ChronoUnit.NANOS),
            Column.instant("since"),
            Column.duration("took"));
    assertSeries(numbers);
    List<Column> mixed = new ArrayList<>(numbers);
    mixed.addAll(List.of(Column.text("s"), Column.date("day")));
    assertSeries(mixed);
  }

  private void assertSeries(List<Column> columns) {
    for (int nulls : new int[] {0, 1}) {
      for (TableForm form : new TableForm[] {TableForm.PANDAS, TableForm.SERIES}) {
        RowBatch batch = RowBatch.of(form, columns);
        for (int row = 0; row < 3; row++) {
          batch.setBoolean(0, true).setLong(1, row).setDouble(2, .5);
          batch.setLong(3, 7).setLong(4, row).setLong(5, -1);
          if (columns.size() > 6) {
            batch.setText(6, "a" + row).setLong(7, row);
          }
          if (row < nulls) {
            batch.cancelRow();
          }
          batch.endRow();
        }
        namespace.set(form.name(), batch);
      }
      holds("type(SERIES) is dict and list(SERIES) == list(PANDAS)");
      namespace.exec("import pandas; equal = pandas.testing.assert_series_equal");
      namespace.exec("[equal(each, PANDAS[name]) for name, each in SERIES.items()]");
      holds("SERIES['n'].tolist()[1:] == [1, 2] and SERIES['x'].name == 'x'");
      holds("(SERIES['n'].dtype == 'int64') is " + (nulls == 0 ? "True" : "False"));
    }
  }

  @Test
  void arraysHaveEveryTypeAndNulls() {
    namespace.set("t", filled(TableForm.NUMPY));
    holds("list(t) == " + namesInPython());
    holds("type(t['i8']) is np.ma.MaskedArray and t['i8'].tolist() == [2**63 - 1, None, 4]");
    holds("t['bool'].tolist() == [True, None, False] and t['bool'].dtype == bool");
    holds("t['f4'].dtype == 'f4' and repr(t['f8'].tolist()) == '[0.1, nan, -0.0]'");
    holds("t['text'].tolist() == ['日本 \\U0001F600', None, ''] and t['text'].dtype == object");
    holds("t['binary'].tolist() == [b'\\0\\xff', None, b'']");
    holds("t['decimal'].tolist()[1:] == [None, Decimal('1.5')]");
    holds("t['date'].dtype == 'M8[D]' and t['date'].tolist()[:2] == [date(1, 1, 1), None]");
    holds("t['time'].tolist() == [time(23, 59, 59, 999999), None, time(0)]");
    holds("t['timestamp'].dtype == 'M8[us]' and np.isnat(t['timestamp'][1])");
    holds("t['instant'].dtype == 'M8[ns]' and t['instant'].view('i8')[0] == -1");
    holds("t['duration'].dtype == 'm8[ms]' and t['duration'].tolist()[2] == timedelta(1)");
    namespace.set("t", whole(TableForm.NUMPY));
    holds("all(type(each) is np.ndarray for each in t.values())");
    namespace.exec("t['f8'][0] = 7");
  }

  @Test
  void emptyBatchesHaveTheirColumns() {
    namespace.set("a", RowBatch.of(TableForm.ARROW, COLUMNS));
    namespace.set("p", RowBatch.of(TableForm.PANDAS, COLUMNS));
    namespace.set("n", RowBatch.of(TableForm.NUMPY, COLUMNS));
    namespace.exec("a.validate(full=True)");
    holds("a.num_rows == 0 and a.num_columns == 15 and p.shape == (0, 15)");
    holds("all(len(each) == 0 for each in n.values()) and n['i4'].dtype == 'i4'");
    namespace.set("none", RowBatch.of(TableForm.PANDAS).addRow().addRow());
    holds("none.shape[1] == 0");
  }

  @Test
  void batchIsReusedWithoutAChangeToWhatPythonKeeps() {
    RowBatch batch = RowBatch.of(TableForm.ARROW, Column.int64("n"), Column.text("s"));
    namespace.exec("kept = []");
    PyObject append = namespace.get("kept", PyObject.class).attr("append");
    for (int round = 0; round < 5; round++) {
      for (int row = 0; row < 3000 * round; row++) {
        batch.setLong(0, row + round);
        if (row % 3 != 0) {
          batch.setText(1, "text " + round + " " + row);
        }
        batch.endRow();
      }
      append.call(batch);
      assertEquals(3000 * round, batch.size());
      batch.clear();
      assertEquals(0, batch.size());
    }
    for (int round = 0; round < 5; round++) {
      namespace.set("k", round);
      namespace.exec("kept[k].validate(full=True)");
      holds("kept[k]['n'].to_pylist() == [row + k for row in range(3000 * k)]");
      holds(
          "kept[k]['s'].to_pylist() == [f'text {k} {row}' if row % 3 else None for row in"
              + " range(3000 * k)]");
    }
  }

  @Test
  void batchIsATableWhereverValuesCross() {
    RowBatch batch = whole(TableForm.PANDAS);
    namespace.set("t", java.util.List.of(batch, java.util.Map.of("b", batch)));
    holds("t[0].equals(t[1]['b']) and t[0] is not t[1]['b']");
  }

  interface Model {
    Rows score(RowBatch rows, double bias);
  }

  @Test
  void batchIsAnArgumentOfABoundInterface() {
    namespace.exec(
        String.join(
            "\n",
            "class Model:",
            "    def score(self, rows, bias):",
            "        return pd.DataFrame({'id': rows['id'], 'score': rows['amount'] * 2 + bias})"));
    Model model = namespace.evalAs(PyObject.class, "Model()").bind(Model.class);
    RowBatch batch =
        RowBatch.of(TableForm.PANDAS, Column.text("id"), Column.float64("amount"))
            .addRow("a", 1.5)
            .addRow("b", null);
    Rows rows = model.score(batch, 0.25);
    assertEquals("b", rows.getText(1, 0));
    assertEquals(3.25, rows.getDouble(0, rows.column("score")));
    assertTrue(Double.isNaN(rows.getDouble(1, 1)));
  }

  /** A host that a model calls with tables. */
  public static final class Host {
    /** Takes any table. */
    public double sum(Rows rows) {
      double sum = 0;
      for (int row = 0; row < rows.size(); row++) {
        sum += rows.getDouble(row, 0);
      }
      return sum;
    }
  }

  @Test
  void javaMethodTakesATable() {
    namespace.set("host", new Host());
    assertEquals(3.0, eval("host.sum(pd.DataFrame({'a': [1, 2]}))"));
    assertEquals(5.0, eval("host.sum(pa.record_batch({'a': [2.0, 3.0]}))"));
  }

  @Test
  void missingPackageIsNamed() {
    namespace.exec("arrow = sys.modules['pyarrow']; sys.modules['pyarrow'] = None");
    try {
      PythonException e =
          assertThrows(PythonException.class, () -> namespace.set("t", whole(TableForm.ARROW)));
      assertEquals("ImportError", e.pythonType());
      assertTrue(e.getMessage().contains("-m pip install pyarrow"), e.getMessage());
    } finally {
      namespace.exec("sys.modules['pyarrow'] = arrow");
    }
  }
}
