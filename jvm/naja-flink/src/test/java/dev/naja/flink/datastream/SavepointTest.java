package dev.naja.flink.datastream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.naja.flink.PythonAggregate;
import dev.naja.flink.PythonEnvironment;
import dev.naja.flink.PythonKeyedProcess;
import dev.naja.flink.StreamFunction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.AggregatingState;
import org.apache.flink.api.common.state.AggregatingStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a Python function's state may change between a savepoint and the job that reads it. */
class SavepointTest {
  @TempDir Path folder;

  private static final String HEAD =
      "from naja.flink import KeyedProcessFunction, ValueStateDescriptor\n" + "class Visits:\n";
  private static final String REST =
      "class Count(KeyedProcessFunction):\n"
          + "    def open(self, context):\n"
          + "        self.state = context.get_state(ValueStateDescriptor('visits'))\n"
          + "    def process_element(self, value, ctx):\n"
          + "        visits = self.state.value() or Visits()\n"
          + "        visits.add(value)\n"
          + "        self.state.update(visits)\n"
          + "        yield str(visits)\n";

  /** A version of the user's file, under a module name that no other test uses. */
  private StreamFunction<String> version(String module, String visits) throws Exception {
    Files.writeString(folder.resolve(module + ".py"), HEAD + visits + REST);
    return StreamFunction.of(module + ":Count", Types.STRING)
        .withEnvironment(PythonEnvironment.of().withPythonPath(folder.toString()))
        .withInputs(Types.STRING)
        .withKey(Types.STRING);
  }

  @Test
  void aClassMayGainFields() throws Exception {
    StreamFunction<String> first =
        version(
            "visits_one",
            "    def __init__(self): self.items = []\n"
                + "    def add(self, item): self.items.append(item)\n"
                + "    def __str__(self): return '|'.join(self.items)\n");
    OperatorSubtaskState savepoint;
    try (var harness = open(first, null)) {
      harness.processElement("a", 1);
      harness.processElement("b", 2);
      assertEquals(List.of("a", "a|b"), Harnesses.taken(harness));
      savepoint = harness.snapshot(1, 3);
    }
    // The same module, as a job sees it that was started again with an upgraded file.
    version(
        "visits_one",
        "    total = 0\n"
            + "    def __setstate__(self, state):\n"
            + "        self.items, self.total = state['items'], len(state['items'])\n"
            + "    def add(self, item):\n"
            + "        self.items.append(item)\n"
            + "        self.total += 1\n"
            + "    def __str__(self): return f\"{self.total}: {'|'.join(self.items)}\"\n");
    try (var harness = open(first, savepoint)) {
      harness.processElement("c", 4);
      assertEquals(List.of("3: a|b|c"), Harnesses.taken(harness));
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, String, String> open(
      StreamFunction<String> function, OperatorSubtaskState state) throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, String, String> harness =
        Harnesses.keyed(PythonKeyedProcess.of(function), value -> "user", Types.STRING);
    harness.setup();
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  @Test
  void accumulatorsAreRestored() throws Exception {
    OperatorSubtaskState savepoint;
    try (var harness = aggregating(null)) {
      harness.processElement("b", 1);
      harness.processElement("a", 2);
      savepoint = harness.snapshot(1, 3);
      harness.processElement("z", 4);
      assertEquals(List.of("b", "a|b", "a|b|z"), Harnesses.taken(harness));
    }
    try (var harness = aggregating(savepoint)) {
      harness.processElement("c", 5);
      assertEquals(List.of("a|b|c"), Harnesses.taken(harness));
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, String, String> aggregating(
      OperatorSubtaskState state) throws Exception {
    var harness = Harnesses.keyed(new Aggregating(), value -> "user", Types.STRING);
    harness.setup();
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  /** A Java function with a state that a Python function aggregates. */
  private static final class Aggregating extends KeyedProcessFunction<String, String, String> {
    private transient AggregatingState<String, String> state;

    @Override
    public void open(OpenContext context) {
      state =
          getRuntimeContext()
              .getAggregatingState(
                  new AggregatingStateDescriptor<>(
                      "sorted",
                      PythonAggregate.<String, String>of(
                          Harnesses.function("SortedTexts", Types.STRING)),
                      PythonAggregate.accumulatorType()));
    }

    @Override
    public void processElement(String value, Context context, Collector<String> out)
        throws Exception {
      state.add(value);
      out.collect(state.get());
    }
  }
}
