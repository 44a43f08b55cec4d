package dev.naja.internal;

import dev.naja.BatchFunction;
import dev.naja.PythonTimeoutException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * How do the rows of a batch get their answers? The function is called; who has failed alone fails
 * alone, and what has failed as a whole is tried again in parts where that was asked for.
 *
 * <p>Safe for use by several threads, each with batches of its own.
 */
final class BatchRunner<T, R> {
  private final BatchFunction<T, R> function;
  private final BiPredicate<T, T> alike;
  private final boolean retry;
  private final BatchCounts counts;

  /**
   * Makes a runner.
   *
   * @param alike whether two rows may share a call
   * @param retry whether a batch that has failed is tried again in parts
   */
  BatchRunner(
      BatchFunction<T, R> function, BiPredicate<T, T> alike, boolean retry, BatchCounts counts) {
    this.function = function;
    this.alike = alike;
    this.retry = retry;
    this.counts = counts;
  }

  /** Answers all rows of a batch, whatever happens. */
  void run(List<WaitingRow<T, R>> batch) {
    counts.taken(batch);
    for (Part<T, R> part : parts(batch)) {
      run(part.waiting, part.rows, false);
    }
  }

  /** Rows that share a call, with their futures. */
  private static final class Part<T, R> {
    final List<WaitingRow<T, R>> waiting;
    final List<T> rows;

    Part(int most) {
      waiting = new ArrayList<>(most);
      rows = new ArrayList<>(most);
    }
  }

  private List<Part<T, R>> parts(List<WaitingRow<T, R>> batch) {
    List<Part<T, R>> parts = new ArrayList<>(1);
    for (WaitingRow<T, R> waiting : batch) {
      T row = waiting.take();
      if (waiting.isDone()) {
        counts.dropped();
      } else {
        Part<T, R> part = part(parts, row, batch.size());
        part.waiting.add(waiting);
        part.rows.add(row);
      }
    }
    return parts;
  }

  private Part<T, R> part(List<Part<T, R>> parts, T row, int most) {
    for (Part<T, R> part : parts) {
      if (alike.test(part.rows.get(0), row)) {
        return part;
      }
    }
    Part<T, R> part = new Part<>(most);
    parts.add(part);
    return part;
  }

  private void run(List<WaitingRow<T, R>> waiting, List<T> rows, boolean again) {
    long began = System.nanoTime();
    List<?> results = null;
    Map<Integer, Throwable> failures = Map.of();
    Throwable failure = null;
    try {
      results = checked(function.apply(Collections.unmodifiableList(rows)), rows.size());
    } catch (RowFailures e) {
      results = e.results;
      failures = e.failures;
    } catch (Throwable e) {
      failure = e;
    }
    counts.called(rows.size(), again, System.nanoTime() - began);
    if (failure != null) {
      failed(waiting, rows, failure);
    } else if (results == null) {
      others(waiting, rows, failures);
    } else {
      answer(waiting, results, failures);
    }
  }

  private static List<?> checked(List<?> results, int rows) {
    if (results == null || results.size() != rows) {
      throw new IllegalStateException(
          "The function of a batch must return a result for each of its "
              + rows
              + " rows, but returned "
              + (results == null ? "null." : results.size() + "."));
    }
    return results;
  }

  private void failed(List<WaitingRow<T, R>> waiting, List<T> rows, Throwable failure) {
    boolean worth = failure instanceof Exception && !(failure instanceof PythonTimeoutException);
    if (retry && worth && rows.size() > 1) {
      int half = rows.size() / 2;
      run(waiting.subList(0, half), rows.subList(0, half), true);
      run(waiting.subList(half, rows.size()), rows.subList(half, rows.size()), true);
      return;
    }
    counts.answered(waiting.size(), waiting.size());
    for (WaitingRow<T, R> each : waiting) {
      each.completeExceptionally(failure);
    }
  }

  /** Fails the rows that the function has refused and calls it again with the others. */
  private void others(
      List<WaitingRow<T, R>> waiting, List<T> rows, Map<Integer, Throwable> failures) {
    counts.answered(failures.size(), failures.size());
    List<WaitingRow<T, R>> othersWaiting = new ArrayList<>();
    List<T> others = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      if (!failures.containsKey(i)) {
        othersWaiting.add(waiting.get(i));
        others.add(rows.get(i));
      }
    }
    failures.forEach((index, failure) -> waiting.get(index).completeExceptionally(failure));
    if (!others.isEmpty()) {
      run(othersWaiting, others, true);
    }
  }

  @SuppressWarnings("unchecked")
  private void answer(
      List<WaitingRow<T, R>> waiting, List<?> results, Map<Integer, Throwable> failures) {
    counts.answered(waiting.size(), failures.size());
    for (int i = 0; i < results.size(); i++) {
      Throwable failure = failures.get(i);
      if (failure == null) {
        waiting.get(i).complete((R) results.get(i));
      } else {
        waiting.get(i).completeExceptionally(failure);
      }
    }
  }
}
