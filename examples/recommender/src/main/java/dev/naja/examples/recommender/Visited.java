package dev.naja.examples.recommender;

import dev.naja.flink.PythonAggregate;
import dev.naja.flink.PythonEnvironment;
import dev.naja.flink.StreamFunction;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;

/**
 * The items that a user visited in the last 5 minutes, every 30 seconds: as {@code visited.sql}.
 */
final class Visited {
  private static final TypeInformation<Row> TYPE =
      Types.ROW_NAMED(
          new String[] {"user_id", "window_end", "items"},
          Types.STRING,
          Types.LOCAL_DATE_TIME,
          Types.STRING);

  private Visited() {}

  static void run(Job job) throws Exception {
    job.sql("visited-stream.sql");
    DataStream<Row> clicks =
        job.tables.toDataStream(
            job.tables.sqlQuery("SELECT user_id, item_id, ts, rowtime FROM clean_clicks"));
    StreamFunction<String> items =
        StreamFunction.of("features:Visited", Types.STRING)
            .withInputs(clicks.getType())
            .withEnvironment(PythonEnvironment.of(job.env.getConfiguration()));
    DataStream<Row> visited =
        clicks
            .keyBy(click -> (String) click.getField("user_id"))
            .window(SlidingEventTimeWindows.of(Duration.ofMinutes(5), Duration.ofSeconds(30)))
            .aggregate(
                PythonAggregate.of(items),
                new WithWindow(),
                PythonAggregate.accumulatorType(),
                Types.STRING,
                TYPE);
    job.insert(visited, "visited_stream");
    job.run("visited");
  }

  /** Says whose items they are and when the window ended. */
  private static final class WithWindow
      extends ProcessWindowFunction<String, Row, String, TimeWindow> {
    private static final long serialVersionUID = 1;

    @Override
    public void process(String user, Context context, Iterable<String> items, Collector<Row> out) {
      Instant end = Instant.ofEpochMilli(context.window().getEnd());
      out.collect(
          Row.of(user, LocalDateTime.ofInstant(end, ZoneOffset.UTC), items.iterator().next()));
    }
  }
}
