package dev.naja.flink.table;

import static dev.naja.flink.table.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.naja.flink.TestTables;
import dev.naja.flink.runtime.OpenAggregate;
import dev.naja.flink.runtime.PythonCallable;
import dev.naja.flink.runtime.TaskContext;
import dev.naja.flink.types.PythonSignature;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshotSerializationUtil;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.InternalSerializers;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

/** What becomes of accumulators in checkpoints, savepoints and between tasks. */
class AccumulatorTest {
  private static final LogicalType STRING = VarCharType.STRING_TYPE;
  private static final LogicalType LONG = new BigIntType();
  private static final RowType TOTALS =
      RowType.of(new LogicalType[] {LONG, LONG}, new String[] {"total", "weight"});

  private static OpenAggregate visits() {
    return open("aggregates:Visits", List.of(STRING, LONG), null, STRING);
  }

  private static OpenAggregate mean() {
    return open("aggregates:WeightedMean", List.of(LONG, LONG), TOTALS, new DoubleType());
  }

  private static OpenAggregate open(
      String reference, List<LogicalType> arguments, LogicalType accumulator, LogicalType result) {
    PythonCallable callable = PythonCallable.of(TestTables.python(), reference);
    ClassLoader loader = AccumulatorTest.class.getClassLoader();
    PythonSignature signature = callable.describe(loader);
    return OpenAggregate.open(
        callable, signature, arguments, accumulator, result, TaskContext.planning(loader));
  }

  private static void visit(OpenAggregate function, PythonAccumulator to, String item, long at) {
    function.accumulate(to.change(function), new Object[] {StringData.fromString(item), at});
  }

  private static String value(OpenAggregate function, PythonAccumulator of) {
    return function.value(of.read(function)).toString();
  }

  private static <T> T written(TypeSerializer<T> serializer, T value) throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    DataOutputSerializer copied = new DataOutputSerializer(1024); // It does not grow here.
    serializer.copy(new DataInputDeserializer(out.getCopyOfBuffer()), copied);
    return serializer.deserialize(new DataInputDeserializer(copied.getCopyOfBuffer()));
  }

  private static <T> TypeSerializerSnapshot<T> restored(TypeSerializer<T> serializer)
      throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshotSerializationUtil.writeSerializerSnapshot(
        out, serializer.snapshotConfiguration());
    return TypeSerializerSnapshotSerializationUtil.readSerializerSnapshot(
        new DataInputDeserializer(out.getCopyOfBuffer()), AccumulatorTest.class.getClassLoader());
  }

  @Test
  void pickledAccumulatorsGoOnInAnotherTask() throws Exception {
    PythonAccumulatorSerializer serializer =
        new PythonAccumulatorSerializer(BytePrimitiveArraySerializer.INSTANCE);
    PythonAccumulator restored;
    try (OpenAggregate first = visits()) {
      PythonAccumulator accumulator = new PythonAccumulator(first);
      visit(first, accumulator, "b", 2);
      restored = written(serializer, accumulator);
    }
    // Once more, by a task that never works on it.
    restored = written(serializer, restored);
    try (OpenAggregate second = visits()) {
      visit(second, restored, "a", 1);
      assertEquals("a|b", value(second, restored));
    }
  }

  @Test
  void declaredAccumulatorsAreWrittenAsSqlValues() throws Exception {
    PythonAccumulatorSerializer serializer =
        new PythonAccumulatorSerializer(InternalSerializers.create(TOTALS));
    try (OpenAggregate function = mean()) {
      PythonAccumulator accumulator = new PythonAccumulator(function);
      function.accumulate(accumulator.change(function), new Object[] {3L, 2L});
      PythonAccumulator restored = written(serializer, accumulator);
      RowData row = (RowData) restored.kept();
      assertEquals(List.of(6L, 2L), List.of(row.getLong(0), row.getLong(1)));
      function.accumulate(restored.change(function), new Object[] {6L, 1L});
      assertEquals(4.0, function.value(restored.read(function)));
    }
  }

  @Test
  void copiesChangeByThemselves() {
    try (OpenAggregate function = visits()) {
      PythonAccumulator one = new PythonAccumulator(function);
      visit(function, one, "a", 1);
      PythonAccumulator other = one.copy();
      visit(function, one, "b", 2);
      visit(function, other, "c", 3);
      assertEquals("a|b", value(function, one));
      assertEquals("a|c", value(function, other));
    }
  }

  @Test
  void whatIsKeptIsForgottenWhenTheObjectChanges() throws Exception {
    PythonAccumulatorSerializer serializer =
        new PythonAccumulatorSerializer(BytePrimitiveArraySerializer.INSTANCE);
    try (OpenAggregate function = visits()) {
      PythonAccumulator accumulator = new PythonAccumulator(function);
      visit(function, accumulator, "a", 1);
      assertEquals("a", value(function, written(serializer, accumulator)));
      visit(function, accumulator, "b", 2);
      assertEquals("a|b", value(function, written(serializer, accumulator)));
      PythonAccumulator merged = new PythonAccumulator(function);
      function.merge(merged.change(function), List.of(accumulator.read(function)));
      function.retract(merged.change(function), new Object[] {StringData.fromString("a"), 1L});
      assertEquals("b", value(function, merged));
      assertEquals("a|b", value(function, accumulator));
    }
  }

  @Test
  void picklesOfMissingClassesSayWhatIsMissing() {
    // A pickle that names a class of a module that is gone.
    byte[] pickle = "cgone_module\nGone\n.".getBytes(StandardCharsets.US_ASCII);
    try (OpenAggregate function = visits()) {
      PythonAccumulator accumulator = new PythonAccumulator(null, pickle);
      Exception refused = assertThrows(Exception.class, () -> value(function, accumulator));
      assertMessage(refused, "the accumulator of a checkpoint cannot be read: ");
      assertMessage(refused, "No module named 'gone_module'");
      assertMessage(refused, "aggregates.py:");
    }
  }

  @Test
  void savepointsTellWhetherTheyCanBeRead() throws Exception {
    PythonAccumulatorSerializer pickles =
        new PythonAccumulatorSerializer(BytePrimitiveArraySerializer.INSTANCE);
    PythonAccumulatorSerializer totals =
        new PythonAccumulatorSerializer(InternalSerializers.create(TOTALS));
    TypeSerializerSnapshot<PythonAccumulator> before = restored(totals);
    assertEquals(totals, before.restoreSerializer());
    assertTrue(
        totals.snapshotConfiguration().resolveSchemaCompatibility(before).isCompatibleAsIs());
    RowType wider = RowType.of(LONG, LONG, new IntType());
    for (PythonAccumulatorSerializer other :
        List.of(pickles, new PythonAccumulatorSerializer(InternalSerializers.create(wider)))) {
      assertTrue(other.snapshotConfiguration().resolveSchemaCompatibility(before).isIncompatible());
    }
  }

  @Test
  void rowsOfGroupsAreWrittenInTheirOrder() throws Exception {
    RowDataSerializer row = new RowDataSerializer(STRING, LONG);
    GroupRowsSerializer serializer = new GroupRowsSerializer(row);
    GroupRows group = new GroupRows();
    for (long at = 0; at < 3; at++) {
      group.add(row.toBinaryRow(GenericRowData.of(StringData.fromString("a" + at % 2), at)).copy());
    }
    GroupRows restored = written(serializer, group);
    assertEquals(group.rows(), restored.rows());
    restored.remove(row.toBinaryRow(GenericRowData.of(StringData.fromString("a1"), 1L)));
    assertEquals(List.of(group.rows().get(0), group.rows().get(2)), restored.rows());
    GroupRows copy = restored.copy();
    copy.addAll(group);
    assertEquals(List.of(2, 5), List.of(restored.rows().size(), copy.rows().size()));
    assertEquals(serializer, restored(serializer).restoreSerializer());
    assertTrue(
        new GroupRowsSerializer(new RowDataSerializer(LONG))
            .snapshotConfiguration()
            .resolveSchemaCompatibility(restored(serializer))
            .isIncompatible());
  }
}
