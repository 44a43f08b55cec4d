import org.apache.flink.table.functions.ScalarFunction;

/** What {@code fraud.score} computes, for jobs without Python to compare with. */
public final class Score extends ScalarFunction {
  private static final long serialVersionUID = 1;

  /**
   * Adds a thousand.
   *
   * @param number a number
   * @return the sum
   */
  public Long eval(Long number) {
    return number + 1000;
  }
}
