package dev.naja;

import java.util.List;

/**
 * What a {@link MicroBatcher} calls with the rows that it has gathered.
 *
 * @param <T> the type of a row
 * @param <R> the type of a row's result
 */
@FunctionalInterface
public interface BatchFunction<T, R> {

  /**
   * Computes the results of some rows.
   *
   * @param rows at least one, unmodifiable, in the order in which they were submitted
   * @return a result for each row, in the same order
   * @throws Exception whatever makes the whole batch fail; a {@link PythonException} that stands
   *     for {@code naja.RowError} fails only the rows that it names
   */
  List<R> apply(List<T> rows) throws Exception;
}
