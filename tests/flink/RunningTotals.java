import dev.naja.flink.PythonEnvironment;
import dev.naja.flink.PythonKeyedProcess;
import dev.naja.flink.StreamFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.types.Row;

/** Prints what the process function {@code every:Totals} of a shipped file makes of three rows. */
public final class RunningTotals {
  private RunningTotals() {}

  /**
   * Runs the job.
   *
   * @param arguments the file, and the interpreter
   * @throws Exception if it cannot be submitted
   */
  public static void main(String[] arguments) throws Exception {
    StreamExecutionEnvironment job = StreamExecutionEnvironment.getExecutionEnvironment();
    job.setParallelism(1);
    String[] names = {"n", "name"};
    TypeInformation<Row> numbers = Types.ROW_NAMED(names, Types.LONG, Types.STRING);
    KeyedStream<Row, String> rows =
        job.fromData(numbers, Row.of(1L, "a"), Row.of(2L, "a"), Row.of(3L, "b"))
            .keyBy(row -> row.<String>getFieldAs("name"), Types.STRING);
    StreamFunction<Row> running =
        StreamFunction.of("every:Totals", numbers)
            .withEnvironment(
                PythonEnvironment.of()
                    .withFiles(arguments[0])
                    .withExecutable(arguments[1])
                    .shippedBy(job));
    PythonKeyedProcess.<String, Row, Row>of(running)
        .on(rows)
        .map(row -> "total " + row.getFieldAs("name") + " " + row.getFieldAs("n"))
        .returns(Types.STRING)
        .print();
    job.execute("running totals");
  }
}
