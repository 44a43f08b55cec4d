package dev.naja.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.testutils.InMemoryReporter;

/** What a cluster's jobs have measured, which is kept when they end. */
public final class TestMetrics {
  private TestMetrics() {}

  /**
   * The one metric whose full name ends so.
   *
   * @param reporter the cluster's
   * @param of what else is in its name, such as the job's name
   * @param end the end of its name, without the dot before it
   * @return the metric
   */
  public static Metric one(InMemoryReporter reporter, String of, String end) {
    List<Metric> found = new ArrayList<>();
    reporter
        .getMetricsByGroup()
        .forEach(
            (group, metrics) ->
                metrics.forEach(
                    (name, metric) -> {
                      String full = group.getMetricIdentifier(name);
                      if (full.endsWith("." + end) && full.contains(of)) {
                        found.add(metric);
                      }
                    }));
    assertEquals(1, found.size(), end + " in " + reporter.getMetricsByGroup().keySet());
    return found.get(0);
  }
}
