package dev.naja.bench;

import dev.naja.BatchConfig;
import dev.naja.MicroBatcher;
import dev.naja.PyObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What many threads get out of a model that takes a row of 128 numbers, or many such rows. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class BatchBenchmark {

  /** How many rows of one thread are under way where it does not wait for each. */
  private static final int UNDER_WAY = 128;

  private static final int LENGTH = 128;

  /** The model for a row. */
  public interface Model {
    /** Returns the dot product of the numbers with the weights. */
    double score(double[] features);
  }

  private final double[] row = Ramp.of(LENGTH);
  private Model model;
  private MicroBatcher<double[], Double> batcher;

  /** Starts CPython and checks both models once. */
  @Setup(Level.Trial)
  public void open() throws InterruptedException {
    PyObject module = new NajaLibrary().python.module("batches");
    model = module.bind(Model.class);
    batcher = MicroBatcher.of(module.attr("scores"), Double.class, BatchConfig.of());
    double expected = 0;
    for (double number : row) {
      expected += number * number;
    }
    Inputs.expect("score", expected, model.score(row));
    Inputs.expect("scores", expected, batcher.call(row));
  }

  /** Says what the batches were like, and ends them. */
  @TearDown(Level.Trial)
  public void close() {
    System.out.println(batcher.metrics());
    batcher.close();
  }

  /** A call for each row. */
  @Benchmark
  public double single() {
    return model.score(row);
  }

  /** Each thread waits for the result of its row. */
  @Benchmark
  public double waiting() throws InterruptedException {
    return batcher.call(row);
  }

  /** Each thread has several rows under way, as an operator that does not wait. */
  @Benchmark
  @OperationsPerInvocation(UNDER_WAY)
  public double submitted() throws InterruptedException {
    CountDownLatch answers = new CountDownLatch(UNDER_WAY);
    CompletableFuture<Double> last = null;
    for (int i = 0; i < UNDER_WAY; i++) {
      last = batcher.submit(row);
      last.whenComplete((score, failure) -> answers.countDown());
    }
    answers.await();
    return last.join();
  }
}
