package dev.naja.internal;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Where frames wait: a fixed number of pairs of slots that threads find by their id.
 *
 * <p>A frame stays in its slot while it is used, marked as taken: to move references would cost a
 * call what the garbage collector's barriers cost. There is no thread-local: it would keep class
 * loaders alive and grow with virtual threads. Frames without a slot go to the garbage collector. A
 * call within a call on the same thread takes the second of its two slots. Thread-safe.
 */
final class FramePool {
  private static final int PAIRS = 64;

  /** References between pairs, so that two threads do not share a cache line. */
  private static final int STRIDE = 16;

  private static final AtomicReferenceArray<CallFrame> FRAMES =
      new AtomicReferenceArray<>(PAIRS * STRIDE);

  private FramePool() {}

  /** A frame that nobody else uses until {@link #give} or {@link #drop}. */
  static CallFrame take() {
    int slot = slot();
    CallFrame frame = FRAMES.getAcquire(slot);
    return frame != null && frame.claim() ? frame : takeSecond(slot);
  }

  private static CallFrame takeSecond(int slot) {
    CallFrame frame = FRAMES.getAcquire(slot + 1);
    return frame != null && frame.claim() ? frame : new CallFrame();
  }

  /** Takes a frame back. */
  static void give(CallFrame frame) {
    int slot = slot();
    CallFrame there = FRAMES.getPlain(slot);
    if (there != frame && (there != null || !FRAMES.compareAndSet(slot, null, frame))) {
      FRAMES.setRelease(slot + 1, frame);
    }
    frame.unclaim();
  }

  /** Forgets a frame, which stays taken for ever. */
  static void drop(CallFrame frame) {
    int slot = slot();
    FRAMES.compareAndSet(slot, frame, null);
    FRAMES.compareAndSet(slot + 1, frame, null);
  }

  private static int slot() {
    return ((int) Thread.currentThread().getId() & (PAIRS - 1)) * STRIDE;
  }
}
