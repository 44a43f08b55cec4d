package dev.naja.internal;

import java.util.List;

/**
 * How do the rows of a batch become arguments of {@code naja._vectorized.Batches}? Thread-safe.
 *
 * @param <T> the type of a row
 */
interface BatchArguments<T> {

  /** Whether two rows may share a call. */
  boolean areAlike(T one, T other);

  /**
   * The arguments of a call.
   *
   * @param rows at least one; all are alike
   * @throws RowFailures if some of the rows cannot be passed
   */
  Object[] of(List<T> rows) throws RowFailures;

  /** Told when the call is over, so that memory can be used again. */
  default void release(Object[] arguments) {}
}
