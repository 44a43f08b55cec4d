package dev.naja.flink.datastream;

import static dev.naja.flink.datastream.Harnesses.function;
import static dev.naja.flink.datastream.Harnesses.keyed;
import static dev.naja.flink.datastream.Harnesses.taken;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.naja.PythonException;
import dev.naja.flink.FailurePolicy;
import dev.naja.flink.PythonKeyedProcess;
import dev.naja.flink.StreamFunction;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;

/** Keyed state, timers and checkpoints of Python process functions. */
class KeyedProcessTest {

  private static <IN> KeyedOneInputStreamOperatorTestHarness<String, IN, String> opened(
      String name, TypeInformation<IN> input, OperatorSubtaskState state) throws Exception {
    return opened(function(name, Types.STRING).withInputs(input), state);
  }

  private static <IN> KeyedOneInputStreamOperatorTestHarness<String, IN, String> opened(
      StreamFunction<String> function, OperatorSubtaskState state) throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, IN, String> harness =
        keyed(
            PythonKeyedProcess.of(function.withKey(Types.STRING)),
            value -> value.toString().substring(0, 1),
            Types.STRING);
    harness.setup(
        Types.STRING.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  @Test
  void statesOfAllKinds() throws Exception {
    try (var harness = opened("Counting", Types.STRING, null)) {
      harness.processElement("aa", 1);
      harness.processElement("abc", 2);
      harness.processElement("b", 3);
      harness.processElement("ac", 4);
      assertEquals(
          List.of(
              "a 1 ['aa'] [(2, (1, 'aa'))] aa 2.0 ['aa'] True",
              "a 2 ['aa', 'abc'] [(2, (1, 'aa')), (3, (1, 'abc'))] abc 2.5 ['aa', 'abc'] True",
              "b 1 ['b'] [(1, (1, 'b'))] b 1.0 ['b'] False",
              "a 3 ['aa', 'abc', 'ac'] [(2, (2, 'ac')), (3, (1, 'abc'))] abc 2.3333333333333335"
                  + " ['aa', 'abc', 'ac'] True"),
          taken(harness));
    }
  }

  @Test
  void statesAreClearedForTheirKeyAlone() throws Exception {
    try (var harness = opened("Counting", Types.STRING, null)) {
      harness.processElement("cat", 1);
      harness.processElement("dog", 1);
      harness.processElement("clear", 2);
      harness.processElement("cow", 3);
      harness.processElement("dig", 3);
      assertEquals(
          List.of(
              "c 1 ['cat'] [(3, (1, 'cat'))] cat 3.0 ['cat'] False",
              "d 1 ['dog'] [(3, (1, 'dog'))] dog 3.0 ['dog'] False",
              "c 1 ['cow'] [(3, (1, 'cow'))] cow 3.0 ['cow'] False",
              "d 2 ['dog', 'dig'] [(3, (2, 'dig'))] dog 3.0 ['dig', 'dog'] False"),
          taken(harness));
    }
  }

  @Test
  void timersOfBothTimes() throws Exception {
    try (var harness = opened("Timers", Types.LONG, null)) {
      harness.setProcessingTime(1_000);
      harness.processElement(20L, 20);
      harness.processWatermark(29);
      harness.processElement(30L, 30);
      assertEquals(List.of("2 at 20 wm False", "3 at 30 wm True"), taken(harness));
      harness.processWatermark(31);
      assertEquals(List.of("2 event 30 30"), taken(harness));
      harness.setProcessingTime(1_100);
      assertEquals(
          List.of("2 processing 1100 1100", "3 processing 1100 1100"),
          taken(harness).stream().sorted().toList());
      harness.processWatermark(Long.MAX_VALUE);
      assertEquals(List.of("3 event 40 40"), taken(harness));
    }
  }

  @Test
  void stateExpires() throws Exception {
    try (var harness = opened("Expiring", Types.LONG, null)) {
      harness.setStateTtlProcessingTime(0);
      harness.processElement(1L, 0);
      harness.processElement(12L, 0);
      harness.setStateTtlProcessingTime(49);
      harness.processElement(13L, 0);
      harness.setStateTtlProcessingTime(99);
      harness.processElement(14L, 0);
      assertEquals(List.of("None", "1", "12", "None"), taken(harness));
    }
  }

  @Test
  void aCheckpointHasWhatTheStateWasThen() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = opened("Stateful", Types.STRING, null)) {
      harness.processElement("a1", 1);
      harness.processElement("b1", 2);
      snapshot = harness.snapshot(1, 3);
      harness.processElement("a2", 4);
      assertEquals(List.of("a ['a1']", "b ['b1']", "a ['a1', 'a2']"), taken(harness));
    }
    try (var harness = opened("Stateful", Types.STRING, snapshot)) {
      harness.processElement("a3", 5);
      harness.processElement("b3", 6);
      assertEquals(List.of("a ['a1', 'a3']", "b ['b1', 'b3']"), taken(harness));
    }
  }

  @Test
  void timersAndTypedStatesAreRestored() throws Exception {
    OperatorSubtaskState timers;
    OperatorSubtaskState counts;
    try (var harness = opened("Timers", Types.LONG, null)) {
      harness.processElement(20L, 20);
      timers = harness.snapshot(1, 3);
    }
    try (var harness = opened("Timers", Types.LONG, timers)) {
      harness.processWatermark(40);
      assertEquals(List.of("2 event 30 30"), taken(harness));
    }
    try (var harness = opened("Counting", Types.STRING, null)) {
      harness.processElement("aa", 1);
      counts = harness.snapshot(1, 3);
    }
    try (var harness = opened("Counting", Types.STRING, counts)) {
      harness.processElement("ab", 1);
      assertEquals(
          List.of("a 2 ['aa', 'ab'] [(2, (2, 'ab'))] aa 2.0 ['aa', 'ab'] True"), taken(harness));
    }
  }

  @Test
  void timersWithoutOnTimer() throws Exception {
    try (var harness = opened("NoTimerMethod", Types.LONG, null)) {
      harness.processElement(20L, 20);
      Exception failure = assertThrows(Exception.class, () -> harness.processWatermark(40));
      assertTrue(failure.toString().contains("has no on_timer"), failure.toString());
    }
  }

  @Test
  void aFailureFailsTheTaskWithBothStacks() throws Exception {
    try (var harness = opened("fail_odd_keyed", Types.LONG, null)) {
      harness.processElement(2L, 20);
      PythonException failure =
          assertThrows(PythonException.class, () -> harness.processElement(3L, 20));
      assertEquals("ValueError", failure.pythonType());
      assertTrue(failure.getStackTrace()[0].getFileName().endsWith("streams.py"));
    }
  }

  @Test
  void failuresGoAside() throws Exception {
    StreamFunction<String> function =
        function("fail_odd_keyed", Types.STRING)
            .withInputs(Types.LONG)
            .withPolicy(FailurePolicy.SIDE_OUTPUT);
    try (KeyedOneInputStreamOperatorTestHarness<String, Long, String> harness =
        opened(function, null)) {
      harness.processElement(2L, 20);
      harness.processElement(3L, 21);
      harness.processElement(4L, 22);
      assertEquals(List.of("2", "4"), taken(harness));
      Row failure = harness.getSideOutput(StreamFunction.failures(Types.LONG)).peek().getValue();
      assertEquals(3L, failure.getField(0));
      assertEquals("streams:fail_odd_keyed", failure.getField(1));
      assertTrue(failure.getFieldAs(2).toString().contains("3 is odd"), failure.toString());
      assertTrue(failure.getFieldAs(3).toString().contains("streams.py"), failure.toString());
    }
  }

  @Test
  void aCallThatNeverReturnsIsInterrupted() throws Exception {
    StreamFunction<String> function =
        function("never", Types.STRING)
            .withInputs(Types.LONG)
            .withTimeout(Duration.ofMillis(200))
            .withPolicy(FailurePolicy.SIDE_OUTPUT);
    try (KeyedOneInputStreamOperatorTestHarness<String, Long, String> harness =
        opened(function, null)) {
      harness.processElement(3L, 21);
      Row failure = harness.getSideOutput(StreamFunction.failures(Types.LONG)).peek().getValue();
      assertEquals(3L, failure.getField(0));
      assertTrue(failure.getFieldAs(2).toString().contains("Timeout"), failure.toString());
    }
  }

  @Test
  void failuresMayBeDropped() throws Exception {
    StreamFunction<String> function =
        function("fail_odd_keyed", Types.STRING)
            .withInputs(Types.LONG)
            .withPolicy(FailurePolicy.NULL);
    try (KeyedOneInputStreamOperatorTestHarness<String, Long, String> harness =
        opened(function, null)) {
      harness.processElement(3L, 20);
      harness.processElement(4L, 20);
      assertEquals(List.of("4"), taken(harness));
    }
  }
}
