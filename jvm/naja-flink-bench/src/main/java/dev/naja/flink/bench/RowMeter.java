package dev.naja.flink.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.apache.flink.metrics.reporter.Scheduled;

/**
 * Leaves in a file, as a {@code long} of the machine's byte order, how many rows the source of the
 * running job has emitted. Another process maps the file to see how fast the job is; {@code
 * scripts/benchmarks/running.py} does. Flink counts these rows anyway.
 *
 * <p>Options: {@code file}, which must have 8 bytes, and Flink's {@code interval}.
 */
public final class RowMeter implements MetricReporter, Scheduled {
  private LongBuffer file;
  private volatile Counter emitted;

  @Override
  public void open(MetricConfig config) {
    Path path = Path.of(config.getString("file", null));
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      file =
          channel
              .map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES)
              .order(ByteOrder.nativeOrder())
              .asLongBuffer();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    String operator = group.getAllVariables().get("<operator_name>");
    if (name.equals("numRecordsOut") && operator != null && operator.startsWith("Source:")) {
      emitted = (Counter) metric;
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {}

  @Override
  public void report() {
    Counter counter = emitted;
    if (counter != null) {
      file.put(0, counter.getCount());
    }
  }

  @Override
  public void close() {}

  /** Makes the meter; Flink finds it by its name in the configuration. */
  public static final class Factory implements MetricReporterFactory {
    @Override
    public MetricReporter createMetricReporter(Properties options) {
      return new RowMeter();
    }
  }
}
