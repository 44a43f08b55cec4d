package dev.naja.flink.datastream;

import static dev.naja.flink.datastream.Harnesses.function;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.naja.PythonException;
import dev.naja.flink.FailurePolicy;
import dev.naja.flink.PythonAggregate;
import dev.naja.flink.PythonAsync;
import dev.naja.flink.PythonBatchMap;
import dev.naja.flink.PythonBroadcastProcess;
import dev.naja.flink.PythonCoProcess;
import dev.naja.flink.PythonFilter;
import dev.naja.flink.PythonFlatMap;
import dev.naja.flink.PythonKeySelector;
import dev.naja.flink.PythonMap;
import dev.naja.flink.PythonProcess;
import dev.naja.flink.PythonWindow;
import dev.naja.flink.StreamFunction;
import dev.naja.flink.TestMetrics;
import dev.naja.flink.TestTables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.datastream.WindowedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whole jobs with Python functions on a small cluster. */
class StreamJobTest {
  private static final InMemoryReporter METRICS = InMemoryReporter.createWithRetainedMetrics();

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setConfiguration(METRICS.addToConfiguration(new Configuration()))
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private StreamExecutionEnvironment env;

  @BeforeEach
  void takeTheCluster() {
    env = StreamExecutionEnvironment.getExecutionEnvironment().setParallelism(1);
  }

  private static <T> List<T> all(DataStream<T> stream) throws Exception {
    List<T> values = new ArrayList<>();
    try (CloseableIterator<T> iterator = stream.executeAndCollect()) {
      iterator.forEachRemaining(values::add);
    }
    return values;
  }

  private DataStream<Long> longs(Long... values) {
    return env.fromData(Types.LONG, values);
  }

  @Test
  void map() throws Exception {
    PythonMap<Long, Long> twice = PythonMap.of(function("double", Types.LONG));
    assertEquals(List.of(2L, -4L), all(twice.on(longs(1L, -2L))));
    assertEquals(List.of(2L, -4L), all(longs(1L, -2L).map(twice)));
  }

  @Test
  void twoMapsInOneCrossing() throws Exception {
    PythonMap<Long, String> fused =
        PythonMap.<Long, Long>of(function("double", Types.LONG))
            .andThen(PythonMap.of(function("text", Types.STRING)));
    assertEquals(List.of("<2>", "<6>"), all(fused.on(longs(1L, 3L))));
  }

  @Test
  void functionsWithArgumentsAreNotFused() {
    StreamFunction<Long> scaled = function("Scaled", Types.LONG).withArguments(Map.of("factor", 3));
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> scaled.andThen(scaled));
    assertEquals(
        "Functions with arguments cannot be fused: streams:Scaled and streams:Scaled.",
        failure.getMessage());
  }

  @Test
  void classesAreOpenedAndClosed() throws Exception {
    StreamFunction<Long> scaled = function("Scaled", Types.LONG).withArguments(Map.of("factor", 3));
    assertEquals(List.of(3L, 6L), all(PythonMap.<Long, Long>of(scaled).on(longs(1L, 2L))));
    assertEquals(
        List.of("['open 0', 'close 2']"),
        all(PythonMap.<Long, String>of(function("scaled_events", Types.STRING)).on(longs(0L))));
  }

  @Test
  void metricsOfTheFunctionAndItsOwn() throws Exception {
    StreamFunction<Long> measured = function("Measured", Types.LONG).withPolicy(FailurePolicy.NULL);
    assertEquals(List.of(2L, 4L), all(PythonMap.<Long, Long>of(measured).on(longs(1L, 2L, 4L))));
    assertEquals(3, ((Counter) metric("python.streams:Measured.calls")).getCount());
    assertEquals(1, ((Counter) metric("python.streams:Measured.errors")).getCount());
    assertEquals(3, ((Counter) metric("own.seen")).getCount());
    assertEquals(4L, ((Gauge<?>) metric("last")).getValue());
    assertEquals(6, ((Meter) metric("rate")).getCount());
    assertEquals(4L, ((Gauge<?>) metric("spread")).getValue());
  }

  private static Metric metric(String end) {
    return TestMetrics.one(METRICS, "Measured", end);
  }

  @Test
  void logLinesTellTheTask() throws Exception {
    assertEquals(
        List.of("0 map streams:mdc"),
        all(PythonMap.<Long, String>of(function("mdc", Types.STRING)).on(longs(1L))));
  }

  @Test
  void filterAndFlatMap() throws Exception {
    assertEquals(
        List.of(2L, 4L),
        all(PythonFilter.<Long>of(function("is_even", Types.BOOLEAN)).on(longs(1L, 2L, 3L, 4L))));
    DataStream<String> lines = env.fromData("a b", "", "c");
    assertEquals(
        List.of("a", "b", "c"),
        all(PythonFlatMap.<String, String>of(function("words", Types.STRING)).on(lines)));
    assertEquals(
        List.of("a", "b", "c"),
        all(PythonFlatMap.<String, String>of(function("Words", Types.STRING)).on(lines)));
    List<Long> many =
        all(PythonFlatMap.<Long, Long>of(function("many", Types.LONG)).on(longs(3_000L)));
    assertEquals(3_000, many.size());
    assertEquals(2_999L, many.get(2_999));
  }

  @Test
  void aTextIsNoListOfOutputs() {
    DataStream<String> lines = env.fromData("a b");
    Exception failure =
        assertThrows(
            Exception.class,
            () ->
                all(
                    PythonFlatMap.<String, String>of(function("one_word", Types.STRING))
                        .on(lines)));
    assertTrue(
        messages(failure)
            .contains(
                "streams:one_word must yield its outputs or return a list of them, but returned one"
                    + " str: 'a b'"),
        messages(failure));
  }

  @Test
  void keys() throws Exception {
    DataStream<String> texts = env.fromData("apple", "bean", "avocado");
    KeyedStream<String, String> keyed =
        PythonKeySelector.<String, String>of(function("first_letter", Types.STRING)).on(texts);
    assertEquals(
        List.of("apple", "bean", "avocado+apple"),
        all(keyed.reduce((one, other) -> other + "+" + one)));
  }

  @Test
  void failuresOfMapsGoAside() throws Exception {
    StreamFunction<Long> function =
        function("fail_odd", Types.LONG).withPolicy(FailurePolicy.SIDE_OUTPUT);
    SingleOutputStreamOperator<Long> even =
        PythonMap.<Long, Long>of(function).on(longs(1L, 2L, 3L));
    DataStream<String> odd =
        even.getSideOutput(StreamFunction.failures(Types.LONG))
            .map(row -> row.getField("record") + " " + row.getField("error"))
            .returns(Types.STRING);
    List<String> both = all(even.map(String::valueOf).union(odd));
    assertEquals(
        List.of(
            "1 dev.naja.PythonException: ValueError: 1 is odd",
            "2",
            "3 dev.naja.PythonException: ValueError: 3 is odd"),
        both.stream().sorted().toList());
  }

  @Test
  void aMapWithoutOnHasNoSideOutput() {
    StreamFunction<Long> function =
        function("fail_odd", Types.LONG).withPolicy(FailurePolicy.SIDE_OUTPUT);
    Exception failure =
        assertThrows(Exception.class, () -> all(longs(1L).map(PythonMap.of(function))));
    assertTrue(messages(failure).contains("use the function's on(stream)"), messages(failure));
  }

  @Test
  void sideOutputs() throws Exception {
    OutputTag<Long> late = new OutputTag<>("late", Types.LONG);
    OutputTag<String> zeros = new OutputTag<>("zeros", Types.STRING);
    StreamFunction<Long> function = function("Sides", Types.LONG).withSideOutputs(late, zeros);
    DataStream<Long> timed =
        longs(5L, 0L, -3L)
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<Long>forMonotonousTimestamps()
                    .withTimestampAssigner((value, before) -> 100 + value));
    SingleOutputStreamOperator<Long> main = PythonProcess.<Long, Long>of(function).on(timed);
    List<String> values =
        all(
            main.map(value -> "main " + value)
                .union(
                    main.getSideOutput(late).map(value -> "late " + value),
                    main.getSideOutput(zeros)));
    assertEquals(
        List.of("late -3", "main 105", "main 5", "zero"), values.stream().sorted().toList());
  }

  @Test
  void aSideOutputThatNobodyDeclared() {
    Exception failure =
        assertThrows(
            Exception.class,
            () -> all(PythonProcess.<Long, Long>of(function("Unknown", Types.LONG)).on(longs(1L))));
    assertTrue(
        messages(failure)
            .contains("streams:Unknown has no side output 'nowhere', only none: declare it"),
        messages(failure));
  }

  @Test
  void twoStreams() throws Exception {
    KeyedStream<String, String> left = env.fromData("a1").keyBy(value -> value.substring(0, 1));
    KeyedStream<String, String> right = env.fromData("a2").keyBy(value -> value.substring(0, 1));
    List<String> joined =
        all(
            PythonCoProcess.<String, String, String, String>of(function("Joining", Types.STRING))
                .on(left, right));
    assertTrue(List.of(List.of("a1+a2"), List.of("None+a2")).contains(joined), joined.toString());
  }

  @Test
  void twoStreamsWithoutKeys() throws Exception {
    PythonCoProcess<Void, String, Long, String> tagging =
        PythonCoProcess.of(function("Tagging", Types.STRING));
    List<String> tagged = all(tagging.on(env.fromData("a"), longs(1L, 2L)));
    assertEquals(
        List.of("first a", "second 1", "second 2"),
        tagged.stream().sorted().collect(Collectors.toList()));
    Exception failure =
        assertThrows(Exception.class, () -> all(tagging.on(env.fromData("a"), longs(-1L))));
    assertTrue(
        messages(failure).contains("Setting timers is only supported on a keyed streams"),
        messages(failure));
  }

  @Test
  void broadcastStateMayBeReadOnlyForRecords() {
    KeyedStream<Long, Long> records = longs(1L).keyBy(value -> value);
    Exception failure =
        assertThrows(
            Exception.class,
            () ->
                all(
                    PythonBroadcastProcess.<Long, Long, Long, String>of(
                            function("WritesWhereItMayNot", Types.STRING))
                        .withState("models", Types.STRING, PythonAggregate.accumulatorType())
                        .on(records, longs(7L))));
    assertTrue(
        messages(failure).contains("may only be changed in process_broadcast_element"),
        messages(failure));
  }

  @Test
  void windows() throws Exception {
    KeyedStream<Tuple2<String, Long>, String> visits =
        env.fromData(
                Types.TUPLE(Types.STRING, Types.LONG),
                Tuple2.of("b", 3L),
                Tuple2.of("a", 1L),
                Tuple2.of("c", 12L))
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<Tuple2<String, Long>>forBoundedOutOfOrderness(
                        Duration.ofMillis(5))
                    .withTimestampAssigner((value, before) -> value.f1))
            .keyBy(value -> "user");
    DataStream<String> items = visits.map(value -> value.f0);
    KeyedStream<String, String> keyed = items.keyBy(value -> "user");
    WindowedStream<String, String, TimeWindow> windows =
        keyed.window(TumblingEventTimeWindows.of(Duration.ofMillis(10)));
    assertEquals(
        List.of("user [0, 10) b|a 1", "user [10, 20) c 2"),
        all(
            PythonWindow.<String, String, String, TimeWindow>of(function("Joined", Types.STRING))
                .on(keyed, windows)));
    assertEquals(
        List.of("a|b", "c"),
        all(
            PythonAggregate.<String, String>of(function("SortedTexts", Types.STRING))
                .on(keyed, windows)));
    DataStream<Long> times = visits.map(value -> value.f1);
    KeyedStream<Long, String> keyedTimes = times.keyBy(value -> "user");
    assertEquals(
        List.of(2.0, 12.0),
        all(
            PythonAggregate.<Long, Double>of(function("Mean", Types.DOUBLE))
                .on(
                    keyedTimes,
                    keyedTimes.window(TumblingEventTimeWindows.of(Duration.ofMillis(10))))));
  }

  @Test
  void rows() throws Exception {
    TypeInformation<Row> type =
        Types.ROW_NAMED(new String[] {"city", "population"}, Types.STRING, Types.INT);
    DataStream<Row> cities = env.fromData(type, Row.of("Bern", 134_000), Row.of("Basel", null));
    List<Row> renamed =
        all(
            PythonMap.<Row, Row>of(function("renamed", type).withPolicy(FailurePolicy.SIDE_OUTPUT))
                .on(cities));
    assertEquals(1, renamed.size());
    assertEquals("bern", renamed.get(0).getField("city"));
    assertEquals(134_001, renamed.get(0).getField("population"));
  }

  @Test
  void pojosAndRecords() throws Exception {
    DataStream<Order> orders = env.fromData(TypeInformation.of(Order.class), new Order(2.5, 4));
    assertEquals(
        List.of(10.0),
        all(PythonMap.<Order, Double>of(function("total_of", Types.DOUBLE)).on(orders)));
    List<Order> echoed =
        all(
            PythonMap.<Order, Order>of(function("echo", TypeInformation.of(Order.class)))
                .on(orders));
    assertEquals(2.5, echoed.get(0).price);
    assertEquals(4, echoed.get(0).count);
    TypeInformation<Line> record = TypeInformation.of(Line.class);
    DataStream<Line> lines = env.fromData(record, new Line(1.5, 2));
    assertEquals(
        List.of(3.0),
        all(PythonMap.<Line, Double>of(function("total_of", Types.DOUBLE)).on(lines)));
    assertEquals(
        List.of(new Line(1.5, 2)),
        all(PythonMap.<Line, Line>of(function("echo", record)).on(lines)));
  }

  /** A POJO by Flink's rules. */
  public static final class Order {
    public double price;
    public int count;

    public Order() {}

    Order(double price, int count) {
      this.price = price;
      this.count = count;
    }
  }

  /** A record. */
  public record Line(double price, int count) {}

  @Test
  void tuples() throws Exception {
    TypeInformation<Tuple2<String, Long>> type = Types.TUPLE(Types.STRING, Types.LONG);
    DataStream<Tuple2<String, Long>> pairs = env.fromData(type, Tuple2.of("a", 1L));
    assertEquals(
        List.of("('a', 1)"),
        all(PythonMap.<Tuple2<String, Long>, String>of(function("shown", Types.STRING)).on(pairs)));
    assertEquals(
        List.of(Tuple2.of("a", 1L)),
        all(
            PythonMap.<Tuple2<String, Long>, Tuple2<String, Long>>of(function("echo", type))
                .on(pairs)));
  }

  @Test
  void aResultOfAnotherType() {
    Exception failure =
        assertThrows(
            Exception.class,
            () -> all(PythonMap.<Long, Long>of(function("text", Types.LONG)).on(longs(1L))));
    assertTrue(messages(failure).contains("streams:text: cannot convert"), messages(failure));
  }

  @Test
  void aModuleThatIsNotThere() {
    DataStream<Long> stream = longs(1L);
    PythonException failure =
        assertThrows(
            PythonException.class,
            () ->
                PythonMap.<Long, Long>of(
                        StreamFunction.of("nowhere:f", Types.LONG)
                            .withEnvironment(TestTables.python()))
                    .on(stream));
    assertTrue(failure.getMessage().contains("no module 'nowhere'"), failure.getMessage());
  }

  @Test
  void hintsThatSayOtherTypes() {
    DataStream<Long> stream = longs(1L);
    IllegalArgumentException input =
        assertThrows(
            IllegalArgumentException.class,
            () -> PythonMap.<Long, String>of(function("hinted", Types.STRING)).on(stream));
    assertTrue(
        input
            .getMessage()
            .matches(
                "streams.py:\\d+: streams:hinted takes text \\(name: STRING.*\\), but the records of the"
                    + " stream are BIGINT\\."),
        input.getMessage());
    DataStream<String> texts = env.fromData("a");
    IllegalArgumentException output =
        assertThrows(
            IllegalArgumentException.class,
            () -> PythonMap.<String, Long>of(function("hinted", Types.LONG)).on(texts));
    assertTrue(
        output
            .getMessage()
            .matches(
                "streams.py:\\d+: streams:hinted returns text \\(STRING.*\\), but the type of its results"
                    + " was said to be BIGINT\\."),
        output.getMessage());
  }

  @Test
  void batches() throws Exception {
    TypeInformation<Row> type = Types.ROW_NAMED(new String[] {"a", "b"}, Types.LONG, Types.DOUBLE);
    DataStream<Row> rows = env.fromData(type, Row.of(1L, 0.5), Row.of(2L, 1.5), Row.of(3L, 2.5));
    PythonBatchMap<Row, Double> sums = PythonBatchMap.of(function("frame_sum", Types.DOUBLE));
    assertEquals(List.of(1.5, 3.5, 5.5), all(sums.on(rows)));
    assertEquals(List.of(1.5, 3.5, 5.5), all(sums.withSize(2).on(rows)));
    TypeInformation<Row> both = Types.ROW_NAMED(new String[] {"b", "n"}, Types.DOUBLE, Types.LONG);
    List<Row> frames = all(PythonBatchMap.<Row, Row>of(function("frame_to_frame", both)).on(rows));
    assertEquals(
        List.of(Row.of(0.5, 3L), Row.of(1.5, 3L), Row.of(2.5, 3L)).toString(), frames.toString());
  }

  @Test
  void aBadRecordFailsAlone() throws Exception {
    StreamFunction<Long> function =
        function("all_even", Types.LONG).withPolicy(FailurePolicy.SIDE_OUTPUT);
    SingleOutputStreamOperator<Long> even =
        PythonBatchMap.<Long, Long>of(function).on(longs(2L, 3L, 4L));
    DataStream<String> odd =
        even.getSideOutput(StreamFunction.failures(Types.LONG))
            .map(row -> row.getField("record") + " aside")
            .returns(Types.STRING);
    assertEquals(
        List.of("2", "3 aside", "4"),
        all(even.map(String::valueOf).union(odd)).stream().sorted().toList());
  }

  @Test
  void resultsThatComeLater() throws Exception {
    assertEquals(
        List.of("<1>", "<2>", "<3>"),
        all(PythonAsync.<Long, String>of(function("later", Types.STRING)).on(longs(1L, 2L, 3L))));
    assertEquals(
        List.of("<1>", "<2>"),
        all(
                PythonAsync.<Long, String>of(function("later", Types.STRING))
                    .unordered()
                    .on(longs(1L, 2L)))
            .stream()
            .sorted()
            .toList());
    assertEquals(
        List.of("1", "1!"),
        all(PythonAsync.<Long, String>of(function("Invoked", Types.STRING)).on(longs(1L))));
    assertEquals(
        List.of(2L, 4L),
        all(PythonAsync.<Long, Long>of(function("all_even", Types.LONG)).on(longs(2L, 4L))));
    StreamFunction<Long> dropping =
        function("later_odd_fails", Types.LONG).withPolicy(FailurePolicy.NULL);
    assertEquals(List.of(2L), all(PythonAsync.<Long, Long>of(dropping).on(longs(1L, 2L))));
    Exception failure =
        assertThrows(
            Exception.class,
            () -> all(PythonAsync.<Long, Long>of(function("double", Types.LONG)).on(longs(1L))));
    assertTrue(
        messages(failure)
            .contains("is no coroutine function and does not say that it takes batches"),
        messages(failure));
  }

  @Test
  void anAccumulatorThatCannotBePickled() {
    StreamFunction<String> function = function("Unpicklable", Types.STRING);
    PythonValue value = new OpenAccumulator<String, String>(function).create();
    Exception failure = assertThrows(Exception.class, value::pickled);
    assertTrue(
        failure
            .getMessage()
            .contains(
                "streams:Unpicklable keeps a list in its state that cannot be pickled: cannot pickle"
                    + " '_thread.lock' object"),
        failure.getMessage());
  }

  /** The messages of an exception and its causes. */
  static String messages(Throwable failure) {
    StringBuilder messages = new StringBuilder();
    for (Throwable each = failure; each != null; each = each.getCause()) {
      messages.append(each).append('\n');
    }
    return messages.toString();
  }
}
