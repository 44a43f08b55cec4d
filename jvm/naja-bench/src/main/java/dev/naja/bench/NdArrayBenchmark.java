package dev.naja.bench;

import dev.naja.NdArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What arrays cost that share their memory, beside calls without arrays and plain copies. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NdArrayBenchmark {

  private final double[] numbers = Ramp.of(Ramp.MILLION);
  private DoubleBuffer buffer;
  private NdArray wrapped;
  private NdArray returned;
  private NdArrayWorkloads python;

  /** Starts CPython and checks every result once. */
  @Setup(Level.Trial)
  public void open() {
    python = new NajaLibrary().python.module("arrays").bind(NdArrayWorkloads.class);
    ByteBuffer memory = ByteBuffer.allocateDirect(Ramp.MILLION * Double.BYTES);
    buffer = memory.order(ByteOrder.nativeOrder()).asDoubleBuffer();
    buffer.duplicate().put(numbers);
    wrapped = NdArray.wrap(buffer);
    returned = python.million();
    Inputs.expect("total", Ramp.sum(Ramp.MILLION), python.total(wrapped));
    Inputs.expect("nothing", 0.0, python.nothing());
    Inputs.expect("accept", 0.0, python.accept(wrapped));
    Inputs.expect("million", Ramp.MILLION - 1.0, returned.toDoubleArray()[Ramp.MILLION - 1]);
  }

  /** A call that takes no array. */
  @Benchmark
  public double nothing() {
    return python.nothing();
  }

  /** A call that takes a million numbers in memory that Python has seen before. */
  @Benchmark
  public double accept() {
    return python.accept(wrapped);
  }

  /** The same in memory that Python has not seen. */
  @Benchmark
  public double wrap() {
    try (NdArray fresh = NdArray.wrap(buffer)) {
      return python.accept(fresh);
    }
  }

  /** A million numbers of NumPy's, seen and given back. */
  @Benchmark
  public long view() {
    try (NdArray numpy = python.million()) {
      return numpy.size();
    }
  }

  /** A million numbers of NumPy's, copied. */
  @Benchmark
  public double[] copy() {
    return returned.toDoubleArray();
  }

  /** A million numbers of Java's, copied. */
  @Benchmark
  public double[] copied() {
    return numbers.clone();
  }
}
