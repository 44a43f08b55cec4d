package dev.naja.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;

/**
 * Lets the benchmarks of several JVMs take turns: before each iteration JMH waits for a line on
 * standard input, and after it says so on standard output. {@code scripts/benchmarks/turns.py} is
 * at the other ends.
 *
 * <p>JMH makes it by {@code -prof dev.naja.bench.Turns} and calls it on one thread, outside of what
 * is measured. It needs {@code -f 0}: a fork's standard input is not its parent's.
 */
public final class Turns implements InternalProfiler {
  /** What is printed when an iteration is over. */
  private static final String OVER = "turn over";

  @Override
  public String getDescription() {
    return "Iterations wait for their turn";
  }

  /**
   * Waits.
   *
   * @throws IllegalStateException when standard input ends
   */
  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    try {
      int read;
      do {
        read = System.in.read();
        if (read < 0) {
          throw new IllegalStateException("standard input ended before the last turn");
        }
      } while (read != '\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    System.out.println(OVER);
    return List.of();
  }
}
