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

  private static final BatchConfig DEFAULT = new BatchConfig(new Choices());

  private final Choices choices;

  private BatchConfig(Choices choices) {
    this.choices = choices;
  }

  /** What a configuration consists of; not changed once there is one. */
  private static final class Choices implements Cloneable {
    int size = SIZE;
    Duration delay = Duration.ZERO;
    int waiting = WAITING;
    int threads = 1;
    boolean retry;
    boolean callersRun;
    Form form;
    List<String> columns = List.of();
    String name = "python";

    Choices copy() {
      try {
        return (Choices) clone();
      } catch (CloneNotSupportedException e) {
        throw new AssertionError(e);
      }
    }
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
    Choices changed = choices.copy();
    changed.size = positive(size, "size of a batch");
    return new BatchConfig(changed);
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
    Choices changed = choices.copy();
    changed.delay = delay;
    return new BatchConfig(changed);
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
    Choices changed = choices.copy();
    changed.waiting = positive(waiting, "number of rows that may wait");
    return new BatchConfig(changed);
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
    Choices changed = choices.copy();
    changed.threads = positive(threads, "number of threads");
    return new BatchConfig(changed);
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
    Choices changed = choices.copy();
    changed.retry = retry;
    return new BatchConfig(changed);
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
    Choices changed = choices.copy();
    changed.callersRun = callersRun;
    return new BatchConfig(changed);
  }

  /**
   * Says how the function takes a batch, instead of what {@code @naja.vectorized} says.
   *
   * @param form the form; that of the decorator unless told, {@link Form#ARRAYS} without one
   * @return a configuration with this form
   */
  public BatchConfig withForm(Form form) {
    Choices changed = choices.copy();
    changed.form = Objects.requireNonNull(form, "form");
    return new BatchConfig(changed);
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
    Choices changed = choices.copy();
    changed.columns = names;
    return new BatchConfig(changed);
  }

  /**
   * Names the threads on which batches run.
   *
   * @param name what comes after {@code naja-batch-}; {@code python} unless told
   * @return a configuration with this name
   */
  public BatchConfig withName(String name) {
    Choices changed = choices.copy();
    changed.name = Objects.requireNonNull(name, "name");
    return new BatchConfig(changed);
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
    return choices.size;
  }

  /**
   * How long a row waits at most for others.
   *
   * @return zero or more
   */
  public Duration delay() {
    return choices.delay;
  }

  /**
   * How many rows may wait.
   *
   * @return 1 or more
   */
  public int waiting() {
    return choices.waiting;
  }

  /**
   * How many batches may run at once.
   *
   * @return 1 or more
   */
  public int threads() {
    return choices.threads;
  }

  /**
   * Whether a batch that fails is tried again in parts.
   *
   * @return true if it is
   */
  public boolean retry() {
    return choices.retry;
  }

  /**
   * Whether the thread that submits the last row of a full batch runs it.
   *
   * @return true if it does
   */
  public boolean callersRun() {
    return choices.callersRun;
  }

  /**
   * How the function takes a batch.
   *
   * @return the form; null if the function says it
   */
  Form form() {
    return choices.form;
  }

  /**
   * The names of the columns.
   *
   * @return the names, unmodifiable; empty if the function or the rows say them
   */
  public List<String> columns() {
    return choices.columns;
  }

  /**
   * The name of the threads.
   *
   * @return what comes after {@code naja-batch-}
   */
  public String name() {
    return choices.name;
  }

  @Override
  public String toString() {
    return "BatchConfig[size="
        + choices.size
        + ", delay="
        + choices.delay
        + ", waiting="
        + choices.waiting
        + ", threads="
        + choices.threads
        + ", retry="
        + choices.retry
        + ", callersRun="
        + choices.callersRun
        + ", form="
        + (choices.form == null ? "the function's" : choices.form)
        + ", columns="
        + choices.columns
        + ", name="
        + choices.name
        + "]";
  }
}
