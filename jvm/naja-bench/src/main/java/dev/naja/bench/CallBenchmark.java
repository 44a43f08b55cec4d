package dev.naja.bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What one call from Java into Python costs, in each library; and one from a loop in Python into
 * Java, for {@code callback} and {@code arraylist}.
 *
 * <p>JMH runs every pair of method and library in a JVM of its own: two embedded CPythons cannot
 * share a process. How many threads, and whether time or throughput is reported, {@code
 * scripts/bench} chooses.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CallBenchmark {

  @Param({"naja", "naja-session", "pemja", "jep"})
  public String library;

  private final Inputs inputs = new Inputs();
  private Library opened;
  private Workloads python;

  /** Starts CPython on the measuring thread and checks every result once. */
  @Setup(Level.Trial)
  public void open() {
    opened = Library.open(library);
    python = opened.workloads();
    inputs.check(opened);
  }

  /** Ends what {@link #open} began. */
  @TearDown(Level.Trial)
  public void close() {
    opened.close();
  }

  /** Takes the GIL where the library is measured with it held. */
  @Setup(Level.Iteration)
  public void enter() {
    opened.enter();
  }

  /** Gives the GIL back. */
  @TearDown(Level.Iteration)
  public void leave() {
    opened.leave();
  }

  @Benchmark
  public double half() {
    return python.half(1.5);
  }

  @Benchmark
  public String upper() {
    return python.upper(inputs.text);
  }

  @Benchmark
  public double row10() {
    return inputs.row10(python);
  }

  @Benchmark
  public List<Double> samples() {
    return python.samples(inputs.samples);
  }

  @Benchmark
  public Map<String, Long> counters() {
    return python.counters(inputs.counts);
  }

  @Benchmark
  public long bytes1KiB() {
    return python.length(inputs.kib);
  }

  @Benchmark
  public long bytes1MiB() {
    return python.length(inputs.mib);
  }

  @Benchmark
  @OperationsPerInvocation(Inputs.LOOPS)
  public double callback() {
    return python.callback(inputs.operator, Inputs.LOOPS);
  }

  @Benchmark
  @OperationsPerInvocation(Inputs.LOOPS)
  public long arraylist() {
    return python.arraylist(opened.reference(inputs.list), Inputs.LOOPS);
  }

  @Benchmark
  public void pause() {
    python.pause(0.01);
  }
}
