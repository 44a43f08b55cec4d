package dev.naja.internal;

import java.util.concurrent.CompletableFuture;

/**
 * A row that waits for its batch, and the future of its result. It lets the row go when the batch
 * takes it.
 */
class WaitingRow<T, R> extends CompletableFuture<R> {
  final long since = System.nanoTime();
  private T row;

  WaitingRow(T row) {
    this.row = row;
  }

  /** The row, once. */
  T take() {
    T taken = row;
    row = null;
    return taken;
  }

  /** What depends on the result needs no row. */
  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CompletableFuture<>();
  }
}
