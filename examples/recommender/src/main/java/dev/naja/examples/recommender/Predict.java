package dev.naja.examples.recommender;

import dev.naja.flink.PythonBatchMap;
import dev.naja.flink.StreamFunction;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.types.Row;

/** Scores all requests by the last version of the model, a DataFrame at a time: as predict.sql. */
final class Predict {
  private static final TypeInformation<Row> SCORED =
      Types.ROW_NAMED(new String[] {"trace_id", "score"}, Types.STRING, Types.DOUBLE);

  private Predict() {}

  static void run(Job job) throws Exception {
    job.sql("history.sql");
    job.sql("predictions.sql");
    DataStream<Row> requests = job.tables.toDataStream(job.tables.from("requests"));
    StreamFunction<Row> predict =
        StreamFunction.of("prediction:Predict.score", SCORED)
            .withArguments(Map.of("path", job.settings.get("out") + "/models"));
    job.insert(PythonBatchMap.<Row, Row>of(predict).on(requests), "predicted_stream");
    job.run("predict");
  }
}
