package dev.naja.pemja;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pemja.core.PythonException;
import pemja.core.PythonInterpreter;
import pemja.core.object.PyIterator;
import pemja.core.object.PyObject;

/** What crosses by {@code set} and {@code get}, and as what. */
class VariablesTest {
  private static PythonInterpreter interpreter;

  @BeforeAll
  static void open() {
    interpreter = Interpreters.with("import datetime, decimal");
  }

  @AfterAll
  static void close() {
    interpreter.close();
  }

  /** A value, what Python sees of it, and what comes back as its class and by default. */
  record Row(Object value, String python, Class<?> type, Object byDefault) {
    @Override
    public String toString() {
      return value.getClass().getSimpleName() + " " + python;
    }
  }

  static List<Row> rows() {
    byte[] bytes = "中国".getBytes(StandardCharsets.UTF_8);
    Timestamp time = Timestamp.valueOf("2021-09-22 01:02:03.000004");
    BigDecimal decimal = new BigDecimal("1000000000000000000.0599999999999999989999");
    return List.of(
        new Row(true, "True", Boolean.class, true),
        new Row((byte) 127, "127", Byte.class, 127L),
        new Row((short) -32768, "-32768", Short.class, -32768L),
        new Row(Integer.MIN_VALUE, "-2147483648", Integer.class, -2147483648L),
        new Row(Long.MIN_VALUE, "-2**63", Long.class, Long.MIN_VALUE),
        new Row(1.5f, "1.5", Float.class, 1.5),
        new Row(Math.PI, "3.141592653589793", Double.class, Math.PI),
        new Row('中', "'中'", Character.class, "中"),
        new Row("中国\uD83D\uDE00", "'中国\\U0001F600'", String.class, "中国\uD83D\uDE00"),
        new Row(bytes, "'中国'.encode()", byte[].class, bytes),
        new Row(decimal, "decimal.Decimal('" + decimal + "')", BigDecimal.class, decimal),
        new Row(BigInteger.TEN.pow(30), "decimal.Decimal(10**30)", BigInteger.class, null),
        new Row(
            Date.valueOf("2021-09-22"),
            "datetime.date(2021, 9, 22)",
            Date.class,
            Date.valueOf("2021-09-22")),
        new Row(new Time(100_001), "datetime.time(0, 1, 40, 1000)", Time.class, new Time(100_001)),
        new Row(time, "datetime.datetime(2021, 9, 22, 1, 2, 3, 4)", Timestamp.class, time));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void crossesByValue(Row row) {
    interpreter.set("value", row.value());
    interpreter.exec("expected = " + row.python());
    interpreter.exec("same = type(value) is type(expected) and value == expected");
    assertEquals(true, interpreter.get("same"));
    same(row.value(), interpreter.get("value", row.type()));
    if (row.byDefault() != null) {
      same(row.byDefault(), interpreter.get("value"));
    }
  }

  private static void same(Object expected, Object found) {
    assertArrayEquals(new Object[] {expected}, new Object[] {found});
  }

  static Stream<org.junit.jupiter.params.provider.Arguments> arrays() {
    return Stream.<Object>of(
            new boolean[] {true, false},
            new short[] {-32768, 32767},
            new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE},
            new long[] {Long.MIN_VALUE, Long.MAX_VALUE},
            new float[] {Float.MIN_VALUE, Float.MAX_VALUE},
            new double[] {Double.MIN_VALUE, Double.MAX_VALUE, Double.NaN},
            new char[] {'a', '中'},
            new Object[] {"中国", 123L, null},
            new String[][] {{"p", "e"}, {"m"}, {}},
            new int[][] {{1, 2}, {3, 4}},
            new byte[][] {{1}, {}})
        .map(array -> org.junit.jupiter.params.provider.Arguments.of(array));
  }

  @ParameterizedTest
  @MethodSource("arrays")
  void arraysAreTuples(Object array) {
    interpreter.set("array", array);
    interpreter.exec("is_tuple = type(array) is tuple");
    assertEquals(true, interpreter.get("is_tuple"));
    same(array, interpreter.get("array", array.getClass()));
    assertInstanceOf(Object[].class, interpreter.get("array"));
  }

  @Test
  void collectionsAndObjectsAreTheSameObjects() {
    Map<String, Long> map = new HashMap<>(Map.of("pemja", 1L));
    Iterator<Long> iterator = List.of(1L).iterator();
    for (Object object :
        new Object[] {
          new ArrayList<>(List.of(1L, "pemja")),
          map,
          map.values(),
          iterator,
          new StringBuilder("x"),
          DayOfWeek.MONDAY
        }) {
      interpreter.set("object", object);
      assertSame(object, interpreter.get("object"));
    }
  }

  private static final class Prices extends HashMap<String, Object> {
    private static final long serialVersionUID = 1L;
  }

  private static final class Orders extends ArrayList<Object> {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void collectionsAreCopiesWhereThatIsAskedFor() {
    Prices prices = new Prices();
    Orders orders = new Orders();
    orders.add(prices);
    orders.add(new int[] {1, 2});
    prices.put("x", 1.5);
    // What a class becomes is decided when Python first gets one of its objects.
    System.setProperty("naja.pemja.collections", "copy");
    try {
      interpreter.set("orders", orders);
    } finally {
      System.clearProperty("naja.pemja.collections");
    }
    interpreter.exec(
        "same = type(orders) is list and orders == [{'x': 1.5}, (1, 2)]\n"
            + "copied = type(orders[0]) is dict\n"
            + "orders.append(1)");
    assertEquals(true, interpreter.get("same"));
    assertEquals(true, interpreter.get("copied"));
    assertEquals(2, orders.size());
  }

  @Test
  void pythonContainersAreCopies() {
    interpreter.exec("value = [1, 'a', (2.5, None), {'k': [True]}]");
    List<?> list = assertInstanceOf(ArrayList.class, interpreter.get("value"));
    assertEquals(List.of(1L, "a"), list.subList(0, 2));
    assertArrayEquals(new Object[] {2.5, null}, (Object[]) list.get(2));
    Map<?, ?> map = assertInstanceOf(HashMap.class, list.get(3));
    assertEquals(Map.of("k", List.of(true)), map);
  }

  @Test
  void generatorsAreIteratorsAndOtherObjectsReferences() throws Exception {
    interpreter.exec("value = (i if i < 3 else None for i in range(4))");
    try (PyIterator iterator = (PyIterator) interpreter.get("value")) {
      List<Object> all = new ArrayList<>();
      while (iterator.hasNext()) {
        all.add(iterator.next());
      }
      assertEquals(java.util.Arrays.asList(0L, 1L, 2L, null), all);
    }
    interpreter.exec("import enum, collections\nclass E(enum.Enum):\n  A = 1\nclass C: pass");
    for (String expression :
        List.of("{1}", "E.A", "C()", "range(2)", "collections.namedtuple('P', 'x')(1)")) {
      interpreter.exec("value = " + expression);
      PyObject object = assertInstanceOf(PyObject.class, interpreter.get("value"), expression);
      interpreter.set("back", object);
      interpreter.exec("same = back is value");
      assertEquals(true, interpreter.get("same"), expression);
    }
  }

  @Test
  void aMissingVariableIsNullAndSoIsNone() {
    assertNull(interpreter.get("no_such_variable"));
    interpreter.exec("nothing = None");
    assertNull(interpreter.get("nothing", Integer.class));
  }

  @Test
  void numbersBecomeTheClassThatIsAskedFor() {
    interpreter.exec("whole, broken, large = 7, 2.75, 300");
    assertEquals(7.0, interpreter.get("whole", Double.class));
    assertEquals(7, interpreter.get("whole", int.class));
    assertEquals(2, interpreter.get("broken", Integer.class));
    assertEquals(BigInteger.valueOf(7), interpreter.get("whole", BigInteger.class));
    assertMessage(
        "cannot convert 300, which is a java.lang.Long, to java.lang.Byte: get it as an Object, or"
            + " convert it in Python",
        () -> interpreter.get("large", Byte.class));
    assertMessage(
        "cannot convert 7, which is a java.lang.Long, to java.lang.String: get it as an Object, or"
            + " convert it in Python",
        () -> interpreter.get("whole", String.class));
  }

  @Test
  void whatHasNoPlaceInAnArrayIsRefused() {
    interpreter.exec("mixed = (1, None)\nlarge = 2**64");
    assertMessage(
        "cannot convert None to int, at index 1: a primitive cannot be null",
        () -> interpreter.get("mixed", int[].class));
    assertArrayEquals(new Long[] {1L, null}, interpreter.get("mixed", Long[].class));
    assertMessage(
        "cannot convert 18446744073709551616 (Python int) to java.lang.Long: out of range; make it a"
            + " decimal.Decimal, which becomes a java.math.BigDecimal, or a str",
        () -> interpreter.get("large"));
  }

  private static void assertMessage(
      String message, org.junit.jupiter.api.function.Executable executable) {
    assertEquals(message, assertThrows(PythonException.class, executable).getMessage());
  }
}
