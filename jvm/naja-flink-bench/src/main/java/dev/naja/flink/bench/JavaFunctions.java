package dev.naja.flink.bench;

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

  /** Lowers a text. */
  public static final class Lowered extends ScalarFunction {
    /** The text in lower case. */
    public String eval(String text) {
      return text.toLowerCase();
    }
  }
}
