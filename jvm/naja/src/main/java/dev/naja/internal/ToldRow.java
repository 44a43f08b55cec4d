package dev.naja.internal;

import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;

/**
 * A row whose result is told to somebody, who needs no future: that is half the work. What they
 * throw is dropped, as by {@code whenComplete}.
 */
final class ToldRow<T, R> implements WaitingRow<T, R> {
  private final long since = System.nanoTime();
  private T row;

  /** Who is told; null once they were. */
  private BiConsumer<? super R, ? super Throwable> told;

  ToldRow(T row, BiConsumer<? super R, ? super Throwable> told) {
    this.row = row;
    this.told = told;
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

  @Override
  public boolean isDone() {
    return told == null;
  }

  @Override
  public boolean complete(R value) {
    return tell(value, null);
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    return tell(null, failure);
  }

  @Override
  public boolean cancel(boolean interrupting) {
    return tell(null, new CancellationException());
  }

  private boolean tell(R value, Throwable failure) {
    BiConsumer<? super R, ? super Throwable> listener = told;
    if (listener == null) {
      return false;
    }
    told = null;
    try {
      listener.accept(value, failure);
    } catch (RuntimeException e) {
      // The other rows of the batch must not suffer from it.
    }
    return true;
  }
}
