package dev.naja.flink.table;

import static dev.naja.flink.TestTables.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.naja.flink.TestTables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Process functions in SQL: {@code PY_PROCESS}. */
class TableProcessTest {
  private static final long START = 1_767_225_600_000L;

  private static TableEnvironment tables;

  @BeforeAll
  static void createTables() {
    StreamExecutionEnvironment stream = new StreamExecutionEnvironment(TestTables.config());
    StreamTableEnvironment environment = StreamTableEnvironment.create(stream);
    TestTables.load(environment, "");
    DataStream<Row> events =
        stream
            .fromData(
                Types.ROW_NAMED(
                    new String[] {"who", "what", "second"}, Types.STRING, Types.STRING, Types.INT),
                Row.of("ann", "a", 1),
                Row.of("bob", "b", 2),
                Row.of("ann", "a", 9),
                Row.of("ann", "c", 30),
                Row.of("bob", "b", 31))
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<Row>forGenerator(supplier -> new EachRecord())
                    .withTimestampAssigner(
                        (row, before) -> START + 1000L * row.<Integer>getFieldAs("second")));
    environment.createTemporaryView(
        "events",
        events,
        Schema.newBuilder()
            .column("who", "STRING")
            .column("what", "STRING")
            .columnByMetadata("ts", DataTypes.TIMESTAMP_LTZ(3), "rowtime")
            .watermark("ts", "SOURCE_WATERMARK()")
            .build());
    tables = environment;
  }

  /** A watermark just below each record. */
  private static final class EachRecord implements WatermarkGenerator<Row> {
    @Override
    public void onEvent(Row row, long timestamp, WatermarkOutput output) {
      output.emitWatermark(new Watermark(timestamp - 1));
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      // Each record brings its own.
    }
  }

  private static List<Row> rows(String query) throws Exception {
    List<Row> found = new ArrayList<>(TestTables.rows(tables, query));
    found.sort(Comparator.comparing(Row::toString));
    return found;
  }

  private static String process(String reference) {
    return "SELECT * FROM PY_PROCESS(t => TABLE events PARTITION BY who, fn => '"
        + reference
        + "', on_time => DESCRIPTOR(ts), uid => 'p')";
  }

  private static Instant second(int second) {
    return Instant.ofEpochMilli(START + 1000L * second);
  }

  @Test
  void timersOfEventTimeFire() throws Exception {
    long start = START / 1000;
    assertEquals(
        List.of(
            Row.of("ann", "ann", 3L, start + 40, second(40)),
            Row.of("bob", "bob", 1L, start + 12, second(12)),
            Row.of("bob", "bob", 1L, start + 41, second(41))),
        rows(process("sessions:Sessions -> ROW<who STRING, n BIGINT, `until` BIGINT>")));
  }

  @Test
  void eachKindOfStateIsKept() throws Exception {
    assertEquals(
        List.of(
            Row.of("ann", "a", 1, 1L, null, second(1)),
            Row.of("ann", "a,a", 2, 2L, null, second(9)),
            Row.of("ann", "a,a,c", 2, 3L, null, second(30)),
            Row.of("bob", "b", 1, 1L, null, second(2)),
            Row.of("bob", "b,b", 2, 2L, null, second(31))),
        rows(
            process("sessions:EveryState -> ROW<words STRING, most INT, `sum` BIGINT, gone INT>")));
  }

  @Test
  void stateThatCannotBePickledIsRefused() {
    failed(
        "sessions:Unpicklable -> ROW<n INT>",
        "sessions:Unpicklable keeps what cannot be pickled in its state 'lock'");
  }

  @Test
  void processingTimeHasNoTimers() {
    failed(
        "sessions:ProcessingTime -> ROW<n INT>",
        "process functions of SQL have timers of event time only");
  }

  @Test
  void rowsAreYielded() {
    failed(
        "sessions:OneRow -> ROW<n INT>",
        "sessions:OneRow must yield its rows or return a list of them, but returned one Row");
  }

  @Test
  void theTypeOfTheRowsIsNeeded() {
    failed("sessions:Unpicklable", "Unpicklable (sessions.py:75) does not say what it returns");
    failed("sessions:Unpicklable -> INT", "emits rows, so its type is a ROW");
  }

  @Test
  void otherFunctionsAreRefused() {
    failed(
        "rows:length", "PY_PROCESS takes a class with process_element, and length (rows.py:22) is");
  }

  private static void failed(String reference, String message) {
    assertMessage(assertThrows(Exception.class, () -> rows(process(reference))), message);
  }
}
