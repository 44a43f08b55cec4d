package dev.naja.internal;

import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;

/**
 * A row whose result is told to somebody, who needs no future: that is half the work. What they
 * throw is dropped, as by {@code whenComplete}.
 */
final class ToldRow<T, R> extends WaitingRow<T, R> {
  private final BiConsumer<? super R, ? super Throwable> told;

  ToldRow(T row, BiConsumer<? super R, ? super Throwable> told) {
    super(row);
    this.told = told;
  }

  @Override
  public boolean complete(R value) {
    return super.complete(value) && tell(value, null);
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    return super.completeExceptionally(failure) && tell(null, failure);
  }

  @Override
  public boolean cancel(boolean interrupting) {
    return super.cancel(interrupting) && tell(null, new CancellationException());
  }

  private boolean tell(R value, Throwable failure) {
    try {
      told.accept(value, failure);
    } catch (RuntimeException e) {
      // The other rows of the batch must not suffer from it.
    }
    return true;
  }
}
