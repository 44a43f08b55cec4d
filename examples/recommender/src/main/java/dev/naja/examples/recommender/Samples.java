package dev.naja.examples.recommender;

import dev.naja.flink.PythonKeyedProcess;
import dev.naja.flink.StreamFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.api.Schema;
import org.apache.flink.types.Row;

/**
 * Makes samples of exposures and clicks, and joins them with the features that were used at serving
 * time: {@code history.sql} and {@code training.sql}.
 */
final class Samples {
  private static final TypeInformation<Row> SAMPLE =
      Types.ROW_NAMED(
          new String[] {"ts", "trace_id", "label"}, Types.LONG, Types.STRING, Types.INT);

  private Samples() {}

  static void run(Job job) throws Exception {
    job.sql("history.sql");
    DataStream<Row> events = events(job, "clean_exposures").union(events(job, "clean_clicks"));
    DataStream<Row> samples =
        PythonKeyedProcess.<String, Row, Row>of(StreamFunction.of("samples:Label", SAMPLE))
            .on(events.keyBy(event -> (String) event.getField("trace_id")));
    job.tables.createTemporaryView(
        "samples",
        samples,
        Schema.newBuilder()
            .columnByExpression("rowtime", "TO_TIMESTAMP_LTZ(ts, 3)")
            .columnByExpression("now", "PROCTIME()")
            .watermark("rowtime", "SOURCE_WATERMARK()")
            .build());
    job.insert("training.sql");
    job.run("samples");
  }

  private static DataStream<Row> events(Job job, String table) {
    return job.tables.toDataStream(
        job.tables.sqlQuery("SELECT trace_id, event, ts, rowtime FROM " + table));
  }
}
