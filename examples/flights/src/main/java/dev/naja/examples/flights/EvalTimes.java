package dev.naja.examples.flights;

import org.HdrHistogram.Histogram;
import org.apache.flink.api.common.accumulators.Accumulator;

/**
 * How long each {@code eval} took, in nanoseconds, over all subtasks.
 *
 * <p>The histogram also carries the time of day of the first and the last record. One thread
 * writes; merging is Flink's.
 */
class EvalTimes implements Accumulator<Long, Histogram> {
  private static final long serialVersionUID = 1;
  private static final long LONGEST = 60_000_000_000L;
  private static final int DIGITS = 2;

  private Histogram histogram = new Histogram(LONGEST, DIGITS);

  void record(long nanos) {
    histogram.recordValue(Math.min(nanos, LONGEST));
    long now = System.currentTimeMillis();
    if (histogram.getTotalCount() == 1) {
      histogram.setStartTimeStamp(now);
    }
    histogram.setEndTimeStamp(now);
  }

  @Override
  public void add(Long nanos) {
    record(nanos);
  }

  @Override
  public Histogram getLocalValue() {
    return histogram;
  }

  @Override
  public void resetLocal() {
    histogram.reset();
  }

  @Override
  public void merge(Accumulator<Long, Histogram> other) {
    histogram.add(other.getLocalValue());
  }

  @Override
  public EvalTimes clone() {
    EvalTimes copy = new EvalTimes();
    copy.histogram = histogram.copy();
    return copy;
  }
}
