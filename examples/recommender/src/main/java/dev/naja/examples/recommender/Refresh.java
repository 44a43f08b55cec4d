package dev.naja.examples.recommender;

import dev.naja.flink.PythonKeyedProcess;
import dev.naja.flink.StreamFunction;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.types.Row;

/** Scores the active users every five minutes, by a timer, in one call for all of them. */
final class Refresh {
  private static final TypeInformation<Row> SCORED =
      Types.ROW_NAMED(
          new String[] {"ts", "user_id", "score"}, Types.LONG, Types.STRING, Types.DOUBLE);

  private Refresh() {}

  static void run(Job job) throws Exception {
    job.sql("history.sql");
    job.sql("predictions.sql");
    DataStream<Row> requests = job.tables.toDataStream(job.tables.from("timed_requests"));
    StreamFunction<Row> refresh =
        StreamFunction.of("refresh:Refresh", SCORED)
            .withArguments(Map.of("model", job.settings.get("out") + "/models"));
    job.insert(
        PythonKeyedProcess.<Integer, Row, Row>of(refresh).on(requests.keyBy(request -> 0)),
        "refreshed");
    job.run("refresh");
  }
}
