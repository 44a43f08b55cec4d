package dev.naja.flink.runtime;

import dev.naja.BatchMetrics;
import dev.naja.MicroBatcher;
import java.util.function.ToLongFunction;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** What a task's metrics say of a batcher: sizes of batches, and times in nanoseconds. */
final class BatchGauges {
  private static final double MEDIAN = 0.5;
  private static final double TAIL = 0.99;

  private BatchGauges() {}

  /**
   * Registers the gauges.
   *
   * @param group the function's group
   * @param batcher what they ask, each time they are read
   */
  static void register(MetricGroup group, MicroBatcher<?, ?> batcher) {
    gauge(group, "batches", batcher, BatchMetrics::batches);
    gauge(group, "waitingRows", batcher, BatchMetrics::waiting);
    gauge(group, "batchSizeMedian", batcher, metrics -> metrics.size(MEDIAN));
    gauge(group, "batchSizeMax", batcher, metrics -> metrics.size(1));
    gauge(group, "batchDelayP99", batcher, metrics -> metrics.delay(TAIL).toNanos());
    gauge(group, "batchTimeMedian", batcher, metrics -> metrics.duration(MEDIAN).toNanos());
  }

  private static void gauge(
      MetricGroup group,
      String name,
      MicroBatcher<?, ?> batcher,
      ToLongFunction<BatchMetrics> value) {
    group.gauge(name, (Gauge<Long>) () -> value.applyAsLong(batcher.metrics()));
  }
}
