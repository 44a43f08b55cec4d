package dev.naja.examples.recommender;

import dev.naja.flink.PythonBroadcastProcess;
import dev.naja.flink.PythonKeyedProcess;
import dev.naja.flink.StreamFunction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.types.Row;
import org.apache.flink.util.OutputTag;

/**
 * Learns from samples while it scores requests, both replayed at the speed of {@code --seconds}:
 * each new version of the model is broadcast to all subtasks, and a failure half-way changes
 * nothing.
 */
final class LearnAndServe {
  private static final TypeInformation<Row> VERSION =
      Types.ROW_NAMED(new String[] {"version", "path"}, Types.INT, Types.STRING);

  private static final TypeInformation<Row> SERVED =
      Types.ROW_NAMED(
          new String[] {"trace_id", "subtask", "version", "score", "due", "done"},
          Types.STRING,
          Types.INT,
          Types.INT,
          Types.DOUBLE,
          Types.LONG,
          Types.LONG);

  private static final OutputTag<Row> SWAPS =
      new OutputTag<>(
          "swaps",
          Types.ROW_NAMED(
              new String[] {"subtask", "attempt", "version", "why", "at"},
              Types.INT,
              Types.INT,
              Types.INT,
              Types.STRING,
              Types.LONG));

  /** What share of the replay is over when the failure comes. */
  private static final double FAILURE = 0.6;

  private LearnAndServe() {}

  static void run(Job job) throws Exception {
    job.sql("history.sql");
    job.sql("serving.sql");
    restartOnce(job);

    long first = Long.parseLong(job.settings.get("start"));
    double span = Double.parseDouble(job.settings.get("hours")) * 3_600_000;
    double speed = span / (Double.parseDouble(job.settings.get("seconds")) * 1000);
    Pace pace = new Pace(first, speed);

    String models = Files.createDirectories(Path.of(job.settings.get("out"), "models")).toString();
    StreamFunction<Row> train =
        StreamFunction.of("training:Train", VERSION).withArguments(Map.of("directory", models));
    DataStream<Row> versions =
        PythonKeyedProcess.<Integer, Row, Row>of(train)
            .on(replay(job, "training", pace).keyBy(sample -> 0))
            .setParallelism(1);

    DataStream<Row> replayed = replay(job, "requests", pace);
    DataStream<Row> requests =
        replayed
            .map(new FailOnce(first + (long) (FAILURE * span)))
            .returns(replayed.getType())
            .setParallelism(1);
    SingleOutputStreamOperator<Row> served =
        PythonBroadcastProcess.<String, Row, Row, Row>of(
                StreamFunction.of("serving:Serve", SERVED).withSideOutputs(SWAPS))
            .withState("current", Types.STRING, Types.STRING)
            .on(requests.keyBy(request -> request.getFieldAs("trace_id")), versions);

    job.insert(served, "served");
    job.insert(served.getSideOutput(SWAPS), "swaps");
    job.run("learn and serve");
  }

  private static DataStream<Row> replay(Job job, String table, Pace pace) {
    DataStream<Row> rows =
        job.tables.toDataStream(
            job.tables.sqlQuery("SELECT *, CAST(NULL AS BIGINT) AS due FROM " + table));
    return rows.map(pace).returns(rows.getType()).setParallelism(1);
  }

  private static void restartOnce(Job job) {
    Configuration configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        Path.of(job.settings.get("out"), "checkpoints").toUri().toString());
    job.env.configure(configuration);
    job.env.setBufferTimeout(1); // Milliseconds: a request does not wait for others.
    job.env.enableCheckpointing(1000);
  }
}
