package dev.naja.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.complex.impl.UnionListWriter;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.Test;

/** Does Python see what Java wrote? */
class JavaVectorsTest extends ArrowTest {

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What Python sees of three values: one set by a test, one null, and one set again. */
  private <V extends FieldVector> void check(
      V vector, BiConsumer<V, Integer> set, String type, String expected) {
    try (vector) {
      vector.allocateNew();
      set.accept(vector, 0);
      set.accept(vector, 2);
      vector.setValueCount(3);
      give("a", Arrow.toPython(vector));
    }
    namespace.exec("a.validate(full=True)");
    assertEquals(type, namespace.eval("str(a.type)"));
    assertEquals(expected, namespace.eval("str(a.to_pylist())"));
  }

  @Test
  void valuesAndNullsArrive() {
    check(new IntVector("", allocator), (v, i) -> v.set(i, i - 1), "int32", "[-1, None, 1]");
    check(
        new BigIntVector("", allocator),
        (v, i) -> v.set(i, Long.MIN_VALUE),
        "int64",
        "[-9223372036854775808, None, -9223372036854775808]");
    check(new BitVector("", allocator), (v, i) -> v.set(i, i / 2), "bool", "[False, None, True]");
    check(new Float8Vector("", allocator), (v, i) -> v.set(i, 0.1), "double", "[0.1, None, 0.1]");
    check(
        new VarCharVector("", allocator),
        (v, i) -> v.setSafe(i, utf8("日" + i)),
        "string",
        "['日0', None, '日2']");
    check(
        new LargeVarCharVector("", allocator),
        (v, i) -> v.setSafe(i, utf8("a")),
        "large_string",
        "['a', None, 'a']");
    check(
        new ViewVarCharVector("", allocator),
        (v, i) -> v.setSafe(i, utf8("longer than a view holds")),
        "string_view",
        "['longer than a view holds', None, 'longer than a view holds']");
    check(
        new VarBinaryVector("", allocator),
        (v, i) -> v.setSafe(i, new byte[] {0, -1}),
        "binary",
        "[b'\\x00\\xff', None, b'\\x00\\xff']");
    check(
        new DecimalVector("", allocator, 10, 2),
        (v, i) -> v.set(i, new BigDecimal("-1.50")),
        "decimal128(10, 2)",
        "[Decimal('-1.50'), None, Decimal('-1.50')]");
    check(
        new DateDayVector("", allocator),
        (v, i) -> v.set(i, -1),
        "date32[day]",
        "[datetime.date(1969, 12, 31), None, datetime.date(1969, 12, 31)]");
    check(new NullVector("", 3), (v, i) -> {}, "null", "[None, None, None]");
  }

  @Test
  void zonesArrive() {
    FieldType berlin =
        FieldType.nullable(new ArrowType.Timestamp(TimeUnit.MICROSECOND, "Europe/Berlin"));
    try (TimeStampMicroTZVector vector = new TimeStampMicroTZVector("", berlin, allocator)) {
      vector.setSafe(0, 1);
      vector.setValueCount(1);
      give("a", Arrow.toPython(vector));
    }
    assertEquals("timestamp[us, tz=Europe/Berlin]", namespace.eval("str(a.type)"));
    assertEquals("1970-01-01 01:00:00.000001+01:00", namespace.eval("str(a[0].as_py())"));
  }

  @Test
  void listsAndStructsArrive() {
    try (ListVector list = ListVector.empty("l", allocator)) {
      UnionListWriter writer = list.getWriter();
      writer.startList();
      writer.writeInt(1);
      writer.writeNull();
      writer.endList();
      writer.startList();
      writer.endList();
      writer.setValueCount(3);
      list.setValueCount(3);
      give("a", Arrow.toPython(list));
    }
    assertEquals("[[1, None], [], None]", namespace.eval("str(a.to_pylist())"));
    try (StructVector struct = StructVector.empty("s", allocator)) {
      struct
          .addOrGet("x", FieldType.nullable(new ArrowType.Int(8, true)), TinyIntVector.class)
          .setSafe(1, 7);
      struct.setIndexDefined(1);
      struct.setValueCount(2);
      give("a", Arrow.toPython(struct));
    }
    assertEquals("[None, {'x': 7}]", namespace.eval("str(a.to_pylist())"));
  }

  @Test
  void vectorsWithoutMemoryArrive() {
    try (VectorSchemaRoot root =
        VectorSchemaRoot.of(
            new VarCharVector("s", allocator),
            new IntVector("i", allocator),
            ListVector.empty("l", allocator))) {
      give("a", Arrow.toPython(root));
    }
    namespace.exec("a.validate(full=True)");
    assertEquals(0L, namespace.eval("a.num_rows"));
    try (VectorSchemaRoot root = VectorSchemaRoot.of()) {
      give("a", Arrow.toPython(root));
    }
    assertEquals(0L, namespace.eval("a.num_columns"));
  }

  @Test
  void slicesOfARootArrive() {
    try (IntVector numbers = new IntVector("i", allocator);
        BitVector bits = new BitVector("b", allocator);
        VarCharVector texts = new VarCharVector("s", allocator)) {
      for (int i = 0; i < 20; i++) {
        numbers.setSafe(i, i);
        bits.setSafe(i, i % 3 == 0 ? 1 : 0);
        texts.setSafe(i, utf8("t" + i));
      }
      VectorSchemaRoot root = new VectorSchemaRoot(List.of(numbers, bits, texts));
      root.setRowCount(20);
      try (VectorSchemaRoot slice = root.slice(11, 3)) {
        give("a", Arrow.toPython(slice));
      }
    }
    assertEquals(
        "{'i': [11, 12, 13], 'b': [False, True, False], 's': ['t11', 't12', 't13']}",
        namespace.eval("str(a.to_pydict())"));
  }

  @Test
  void dictionariesArrive() {
    DictionaryEncoding encoding = new DictionaryEncoding(5, false, new ArrowType.Int(8, true));
    try (VarCharVector words = new VarCharVector("d", allocator);
        VarCharVector plain = new VarCharVector("w", allocator)) {
      words.setSafe(0, utf8("yes"));
      words.setSafe(1, utf8("no"));
      words.setValueCount(2);
      plain.setSafe(0, utf8("no"));
      plain.setSafe(2, utf8("yes"));
      plain.setValueCount(3);
      Dictionary dictionary = new Dictionary(words, encoding);
      DictionaryProvider provider = new DictionaryProvider.MapDictionaryProvider(dictionary);
      try (FieldVector encoded = (FieldVector) DictionaryEncoder.encode(plain, dictionary)) {
        give("a", Arrow.toPython(encoded, provider));
        give("batch", Arrow.toPython(VectorSchemaRoot.of(encoded), provider));
      }
    }
    assertEquals(
        "dictionary<values=string, indices=int8, ordered=0>", namespace.eval("str(a.type)"));
    assertEquals("['no', None, 'yes']", namespace.eval("str(a.to_pylist())"));
    assertTrue(holds("batch.column('w').equals(a)"));
  }

  @Test
  void memoryIsTheSame() {
    try (IntVector vector = new IntVector("", allocator)) {
      vector.setSafe(0, 1);
      vector.setValueCount(1);
      give("a", Arrow.toPython(vector));
      ArrowBuf data = vector.getDataBuffer();
      assertEquals(data.memoryAddress(), namespace.eval("a.buffers()[1].address"));
    }
  }

  @Test
  void pythonKeepsWhatJavaHasClosed() {
    try (IntVector vector = new IntVector("", allocator)) {
      vector.setSafe(0, 7);
      vector.setValueCount(1);
      give("a", Arrow.toPython(vector));
    }
    assertTrue(allocator.getAllocatedMemory() > 0);
    assertEquals(List.of(7L), namespace.eval("a.to_pylist()"));
    drop();
    assertEquals(0, allocator.getAllocatedMemory());
  }
}
