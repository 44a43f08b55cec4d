package dev.naja.internal;

import java.util.concurrent.CompletableFuture;

/** A row that is the future of its result. */
final class FutureRow<T, R> extends CompletableFuture<R> implements WaitingRow<T, R> {
  private final long since = System.nanoTime();
  private T row;

  FutureRow(T row) {
    this.row = row;
  }

  @Override
  public long since() {
    return since;
  }

  @Override
  public T take() {
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
