package dev.naja.flink.bench;

import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;

/**
 * What a function does to a job under load: how late records come out at a steady rate, and how
 * long checkpoints take.
 *
 * <p>usage: UnderLoad java|naja PYTHON MODULES ROWS-PER-SECOND SECONDS. Prints JSON: nanoseconds
 * that records took from source to sink, of the second half of the run, and milliseconds of
 * checkpoints.
 */
public final class UnderLoad {
  private static final Pattern END_TO_END =
      Pattern.compile("\"end_to_end_duration\":\\{[^}]*\"p50\":([0-9.]+)[^}]*\"p99\":([0-9.]+)");

  private UnderLoad() {}

  /** Runs the job that the command line names. */
  public static void main(String[] arguments) throws Exception {
    String engine = arguments[0];
    double rate = Double.parseDouble(arguments[3]);
    long count = (long) (rate * Integer.parseInt(arguments[4]));
    int port = freePort();
    Configuration config = new Configuration();
    config.setString("rest.port", String.valueOf(port));
    config.setString("parallelism.default", "1");
    config.setString("pipeline.object-reuse", "true");
    config.setString("execution.checkpointing.interval", "200 ms");
    StreamExecutionEnvironment job = StreamExecutionEnvironment.getExecutionEnvironment(config);
    StreamTableEnvironment tables = StreamTableEnvironment.create(job);
    if (engine.equals("naja")) {
      tables.executeSql(
          String.format(
              "LOAD MODULE naja WITH ('python.executable' = '%s', 'python.pythonpath' = '%s',"
                  + " 'functions' = 'flink_workloads.noop')",
              arguments[1], arguments[2]));
    } else {
      tables.createTemporarySystemFunction("noop", JavaFunctions.Noop.class);
    }
    DataStream<Long> times =
        job.fromSource(
            new DataGeneratorSource<>(
                index -> System.nanoTime(), count, RateLimiterStrategy.perSecond(rate), Types.LONG),
            WatermarkStrategy.noWatermarks(),
            "times");
    tables.createTemporaryView("times", times);
    Table called = tables.sqlQuery("SELECT noop(f0) FROM times");
    tables.toDataStream(called).map(new Lateness((int) count)).sinkTo(new DiscardingSink<>());
    JobClient client = job.executeAsync();
    String checkpoints = checkpointsUntilEnd(port, client);
    System.out.printf(
        "{\"records\": %d, \"latency_ns\": %s, \"checkpoints_ms\": %s}%n",
        count, Lateness.quantiles(), checkpoints);
    System.exit(0);
  }

  /** The cluster ends with its job: so what it knows of checkpoints is asked for until then. */
  private static String checkpointsUntilEnd(int port, JobClient client) throws Exception {
    CompletableFuture<JobExecutionResult> end = client.getJobExecutionResult();
    String latest = "null";
    while (true) {
      try {
        end.get(1, TimeUnit.SECONDS);
        return latest;
      } catch (TimeoutException e) {
        latest = checkpoints(port, client);
      }
    }
  }

  private static String checkpoints(int port, JobClient client) throws Exception {
    URI uri =
        URI.create("http://localhost:" + port + "/jobs/" + client.getJobID() + "/checkpoints");
    String answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
            .body();
    Matcher found = END_TO_END.matcher(answer);
    return found.find()
        ? String.format("{\"p50\": %s, \"p99\": %s}", found.group(1), found.group(2))
        : "null";
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Keeps how long after its making each record arrived. */
  private static final class Lateness implements MapFunction<Row, Long> {
    private static long[] taken;
    private static int arrived;

    Lateness(int count) {
      taken = new long[count];
    }

    @Override
    public Long map(Row row) {
      long late = System.nanoTime() - (long) row.getField(0);
      taken[arrived++] = late;
      return late;
    }

    static String quantiles() {
      long[] settled = Arrays.copyOfRange(taken, arrived / 2, arrived);
      Arrays.sort(settled);
      return String.format(
          "{\"p50\": %d, \"p99\": %d, \"max\": %d}",
          settled[settled.length / 2],
          settled[(int) (settled.length * 0.99)],
          settled[settled.length - 1]);
    }
  }
}
