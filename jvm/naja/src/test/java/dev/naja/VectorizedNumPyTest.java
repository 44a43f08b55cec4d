package dev.naja;

import static dev.naja.VectorizedTest.ONE_BATCH;
import static dev.naja.VectorizedTest.batch;
import static dev.naja.VectorizedTest.failure;
import static dev.naja.VectorizedTest.function;
import static dev.naja.VectorizedTest.results;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.naja.BatchConfig.Form;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Python functions that take the batches of a {@link MicroBatcher} as arrays and tables. */
@Timeout(60)
class VectorizedNumPyTest {
  private static final BatchConfig ARRAYS = ONE_BATCH.withForm(Form.ARRAYS);

  /** What describes each argument and answers it to each row. */
  private static final String SHOWN =
      "return [' '.join(f'{a.dtype}{a.shape}' for a in x)] * len(x[0])";

  private record Payment(double amount, long millis, String merchant) {}

  @Test
  void numbersAreColumnsOfTheirType() {
    TestPython.assumePackages("numpy");
    PyObject shown = function("*x", SHOWN);
    assertEquals("float64(2,)", results(shown, String.class, ARRAYS, 1.0, 2.0).get(0));
    assertEquals("float32(1,)", results(shown, String.class, ARRAYS, 1f).get(0));
    assertEquals("int64(1,)", results(shown, String.class, ARRAYS, 1L).get(0));
    assertEquals("int32(1,)", results(shown, String.class, ARRAYS, 1).get(0));
    assertEquals("int16(1,)", results(shown, String.class, ARRAYS, (short) 1).get(0));
    assertEquals("int8(1,)", results(shown, String.class, ARRAYS, (byte) 1).get(0));
    assertEquals("bool(1,)", results(shown, String.class, ARRAYS, true).get(0));
    assertEquals("object(2,)", results(shown, String.class, ARRAYS, "a", "b").get(0));
    assertEquals(
        "float64(1,) int64(1,) object(1,)",
        results(shown, String.class, ARRAYS, new Payment(1, 2, "m")).get(0));
  }

  @Test
  void arraysOfOneLengthAreOneArrayOfTwoDimensions() {
    TestPython.assumePackages("numpy");
    PyObject shown = function("*x", SHOWN);
    assertEquals(
        "float64(2, 3)", results(shown, String.class, ARRAYS, new double[3], new double[3]).get(1));
    assertEquals("float32(1, 2)", results(shown, String.class, ARRAYS, new float[2]).get(0));
    assertEquals("int64(1, 2)", results(shown, String.class, ARRAYS, new long[2]).get(0));
    assertEquals("int32(1, 2)", results(shown, String.class, ARRAYS, new int[2]).get(0));
    assertEquals("int16(1, 2)", results(shown, String.class, ARRAYS, new short[2]).get(0));
    assertEquals("bool(1, 2)", results(shown, String.class, ARRAYS, new boolean[2]).get(0));
    assertEquals(
        "float64(1, 2) object(1,)",
        results(shown, String.class, ARRAYS, PyTuple.of(new double[2], "id")).get(0));
    PyObject dot = function("x", "return x @ [1.0, 10.0]");
    assertEquals(
        List.of(21.0, 43.0),
        results(dot, Double.class, ARRAYS, new double[] {1, 2}, new double[] {3, 4}));
  }

  @Test
  void arraysOfOtherLengthsGoInCallsOfTheirOwn() {
    TestPython.assumePackages("numpy");
    PyObject f = function("x", "return x.sum(axis=1) + 100 * len(x)");
    assertEquals(
        List.of(201.0, 105.0, 202.0),
        results(f, Double.class, ARRAYS, new double[] {1}, new double[] {2, 3}, new double[] {2}));
  }

  @Test
  void nullIsNanAmongFloatsAndNoneElsewhere() {
    TestPython.assumePackages("numpy");
    PyObject f = function("x", "return [repr(x.tolist()) + x.dtype.kind] * len(x)");
    assertEquals("[1.5, nan]f", results(f, String.class, ARRAYS, 1.5, null).get(0));
    assertEquals("[None, 7]O", results(f, String.class, ARRAYS, null, 7L).get(0));
    assertEquals("['a', None]O", results(f, String.class, ARRAYS, "a", null).get(0));
    assertEquals("[None]O", results(f, String.class, ARRAYS, (Object) null).get(0));
  }

  @Test
  void objectsStayWhatTheyAre() {
    TestPython.assumePackages("numpy");
    PyObject f = function("x", "return [f'{x.dtype} {x.shape} {v!r}' for v in x]");
    assertEquals(
        List.of("object (2,) [1, 2]", "object (2,) [3, 4]"),
        results(f, String.class, ARRAYS, List.of(1, 2), List.of(3, 4)));
    assertEquals(
        List.of("object (1,) Decimal('1.50')"),
        results(f, String.class, ARRAYS, new BigDecimal("1.50")));
    assertEquals(
        List.of("object (1,) b'ab'"), results(f, String.class, ARRAYS, new byte[] {'a', 'b'}));
  }

  @Test
  void arraysComeBackByRow() {
    TestPython.assumePackages("numpy");
    PyObject f = function("x", "import numpy as np", "return np.stack([x, x * 2], axis=1)");
    List<double[]> pairs = results(f, double[].class, ARRAYS, 1.0, 2.0);
    assertArrayEquals(new double[] {1, 2}, pairs.get(0));
    assertArrayEquals(new double[] {2, 4}, pairs.get(1));
    List<NdArray> arrays = results(f, NdArray.class, ARRAYS, 1.0, 2.0);
    assertArrayEquals(new double[] {2, 4}, arrays.get(1).toDoubleArray());
    PyObject columns = function("x", "return x, x.astype(int)");
    assertEquals(PyTuple.of(1.5, 1L), results(columns, PyTuple.class, ARRAYS, 1.5).get(0));
    PyObject numbers = function("x", "return x.astype('float32')");
    assertEquals(List.of(1.5, 2.5), results(numbers, Double.class, ARRAYS, 1.5, 2.5));
    assertEquals("numpy.float32", results(numbers, PyObject.class, ARRAYS, 1.5).get(0).typeName());
    PyObject zero = function("x", "return x.sum()");
    assertTrue(
        failure(batch(zero, Double.class, ARRAYS, 1.5).get(0))
            .getMessage()
            .contains("an object of type 'float64' for a batch of 1 rows"));
  }

  @Test
  void seriesHaveTheNamesOfTheColumns() {
    TestPython.assumePackages("pandas");
    BatchConfig series = ONE_BATCH.withForm(Form.SERIES);
    PyObject shown =
        function("*x", "return [' '.join(f'{s.name}:{s.dtype}' for s in x)] * len(x[0])");
    assertEquals(
        "amount:float64 millis:int64 merchant:" + text(),
        results(shown, String.class, series, new Payment(1, 2, "m")).get(0));
    assertEquals("None:Int64", results(shown, String.class, series, 1L, null).get(0));
    assertEquals("None:boolean", results(shown, String.class, series, true, null).get(0));
    assertEquals(
        "a:float64 b:float64",
        results(shown, String.class, series.withColumns("a", "b"), new double[2]).get(0));
    PyObject upper = function("x", "return x.str.upper()");
    assertEquals(List.of("A", "B"), results(upper, String.class, series, "a", "b"));
    PyObject sum = function("amount, millis", "return amount + millis");
    assertEquals(
        List.of(3.5), results(sum, Double.class, series, Map.of("amount", 1.5, "millis", 2L)));
  }

  /** What pandas calls text: its own type from version 3 on. */
  private static String text() {
    return TestPython.namespace("import pandas")
        .evalAs(String.class, "str(pandas.Series(['a']).dtype)");
  }

  @Test
  void framesHaveNamedColumns() {
    TestPython.assumePackages("pandas");
    BatchConfig frames = ONE_BATCH.withForm(Form.FRAME);
    PyObject f = function("t", "return t.amount * 2");
    assertEquals(
        List.of(2.0, 4.0),
        results(f, Double.class, frames, new Payment(1, 1, "m"), new Payment(2, 1, "m")));
    assertEquals(
        List.of(6.0),
        results(f, Double.class, frames.withColumns("amount", "b"), new double[] {3, 4}));
    assertEquals(List.of(8.0), results(f, Double.class, frames.withColumns("amount"), 4.0));
    assertEquals(List.of(2.0), results(f, Double.class, frames, Map.of("amount", 1.0)));
    PyObject g =
        function("t", "return t.assign(amount=t.amount + 1)[['amount', 'merchant', 'millis']]");
    assertEquals(
        List.of(new Payment(2, 5, "m")), results(g, Payment.class, frames, new Payment(1, 5, "m")));
    assertEquals(
        "TypeError: f takes batches of the form 'frame', whose columns need names, but rows of 2"
            + " values came with no names: name them by @naja.vectorized(columns=[...]) or"
            + " BatchConfig.withColumns, or send records or maps",
        failure(batch(f, Double.class, frames, PyTuple.of(1, 2)).get(0)).getMessage());
  }

  @Test
  void recordBatchesAndDictsHaveNamedColumnsToo() {
    TestPython.assumePackages("pyarrow");
    PyObject f =
        function(
            "t",
            "import pyarrow.compute as pc",
            "assert type(t).__name__ == 'RecordBatch'",
            "return pc.multiply(t['amount'], 2)");
    assertEquals(
        List.of(2.0, 4.0),
        results(
            f,
            Double.class,
            ONE_BATCH.withForm(Form.ARROW),
            new Payment(1, 1, "m"),
            new Payment(2, 1, "m")));
    PyObject schema =
        function("t", "return [str(f.type) + str(t[f.name].null_count) for f in t.schema]");
    assertEquals(
        List.of("int641", "string0"),
        results(
            schema,
            String.class,
            ONE_BATCH.withForm(Form.ARROW).withColumns("a", "b"),
            PyTuple.of(1L, "x"),
            PyTuple.of(null, "y")));
    PyObject same = function("t", "return t");
    assertEquals(
        List.of(new Payment(1, 2, "m")),
        results(same, Payment.class, ONE_BATCH.withForm(Form.ARROW), new Payment(1, 2, "m")));
    PyObject g = function("t", "return t['amount'] + t['millis']");
    assertEquals(
        List.of(3.0),
        results(g, Double.class, ONE_BATCH.withForm(Form.DICT), new Payment(1, 2, "m")));
  }

  @Test
  void aPackageThatIsMissingIsNamedAtOnce() {
    PyObject f = function("x", "return x");
    PyObject modules = TestPython.eval("__import__('sys').modules");
    Object before = modules.contains("pyarrow") ? modules.item("pyarrow") : null;
    modules.setItem("pyarrow", null);
    try {
      PythonException missing =
          assertThrows(
              PythonException.class,
              () -> MicroBatcher.of(f, Double.class, ONE_BATCH.withForm(Form.ARROW)));
      assertEquals("ImportError", missing.pythonType());
      assertTrue(
          missing.getMessage().contains("for which Python needs the package pyarrow")
              && missing.getMessage().contains("-m pip install pyarrow"),
          missing.getMessage());
    } finally {
      if (before == null) {
        modules.delItem("pyarrow");
      } else {
        modules.setItem("pyarrow", before);
      }
    }
  }

  private static final List<Column> PAYMENT =
      List.of(Column.float64("amount"), Column.int64("millis"), Column.text("merchant"));

  /** The results of payments that were written into one table. */
  private static <R> List<CompletableFuture<R>> tables(
      PyObject function, Class<R> type, BatchConfig config, Payment... payments) {
    List<CompletableFuture<R>> futures = new ArrayList<>();
    try (MicroBatcher<Payment, R> batcher =
        MicroBatcher.of(
            function,
            PAYMENT,
            (payment, row) ->
                row.setDouble(0, payment.amount())
                    .setLong(1, payment.millis())
                    .setText(2, payment.merchant().toLowerCase(Locale.ROOT)),
            type,
            config)) {
      for (Payment payment : payments) {
        futures.add(batcher.submit(payment));
      }
    }
    return futures;
  }

  @Test
  void rowsMayBeWrittenIntoTablesOfEachForm() {
    TestPython.assumePackages("pandas");
    TestPython.assumePackages("pyarrow");
    Payment[] payments = {new Payment(1.5, 2, "M"), new Payment(2.5, 3, "N")};
    String zipped = "return [f'{x} {y} {z}' for x, y, z in zip(a, b, c)]";
    for (Form form : List.of(Form.ARRAYS, Form.SERIES, Form.LISTS)) {
      PyObject f = function("a, b, c", zipped);
      assertEquals(
          List.of("1.5 2 m", "2.5 3 n"),
          joined(tables(f, String.class, ONE_BATCH.withForm(form), payments)),
          form.toString());
    }
    for (Form form : List.of(Form.FRAME, Form.ARROW, Form.DICT)) {
      PyObject f =
          function("t", "a, b, c = (t[n] for n in ('amount', 'millis', 'merchant'))", zipped);
      assertEquals(
          List.of("1.5 2 m", "2.5 3 n"),
          joined(tables(f, String.class, ONE_BATCH.withForm(form), payments)),
          form.toString());
    }
    PyObject rows = function("rows", "return [repr(row) for row in rows]");
    assertEquals(
        List.of("(1.5, 2, 'm')", "(2.5, 3, 'n')"),
        joined(tables(rows, String.class, ONE_BATCH.withForm(Form.ROWS), payments)));
    PyObject type =
        function("t", "return [f'{type(t).__module__.split(chr(46))[0]} {len(t)}'] * len(t)");
    assertEquals(
        List.of("pandas 2", "pandas 2"),
        joined(tables(type, String.class, ONE_BATCH.withForm(Form.FRAME), payments)));
  }

  private static <R> List<R> joined(List<CompletableFuture<R>> futures) {
    return futures.stream().map(CompletableFuture::join).collect(Collectors.toList());
  }

  @Test
  void aRowThatCannotBeWrittenFailsAlone() {
    TestPython.assumePackages("numpy");
    PyObject f = function("a, b, c", "return a * 2");
    List<CompletableFuture<Double>> futures =
        tables(
            f,
            Double.class,
            ARRAYS,
            new Payment(1, 1, "m"),
            new Payment(2, 2, null),
            new Payment(3, 3, "m"));
    assertEquals(2.0, futures.get(0).join());
    assertInstanceOf(NullPointerException.class, failure(futures.get(1)));
    assertEquals(6.0, futures.get(2).join());
  }

  @Test
  void tablesAreUsedAgainByEachThread() throws Exception {
    TestPython.assumePackages("numpy");
    PyObject f = function("a, b, c", "return a + b");
    try (MicroBatcher<Payment, Double> batcher =
        MicroBatcher.of(
            f,
            PAYMENT,
            (payment, row) -> row.setDouble(0, payment.amount()).setLong(1, payment.millis()),
            Double.class,
            BatchConfig.of().withThreads(3).withSize(7).withForm(Form.ARRAYS))) {
      List<CompletableFuture<Double>> futures = new ArrayList<>();
      for (int i = 0; i < 2000; i++) {
        futures.add(batcher.submit(new Payment(i, i, "m" + i)));
      }
      for (int i = 0; i < 2000; i++) {
        assertEquals(2.0 * i, futures.get(i).get());
      }
    }
  }

  @Test
  void aBadRowFailsAloneWhereTheFunctionSaysWhich() {
    TestPython.assumePackages("numpy");
    PyObject f =
        function(
            "x",
            "import numpy as np",
            "bad = np.flatnonzero(x < 0)",
            "if len(bad): raise naja.RowError(bad, 'negative')",
            "return np.sqrt(x)");
    List<CompletableFuture<Double>> futures = batch(f, Double.class, ARRAYS, 4.0, -1.0, 9.0);
    assertEquals(2.0, futures.get(0).join());
    assertEquals("naja.RowError: row 1: negative", failure(futures.get(1)).getMessage());
    assertEquals(3.0, futures.get(2).join());
  }
}
