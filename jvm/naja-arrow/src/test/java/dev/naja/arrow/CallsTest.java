package dev.naja.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.naja.PyObject;
import dev.naja.PythonConversionException;
import dev.naja.PythonException;
import dev.naja.TypeRef;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.IntervalYearVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

/** Do Arrow's classes go through calls like any other? */
class CallsTest extends ArrowTest {

  /** What Python is bound to. */
  interface Model {
    VectorSchemaRoot twice(VectorSchemaRoot rows);

    FieldVector column(VectorSchemaRoot rows, String name);

    long rows(ArrowReader reader);

    List<String> names(Schema schema);
  }

  private VectorSchemaRoot numbers(int count) {
    BigIntVector numbers = new BigIntVector("n", allocator);
    for (int i = 0; i < count; i++) {
      numbers.setSafe(i, i);
    }
    numbers.setValueCount(count);
    return VectorSchemaRoot.of(numbers);
  }

  private Model model() {
    namespace.exec(
        String.join(
            "\n",
            "import pyarrow.compute as pc",
            "class Model:",
            "  def twice(self, rows):",
            "    assert isinstance(rows, pa.RecordBatch)",
            "    return pa.record_batch([pc.multiply(rows['n'], 2)], ['n'])",
            "  def column(self, rows, name):",
            "    return rows[name]",
            "  def rows(self, reader):",
            "    return sum(batch.num_rows for batch in reader)",
            "  def names(self, schema):",
            "    return schema.names"));
    try (PyObject model = eval("Model()")) {
      return model.bind(Model.class);
    }
  }

  @Test
  void boundMethodsTakeAndGiveThem() {
    Model model = model();
    try (VectorSchemaRoot root = numbers(3);
        VectorSchemaRoot twice = model.twice(root);
        FieldVector column = model.column(twice, "n")) {
      assertEquals(List.of("0", "2", "4"), texts(twice.getVector("n")));
      assertEquals(List.of("0", "2", "4"), texts(column));
      assertEquals(List.of("n"), model.names(root.getSchema()));
    }
  }

  @Test
  void argumentIsDroppedWhenTheCallReturns() {
    Model model = model();
    try (VectorSchemaRoot root = numbers(1000)) {
      model.names(root.getSchema());
      long before = allocator.getAllocatedMemory();
      try (PyObject none = eval("lambda rows: None")) {
        none.call(root);
      }
      assertEquals(before, allocator.getAllocatedMemory());
    }
    assertEquals(0, allocator.getAllocatedMemory());
  }

  @Test
  void callsAndVariablesTakeAndGiveThem() {
    try (VectorSchemaRoot root = numbers(2)) {
      namespace.set("batch", root);
      namespace.set("pair", List.of(root, root.getSchema()));
    }
    assertEquals(List.of(0L, 1L), namespace.eval("batch['n'].to_pylist()"));
    assertTrue(holds("pair[0].equals(batch) and pair[1].equals(batch.schema)"));
    try (VectorSchemaRoot back = namespace.get("batch", VectorSchemaRoot.class);
        BigIntVector column = namespace.evalAs(BigIntVector.class, "batch['n']")) {
      assertEquals(List.of("0", "1"), texts(back.getVector(0)));
      assertEquals(1, column.get(1));
    }
    List<VectorSchemaRoot> both =
        namespace.evalAs(new TypeRef<List<VectorSchemaRoot>>() {}, "[batch, batch.slice(1)]");
    assertEquals(1, both.get(1).getRowCount());
    both.forEach(VectorSchemaRoot::close);
    assertEquals(null, namespace.evalAs(VectorSchemaRoot.class, "None"));
  }

  @Test
  void tablesOfManyKindsBecomeARoot() {
    namespace.exec("import pandas as pd");
    for (String table :
        new String[] {
          "pa.table({'n': [0, 1, 2]})",
          "pa.concat_tables([pa.table({'n': [0]}), pa.table({'n': [1, 2]})])",
          "pa.table({'n': pa.chunked_array([[0], [], [1, 2]])})",
          "pa.table({'n': [9, 0, 1, 2]}).slice(1)",
          "pa.RecordBatchReader.from_batches(pa.schema({'n': pa.int64()}),"
              + " [pa.record_batch({'n': [0, 1, 2]})])",
          "pd.DataFrame({'n': [0, 1, 2]})",
          "pa.array([{'n': 0}, {'n': 1}, {'n': 2}])"
        }) {
      try (VectorSchemaRoot root = namespace.evalAs(VectorSchemaRoot.class, table)) {
        assertEquals(List.of("0", "1", "2"), texts(root.getVector("n")), table);
      }
    }
    try (VectorSchemaRoot root =
        namespace.evalAs(VectorSchemaRoot.class, "pa.schema({'n': pa.int8()}).empty_table()")) {
      assertEquals(0, root.getRowCount());
      assertEquals(List.of(), texts(root.getVector("n")));
    }
    try (FieldVector series = namespace.evalAs(FieldVector.class, "pd.Series([1.5, 2.5])")) {
      assertEquals(List.of("1.5", "2.5"), texts(series));
    }
    try (FieldVector chunks =
        namespace.evalAs(FieldVector.class, "pa.chunked_array([['a'], ['b']])")) {
      assertEquals(List.of("a", "b"), texts(chunks));
    }
  }

  /** What Python calls. */
  public static final class Host {
    VectorSchemaRoot kept;

    /** The sum of a column. */
    public long sum(VectorSchemaRoot rows) {
      try (rows) {
        long sum = 0;
        BigIntVector column = (BigIntVector) rows.getVector("n");
        for (int i = 0; i < rows.getRowCount(); i++) {
          sum += column.get(i);
        }
        return sum;
      }
    }

    /** The root itself. */
    public VectorSchemaRoot kept() {
      return kept;
    }

    /** Batches one by one. */
    public Iterator<VectorSchemaRoot> batches() {
      return List.of(kept, kept).iterator();
    }
  }

  @Test
  void methodsOfJavaTakeAndGiveThem() {
    try (VectorSchemaRoot root = numbers(4)) {
      Host host = new Host();
      host.kept = root;
      namespace.set("host", host);
      assertEquals(5L, namespace.eval("host.sum(pa.record_batch({'n': [2, 3]}))"));
      assertEquals(6L, namespace.eval("host.sum(host.kept())"));
    }
    drop();
  }

  @Test
  void rootThatJavaReturnsIsAJavaObjectWhoseValueIsABatch() {
    try (VectorSchemaRoot root = numbers(2)) {
      Host host = new Host();
      host.kept = root;
      namespace.set("host", host);
      namespace.exec("import naja\nbatch = naja.value(host.kept())");
      assertEquals(List.of(0L, 1L), namespace.eval("batch['n'].to_pylist()"));
      assertSame(root, namespace.evalAs(VectorSchemaRoot.class, "host.kept()"));
    }
    // Java's reference to what naja.value made is left to the garbage collector.
    for (int i = 0; i < 100 && allocator.getAllocatedMemory() > 0; i++) {
      System.gc();
      drop();
    }
  }

  @Test
  void otherVectorThanAskedForIsRefused() {
    PythonConversionException refused =
        assertThrows(
            PythonConversionException.class,
            () -> namespace.evalAs(IntVector.class, "pa.array(['a'])"));
    assertEquals(
        "cannot convert an object (Python pyarrow.lib.StringArray) to"
            + " org.apache.arrow.vector.IntVector: it becomes a vector of : Utf8",
        refused.getMessage());
    try (VarCharVector text = namespace.evalAs(VarCharVector.class, "pa.array(['a'])")) {
      assertEquals(List.of("a"), texts(text));
    }
  }

  @Test
  void whatIsNoTableIsRefused() {
    assertEquals(
        "cannot convert an object (Python object) to"
            + " org.apache.arrow.vector.VectorSchemaRoot: it has neither __arrow_c_array__ nor"
            + " __arrow_c_stream__: make a table of it, as by pyarrow.table(...) or"
            + " pandas.DataFrame(...)",
        refusal(VectorSchemaRoot.class, "object()"));
    assertTrue(
        refusal(VectorSchemaRoot.class, "pa.array([1])").contains("non-struct type"),
        refusal(VectorSchemaRoot.class, "pa.array([1])"));
    assertTrue(
        refusal(VectorSchemaRoot.class, "pa.array([{'a': 1}, None, {'a': 2}]).slice(1)")
            .endsWith(
                "its row 0 is null as a whole, which no table knows: take it as a vector, or drop"
                    + " such rows"));
    assertTrue(
        refusal(VectorSchemaRoot.class, "pa.table({'c': pa.array(['a']).dictionary_encode()})")
            .endsWith(
                "'c' is dictionary encoded: give a CDataDictionaryProvider, take it as an"
                    + " ArrowReader, which has the dictionaries, or cast it to plain values in"
                    + " Python"));
    assertTrue(
        refusal(Schema.class, "1").endsWith("it has no __arrow_c_schema__: take a pyarrow.Schema"));
  }

  @Test
  void typesWithoutAVectorAreRefused() {
    assertTrue(
        refusal(VectorSchemaRoot.class, "pa.table({'c': pa.array([b''], pa.binary(0))})")
            .endsWith(
                "arrow-java has no vector for the type FixedSizeBinary(0) of 'c': cast it to binary"
                    + " in Python"));
    if (holds("hasattr(pa, 'decimal32')")) {
      assertTrue(
          refusal(VectorSchemaRoot.class, "pa.table({'c': pa.array([1], pa.decimal32(5, 2))})")
              .endsWith(
                  "arrow-java has no vector for the type Decimal(5, 2, 32) of 'c': cast it to"
                      + " decimal128 in Python"));
    }
  }

  private String refusal(Class<?> type, String expression) {
    return assertThrows(
            PythonConversionException.class, () -> namespace.evalAs(type, expression), expression)
        .getMessage();
  }

  @Test
  void rootWhoseColumnsDifferInLengthIsRefused() {
    try (VectorSchemaRoot root = numbers(3)) {
      root.getVector(0).setValueCount(2);
      PythonConversionException refused =
          assertThrows(PythonConversionException.class, () -> Arrow.toPython(root));
      assertEquals(
          "cannot pass a VectorSchemaRoot of 3 rows whose column 'n' has 2 values: call"
              + " root.setRowCount(...) when the columns are filled",
          refused.getMessage());
    }
  }

  @Test
  void typeThatPythonDoesNotKnowIsItsError() {
    try (IntervalYearVector years = new IntervalYearVector("y", allocator)) {
      years.setSafe(0, 1);
      years.setValueCount(1);
      assertThrows(PythonException.class, () -> Arrow.toPython(years));
    }
  }

  @Test
  void missingPyarrowIsNamed() {
    namespace.exec("import sys\nhidden, sys.modules['pyarrow'] = sys.modules['pyarrow'], None");
    try (VectorSchemaRoot root = numbers(2)) {
      PythonException missing = assertThrows(PythonException.class, () -> Arrow.toPython(root));
      assertEquals("ImportError", missing.pythonType());
      assertTrue(
          missing.pythonMessage().endsWith("-m pip install pyarrow"), missing::pythonMessage);
      give("bare", Arrow.capsules(root, null));
    } finally {
      namespace.exec("sys.modules['pyarrow'] = hidden");
    }
    assertEquals(List.of(0L, 1L), namespace.eval("pa.record_batch(bare)['n'].to_pylist()"));
    PythonException again =
        assertThrows(PythonException.class, () -> namespace.exec("pa.record_batch(bare)"));
    assertEquals("ValueError", again.pythonType());
  }
}
