package dev.naja.flink.datastream;

import dev.naja.flink.StreamFunction;
import dev.naja.flink.runtime.OpenPython;
import dev.naja.flink.runtime.TaskContext;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.Window;
import org.apache.flink.util.Collector;

/**
 * Stands behind an aggregate function, which Flink gives no context: opens its Python, with the
 * files of the job, before the first record comes, and passes its results on.
 *
 * @param <OUT> the results
 * @param <KEY> the keys
 * @param <W> Flink's class of the windows
 */
public final class OpeningWindow<OUT, KEY, W extends Window>
    extends ProcessWindowFunction<OUT, OUT, KEY, W> {
  private static final long serialVersionUID = 1;

  private final StreamFunction<OUT> function;
  private transient OpenPython python;

  /**
   * Stands behind a function.
   *
   * @param function which
   */
  public OpeningWindow(StreamFunction<OUT> function) {
    this.function = function;
  }

  @Override
  public void open(OpenContext context) {
    python = function.callable().environment().open(TaskContext.of(getRuntimeContext()));
  }

  @Override
  public void process(KEY key, Context context, Iterable<OUT> results, Collector<OUT> out) {
    results.forEach(out::collect);
  }

  @Override
  public void close() {
    if (python != null) {
      python.close();
    }
  }
}
