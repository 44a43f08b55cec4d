package dev.naja.internal;

/**
 * A row that waits for its batch, and who is answered. It belongs to one thread at a time: who
 * brings it, then, by the queue's lock, who runs its batch or gives it up.
 */
interface WaitingRow<T, R> {

  /** When it came, by {@link System#nanoTime}. */
  long since();

  /** The row, once: it is let go when the batch takes it. */
  T take();

  /** Whether it needs no answer any more. */
  boolean isDone();

  /** Answers with a result, unless it is done. */
  boolean complete(R value);

  /** Answers with a failure, unless it is done. */
  boolean completeExceptionally(Throwable failure);

  /** Gives the row up, unless it is done. */
  boolean cancel(boolean interrupting);
}
