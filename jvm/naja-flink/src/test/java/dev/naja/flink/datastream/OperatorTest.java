package dev.naja.flink.datastream;

import static dev.naja.flink.datastream.Harnesses.function;
import static dev.naja.flink.datastream.Harnesses.taken;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.naja.flink.PythonAggregate;
import dev.naja.flink.PythonBroadcastProcess;
import dev.naja.flink.PythonMap;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.StreamMap;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithNonKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

/** When batches are run, what broadcast state is after a restore, and rows of SQL. */
class OperatorTest {

  private static OneInputStreamOperatorTestHarness<Long, Long> batches(int size, long delay)
      throws Exception {
    OneInputStreamOperatorTestHarness<Long, Long> harness =
        new OneInputStreamOperatorTestHarness<>(
            new BatchOperator<>(
                function("all_even", Types.LONG).withInputs(Types.LONG),
                null,
                size,
                Duration.ofMillis(delay)));
    harness.open();
    return harness;
  }

  @Test
  void aBatchIsRunWhenItIsFull() throws Exception {
    try (var harness = batches(2, 0)) {
      harness.processElement(2L, 10);
      assertEquals(List.of(), taken(harness));
      harness.processElement(4L, 11);
      assertEquals(
          List.of(new StreamRecord<>(2L, 10), new StreamRecord<>(4L, 11)),
          harness.extractOutputStreamRecords());
    }
  }

  @Test
  void aBatchIsRunWhenItsFirstRecordHasWaited() throws Exception {
    try (var harness = batches(100, 20)) {
      harness.setProcessingTime(1_000);
      harness.processElement(2L, 10);
      harness.setProcessingTime(1_019);
      harness.processElement(4L, 11);
      assertEquals(List.of(), taken(harness));
      harness.setProcessingTime(1_020);
      assertEquals(List.of(2L, 4L), taken(harness));
      harness.processElement(6L, 12);
      harness.setProcessingTime(1_040);
      assertEquals(List.of(6L), taken(harness));
    }
  }

  @Test
  void aBatchIsRunBeforeAWatermarkACheckpointAndTheEnd() throws Exception {
    try (var harness = batches(100, 0)) {
      harness.processElement(2L, 10);
      harness.processWatermark(10);
      assertEquals(new StreamRecord<>(2L, 10), harness.getOutput().peek());
      assertEquals(List.of(2L), taken(harness));
      harness.processElement(4L, 11);
      harness.prepareSnapshotPreBarrier(1);
      assertEquals(List.of(4L), taken(harness));
      harness.processElement(6L, 12);
      harness.endInput();
      assertEquals(List.of(6L), taken(harness));
    }
  }

  private static KeyedTwoInputStreamOperatorTestHarness<Long, Long, Long, String> swapping(
      OperatorSubtaskState state) throws Exception {
    PythonBroadcastProcess<Long, Long, Long, String> function =
        PythonBroadcastProcess.<Long, Long, Long, String>of(
                function("Swapping", Types.STRING)
                    .withInputs(Types.LONG, Types.LONG)
                    .withKey(Types.LONG))
            .withState("models", Types.STRING, PythonAggregate.accumulatorType());
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<Long, Long, Long, String>(
            new CoBroadcastWithKeyedOperator<>(
                function,
                List.of(
                    new MapStateDescriptor<>(
                        "models", Types.STRING, PythonAggregate.accumulatorType()))),
            value -> value,
            null,
            Types.LONG);
    harness.setup();
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  @Test
  void aModelIsSwappedAndRestored() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = swapping(null)) {
      harness.processElement1(5L, 1);
      harness.processElement2(1L, 2);
      harness.processElement1(5L, 3);
      harness.processElement2(2L, 4);
      snapshot = harness.snapshot(1, 5);
      harness.processElement2(3L, 6);
      harness.processElement1(6L, 7);
      assertEquals(List.of("5:None:5", "5:1:5", "6:3:6"), taken(harness));
    }
    try (var harness = swapping(snapshot)) {
      harness.processElement1(5L, 8);
      assertEquals(List.of("5:2:5"), taken(harness));
    }
  }

  @Test
  void aModelForAStreamWithoutKeys() throws Exception {
    var models =
        new MapStateDescriptor<>("models", Types.STRING, PythonAggregate.accumulatorType());
    var function =
        new UnkeyedBroadcast<Long, Long, String>(
            function("Swapping", Types.STRING).withInputs(Types.LONG, Types.LONG),
            List.of(models),
            List.of(Types.STRING, PythonAggregate.accumulatorType()));
    try (var harness =
        new TwoInputStreamOperatorTestHarness<Long, Long, String>(
            new CoBroadcastWithNonKeyedOperator<>(function, List.of(models)))) {
      harness.open();
      harness.processElement1(new StreamRecord<>(5L));
      harness.processElement2(new StreamRecord<>(1L));
      harness.processElement1(new StreamRecord<>(5L));
      assertEquals(List.of("None:None:5", "None:1:5"), taken(harness));
    }
  }

  @Test
  void rowsOfSql() throws Exception {
    InternalTypeInfo<RowData> type =
        InternalTypeInfo.of(
            RowType.of(
                new LogicalType[] {
                  new BigIntType(),
                  VarCharType.STRING_TYPE,
                  new DecimalType(10, 2),
                  new TimestampType(3),
                  RowType.of(new BigIntType())
                },
                new String[] {"id", "name", "price", "at", "inner"}));
    RowData row =
        GenericRowData.of(
            7L,
            StringData.fromString("Zürich"),
            DecimalData.fromUnscaledLong(1250, 10, 2),
            TimestampData.fromEpochMillis(1_000),
            GenericRowData.of(8L));
    try (var harness =
        new OneInputStreamOperatorTestHarness<RowData, String>(
            new StreamMap<>(
                PythonMap.<RowData, String>of(function("shown", Types.STRING).withInputs(type))))) {
      harness.open();
      harness.processElement(row, 0);
      assertEquals(
          List.of(
              "Row(id=7, name='Zürich', price=Decimal('12.50'),"
                  + " at=datetime.datetime(1970, 1, 1, 0, 0, 1), inner=Row(f0=8))"),
          taken(harness));
    }
    try (var harness =
        new OneInputStreamOperatorTestHarness<RowData, RowData>(
            new StreamMap<>(
                PythonMap.<RowData, RowData>of(function("echo", type).withInputs(type))))) {
      harness.open();
      harness.processElement(row, 0);
      assertEquals(List.of(row), taken(harness));
    }
  }
}
