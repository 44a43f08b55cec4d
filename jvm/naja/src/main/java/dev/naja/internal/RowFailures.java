package dev.naja.internal;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * That some rows of a batch have failed alone. It leaves a {@link dev.naja.BatchFunction} in place
 * of the results.
 */
public final class RowFailures extends Exception {
  private static final long serialVersionUID = 1L;

  /** The results of all rows, null for those that have failed; null where there are none yet. */
  final transient List<?> results;

  /** Why rows have failed, by their places in the batch; at least one. */
  final transient Map<Integer, Throwable> failures;

  RowFailures(List<?> results, Map<Integer, Throwable> failures) {
    super(null, null, false, false);
    this.results = results;
    this.failures = failures;
  }

  /**
   * Why the first of the rows has failed.
   *
   * @return an exception that can be thrown
   */
  public RuntimeException first() {
    Throwable failure = failures.get(Collections.min(failures.keySet()));
    return failure instanceof RuntimeException
        ? (RuntimeException) failure
        : new IllegalStateException("A row of a batch has failed.", failure);
  }
}
