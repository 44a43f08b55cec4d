package dev.naja;

import static dev.naja.SameValue.assertSameValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The scalars of NumPy and pandas: the rows that {@code docs/conversion.md} has of them, and
 * NumPy's own calendar as a witness.
 */
class NumPyScalarsTest {
  private static final Namespace NAMESPACE = TestPython.namespace(ConversionTable.code("python"));

  private static final DateTimeFormatter AS_NUMPY_WRITES =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR, 1, 10, SignStyle.NORMAL)
          .appendPattern("-MM-dd['T'HH[:mm[:ss]]]")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
          .parseDefaulting(ChronoField.SECOND_OF_MINUTE, 0)
          .toFormatter(Locale.ROOT);

  interface Model {
    double score(double x);

    long count(long x);

    boolean isGood(double x);
  }

  @BeforeEach
  void importThem() {
    require("numpy", "np");
  }

  private static void require(String module, String name) {
    TestPython.assumePackages(module);
    NAMESPACE.exec("import " + module + " as " + name);
  }

  @TestFactory
  Stream<DynamicTest> scalarIsInJava() {
    return rows("NumPy and pandas");
  }

  @TestFactory
  Stream<DynamicTest> tableIsInJava() {
    return rows("Tables and columns");
  }

  private static Stream<DynamicTest> rows(String heading) {
    List<List<String>> rows = ConversionTable.rows(heading);
    List<String> sources = new ArrayList<>();
    for (List<String> row : rows) {
      sources.add(ConversionTest.typeOf(row.get(1).isEmpty() ? "Object" : row.get(1)));
      sources.add(row.get(2).startsWith("refused: ") ? "null" : row.get(2));
    }
    List<Object> typesAndValues = JavaSource.evaluate(ConversionTable.code("java"), sources);
    return IntStream.range(0, rows.size())
        .mapToObj(
            row ->
                DynamicTest.dynamicTest(
                    rows.get(row).get(0) + " as " + rows.get(row).get(1),
                    () -> {
                      if (rows.get(row).get(0).contains("pd.")) {
                        require("pandas", "pd");
                      }
                      ConversionTest.assertGives(
                          NAMESPACE,
                          rows.get(row).get(0),
                          typesAndValues.get(2 * row),
                          rows.get(row).get(2),
                          typesAndValues.get(2 * row + 1));
                    }));
  }

  @Test
  void boundMethodsTakeThem() {
    NAMESPACE.exec(
        """
        class Model:
            def score(self, x): return np.float32(x)
            def count(self, x): return np.int64(x) + 1
            def isGood(self, x): return np.float64(x) > 0
        """);
    Model model = NAMESPACE.evalAs(PyObject.class, "Model()").bind(Model.class);
    assertEquals(0.5, model.score(0.5));
    assertEquals(8, model.count(7));
    assertTrue(model.isGood(1));
    NAMESPACE.exec("Model.score = lambda self, x: np.float64(x) * 2");
    NAMESPACE.exec("Model.count = lambda self, x: np.uint64(2**64 - 1)");
    Model other = NAMESPACE.evalAs(PyObject.class, "Model()").bind(Model.class);
    assertEquals(1.0, other.score(0.5));
    assertThrows(PythonConversionException.class, () -> other.count(1));
  }

  @Test
  void subclassOfAScalarIsItsValue() {
    NAMESPACE.exec("class Metres(np.float32): pass");
    assertEquals(1.5, NAMESPACE.eval("Metres(1.5)"));
    NAMESPACE.exec("class Days(np.float64): pass");
    assertEquals(2.5, NAMESPACE.eval("Days(2.5)"));
  }

  @Test
  void everyHalfIsTheSameNumber() {
    NAMESPACE.exec("halves = np.arange(2**16).astype('uint16').view('float16')");
    assertSameValue(
        NAMESPACE.eval("halves.astype('float64').tolist()"), NAMESPACE.eval("list(halves)"));
  }

  @Test
  void timesAreThoseOfNumPysCalendar() {
    PyObject make = NAMESPACE.evalAs(PyObject.class, "np.datetime64");
    Random random = new Random(1);
    for (String unit : List.of("D", "h", "m", "s", "ms", "us", "ns", "25s", "7us")) {
      int bits = unit.matches("[Dhms]|25s") ? 36 : 60;
      for (int i = 0; i < 200; i++) {
        long count = random.nextLong() % (1L << bits) >> random.nextInt(bits);
        try (PyObject time = make.callAs(PyObject.class, count, unit)) {
          TemporalAccessor expected = AS_NUMPY_WRITES.parse(time.str());
          assertEquals(
              unit.equals("D") ? LocalDate.from(expected) : LocalDateTime.from(expected),
              time.as(Object.class),
              count + " " + unit);
        }
      }
    }
  }

  @Test
  void durationsKeepEveryNanosecond() {
    Random random = new Random(2);
    PyObject make = NAMESPACE.evalAs(PyObject.class, "np.timedelta64");
    for (int i = 0; i < 1000; i++) {
      long count = random.nextLong() >> random.nextInt(63);
      assertEquals(Duration.ofNanos(count), make.callAs(Duration.class, count, "ns"));
      assertEquals(Duration.ofSeconds(count), make.callAs(Duration.class, count, "s"));
    }
  }

  @Test
  void javaMethodsTakeThemFromPython() {
    NAMESPACE.set("list", PyRef.of(new ArrayList<Object>()));
    NAMESPACE.exec("list.add(np.float32(0.5))");
    NAMESPACE.exec("list.add(np.datetime64(1, 'ns'))");
    NAMESPACE.exec("list.add(np.timedelta64(1, 'ns'))");
    NAMESPACE.exec("text = list.toString()");
    assertEquals("[0.5, 1970-01-01T00:00:00.000000001, PT0.000000001S]", NAMESPACE.get("text"));
  }

  @Test
  void unknownSubclassWithNanosecondsIsRefused() {
    NAMESPACE.exec("class Fine(datetime):\n  nanosecond = 5");
    String message =
        assertThrows(PythonConversionException.class, () -> NAMESPACE.eval("Fine(2026, 1, 1)"))
            .getMessage();
    assertTrue(message.contains("nobody knows what its attribute nanosecond is"), message);
  }
}
