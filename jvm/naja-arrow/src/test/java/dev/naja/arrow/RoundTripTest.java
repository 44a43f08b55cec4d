package dev.naja.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.naja.PyObject;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.arrow.c.CDataDictionaryProvider;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Does every type cross to Java and back, whole and in slices? Java says what it sees, Python
 * whether what comes back equals what went.
 */
class RoundTripTest extends ArrowTest {
  /** More than a byte of a bitmap has, so that slices begin within bytes and behind them. */
  private static final int LENGTH = 11;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          pa.null()                            | [None]                                      | null
          pa.bool_()                           | [True, None, False, True]                   | true;null;false;true
          pa.int8()                            | [-128, None, 127]                           | -128;null;127
          pa.int16()                           | [-32768, None, 32767]                       | -32768;null;32767
          pa.int32()                           | [-2**31, None, 2**31-1]                     | -2147483648;null;2147483647
          pa.int64()                           | [-2**63, None, 2**63-1]                     | -9223372036854775808;null;9223372036854775807
          pa.uint8()                           | [1, None, 255]                              | 1;null;-1
          pa.uint16()                          | [65, None, 66]                              | A;null;B
          pa.uint32()                          | [1, None, 2**32-1]                          | 1;null;-1
          pa.uint64()                          | [1, None, 2**64-1]                          | 1;null;-1
          pa.float16()                         | [np.float16(1), None, np.float16(-2)]       | 15360;null;-16384
          pa.float32()                         | [1.5, None, float('-inf')]                  | 1.5;null;-Infinity
          pa.float64()                         | [0.1, None, -0.0]                           | 0.1;null;-0.0
          pa.string()                          | ['a', None, '', '日本']                     | a;null;;日本
          pa.large_string()                    | ['a', None, '', '日本']                     | a;null;;日本
          pa.string_view()                     | ['a', None, '', 'longer than a view holds'] | a;null;;longer than a view holds
          pa.binary()                          | [b'a', None, b'', bytes([0, 255])]          | 61;null;;00ff
          pa.large_binary()                    | [b'a', None, b'', bytes([0, 255])]          | 61;null;;00ff
          pa.binary_view()                     | [b'a', None, b'', b'0123456789abcdef']      | 61;null;;30313233343536373839616263646566
          pa.binary(2)                         | [b'ab', None, bytes(2)]                     | 6162;null;0000
          pa.decimal128(38, 2)                 | [D('1.50'), None, D('-9') * 10**35]         | 1.50;null;-900000000000000000000000000000000000.00
          pa.decimal256(76, 3)                 | [D('1.5'), None, D('-2')]                   | 1.500;null;-2.000
          pa.date32()                          | [date(1970, 1, 2), None, date(1969, 12, 31)] | 1;null;-1
          pa.date64()                          | [date(2026, 2, 28), None]                   | 2026-02-28T00:00;null
          pa.time32('s')                       | [time(1, 0), None]                          | 3600;null
          pa.time32('ms')                      | [time(1, 2, 3), None]                       | 1970-01-01T01:02:03;null
          pa.time64('us')                      | [time(0, 0, 1), None]                       | 1000000;null
          pa.time64('ns')                      | [time(0, 0, 1), None]                       | 1000000000;null
          pa.timestamp('s')                    | [datetime(2026, 2, 28), None]               | 2026-02-28T00:00;null
          pa.timestamp('ms')                   | [datetime(2026, 2, 28), None]               | 2026-02-28T00:00;null
          pa.timestamp('us')                   | [datetime(2026, 2, 28, 1, 2, 3, 4), None]   | 2026-02-28T01:02:03.000004;null
          pa.timestamp('ns')                   | [datetime(2026, 2, 28), None]               | 2026-02-28T00:00;null
          pa.timestamp('s', 'Europe/Berlin')   | [datetime(1970, 1, 2), None]                | 86400;null
          pa.timestamp('ms', 'UTC')            | [datetime(1970, 1, 2), None]                | 86400000;null
          pa.timestamp('us', '+01:00')         | [datetime(1970, 1, 2), None]                | 86400000000;null
          pa.timestamp('ns', 'UTC')            | [datetime(1970, 1, 2), None]                | 86400000000000;null
          pa.duration('s')                     | [timedelta(1), None, timedelta(-1)]         | PT24H;null;PT-24H
          pa.duration('ms')                    | [timedelta(1), None, timedelta(-1)]         | PT24H;null;PT-24H
          pa.duration('us')                    | [timedelta(1), None, timedelta(-1)]         | PT24H;null;PT-24H
          pa.duration('ns')                    | [timedelta(1), None, timedelta(-1)]         | PT24H;null;PT-24H
          pa.month_day_nano_interval()         | [pa.MonthDayNano([1, 2, 3]), None]          | P1M2D PT0.000000003S;null
          pa.list_(pa.int32())                 | [[1, None], None, [], [2, 3, 4]]            | [1,null];null;[];[2,3,4]
          pa.large_list(pa.string())           | [['a', None], None, [], ['b']]              | ["a",null];null;[];["b"]
          pa.list_view(pa.bool_())             | [[True, None], None, [], [False]]           | [true,null];null;[];[false]
          pa.large_list_view(pa.int8())        | [[1, None], None, [], [2]]                  | [1,null];null;[];[2]
          pa.list_(pa.bool_(), 3)              | [[True, None, False], None, [True] * 3]     | [true,null,false];null;[true,true,true]
          pa.list_(pa.list_(pa.int8(), 2), 2)  | [[[1, 2], [3, 4]], None, [None, [5, None]]] | [[1,2],[3,4]];null;[null,[5,null]]
          pa.struct({'a': pa.int8(), 'b': pa.string()}) | [{'a': 1, 'b': 'x'}, None, {'a': None, 'b': None}] | {"a":1,"b":"x"};null;{}
          pa.struct({'a': pa.struct({'b': pa.bool_()})}) | [{'a': {'b': True}}, None, {'a': None}, {'a': {'b': None}}] | {"a":{"b":true}};null;{};{"a":{}}
          pa.list_(pa.struct({'a': pa.list_(pa.bool_())})) | [[{'a': [True]}, None], None, [], [{'a': []}]] | [{"a":[true]},null];null;[];[{"a":[]}]
          pa.map_(pa.string(), pa.int32())     | [[('a', 1), ('b', None)], None, []]         | [{"key":"a","value":1},{"key":"b"}];null;[]
          """)
  void typeCrossesWholeAndInSlices(String type, String values, String seen) {
    namespace.exec(
        "import numpy as np\n"
            + "from datetime import date, datetime, time, timedelta\n"
            + "from decimal import Decimal as D");
    namespace.exec(
        "type = " + type + "\nvalues = (" + values + " * 11)[:11]\narray = pa.array(values, type)");
    checkSlices(IntStream.range(0, LENGTH).mapToObj(i -> cycle(seen, i)).toList());
  }

  private static String cycle(String texts, int index) {
    String[] all = texts.split(";", -1);
    return all[index % all.length];
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dictionary     | pa.array(['a', None, 'b', 'a'] * 3).slice(0, 11).dictionary_encode()
          small index    | pa.DictionaryArray.from_arrays(pa.array([0, None, 1] * 4, pa.int8()).slice(1), ['x', 'y'])
          sliced values  | pa.DictionaryArray.from_arrays(pa.array([0, 1, 1] * 4, pa.int8()).slice(1), pa.array(['q', 'x', 'y']).slice(1))
          in a list      | pa.ListArray.from_arrays(list(range(12)), pa.array(['a', 'b'] * 6).dictionary_encode())
          in a struct    | pa.StructArray.from_arrays([pa.array(['a', 'b'] * 6).dictionary_encode()], ['d']).slice(1)
          dense union    | pa.UnionArray.from_dense(pa.array([0, 1] * 6, pa.int8()), pa.array([i // 2 for i in range(12)], pa.int32()), [pa.array([1, None, 3] * 2), pa.array(list('abcdef'))]).slice(1)
          run ends       | pa.RunEndEncodedArray.from_arrays(pa.array([3, 5, 12], pa.int32()), pa.array(['a', None, 'b'])).slice(1)
          short run ends | pa.RunEndEncodedArray.from_arrays(pa.array([3, 5, 11], pa.int16()), pa.array([1, None, 2]))
          long run ends  | pa.RunEndEncodedArray.from_arrays(pa.array([3, 5, 11], pa.int64()), pa.array([1, None, 2]))
          sliced list    | pa.array([[9], [1], [2, 3], None] * 4).slice(3, 11)
          sliced struct  | pa.StructArray.from_arrays([pa.array([1, None, 3] * 6).slice(2, 11), pa.array(list('abcdefghijklm')).slice(1, 11)], ['i', 's'])
          fixed in list  | pa.ListArray.from_arrays(list(range(12)), pa.array([[1, 2], None, [3, 4]] * 6, pa.list_(pa.int8(), 2)).slice(1))
          """)
  void whatPointsElsewhereCrossesInSlices(String name, String expression) {
    namespace.exec("array = " + expression);
    checkSlices(null);
  }

  /** Every slice of {@code array}, as a vector and as a column. */
  private void checkSlices(List<String> seen) {
    for (int from : new int[] {0, 1, 7, 8, LENGTH}) {
      for (int length : IntStream.of(0, 1, 8, LENGTH - from).distinct().toArray()) {
        namespace.exec(String.format("part = array.slice(%d, %d)", from, length));
        String where = "from " + from + ", at most " + length;
        try (PyObject part = eval("part");
            CDataDictionaryProvider dictionaries = new CDataDictionaryProvider();
            FieldVector vector = Arrow.vector(allocator, part, dictionaries)) {
          if (seen != null) {
            assertEquals(seen.subList(from, Math.min(from + length, LENGTH)), texts(vector), where);
          }
          give("back", Arrow.toPython(vector, dictionaries));
        }
        namespace.exec("back.validate(full=True)");
        assertTrue(holds("back.type == part.type and back.equals(part)"), where);
        namespace.exec("batch = pa.record_batch([part, part], ['a', 'b'])");
        try (PyObject batch = eval("batch");
            CDataDictionaryProvider dictionaries = new CDataDictionaryProvider();
            VectorSchemaRoot root = Arrow.toJava(allocator, batch, dictionaries)) {
          give("back", Arrow.toPython(root, dictionaries));
        }
        namespace.exec("back.validate(full=True)");
        assertTrue(holds("back.equals(batch)"), where);
      }
    }
  }

  @Test
  void sparseUnionCrossesWithTheIdsOfItsVector() {
    namespace.exec(
        "array = pa.UnionArray.from_sparse(pa.array([0, 1] * 6, pa.int8()),"
            + " [pa.array([1, None, 3] * 4), pa.array(list('abcdefghijkl'))]).slice(1)");
    try (PyObject array = eval("array");
        FieldVector vector = Arrow.vector(allocator, array)) {
      assertEquals(List.of("b", "3", "d", "null"), texts(vector).subList(0, 4));
      give("back", Arrow.toPython(vector));
    }
    namespace.exec("back.validate(full=True)");
    assertTrue(holds("back.to_pylist() == ['b', 3, 'd', None, 'f', 1, 'h', 3, 'j', None, 'l']"));
  }

  @Test
  void extensionTypesCrossAsTheirStorageAndComeBackAsThemselves() {
    namespace.exec(
        "array = pa.ExtensionArray.from_storage(pa.fixed_shape_tensor(pa.int32(), [2]),"
            + " pa.array([[1, 2], [3, 4], [5, 6]], pa.list_(pa.int32(), 2))).slice(1)");
    try (PyObject array = eval("array");
        FieldVector vector = Arrow.vector(allocator, array)) {
      assertEquals(List.of("[3,4]", "[5,6]"), texts(vector));
      give("back", Arrow.toPython(vector));
    }
    assertTrue(holds("back.equals(array)"));
  }

  /** Seeds stand for arrays of random types, nested, with nulls, and sliced. */
  @Test
  void randomBatchesCross() {
    run("random_batches.py");
    for (int seed = 0; seed < 400; seed++) {
      namespace.set("seed", seed);
      namespace.exec("batch = random_batch(seed)");
      try (PyObject batch = eval("batch");
          CDataDictionaryProvider dictionaries = new CDataDictionaryProvider();
          VectorSchemaRoot root = Arrow.toJava(allocator, batch, dictionaries)) {
        assertEquals(batch.attr("num_rows", int.class), root.getRowCount());
        give("back", Arrow.toPython(root, dictionaries));
      }
      namespace.exec("back.validate(full=True)");
      int failed = seed;
      assertTrue(
          holds("back.equals(batch)"),
          () -> "seed " + failed + ": " + namespace.eval("str(batch.schema)"));
    }
  }

  @Test
  void schemaKeepsNamesNullabilityAndMetadata() {
    namespace.exec(
        "schema = pa.schema([pa.field('a', pa.int8(), False, {'k': 'v'}), pa.field('b',"
            + " pa.list_(pa.field('element', pa.string(), False)))], {'who': 'me'})");
    try (PyObject schema = eval("schema")) {
      namespace.set("back", Arrow.schema(schema));
    }
    assertTrue(holds("back.equals(schema, check_metadata=True)"));
    namespace.exec("batch = pa.record_batch([pa.array([1], 'i1'), [['x']]], schema=schema)");
    try (PyObject batch = eval("batch");
        VectorSchemaRoot root = Arrow.toJava(allocator, batch)) {
      assertEquals("me", root.getSchema().getCustomMetadata().get("who"));
      assertEquals(
          List.of("a", "b"),
          root.getSchema().getFields().stream().map(f -> f.getName()).collect(Collectors.toList()));
      give("back", Arrow.toPython(root));
    }
    assertTrue(holds("back.schema.equals(schema, check_metadata=True)"));
  }
}
