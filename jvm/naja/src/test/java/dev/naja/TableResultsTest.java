package dev.naja;

import static dev.naja.SameValue.assertSameValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables and columns of pandas and pyarrow as plain Java: rows, maps, records, lists, arrays. */
class TableResultsTest {
  private Namespace namespace;

  enum Grade {
    GOOD,
    BAD
  }

  record Item(String name, int count) {}

  record Wide(
      String name,
      long count,
      double price,
      Boolean good,
      LocalDateTime at,
      Duration took,
      BigDecimal exact,
      Grade grade) {}

  record Gaps(Integer count, Double price, String name, LocalDateTime at, Optional<Long> more) {}

  record Vectors(String id, double[] vector, Map<String, Integer> counts) {}

  record Referring(String name, PyObject what) {}

  record Columns(double[] price, List<String> name, PyObject count) {}

  record Odd(int size, int count, String index) {}

  record Moment(Instant at) {}

  interface Shop {
    List<Item> items();

    Map<String, List<Object>> columns();
  }

  @BeforeEach
  void importThem() {
    namespace = TestPython.namespace();
    require("pandas", "pd");
    namespace.exec(
        """
        import numpy as np
        from decimal import Decimal
        items = pd.DataFrame({"count": [3, 1], "name": ["nut", "bolt"], "price": [0.5, 2.0]})
        """);
  }

  private void require(String module, String name) {
    TestPython.assumePackages(module);
    namespace.exec("import " + module + " as " + name);
  }

  private <T> T as(TypeRef<T> type, String expression) {
    return namespace.evalAs(type, expression);
  }

  private String refusal(TypeRef<?> type, String expression) {
    return assertThrows(PythonConversionException.class, () -> as(type, expression)).getMessage();
  }

  // Rows.

  @Test
  void tableStaysAPythonObjectByDefault() {
    assertEquals(
        "DataFrame",
        assertInstanceOf(PyObject.class, namespace.get("items"))
            .attr("__class__")
            .attr("__name__")
            .str());
  }

  @Test
  void rowsAreMaps() {
    assertSameValue(
        List.of(
            Map.of("count", 3L, "name", "nut", "price", 0.5),
            Map.of("count", 1L, "name", "bolt", "price", 2.0)),
        as(new TypeRef<List<Map<String, Object>>>() {}, "items"));
    assertEquals(
        "[count, name, price]",
        as(new TypeRef<List<Map<String, Object>>>() {}, "items").get(0).keySet().toString());
    assertSameValue(
        List.of(Map.of(0, 1.5f, 1, 2f)),
        as(new TypeRef<List<Map<Integer, Float>>>() {}, "pd.DataFrame([[1.5, 2]])"));
  }

  @Test
  void rowsAreRecordsByTheNamesOfTheirComponents() {
    List<Item> expected = List.of(new Item("nut", 3), new Item("bolt", 1));
    assertEquals(expected, as(new TypeRef<List<Item>>() {}, "items"));
    assertArrayEquals(expected.toArray(), namespace.evalAs(Item[].class, "items"));
    assertEquals(Set.copyOf(expected), as(new TypeRef<Set<Item>>() {}, "items"));
    assertEquals(Optional.of(expected), as(new TypeRef<Optional<List<Item>>>() {}, "items"));
  }

  @Test
  void rowsAreListsArraysAndTuplesInOrder() {
    assertSameValue(
        List.of(List.of(3L, "nut", 0.5), List.of(1L, "bolt", 2.0)),
        as(new TypeRef<List<List<Object>>>() {}, "items"));
    assertSameValue(
        new double[][] {{3, 0.5}, {1, 2}},
        namespace.evalAs(double[][].class, "items[['count', 'price']]"));
    assertSameValue(
        List.of(PyTuple.of(3L, "nut", 0.5), PyTuple.of(1L, "bolt", 2.0)),
        as(new TypeRef<List<PyTuple>>() {}, "items"));
  }

  @Test
  void otherwiseATableIsItsColumnsNamesAsInPython() {
    assertEquals(List.of("count", "name", "price"), as(new TypeRef<List<String>>() {}, "items"));
  }

  @Test
  void manyRowsCross() {
    namespace.exec(
        """
        many = pd.DataFrame({
            "name": [str(i) for i in range(100_000)], "count": np.arange(100_000), "more": 1.5})
        """);
    List<Item> items = as(new TypeRef<List<Item>>() {}, "many");
    assertEquals(100_000, items.size());
    for (int i = 0; i < items.size(); i++) {
      assertEquals(new Item(String.valueOf(i), i), items.get(i));
    }
  }

  @Test
  void everyKindOfColumnCrosses() {
    namespace.exec(
        """
        wide = pd.DataFrame({
            "grade": pd.Categorical(["GOOD", "BAD"]),
            "exact": [Decimal("1.50"), Decimal("2")],
            "took": pd.to_timedelta([1, -1], unit="ns"),
            "at": pd.to_datetime([0, 1]),
            "good": [True, False],
            "price": np.array([0.5, 2], "float32"),
            "count": np.array([1, 2], "uint16"),
            "name": ["é", "日本"]})
        """);
    assertEquals(
        List.of(
            new Wide(
                "é",
                1,
                0.5,
                true,
                LocalDateTime.of(1970, 1, 1, 0, 0),
                Duration.ofNanos(1),
                new BigDecimal("1.50"),
                Grade.GOOD),
            new Wide(
                "日本",
                2,
                2,
                false,
                LocalDateTime.of(1970, 1, 1, 0, 0, 0, 1),
                Duration.ofNanos(-1),
                new BigDecimal("2"),
                Grade.BAD)),
        as(new TypeRef<List<Wide>>() {}, "wide"));
  }

  @Test
  void whatIsMissingIsNullAndNaNIsNullWhereNoNumberIsOne() {
    namespace.exec(
        """
        gaps = pd.DataFrame({
            "count": [1.0, np.nan],
            "price": [np.nan, 1.5],
            "name": ["a", None],
            "at": pd.to_datetime(["2026-01-01", None]),
            "more": pd.array([2**62 + 1, None], dtype="Int64")})
        """);
    assertEquals(
        List.of(
            new Gaps(
                1,
                Double.NaN,
                "a",
                LocalDateTime.of(2026, 1, 1, 0, 0),
                Optional.of((1L << 62) + 1)),
            new Gaps(null, 1.5, null, null, Optional.empty())),
        as(new TypeRef<List<Gaps>>() {}, "gaps"));
    Map<String, Object> row = as(new TypeRef<List<Map<String, Object>>>() {}, "gaps").get(1);
    assertEquals(Double.NaN, row.get("count"));
    assertNull(row.get("name"));
    assertNull(row.get("at"));
    assertNull(row.get("more"));
    assertEquals(Arrays.asList(1, null), as(new TypeRef<List<Integer>>() {}, "gaps['count']"));
    assertEquals(List.of(1.0, Double.NaN), as(new TypeRef<List<Double>>() {}, "gaps['count']"));
    String message = refusal(new TypeRef<List<Item>>() {}, "gaps");
    assertTrue(message.startsWith("row 1, column 'count': cannot convert "), message);
  }

  @Test
  void timesInAZoneAreMoments() {
    namespace.exec("zoned = pd.DataFrame({'at': pd.to_datetime([1, 2]).tz_localize('UTC')})");
    assertEquals(
        List.of(new Moment(Instant.ofEpochSecond(0, 1)), new Moment(Instant.ofEpochSecond(0, 2))),
        as(new TypeRef<List<Moment>>() {}, "zoned"));
  }

  @Test
  void cellsMayBeCollections() {
    namespace.exec(
        """
        vectors = pd.DataFrame({
            "id": ["a"], "vector": [np.array([1.5, 2])], "counts": [{"x": 1}]})
        """);
    Vectors only = as(new TypeRef<List<Vectors>>() {}, "vectors").get(0);
    assertArrayEquals(new double[] {1.5, 2}, only.vector());
    assertEquals(Map.of("x", 1), only.counts());
  }

  @Test
  void cellsComeByReferenceWhereTheTypeSaysSo() {
    namespace.exec("referring = pd.DataFrame({'name': ['a', None], 'what': [[1], 'b']})");
    List<Referring> rows = as(new TypeRef<List<Referring>>() {}, "referring");
    assertEquals("[1]", rows.get(0).what().repr());
    assertEquals("'b'", rows.get(1).what().repr());
    assertNull(rows.get(1).name());
    List<Map<String, PyObject>> maps =
        as(new TypeRef<List<Map<String, PyObject>>>() {}, "referring");
    assertEquals("'a'", maps.get(0).get("name").repr());
  }

  @ParameterizedTest
  @ValueSource(strings = {"items.iloc[:0]", "pd.DataFrame(columns=['name', 'count'])"})
  void emptyTablesHaveNoRows(String table) {
    assertEquals(List.of(), as(new TypeRef<List<Item>>() {}, table));
    assertEquals(List.of(), as(new TypeRef<List<Map<String, Object>>>() {}, table));
  }

  @Test
  void tableWithoutColumnsHasEmptyRows() {
    assertEquals(
        List.of(Map.of(), Map.of()),
        as(new TypeRef<List<Map<String, Object>>>() {}, "pd.DataFrame(index=range(2))"));
  }

  @Test
  void boundMethodsReturnTables() {
    namespace.exec(
        """
        class Shop:
            def items(self): return items
            def columns(self): return items
        """);
    Shop shop = namespace.evalAs(PyObject.class, "Shop()").bind(Shop.class);
    assertEquals(new Item("bolt", 1), shop.items().get(1));
    assertEquals(List.of("nut", "bolt"), shop.columns().get("name"));
  }

  // Columns.

  @Test
  void columnsAreListsAndArraysByName() {
    assertSameValue(
        Map.of(
            "count", List.of(3L, 1L), "name", List.of("nut", "bolt"), "price", List.of(0.5, 2.0)),
        as(new TypeRef<Map<String, List<Object>>>() {}, "items"));
    Map<String, double[]> numbers =
        as(new TypeRef<Map<String, double[]>>() {}, "items[['count', 'price']]");
    assertArrayEquals(new double[] {3, 1}, numbers.get("count"));
    assertArrayEquals(new double[] {0.5, 2}, numbers.get("price"));
    Columns columns = namespace.evalAs(Columns.class, "items");
    assertArrayEquals(new double[] {0.5, 2}, columns.price());
    assertEquals(List.of("nut", "bolt"), columns.name());
    assertEquals(4L, columns.count().attr("sum").callAs(long.class));
    assertEquals(
        "Series",
        as(new TypeRef<Map<String, PyObject>>() {}, "items")
            .get("name")
            .attr("__class__")
            .attr("__name__")
            .str());
  }

  @Test
  void seriesIsAListAnArrayOrAMapByLabel() {
    assertEquals(List.of("nut", "bolt"), as(new TypeRef<List<String>>() {}, "items['name']"));
    assertArrayEquals(new int[] {3, 1}, namespace.evalAs(int[].class, "items['count']"));
    assertEquals(
        Map.of("nut", 3, "bolt", 1),
        as(new TypeRef<Map<String, Integer>>() {}, "items.set_index('name')['count']"));
    assertEquals(List.of(0L, 1L), as(new TypeRef<List<Object>>() {}, "items.index"));
    assertEquals(
        List.of("count", "name", "price"), as(new TypeRef<List<String>>() {}, "items.columns"));
    assertEquals(
        List.of(PyTuple.of(1L, "a")),
        as(new TypeRef<List<Object>>() {}, "pd.MultiIndex.from_tuples([(1, 'a')])"));
  }

  @Test
  void columnsOfNumbersAreArraysAndViews() {
    for (String column :
        List.of(
            "pd.Series([1, 2])",
            "pd.Series([1.0, 2.0])",
            "pd.Series([1, 2], dtype='Int16')",
            "pd.Series([1.0, 2.0], dtype='Float32')",
            "pd.Series([1, 2], dtype='category')",
            "pd.Index([1, 2])",
            "pd.RangeIndex(1, 3)")) {
      assertArrayEquals(new double[] {1, 2}, namespace.evalAs(double[].class, column), column);
      assertArrayEquals(new long[] {1, 2}, namespace.evalAs(long[].class, column), column);
    }
    assertArrayEquals(
        new boolean[] {true, false},
        namespace.evalAs(boolean[].class, "pd.Series([True, False], dtype='boolean')"));
    NdArray view = namespace.evalAs(NdArray.class, "items['price']");
    assertEquals(DType.FLOAT64, view.dtype());
    assertArrayEquals(new double[] {0.5, 2}, view.toDoubleArray());
    for (String column : List.of("Int64", "object")) {
      assertThrows(
          PythonConversionException.class,
          () -> namespace.evalAs(long[].class, "pd.Series([1, None], dtype='" + column + "')"));
    }
    assertThrows(
        PythonConversionException.class,
        () -> namespace.evalAs(long[].class, "pd.Series([1.0, np.nan])"));
  }

  @Test
  void seriesOfARowIsARecordByLabelNotByAttribute() {
    assertEquals(new Item("bolt", 1), namespace.evalAs(Item.class, "items.iloc[1]"));
    namespace.exec("odd = pd.Series({'size': 7, 'count': 8, 'index': 'x'})");
    assertEquals(new Odd(7, 8, "x"), namespace.evalAs(Odd.class, "odd"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pd.array([1, None], dtype='Int8')",
        "pd.Series([1, None], dtype='UInt64')",
        "pd.Series([1, None], dtype=object)",
        "pd.Series([1, None], dtype='category')",
        "pd.Index(pd.array([1, None], dtype='Int64'))",
        "pd.Series(pd.arrays.SparseArray([1.0, np.nan]))",
        "np.ma.array([1, 2], mask=[False, True])",
        "pd.Series([1.0, np.nan])"
      })
  void nullableColumnsHaveNulls(String column) {
    assertEquals(Arrays.asList(1, null), as(new TypeRef<List<Integer>>() {}, column));
  }

  @Test
  void textOfEveryKindHasNulls() {
    for (String kind : List.of("object", "'string'", "'category'")) {
      assertEquals(
          Arrays.asList("a", null),
          as(new TypeRef<List<String>>() {}, "pd.Series(['a', None], dtype=" + kind + ")"));
    }
    assertEquals(
        Arrays.asList(true, null, false),
        as(new TypeRef<List<Boolean>>() {}, "pd.Series([True, None, False], dtype='boolean')"));
  }

  @Test
  void arraysOfNumPyAreListsOfPlainValues() {
    assertEquals(
        List.of(List.of(1L, 2L), List.of(3L, 4L)),
        as(new TypeRef<List<Object>>() {}, "np.array([[1, 2], [3, 4]])"));
    assertEquals(
        List.of(LocalDateTime.of(1970, 1, 1, 0, 0, 0, 1)),
        as(new TypeRef<List<Object>>() {}, "np.array([1], 'datetime64[ns]')"));
    assertEquals(
        Arrays.asList(LocalDate.of(1970, 1, 2), null),
        as(new TypeRef<List<LocalDate>>() {}, "np.array([1, 'NaT'], 'datetime64[D]')"));
    assertEquals(
        List.of(new Item("a", 1)),
        as(
            new TypeRef<List<Item>>() {},
            "np.array([('a', 1)], [('name', 'U3'), ('count', 'i4')])"));
    String message = refusal(new TypeRef<List<Integer>>() {}, "np.array(5)");
    assertTrue(message.endsWith("it is not iterable"), message);
  }

  @Test
  void iteratorOverATableGivesTheNamesOfItsColumns() {
    Iterator<String> names = as(new TypeRef<Iterator<String>>() {}, "items");
    assertEquals("count", names.next());
  }

  // pyarrow.

  @Test
  void arrowTablesAndColumnsCrossAsThoseOfPandas() {
    require("pyarrow", "pa");
    namespace.exec("arrow = pa.table({'count': [3, 1], 'name': ['nut', None]})");
    List<Item> expected = List.of(new Item("nut", 3), new Item(null, 1));
    for (String table : List.of("arrow", "arrow.to_batches()[0]", "arrow.slice(0, 2)")) {
      assertEquals(expected, as(new TypeRef<List<Item>>() {}, table));
      assertSameValue(
          List.of(3L, 1L), as(new TypeRef<Map<String, List<Object>>>() {}, table).get("count"));
    }
    assertEquals(Arrays.asList("nut", null), as(new TypeRef<List<String>>() {}, "arrow['name']"));
    assertEquals(
        Arrays.asList(1.5, null), as(new TypeRef<List<Double>>() {}, "pa.array([1.5, None])"));
    assertEquals(
        List.of(new Item("nut", 3)),
        as(new TypeRef<List<Item>>() {}, "arrow.to_pandas(types_mapper=pd.ArrowDtype).iloc[:1]"));
  }

  // Refusals.

  @Test
  void missingColumnIsNamed() {
    String message = refusal(new TypeRef<List<Item>>() {}, "items.drop(columns='name')");
    assertTrue(message.endsWith("it has no column 'name', only 'count', 'price'"), message);
    String columns =
        assertThrows(
                PythonConversionException.class,
                () -> namespace.evalAs(Columns.class, "items[['price']]"))
            .getMessage();
    assertTrue(columns.endsWith("it has no column 'name', only 'price'"), columns);
  }

  @Test
  void columnsOfOneNameAreRefused() {
    namespace.exec("twins = pd.DataFrame([[1, 2]], columns=['a', 'a'])");
    for (TypeRef<?> type :
        List.of(
            new TypeRef<List<Map<String, Object>>>() {},
            new TypeRef<Map<String, List<Object>>>() {})) {
      String message = refusal(type, "twins");
      assertTrue(message.contains("several of its columns are named 'a'"), message);
    }
  }

  @Test
  void cellThatDoesNotSuitIsPlaced() {
    namespace.exec("items.loc[1, 'price'] = 2.5");
    String message =
        refusal(new TypeRef<List<Map<String, Long>>>() {}, "items[['count', 'price']]");
    assertTrue(
        message.startsWith("row 0, column 'price': cannot convert 0.5 (Python float) to long"),
        message);
  }

  @Test
  void refusedTablesGiveTheirHandlesBack() {
    long before = TestPython.get().handleCount();
    for (int i = 0; i < 100; i++) {
      refusal(new TypeRef<List<Map<String, Long>>>() {}, "items");
      refusal(new TypeRef<Map<String, List<Long>>>() {}, "items");
      refusal(new TypeRef<List<Referring>>() {}, "items");
      as(new TypeRef<List<Item>>() {}, "items");
      namespace.evalAs(Item.class, "items.iloc[1]");
    }
    assertTrue(TestPython.get().handleCount() < before + 60);
  }
}
