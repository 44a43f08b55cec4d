package dev.naja;

import dev.naja.internal.Gil;

/**
 * Holds Python's GIL for a run of calls on one thread, which makes each of them about twice as
 * fast.
 *
 * <pre>{@code
 * try (Session session = python.session()) {
 *   for (Payment payment : payments) {
 *     total += scorer.eval(payment.amount());
 *   }
 * }
 * }</pre>
 *
 * <p>Meanwhile no other thread runs Python code, except while the code called gives the GIL up: do
 * nothing in a session that waits for something else. A session that is never closed stops all
 * other Python threads. Sessions nest. On a virtual thread a session does nothing, for the GIL
 * belongs to the carrier, and calls are as without one.
 *
 * <p>A session belongs to the thread that opened it.
 */
public final class Session implements AutoCloseable {
  private final Thread owner = Thread.currentThread();
  private boolean holding;

  Session() {
    holding = Gil.hold();
  }

  /**
   * Gives the GIL up. Twice is harmless.
   *
   * @throws IllegalStateException on another thread than the one that opened the session
   */
  @Override
  public void close() {
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException(
          "A session must be closed on the thread that opened it, which is "
              + owner.getName()
              + ", but this is "
              + Thread.currentThread().getName()
              + ".");
    }
    if (holding) {
      holding = false;
      Gil.giveUp();
    }
  }
}
