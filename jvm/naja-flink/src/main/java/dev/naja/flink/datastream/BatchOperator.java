package dev.naja.flink.datastream;

import dev.naja.BatchConfig;
import dev.naja.PyObject;
import dev.naja.PythonException;
import dev.naja.PythonPanicException;
import dev.naja.flink.FailurePolicy;
import dev.naja.flink.StreamFunction;
import dev.naja.internal.VectorizedFunction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.types.Row;

/**
 * Calls a Python function with many records at once, on the task's thread.
 *
 * <p>A batch is run when it is full, when its first record has waited for the delay, before a
 * watermark and before a checkpoint's barrier go on, and at the end of the input. So no record is
 * kept in state, none is overtaken by a watermark, and each result has the time of its record.
 *
 * @param <IN> the records
 * @param <OUT> what the function makes of each
 */
public final class BatchOperator<IN, OUT> extends AbstractStreamOperator<OUT>
    implements OneInputStreamOperator<IN, OUT>, BoundedOneInput {
  private static final long serialVersionUID = 1;

  private final StreamFunction<OUT> function;
  private final BatchConfig.Form form;
  private final int size;
  private final long delay;

  private transient OpenBatch<IN, OUT> open;
  private transient PyObject prepared;
  private transient VectorizedFunction<Object, Object> vectorized;
  private transient List<Object> rows;
  private transient List<StreamRecord<IN>> records;
  private transient ScheduledFuture<?> timer;

  /**
   * An operator.
   *
   * @param function the function
   * @param form how it takes batches, null for what it says itself
   * @param size how many records a batch has at most
   * @param delay how long a record waits at most; zero for until its batch is run for another
   *     reason
   */
  public BatchOperator(
      StreamFunction<OUT> function, BatchConfig.Form form, int size, Duration delay) {
    this.function = function;
    this.form = form;
    this.size = size;
    this.delay = delay.toMillis();
  }

  @Override
  public void open() throws Exception {
    super.open();
    rows = new ArrayList<>(size);
    records = new ArrayList<>(size);
    open = new OpenBatch<>(function, getRuntimeContext());
    prepared =
        VectorizedFunction.prepare(open.function(), open.form(form), open.columns(), Object.class);
    vectorized = VectorizedFunction.ofRows(prepared, Object.class);
  }

  @Override
  public void processElement(StreamRecord<IN> element) throws Exception {
    Object row = open.toPython(element.getValue());
    if (!rows.isEmpty() && !vectorized.areAlike(rows.get(0), row)) {
      flush();
    }
    rows.add(row);
    // What is kept of the record is its time, and the record itself where failures need it.
    records.add(keepsRecords() ? element.copy(element.getValue()) : element.copy(null));
    if (rows.size() >= size) {
      flush();
    } else if (delay > 0 && timer == null) {
      long due = getProcessingTimeService().getCurrentProcessingTime() + delay;
      timer = getProcessingTimeService().registerTimer(due, time -> flush());
    }
  }

  private boolean keepsRecords() {
    return Plans.failsAside(function);
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    flush();
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    flush();
    super.prepareSnapshotPreBarrier(checkpointId);
  }

  @Override
  public void endInput() throws Exception {
    flush();
  }

  private void flush() throws Exception {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
    if (rows.isEmpty()) {
      return;
    }
    List<Object> batch = rows;
    List<StreamRecord<IN>> kept = records;
    rows = new ArrayList<>(size);
    records = new ArrayList<>(size);
    open.metrics().batch(batch.size());
    run(batch, kept);
  }

  /** Runs a batch; one that fails is run again record by record, unless failures fail the task. */
  private void run(List<Object> batch, List<StreamRecord<IN>> kept) throws Exception {
    List<OUT> results = new ArrayList<>(batch.size());
    try {
      for (Object result : vectorized.apply(batch)) {
        results.add(open.fromPython(result));
      }
    } catch (PythonPanicException e) {
      throw e;
    } catch (Exception e) {
      failed(batch, kept, e);
      return;
    }
    for (int i = 0; i < results.size(); i++) {
      StreamRecord<IN> record = kept.get(i);
      output.collect(record.replace(results.get(i)));
    }
  }

  private void failed(List<Object> batch, List<StreamRecord<IN>> kept, Exception e)
      throws Exception {
    if (function.callable().policy() == FailurePolicy.FAIL) {
      open.metrics().failed();
      throw cause(e);
    }
    if (batch.size() > 1) {
      for (int i = 0; i < batch.size(); i++) {
        run(batch.subList(i, i + 1), kept.subList(i, i + 1));
      }
      return;
    }
    open.metrics().failed();
    if (keepsRecords()) {
      Row row = Failures.row(kept.get(0).getValue(), function, cause(e));
      output.collect(
          StreamFunction.failures(function.inputs()[0]), kept.get(0).copy(null).replace(row));
    }
  }

  /** What Python raised, where some rows of a batch have failed alone. */
  private static Exception cause(Exception e) {
    return !(e instanceof PythonException) && e.getCause() instanceof Exception
        ? (Exception) e.getCause()
        : e;
  }

  @Override
  public void close() throws Exception {
    try {
      super.close();
    } finally {
      if (prepared != null) {
        prepared.close();
      }
      if (open != null) {
        open.close();
      }
    }
  }
}
