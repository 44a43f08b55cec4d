package dev.naja.examples.recommender;

import dev.naja.flink.PythonProcess;
import dev.naja.flink.StreamFunction;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.types.Row;
import org.apache.flink.util.OutputTag;

/**
 * Cleans the log: prices are normalized; dirty and late rows go to files of their own.
 *
 * <p>What is late a watermark decides, so each log is cleaned by itself and in its own order.
 */
final class Clean {
  private static final OutputTag<String> DIRTY = new OutputTag<>("dirty", Types.STRING);
  private static final OutputTag<String> LATE = new OutputTag<>("late", Types.STRING);

  private Clean() {}

  static void run(Job job) throws Exception {
    job.env.setParallelism(1);
    for (String log : new String[] {"exposures", "clicks"}) {
      DataStream<Row> rows = job.tables.toDataStream(job.tables.from(log));
      StreamFunction<Row> clean =
          StreamFunction.of("cleaning:Clean", rows.getType()).withSideOutputs(DIRTY, LATE);
      SingleOutputStreamOperator<Row> cleaned = PythonProcess.<Row, Row>of(clean).on(rows);
      job.insert(cleaned, "clean_" + log);
      cleaned.getSideOutput(DIRTY).sinkTo(lines(job, "dirty/" + log));
      cleaned.getSideOutput(LATE).sinkTo(lines(job, "late/" + log));
    }
    job.run("clean");
  }

  private static FileSink<String> lines(Job job, String name) {
    Path directory = new Path(job.settings.get("out"), name);
    return FileSink.forRowFormat(directory, new SimpleStringEncoder<String>()).build();
  }
}
