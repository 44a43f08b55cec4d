package dev.naja.flink.runtime;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * What a function's calls are measured by, in Flink's metric group {@code python.<function>} of the
 * operator: {@code calls} and {@code errors} count, {@code liveHandles} is how many Python objects
 * Java holds in this process, the histograms are in nanoseconds. One call in {@value #SAMPLE} is
 * timed, since reading the clock five times costs a third of a short call.
 */
public final class CallMetrics {
  /** Of how many calls one is timed; a power of two. */
  static final int SAMPLE = 128;

  private static final int WINDOW = 1_000;

  private final Counter calls;
  private final Counter errors;
  private final Histogram latency;
  private final Histogram gilWait;
  private final Histogram conversion;
  private final MetricGroup group;
  private Histogram sizes;
  private long count;

  /**
   * Registers a function's metrics.
   *
   * @param group the operator's group
   * @param function the function's name
   * @param python the Python that it runs in
   */
  public CallMetrics(MetricGroup group, String function, OpenPython python) {
    MetricGroup own = group.addGroup("python", function);
    own.gauge("liveHandles", python.python()::handleCount);
    this.group = own;
    calls = own.counter("calls");
    errors = own.counter("errors");
    latency = own.histogram("callLatency", new DescriptiveStatisticsHistogram(WINDOW));
    gilWait = own.histogram("gilWait", new DescriptiveStatisticsHistogram(WINDOW));
    conversion = own.histogram("conversionTime", new DescriptiveStatisticsHistogram(WINDOW));
  }

  /** Counts a call and says whether it is to be timed. For the task's thread alone. */
  boolean begin() {
    calls.inc();
    return (count++ & SAMPLE - 1) == 0;
  }

  /** Counts a call that failed. */
  public void failed() {
    errors.inc();
  }

  /**
   * Counts calls of many rows at once, by any thread.
   *
   * @param rows how many
   */
  public void called(long rows) {
    calls.inc(rows);
  }

  /**
   * Counts a call of a whole batch, whose size it keeps in the histogram {@code batchSize}. For the
   * task's thread alone.
   *
   * @param rows how many
   */
  public void batch(int rows) {
    if (sizes == null) {
      sizes = group.histogram("batchSize", new DescriptiveStatisticsHistogram(WINDOW));
    }
    sizes.update(rows);
    called(rows);
  }

  /**
   * Keeps the parts of a call that was timed.
   *
   * @param gil nanoseconds until the GIL was had
   * @param converting nanoseconds that values took to be written and read in Java
   * @param whole nanoseconds of the whole call
   */
  void timed(long gil, long converting, long whole) {
    gilWait.update(gil);
    conversion.update(converting);
    latency.update(whole);
  }

  /**
   * The group of the function, for metrics of one kind of function.
   *
   * @return Flink's group
   */
  public MetricGroup group() {
    return group;
  }
}
