package dev.naja.examples.flights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;

/**
 * Scores the flights of three months, from files to files, with a scikit-learn model in the same
 * process.
 *
 * <pre>
 * java -jar flights.jar --python .venv/bin/python --modules python --model model.joblib
 *     --input flights --output predictions [--parallelism 1] [--progress bar]
 * </pre>
 */
public final class FlightsJob {
  private static final Duration REFRESH = Duration.ofMillis(200);

  private FlightsJob() {}

  public static void main(String[] args) {
    try {
      run(args);
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1); // Flink's threads would keep alive a JVM whose job could not start.
    }
  }

  private static void run(String[] args) throws Exception {
    ParameterTool options = ParameterTool.fromArgs(args);
    Path input = Path.of(options.getRequired("input"));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(
            options.getInt("parallelism", 1), configuration());
    env.enableCheckpointing(1000); // The sink commits its files at checkpoints.

    FileSource<String> flights =
        FileSource.forRecordStreamFormat(
                new TextLineInputFormat(), new org.apache.flink.core.fs.Path(input.toUri()))
            .build();
    FileSink<String> predictions =
        FileSink.forRowFormat(
                new org.apache.flink.core.fs.Path(Path.of(options.getRequired("output")).toUri()),
                new SimpleStringEncoder<String>())
            .build();
    ScoreFlight score =
        new ScoreFlight(
            options.getRequired("python"),
            options.getRequired("modules"),
            options.getRequired("model"));

    env.fromSource(flights, WatermarkStrategy.noWatermarks(), "flights")
        .map(Flight::parse)
        .map(score)
        .sinkTo(predictions);

    boolean terminal = options.get("progress", "lines").equals("bar");
    report(await(env.executeAsync("flights"), new ProgressBar(countLines(input), terminal)));
  }

  private static Configuration configuration() {
    Configuration configuration = new Configuration();
    // Counters travel with heartbeats: often enough for a progress bar.
    configuration.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, REFRESH);
    // No operator keeps a record: none needs a copy of its own.
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    // An exception in Python is a result to see, not one to try again.
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    return configuration;
  }

  private static JobExecutionResult await(JobClient job, ProgressBar progress) throws Exception {
    CompletableFuture<JobExecutionResult> result = job.getJobExecutionResult();
    while (true) {
      try {
        JobExecutionResult finished = result.get(REFRESH.toMillis(), TimeUnit.MILLISECONDS);
        progress.finish();
        return finished;
      } catch (TimeoutException running) {
        showProgress(job, progress);
      }
    }
  }

  private static void showProgress(JobClient job, ProgressBar progress)
      throws InterruptedException {
    try {
      Object scored = job.getAccumulators().get().get(ScoreFlight.SCORED);
      progress.show(scored == null ? 0 : (Long) scored);
    } catch (IllegalStateException | ExecutionException ended) {
      // The job has ended since it was last asked; its result, or its failure, comes next.
    }
  }

  private static void report(JobExecutionResult result) {
    Histogram times = result.getAccumulatorResult(ScoreFlight.EVAL_TIMES);
    long millis = Math.max(1, times.getEndTimeStamp() - times.getStartTimeStamp());
    print("records        %,d", times.getTotalCount());
    print("throughput     %,d records per second", times.getTotalCount() * 1000 / millis);
    print(
        "eval           p50 %.1f us, p99 %.1f us",
        times.getValueAtPercentile(50) / 1000.0, times.getValueAtPercentile(99) / 1000.0);
  }

  private static void print(String format, Object... figures) {
    System.out.println(String.format(Locale.ROOT, format, figures));
  }

  private static long countLines(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> entries = Files.list(directory)) {
      files = entries.collect(Collectors.toList());
    }
    return files.stream().mapToLong(FlightsJob::countLinesOf).sum();
  }

  private static long countLinesOf(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
