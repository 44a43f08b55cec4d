package dev.naja.bench;

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

/** The least that the same work costs, measured in a process that naja has started CPython in. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FloorBenchmark {

  private final Inputs inputs = new Inputs();
  private final double[] thousand = Ramp.of(Ramp.THOUSAND);
  private final double[] million = Ramp.of(Ramp.MILLION);

  /** Starts CPython through naja, then loads the probe beside it. */
  @Setup(Level.Trial)
  public void open() {
    inputs.check(Library.open("naja"));
    Floor.load(Setting.FLOOR.value());
    Inputs.expect("the attached floor", 0.75, Floor.attached(1.5));
    Floor.hold();
    try {
      Inputs.expect("the held floor", 0.75, Floor.held(1.5));
    } finally {
      Floor.release();
    }
    Inputs.expect("the floor of upper", (long) inputs.text.length(), Floor.upper());
    Inputs.expect("the floor of row10", Inputs.ROW10, Floor.row10());
    Inputs.expect("the copied floor", (long) Inputs.MIB, Floor.copied(inputs.mib));
    Inputs.expect("the floor of total", Ramp.sum(Ramp.THOUSAND), Floor.total(thousand));
    Inputs.expect("the floor of callback", 1.96875, Floor.callback(inputs.operator, 5));
  }

  /** Holds the GIL through an iteration. */
  @State(Scope.Thread)
  public static class Gil {

    @Setup(Level.Iteration)
    public void take(FloorBenchmark opened) {
      Floor.hold();
    }

    @TearDown(Level.Iteration)
    public void give() {
      Floor.release();
    }
  }

  @Benchmark
  public void empty() {
    Floor.empty();
  }

  @Benchmark
  public double attached() {
    return Floor.attached(1.5);
  }

  @Benchmark
  public double held(Gil gil) {
    return Floor.held(1.5);
  }

  @Benchmark
  public long upper() {
    return Floor.upper();
  }

  @Benchmark
  public double row10() {
    return Floor.row10();
  }

  @Benchmark
  public long copied1KiB() {
    return Floor.copied(inputs.kib);
  }

  @Benchmark
  public long copied1MiB() {
    return Floor.copied(inputs.mib);
  }

  @Benchmark
  public double total1k() {
    return Floor.total(thousand);
  }

  @Benchmark
  public double total1m() {
    return Floor.total(million);
  }

  @Benchmark
  @OperationsPerInvocation(Inputs.LOOPS)
  public double callback() {
    return Floor.callback(inputs.operator, Inputs.LOOPS);
  }
}
