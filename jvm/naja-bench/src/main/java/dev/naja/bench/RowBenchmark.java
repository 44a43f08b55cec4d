package dev.naja.bench;

import dev.naja.Column;
import dev.naja.RowBatch;
import dev.naja.TableForm;
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

/** What a table of 1,000 rows and 10 columns costs, to fill and to pass. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RowBenchmark {

  private static final int ROWS = 1_000;
  private static final int NUMBERS = 10;

  private static final Column[] MIXED = {
    Column.int64("id"),
    Column.int64("user"),
    Column.int32("count"),
    Column.float64("amount"),
    Column.float64("latitude"),
    Column.float32("score"),
    Column.bool("flag"),
    Column.text("merchant"),
    Column.text("country"),
    Column.timestamp("at"),
  };

  private RowWorkloads python;
  private RowBatch frame;
  private RowBatch arrow;
  private RowBatch numbers;

  private static Column[] numbers() {
    Column[] columns = new Column[NUMBERS];
    for (int i = 0; i < NUMBERS; i++) {
      columns[i] = i % 2 == 0 ? Column.int64("i" + i) : Column.float64("f" + i);
    }
    return columns;
  }

  private static void fill(RowBatch batch) {
    batch.clear();
    for (int row = 0; row < ROWS; row++) {
      batch
          .setLong(0, row)
          .setLong(1, row * 7L)
          .setLong(2, row % 100)
          .setDouble(3, row * 0.25)
          .setDouble(4, -row)
          .setDouble(5, 0.5)
          .setBoolean(6, row % 2 == 0)
          .setText(7, "merchant of some name")
          .setText(8, "GB")
          .setLong(9, 1_700_000_000_000_000L + row)
          .endRow();
    }
  }

  /** Starts CPython and checks every result once. */
  @Setup(Level.Trial)
  public void open() {
    python = new NajaLibrary().python.module("rows").bind(RowWorkloads.class);
    frame = RowBatch.of(TableForm.PANDAS, MIXED);
    arrow = RowBatch.of(TableForm.ARROW, MIXED);
    numbers = RowBatch.of(TableForm.ARROW, numbers());
    fill(frame);
    fill(arrow);
    python.serialize(arrow);
    Inputs.expect("read", (long) ROWS, python.read());
    Inputs.expect("the frame", (long) ROWS, python.count(frame));
    Inputs.expect("the batch", (long) ROWS, python.count(arrow));
  }

  /** By cell: rows of longs and doubles. */
  @Benchmark
  @OperationsPerInvocation(ROWS * NUMBERS)
  public int fillNumbers() {
    numbers.clear();
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < NUMBERS; column += 2) {
        numbers.setLong(column, row).setDouble(column + 1, row);
      }
      numbers.endRow();
    }
    return numbers.size();
  }

  /** By cell: rows of all kinds. */
  @Benchmark
  @OperationsPerInvocation(ROWS * NUMBERS)
  public int fillMixed() {
    fill(frame);
    return frame.size();
  }

  /** The filled table as a DataFrame. */
  @Benchmark
  public long frame() {
    return python.count(frame);
  }

  /** The filled table as a RecordBatch. */
  @Benchmark
  public long arrow() {
    return python.count(arrow);
  }

  /** The same table as a DataFrame by pyarrow, of Arrow IPC messages in memory. */
  @Benchmark
  public long ipc() {
    return python.read();
  }
}
