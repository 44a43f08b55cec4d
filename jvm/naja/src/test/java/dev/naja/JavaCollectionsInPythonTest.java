package dev.naja;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Python's syntax does with Java's collections, arrays and values. */
class JavaCollectionsInPythonTest {
  private final Script python =
      new Script(
          "from java.util import *",
          "from java.time import LocalDate",
          "from java.math import BigDecimal, BigInteger",
          "from java.lang import StringBuilder, Integer, Object",
          "a = ArrayList([3, 1, 2])");

  @Test
  void listsAreSequences() {
    python
        .gives(
            3L,
            "len(a)",
            3L,
            "a[0]",
            2L,
            "a[-1]",
            List.of(3L, 1L),
            "a[0:2]",
            List.of(2L, 1L, 3L),
            "a[::-1]",
            List.of(1L, 2L, 3L),
            "sorted(a)",
            List.of(2L, 1L, 3L),
            "list(reversed(a))",
            6L,
            "sum(a)",
            true,
            "1 in a and 9 not in a and 'x' not in a",
            true,
            "bool(a) and not ArrayList()",
            1L,
            "a.index(1)",
            "[3, 1, 2]",
            "str(a)",
            "<Java [3, 1, 2]>",
            "repr(a)")
        .raises("IndexError: index 3 is out of range for 3 elements", "a[3]")
        .raises("IndexError: index -4 is out of range for 3 elements", "a[-4]")
        .raises("TypeError: 'str' object cannot be interpreted as an integer", "a['x']");
  }

  @Test
  void listsChangeAsThoseOfPython() {
    python
        .run("a[0] = 7", "a[1:3] = [8, 9, 10]", "a.append(11)", "a.extend([12])", "a.insert(0, 6)")
        .gives(List.of(6L, 7L, 8L, 9L, 10L, 11L, 12L), "list(a)", 12L, "a.pop()", 6L, "a.pop(0)")
        .run("del a[0]", "del a[0:2]")
        .gives(List.of(10L, 11L), "list(a)")
        .raises("IndexError: index 10 is out of range for 2 elements", "a[10] = 5")
        .raises(
            "ValueError: 1 values cannot be assigned to a slice of 2 elements",
            "a.append(1)\na[::2] = [0]")
        .thrown(UnsupportedOperationException.class, "List.of(1)[0] = 2");
  }

  @Test
  void whatPythonChangesJavaSees() {
    List<Object> list = new ArrayList<>(List.of("a"));
    python.set("shared", PyRef.of(list)).run("shared.append('b')", "shared[0] = ArrayList([1])");
    assertEquals(List.of(List.of(1L), "b"), list);
  }

  @Test
  void aListThatChangesWhileItIsIteratedOverIsJavasError() {
    python.thrown(ConcurrentModificationException.class, "for x in a: a.add(x)");
    python.thrown(
        ConcurrentModificationException.class,
        "m = HashMap({1: 1, 2: 2})\nfor k in m: m.put(k + 10, 1)");
  }

  @Test
  void mapsAreMappings() {
    python
        .run("m = LinkedHashMap()", "m['a'] = 1", "m['b'] = None")
        .gives(
            2L,
            "len(m)",
            1L,
            "m['a']",
            null,
            "m['b']",
            null,
            "m.get('z')",
            true,
            "'a' in m and 'b' in m and 'z' not in m",
            List.of("a", "b"),
            "list(m)",
            List.of("a", "b"),
            "list(m.keys())",
            true,
            "list(m.items()) == [('a', 1), ('b', None)]",
            true,
            "dict(m) == {'a': 1, 'b': None} == {**m}",
            5L,
            "m.setdefault('c', 5)",
            5L,
            "m.pop('c')",
            4L,
            "m.pop('c', 4)")
        .run("m.update({'u': 1}, v=2)", "del m['a']")
        .gives("{b=null, u=1, v=2}", "str(m)")
        .raises("KeyError: 'z'", "m['z']")
        .raises("KeyError: 'z'", "del m['z']")
        .raises("KeyError: 'z'", "m.pop('z')");
  }

  @Test
  void keysOfEveryKindOfNumberAreFound() {
    Map<Object, Object> map = Map.of(1, "Integer", 2L, "Long", (short) 3, "Short", 1.5f, "Float");
    python
        .set("m", PyRef.of(map))
        .gives(
            "Integer",
            "m[1]",
            "Long",
            "m[2]",
            "Short",
            "m[3]",
            "Float",
            "m[1.5]",
            true,
            "all(key in m for key in m)")
        .set("ints", PyRef.of(List.of(1, 2)))
        .gives(true, "1 in ints and 2 in ints and 3 not in ints");
  }

  @Test
  void unhashableKeysAreRefusedWhereJavaAsksForTheHash() {
    python
        .run("class NoHash:", "    __hash__ = None", "m = HashMap()")
        .raises("TypeError: unhashable type: 'NoHash'", "m[NoHash()] = 1")
        .raises("TypeError: unhashable type: 'NoHash'", "HashSet().add(NoHash())")
        // A list is a Java list by value, which has a hash.
        .run("m[[1, 2]] = 3")
        .gives(3L, "m[[1, 2]]")
        // Java's keys need one of Python's only where the map itself becomes Python's.
        .thrown(PythonException.class, "naja.value(m)");
  }

  @Test
  void setsAndSortedCollections() {
    python
        .run("t = TreeMap()", "t[2] = 'b'", "t[1] = 'a'")
        .gives(
            List.of(1L, 2L),
            "list(t)",
            true,
            "1 in HashSet([1, 2]) and len(HashSet([1, 1])) == 1",
            "[1, 3]",
            "str(TreeSet([3, 1]))");
    python.thrown(ClassCastException.class, "t['x']");
    python.thrown(ClassCastException.class, "TreeSet(['b', 1])");
  }

  @Test
  void iteratorsStreamsAndEnumerationsAreIterated() {
    python.gives(
        List.of(3L, 1L, 2L),
        "list(a.iterator())",
        List.of(3L, 1L, 2L),
        "list(a.stream())",
        List.of(30L, 10L, 20L),
        "list(a.stream().map(lambda x: 10 * x))",
        List.of(1L, 2L),
        "list(Vector([1, 2]).elements())",
        3L,
        "next(a.iterator())",
        "none",
        "next(ArrayList().iterator(), 'none')",
        true,
        "[(e.getKey(), e.getValue()) for e in HashMap({1: 2}).entrySet()] == [(1, 2)]",
        true,
        "[(k, v) for k, v in HashMap({1: 2}).entrySet()] == [(1, 2)]");
  }

  @Test
  void arraysAreSequencesOfFixedLength() {
    python
        .run("x = naja.java_array('int', [1, 2, 3])", "x[0] = 7", "x[1:3] = [8, 9]")
        .gives(
            List.of(7L, 8L, 9L),
            "list(x)",
            List.of(7L, 8L),
            "x[:2]",
            9L,
            "x[-1]",
            3L,
            "x.length + len(x) - 3",
            true,
            "8 in x and x == [7, 8, 9]",
            "<Java int[3]>",
            "repr(x)",
            "[7, 8, 9]",
            "Arrays.toString(x)",
            List.of(0.0, 0.0),
            "list(naja.java_type('double[]')(2))",
            "a",
            "naja.java_array('java.lang.String', ['a', None])[0]",
            List.of(-1L, 2L),
            "list(naja.java_array('byte', [-1, 2]))",
            2L,
            "naja.java_array('int[]', [x, x])[1][0] - 5")
        .raises("IndexError: index 5 is out of range for 3 elements", "x[5]")
        .raises(
            "ValueError: a Java array keeps its length: the slice has 2 elements, 1 are given",
            "x[1:3] = [1]")
        .raises("ValueError: an array of int cannot have -1 elements", "naja.java_array('int', -1)")
        .raises("TypeError: unhashable type: 'int[]'", "hash(x)");
  }

  @Test
  void arraysRefuseWhatTheyDoNotHold() {
    String start = "TypeError: java.lang.reflect.Array.setInt does not take ";
    String signature = "\n  static void setInt(Object, int, int): argument 3: ";
    python
        .run("x = naja.java_array('int', [1])")
        .raises(
            start
                + "(int[], int, float):"
                + signature
                + "float does not become int; round it with int()",
            "x[0] = 1.5")
        .raises(
            start + "(int[], int, int):" + signature + "the int is too large for int",
            "x[0] = 2**31")
        .raises(
            start
                + "(int[], int, None):"
                + signature
                + "None does not become int, which cannot be null",
            "x[0] = None");
  }

  @Test
  void comparablesAreOrdered() {
    python
        .run("d, e = LocalDate.of(2020, 1, 2), LocalDate.of(2020, 1, 3)")
        .gives(
            true, "d < e and d <= e and e > d and e >= d and d != e",
            true, "d == LocalDate.of(2020, 1, 2) and {d: 1}[LocalDate.of(2020, 1, 2)] == 1",
            true, "sorted([e, d]) == [d, e] and max(d, e) is e",
            true, "BigDecimal('1.50') > BigDecimal('1')")
        .raises(
            "TypeError: java.time.LocalDate.compareTo does not take (java.math.BigDecimal):\n"
                + "  int compareTo(ChronoLocalDate): java.math.BigDecimal does not become"
                + " java.time.chrono.ChronoLocalDate",
            "d < BigDecimal('1')");
  }

  @Test
  void numbersConvertExplicitly() {
    python.gives(
        1.5,
        "float(BigDecimal('1.5'))",
        7L,
        "int(BigDecimal('7'))",
        5L,
        "range(10)[naja.java_type('java.lang.Integer')('5')]",
        1000L,
        "int(BigInteger('1000'))");
  }

  @Test
  void charSequencesAreText() {
    python.gives(
        3L,
        "len(StringBuilder('abc'))",
        "b",
        "StringBuilder('abc')[1]",
        "c",
        "StringBuilder('abc')[-1]",
        "ab",
        "StringBuilder('abc')[0:2]",
        true,
        "'bc' in StringBuilder('abc')",
        "abcd",
        "str(StringBuilder('abc').append('d'))");
  }

  @Test
  void equalityHashAndTextAreJavas() {
    python.gives(
        true, "a == ArrayList([3, 1, 2]) and a != ArrayList()",
        true, "hash(a) == a.hashCode()",
        true, "Object() != Object()",
        false, "a == [3, 1, 2]",
        true, "{ArrayList([1]): 2}[ArrayList([1])] == 2");
  }

  @Test
  void valueGivesTheValuesOfPython() {
    python.gives(
        true, "naja.value(a) == [3, 1, 2] and type(naja.value(a)) is list",
        true, "naja.value(HashMap({'a': ArrayList([1])})) == {'a': [1]}",
        true, "naja.value(LocalDate.of(2020, 1, 2)) == __import__('datetime').date(2020, 1, 2)",
        true, "naja.value(BigDecimal('1.50')) == __import__('decimal').Decimal('1.50')",
        true, "naja.value(Optional.of(5)) == 5",
        true, "naja.value(naja.java_array('byte', [1, 2])) == b'\\x01\\x02'",
        true, "naja.value('x') == 'x' and naja.value(a) is not a");
  }

  @Test
  void resultsStayJavasAndArgumentsGoByValue() {
    python
        .run("seen = []", "from java.util.function import Consumer")
        .gives(
            true, "type(ArrayList([ArrayList()])[0]) is ArrayList",
            true, "type(HashMap({1: [1]})[1]) is ArrayList")
        .run("ArrayList([ArrayList([1])]).forEach(seen.append)")
        .gives(true, "type(seen[0]) is list and seen == [[1]]");
  }
}
