package dev.naja.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What it costs in each library to have NumPy sum a {@code double[]} of Java.
 *
 * <p>Every pair of method and library runs in a JVM of its own, as in {@link CallBenchmark}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ArrayBenchmark {

  @Param({"naja", "pemja", "jep", "jpy"})
  public String library;

  private final double[] thousand = Ramp.of(Ramp.THOUSAND);
  private final double[] million = Ramp.of(Ramp.MILLION);
  private Library opened;
  private ArrayWorkloads python;

  /** Starts CPython on the measuring thread and checks the result once. */
  @Setup(Level.Trial)
  public void open() {
    opened = Library.open(library);
    python = opened.arrays();
    Inputs.expect("total", Ramp.sum(Ramp.THOUSAND), python.total(thousand));
  }

  /** Ends what {@link #open} began. */
  @TearDown(Level.Trial)
  public void close() {
    opened.close();
  }

  @Benchmark
  public double total1k() {
    return python.total(thousand);
  }

  @Benchmark
  public double total1m() {
    return python.total(million);
  }
}
