package dev.naja.flink.datastream;

import dev.naja.flink.StreamFunction;
import dev.naja.flink.TestTables;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** Operators of the tests, without a cluster. */
final class Harnesses {

  private Harnesses() {}

  /** A function of {@code streams.py}. */
  static <OUT> StreamFunction<OUT> function(String name, TypeInformation<OUT> output) {
    return StreamFunction.of("streams:" + name, output).withEnvironment(TestTables.python());
  }

  /** A keyed process function; open it before use. */
  static <K, IN, OUT> KeyedOneInputStreamOperatorTestHarness<K, IN, OUT> keyed(
      KeyedProcessFunction<K, IN, OUT> function, KeySelector<IN, K> key, TypeInformation<K> type)
      throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(function), key, type);
  }

  /** What came out so far, and is forgotten by this. */
  static <OUT> List<OUT> taken(AbstractStreamOperatorTestHarness<OUT> harness) {
    List<OUT> values =
        harness.extractOutputStreamRecords().stream()
            .map(StreamRecord::getValue)
            .collect(Collectors.toList());
    harness.getOutput().clear();
    return values;
  }
}
