package dev.naja.examples.recommender;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The pipeline of a recommender, step by step, on one embedded Flink cluster.
 *
 * <pre>
 * java -jar recommender.jar --python .venv/bin/python --modules python --sql sql
 *     --data DIRECTORY --out DIRECTORY --history sqlite:FILE [--kafka HOST:PORT] [--only STEP]
 *     --start MILLIS --hours 2 --seconds 30 --parallelism 2
 * </pre>
 *
 * <p>Each step is a job that reads what the steps before have written. How long each took is in
 * {@code steps.csv} in the output directory.
 */
public final class Recommender {
  private final Cluster cluster;
  private final Settings settings;
  private final PrintWriter times;

  private Recommender(Cluster cluster, Settings settings, PrintWriter times) {
    this.cluster = cluster;
    this.settings = settings;
    this.times = times;
  }

  public static void main(String[] args) {
    try {
      Settings settings = new Settings(args);
      Path out = Files.createDirectories(Path.of(settings.get("out")));
      try (Cluster cluster = new Cluster(settings);
          PrintWriter times = new PrintWriter(out.resolve("steps.csv").toFile())) {
        new Recommender(cluster, settings, times).run();
      }
      System.exit(0);
    } catch (Throwable e) {
      e.printStackTrace();
      System.exit(1); // Flink's threads would keep the JVM alive.
    }
  }

  private void run() throws Exception {
    times.println("step,reads,writes,millis");
    if (settings.has("kafka")) {
      step("the log to Kafka", "exposures clicks", "exposures clicks", sql("kafka-write.sql"));
    }
    step("clean (DataStream)", "exposures clicks", "clean_exposures clean_clicks", Clean::run);
    step("normalize (SQL)", "exposures", "normalized", sql("normalize.sql"));
    step("normalize (SQL, pandas)", "exposures", "normalized_pandas", sql("normalize-pandas.sql"));
    step("visited (SQL, pandas)", "clean_clicks", "visited_sql", sql("visited.sql"));
    step("visited (DataStream)", "clean_clicks", "visited_stream", Visited::run);
    step("shares (SQL)", "clean_clicks", "shares", sql("shares.sql"));
    step("samples, joined", "clean_exposures clean_clicks", "training", Samples::run);
    step(
        "requests, joined (SQL)",
        "clean_exposures",
        "requests",
        sql("history.sql", "requests.sql"));
    step("learn and serve", "training requests", "served", LearnAndServe::run);
    step("predict (ML_PREDICT)", "requests", "predicted_sql", sql("history.sql", "predict.sql"));
    step("predict (DataStream)", "requests", "predicted_stream", Predict::run);
    step("refresh by timer", "requests", "refreshed", Refresh::run);
  }

  /**
   * Runs a step, unless only others are wanted, and notes how long it took, the start of its job
   * included.
   */
  private void step(String name, String reads, String writes, Step step) throws Exception {
    if (!name.contains(settings.get("only", ""))) {
      return;
    }
    System.err.printf(Locale.ROOT, "  %-26s", name);
    Job job = cluster.newJob();
    job.sql("log.sql");
    job.sql(settings.has("kafka") ? "kafka.sql" : "files.sql");
    long start = System.nanoTime();
    step.run(job);
    long millis = (System.nanoTime() - start) / 1_000_000;
    times.printf(Locale.ROOT, "\"%s\",%s,%s,%d%n", name, reads, writes, millis);
    System.err.printf(Locale.ROOT, "%7.1f s%n", millis / 1000.0);
  }

  private static Step sql(String... files) {
    return job -> {
      for (String file : files) {
        job.sql(file);
      }
    };
  }

  /** One step of the pipeline. */
  private interface Step {
    void run(Job job) throws Exception;
  }
}
