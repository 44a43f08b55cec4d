package dev.naja;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * How a {@link MicroBatcher} gathers rows and hands them to Python.
 *
 * <p>Instances are immutable and safe for use by any thread; each {@code with...} method returns a
 * new one.
 *
 * <pre>{@code
 * BatchConfig.of().withSize(512).withDelay(Duration.ofMillis(2)).withRetry(true);
 * }</pre>
 */
public final class BatchConfig {

  /** How a Python function takes a batch. */
  public enum Form {
    /**
     * An array of NumPy for each column; where rows are primitive arrays of one length, one array
     * of two dimensions.
     */
    ARRAYS,
    /** A {@code pandas.Series} for each column. */
    SERIES,
    /** A {@code pandas.DataFrame}, whose columns need names. */
    FRAME,
    /** A {@code pyarrow.RecordBatch}, whose columns need names. */
    ARROW,
    /** A dict of NumPy's arrays by the names of the columns. */
    DICT,
    /** A list for each column. */
    LISTS,
    /** One list of the rows, each as it crosses in a call of its own. */
    ROWS;

    /** The name in {@code @naja.vectorized(form=...)}. */
    String inPython() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final int SIZE = 256;
  private static final int WAITING = 10_000;

  private static final BatchConfig DEFAULT =
      new BatchConfig(SIZE, Duration.ZERO, WAITING, 1, false, false, null, List.of(), "python");

  private final int size;
  private final Duration delay;
  private final int waiting;
  private final int threads;
  private final boolean retry;
  private final boolean callersRun;
  private final Form form;
  private final List<String> columns;
  private final String name;

  private BatchConfig(
      int size,
      Duration delay,
      int waiting,
      int threads,
      boolean retry,
      boolean callersRun,
      Form form,
      List<String> columns,
      String name) {
    this.size = size;
    this.delay = delay;
    this.waiting = waiting;
    this.threads = threads;
    this.retry = retry;
    this.callersRun = callersRun;
    this.form = form;
    this.columns = columns;
    this.name = name;
  }

  /**
   * Batches of up to 256 rows that wait for nothing but the batch before, 10,000 rows that may
   * wait, one thread, no retry, and the form that the function says.
   *
   * @return the default configuration
   */
  public static BatchConfig of() {
    return DEFAULT;
  }

  /**
   * Says how many rows a batch has at most.
   *
   * @param size 1 or more; 256 unless told
   * @return a configuration with this size
   * @throws IllegalArgumentException if it is less than 1
   */
  public BatchConfig withSize(int size) {
    return new BatchConfig(
        positive(size, "size of a batch"),
        delay,
        waiting,
        threads,
        retry,
        callersRun,
        form,
        columns,
        name);
  }

  /**
   * Says how long a row waits at most for others to share its batch, counted from its submission. A
   * batch that is full does not wait; neither does one whose rows have waited that long for the
   * batch before. Threads wake up late: a batch begins by so much earlier as nearly all of its
   * thread's wake-ups were late before, but not before half of the delay, that the delay is kept.
   *
   * <p>Zero, the default, is right where many rows are under way: while one batch runs, the next
   * one gathers. A delay makes larger batches of few rows, at the cost of their latency.
   *
   * @param delay zero or more
   * @return a configuration with this delay
   * @throws IllegalArgumentException if it is negative
   */
  public BatchConfig withDelay(Duration delay) {
    if (delay.isNegative()) {
      throw new IllegalArgumentException(
          "The delay of a batch must not be negative, but is " + delay + ".");
    }
    return new BatchConfig(size, delay, waiting, threads, retry, callersRun, form, columns, name);
  }

  /**
   * Says how many rows may wait for a batch of theirs. Where so many wait, {@link
   * MicroBatcher#submit} waits for room and {@link MicroBatcher#trySubmit} refuses.
   *
   * @param waiting 1 or more; 10,000 unless told
   * @return a configuration with this bound
   * @throws IllegalArgumentException if it is less than 1
   */
  public BatchConfig withWaiting(int waiting) {
    return new BatchConfig(
        size,
        delay,
        positive(waiting, "number of rows that may wait"),
        threads,
        retry,
        callersRun,
        form,
        columns,
        name);
  }

  /**
   * Says how many batches may run at once, each in a thread of its own. More than one helps only
   * where the Python code gives the GIL up for most of its time, as large models of PyTorch or ONNX
   * do; batches may then end in another order than they began.
   *
   * @param threads 1 or more; 1 unless told
   * @return a configuration with this number
   * @throws IllegalArgumentException if it is less than 1
   */
  public BatchConfig withThreads(int threads) {
    return new BatchConfig(
        size,
        delay,
        waiting,
        positive(threads, "number of threads"),
        retry,
        callersRun,
        form,
        columns,
        name);
  }

  /**
   * Says whether the rows of a batch that fails are tried again in parts, down to single rows, so
   * that only those fail that fail alone. The function then runs more than once for a row. A batch
   * whose deadline has passed is not tried again.
   *
   * @param retry whether to; false unless told
   * @return a configuration with this choice
   */
  public BatchConfig withRetry(boolean retry) {
    return new BatchConfig(size, delay, waiting, threads, retry, callersRun, form, columns, name);
  }

  /**
   * Says whether the thread that submits the last row of a full batch runs the batch before {@link
   * MicroBatcher#submit} returns. It then needs no other thread, whose waking costs more than a row
   * does; but it is held up as a plain call holds it up. Batches that are not full in time still
   * run on a thread of the batcher's, and no two batches at once, {@linkplain #withThreads however
   * many threads} there are.
   *
   * @param callersRun whether they do; false unless told
   * @return a configuration with this choice
   */
  public BatchConfig withCallersRunning(boolean callersRun) {
    return new BatchConfig(size, delay, waiting, threads, retry, callersRun, form, columns, name);
  }

  /**
   * Says how the function takes a batch, instead of what {@code @naja.vectorized} says.
   *
   * @param form the form; that of the decorator unless told, {@link Form#ARRAYS} without one
   * @return a configuration with this form
   */
  public BatchConfig withForm(Form form) {
    return new BatchConfig(
        size,
        delay,
        waiting,
        threads,
        retry,
        callersRun,
        Objects.requireNonNull(form, "form"),
        columns,
        name);
  }

  /**
   * Names the columns, instead of what {@code @naja.vectorized} says. Rows that are records or maps
   * have names of their own.
   *
   * @param columns the names in the order of the values in a row
   * @return a configuration with these names
   * @throws IllegalArgumentException if a name comes twice
   */
  public BatchConfig withColumns(String... columns) {
    List<String> names = List.of(columns);
    if (names.stream().distinct().count() != names.size()) {
      throw new IllegalArgumentException("Two columns have the same name: " + names + ".");
    }
    return new BatchConfig(size, delay, waiting, threads, retry, callersRun, form, names, name);
  }

  /**
   * Names the threads on which batches run.
   *
   * @param name what comes after {@code naja-batch-}; {@code python} unless told
   * @return a configuration with this name
   */
  public BatchConfig withName(String name) {
    return new BatchConfig(
        size,
        delay,
        waiting,
        threads,
        retry,
        callersRun,
        form,
        columns,
        Objects.requireNonNull(name, "name"));
  }

  private static int positive(int value, String what) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "The " + what + " must be 1 or more, but is " + value + ".");
    }
    return value;
  }

  /**
   * How many rows a batch has at most.
   *
   * @return 1 or more
   */
  public int size() {
    return size;
  }

  /**
   * How long a row waits at most for others.
   *
   * @return zero or more
   */
  public Duration delay() {
    return delay;
  }

  /**
   * How many rows may wait.
   *
   * @return 1 or more
   */
  public int waiting() {
    return waiting;
  }

  /**
   * How many batches may run at once.
   *
   * @return 1 or more
   */
  public int threads() {
    return threads;
  }

  /**
   * Whether a batch that fails is tried again in parts.
   *
   * @return true if it is
   */
  public boolean retry() {
    return retry;
  }

  /**
   * Whether the thread that submits the last row of a full batch runs it.
   *
   * @return true if it does
   */
  public boolean callersRun() {
    return callersRun;
  }

  /**
   * How the function takes a batch.
   *
   * @return the form; null if the function says it
   */
  Form form() {
    return form;
  }

  /**
   * The names of the columns.
   *
   * @return the names, unmodifiable; empty if the function or the rows say them
   */
  public List<String> columns() {
    return columns;
  }

  /**
   * The name of the threads.
   *
   * @return what comes after {@code naja-batch-}
   */
  public String name() {
    return name;
  }

  @Override
  public String toString() {
    return "BatchConfig[size="
        + size
        + ", delay="
        + delay
        + ", waiting="
        + waiting
        + ", threads="
        + threads
        + ", retry="
        + retry
        + ", callersRun="
        + callersRun
        + ", form="
        + (form == null ? "the function's" : form)
        + ", columns="
        + columns
        + ", name="
        + name
        + "]";
  }
}
