package dev.naja.internal;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Where idle frames wait: a fixed number of slots that threads find by their id.
 *
 * <p>There is no thread-local: it would keep class loaders alive and grow with virtual threads.
 * Frames without a slot go to the garbage collector. A call within a call on the same thread takes
 * the neighbour slot. Thread-safe.
 */
final class FramePool {
  private static final int SLOTS = 64;

  /** References between slots, so that two threads do not share a cache line. */
  private static final int STRIDE = 16;

  private static final AtomicReferenceArray<CallFrame> FRAMES =
      new AtomicReferenceArray<>(SLOTS * STRIDE);

  private FramePool() {}

  static CallFrame take() {
    int slot = slot();
    CallFrame frame = FRAMES.getAndSet(slot, null);
    return frame != null ? frame : takeNeighbour(slot);
  }

  private static CallFrame takeNeighbour(int slot) {
    CallFrame frame = FRAMES.getAndSet(neighbour(slot), null);
    return frame != null ? frame : new CallFrame();
  }

  static void give(CallFrame frame) {
    int slot = slot();
    if (FRAMES.getPlain(slot) == null) {
      FRAMES.setRelease(slot, frame);
    } else {
      FRAMES.setRelease(neighbour(slot), frame);
    }
  }

  private static int slot() {
    return ((int) Thread.currentThread().getId() & (SLOTS - 1)) * STRIDE;
  }

  private static int neighbour(int slot) {
    return (slot + STRIDE) % (SLOTS * STRIDE);
  }
}
