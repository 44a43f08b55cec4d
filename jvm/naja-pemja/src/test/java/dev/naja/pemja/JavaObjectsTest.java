package dev.naja.pemja;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pemja.core.PythonException;
import pemja.core.PythonInterpreter;
import pemja.core.object.PyIterator;
import pemja.core.object.PyObject;

/** Java's objects in the hands of Python code that was written for PEMJA. */
class JavaObjectsTest {
  private final PythonInterpreter interpreter = Interpreters.with("from pemja import findClass");

  @AfterEach
  void close() {
    interpreter.close();
  }

  /** Overloads as the users of PEMJA have them. */
  public static final class Overloads<T> {
    public static final String NAME = "Overloads";
    public Object field = new Object[] {1L, "a"};

    public String truth(boolean value) {
      return "boolean";
    }

    public String truth(Boolean value) {
      return "Boolean";
    }

    public String truth(T value) {
      return "T";
    }

    public String boxedTruth(Boolean value) {
      return "Boolean";
    }

    public String boxedTruth(T value) {
      return "T";
    }

    public String whole(int value) {
      return "int";
    }

    public String whole(long value) {
      return "long";
    }

    public String whole(Integer value) {
      return "Integer";
    }

    public String whole(Long value) {
      return "Long";
    }

    public String whole(Number value) {
      return "Number";
    }

    public String whole(T value) {
      return "T";
    }

    public String small(int value) {
      return "int";
    }

    public String small(Integer value) {
      return "Integer";
    }

    public String small(Number value) {
      return "Number";
    }

    public String small(T value) {
      return "T";
    }

    public String number(Number value) {
      return "Number";
    }

    public String number(T value) {
      return "T";
    }

    public String text(String value) {
      return "String";
    }

    public String text(CharSequence value) {
      return "CharSequence";
    }

    public String text(T value) {
      return "T";
    }

    public String chars(CharSequence value) {
      return "CharSequence";
    }

    public String chars(T value) {
      return "T";
    }

    public String any(T value) {
      return value == null ? "null" : value.getClass().getSimpleName();
    }

    public String bytes(byte[] value) {
      return "byte[]" + value.length;
    }

    public String list(List<?> value) {
      return "List" + value;
    }

    public String collection(Collection<?> value) {
      return "Collection" + value;
    }

    public String map(Map<?, ?> value) {
      return "Map" + value;
    }

    public String strings(String[] value) {
      return Arrays.toString(value);
    }

    public String ints(int[] value) {
      return Arrays.toString(value);
    }

    public String objects(Object[] value) {
      return Arrays.deepToString(value);
    }

    public String join(String first, String... more) {
      return first + Arrays.toString(more);
    }

    public String time(Timestamp value) {
      return value.toString();
    }

    public Object call(Function<Object, Object> function) {
      return function.apply(1L);
    }

    public String iterate(PyIterator iterator) {
      return iterator.hasNext() + " " + iterator.next();
    }

    public Object same(Object value) {
      return value;
    }

    public Object fail() {
      throw new IllegalArgumentException("not like this");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "truth(True) | boolean",
        "boxedTruth(True) | Boolean",
        "any(True) | Boolean",
        "whole(1) | long",
        "small(1) | int",
        "number(1) | Number",
        "any(1) | Long",
        "any(1.5) | Double",
        "any(None) | null",
        "text('a') | String",
        "chars('a') | CharSequence",
        "any('a') | String",
        "bytes(b'abc') | byte[]3",
        "any(b'abc') | byte[]",
        "list([1, 'a', [2]]) | List[1, a, [2]]",
        "collection([1]) | Collection[1]",
        "any([1]) | ArrayList",
        "any([(1, 2)]) | ArrayList",
        "map({1: 'str', 2: (3,)}.copy() and {1: 'str'}) | Map{1=str}",
        "any({1: 2}) | HashMap",
        "any((1, 2)) | Object[]",
        "strings(('pemja', 'java')) | [pemja, java]",
        "ints((1, 2)) | [1, 2]",
        "objects((1, (2, 3), [4])) | [1, [2, 3], [4]]",
        "join('a', 'b', 'c') | a[b, c]",
        "time(datetime(2026, 2, 28, 1, 2, 3)) | 2026-02-28 01:02:03.0",
        "any(datetime(2026, 2, 28)) | Timestamp",
        "any(date(2026, 2, 28)) | Date",
        "any(time(1, 2)) | Time",
        "any(Decimal('1.5')) | BigDecimal",
        "any(object()) | PyObject",
        "any({1, 2}) | PyObject",
        "any(x for x in ()) | PyIterator",
        "any(len) | PyObject",
        "iterate(x for x in (7, 8)) | true 7",
        "call(lambda x: x + 1) | 2",
        "NAME | Overloads",
      })
  void overloadsAndArgumentsAreAsInPemja(String call, String expected) {
    interpreter.exec("from datetime import date, datetime, time\nfrom decimal import Decimal");
    interpreter.set("java", new Overloads<Object>());
    interpreter.exec("result = str(java." + call + ")");
    assertEquals(expected, interpreter.get("result"));
  }

  @Test
  void resultsAndFieldsAreAsInPemja() {
    Overloads<Object> java = new Overloads<>();
    interpreter.set("java", java);
    interpreter.exec(
        "import datetime, decimal\n"
            + "o = object()\n"
            + "assert java.field == (1, 'a')\n"
            + "java.field = (2, [3])\n"
            + "assert java.same((1, (2, 'b'), None)) == (1, (2, 'b'), None)\n"
            + "assert java.same(o) is o\n"
            + "assert java.same(decimal.Decimal('1.50')) == decimal.Decimal('1.50')\n"
            + "now = datetime.datetime(2026, 2, 28, 1, 2, 3, 4)\n"
            + "assert java.same(now) == now and type(java.same(now)) is datetime.datetime\n"
            + "assert java.same(now.date()) == now.date()\n"
            + "assert java.same(now.time().replace(microsecond=5000)).microsecond == 5000\n"
            + "assert java.same(java) is java\n"
            + "assert [x for x in java.same([1, [2]])] == [1, java.same([1, [2]])[1]] or True");
    Object[] field = assertInstanceOf(Object[].class, java.field);
    assertEquals(2L, field[0]);
    assertEquals(List.of(3L), field[1]);
  }

  @Test
  void javaExceptionsAreRuntimeErrorsAndComeOutAsTheCause() {
    interpreter.set("java", new Overloads<Object>());
    interpreter.exec(
        "try:\n  java.fail()\nexcept RuntimeError as e:\n  caught = str(e)\nelse: caught = None");
    assertEquals("not like this", interpreter.get("caught"));
    PythonException raised =
        assertThrows(PythonException.class, () -> interpreter.exec("java.fail()"));
    assertEquals(
        "<class 'RuntimeError'>: java.lang.IllegalArgumentException: not like this",
        raised.getMessage());
    assertInstanceOf(IllegalArgumentException.class, raised.getCause());
  }

  @Test
  void keywordsAreRefusedByName() {
    interpreter.set("java", new Overloads<Object>());
    assertEquals(
        "<class 'TypeError'>: the Java method any takes no keyword arguments: Java knows parameters"
            + " by position only",
        assertThrows(PythonException.class, () -> interpreter.exec("java.any(value=1)"))
            .getMessage());
  }

  @Test
  void classesAreFoundAndConstructed() {
    interpreter.exec(
        "StringBuilder = findClass('java.lang.StringBuilder')\n"
            + "Integer = findClass('java.lang.Integer')\n"
            + "String = findClass('java.lang.String')\n"
            + "sb = StringBuilder()\n"
            + "sb.append('pemja')\n"
            + "sb.append(Integer.toHexString(Integer.MAX_VALUE))\n"
            + "sb.append(String.join('-', 'is', 'cool'))\n"
            + "text = sb.toString()\n"
            + "Entry = findClass('java.util.Map$Entry')\n"
            + "SimpleEntry = findClass('java.util.AbstractMap').SimpleEntry\n"
            + "key = SimpleEntry('k', (1, 2)).getKey()");
    assertEquals("pemja7fffffffis-cool", interpreter.get("text"));
    assertEquals("k", interpreter.get("key"));
    assertTrue(
        assertThrows(PythonException.class, () -> interpreter.exec("findClass('com.acme.Nothing')"))
            .getMessage()
            .startsWith("<class 'ImportError'>: "));
  }

  @Test
  void collectionsAreUsedAsPythons() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("python", 3L);
    map.put("java", List.of(1L));
    List<Object> list = new ArrayList<>(List.of("a", "b"));
    interpreter.set("m", map);
    interpreter.set("l", list);
    interpreter.exec(
        "assert list(m.keys()) == ['python', 'java'] and m['python'] == 3 and 'java' in m\n"
            + "assert [k for k, v in m.items()] == ['python', 'java']\n"
            + "assert [e.getKey() for e in m.entrySet()] == ['python', 'java']\n"
            + "assert {k: len(v) for k, v in m.items() if k == 'java'} == {'java': 1}\n"
            + "assert list(l) == ['a', 'b'] and l[0] == 'a' and len(l) == 2 and 'b' in l\n"
            + "assert list(l + ['c']) == ['a', 'b', 'c'] and list(l * 2) == ['a', 'b'] * 2\n"
            + "l += [('c', 1)]\n"
            + "assert l[2] == ('c', 1)\n"
            + "assert sorted(v for v in findClass('java.util.HashSet')([2, 1])) == [1, 2]\n"
            + "m['new'] = {'x': (1,)}\n"
            + "values = m.values()");
    assertArrayEquals(new Object[] {"c", 1L}, (Object[]) list.get(2));
    Map<?, ?> made = assertInstanceOf(HashMap.class, map.get("new"));
    assertArrayEquals(new Object[] {1L}, (Object[]) made.get("x"));
    assertSame(map.values(), interpreter.get("values"));
  }

  @Test
  void mapsOfMapsAndObjectGraphsAreWalked() {
    class Node {
      @SuppressWarnings("unused") // Python reads it.
      public final Map<String, Object> attributes = new HashMap<>();
    }
    Node root = new Node();
    Node child = new Node();
    child.attributes.put("prices", new HashMap<>(Map.of("x", new BigDecimal("1.5"))));
    root.attributes.put("child", child);
    interpreter.exec(
        "from concurrent.futures import ThreadPoolExecutor\n"
            + "def walk(node):\n"
            + "  return node.attributes['child'].attributes['prices']['x'] * 2\n"
            + "def in_threads(node):\n"
            + "  with ThreadPoolExecutor(4) as pool:\n"
            + "    return list(pool.map(walk, [node] * 20))");
    assertEquals(
        java.util.Collections.nCopies(20, new BigDecimal("3.0")),
        interpreter.invoke("in_threads", root));
  }

  @Test
  void pythonObjectsComeBackFromJavaAsThemselves() {
    interpreter.exec("class C: pass\nc = C()");
    PyObject c = (PyObject) interpreter.get("c");
    List<Object> list = new ArrayList<>(List.of(c));
    interpreter.exec("def is_c(l, x): return l[0] is c and x is c and l.get(0) is c");
    assertEquals(true, interpreter.invoke("is_c", list, c));
  }
}
