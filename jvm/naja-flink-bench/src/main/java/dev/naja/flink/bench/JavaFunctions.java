package dev.naja.flink.bench;

import java.util.concurrent.CompletableFuture;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.AsyncScalarFunction;
import org.apache.flink.table.functions.ScalarFunction;

/** Functions of Java's, which Python's are measured beside. */
public final class JavaFunctions {
  private JavaFunctions() {}

  /** Gives back what it gets. */
  public static final class Noop extends ScalarFunction {
    /** The number itself. */
    public Long eval(Long x) {
      return x;
    }
  }

  /**
   * Half of a number, at once, by the way of asynchronous functions: what is left of a row's time
   * is Flink's own, which no vectorized function in Java or Python can go below.
   */
  public static final class Half extends AsyncScalarFunction {
    /** Completes the future with the half. */
    public void eval(CompletableFuture<Double> half, Long x) {
      half.complete(x * 0.5);
    }
  }

  /**
   * A text that is made once, so that a source of long texts costs next to nothing. It takes the
   * number of the row, or Flink would compute it when the job is planned.
   */
  public static final class Prepared extends ScalarFunction {
    private transient StringData text;

    /** The JSON text with a field of some length, the same for every row. */
    @DataTypeHint(value = "STRING", bridgedTo = StringData.class)
    public StringData eval(Long x, Integer length) {
      if (text == null) {
        String field = "aB".repeat(length / 2);
        text = StringData.fromString("{\"Text\": \"" + field + "\"}");
        // As bytes, which is how texts come from other operators.
        text.toBytes();
      }
      return text;
    }
  }
}
