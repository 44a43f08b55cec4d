package dev.naja.internal;

/**
 * How much earlier must a thread mean to wake up, to be awake in time? Learns from how late it woke
 * up before. Not thread-safe.
 *
 * <p>The margin moves towards a lateness that one wake-up in {@value #RARELY} exceeds: up by a step
 * after one that it did not cover, and down by so small a part of a step after every other that the
 * two balance there. So a wake-up that is far too late, as where the machine was busy elsewhere,
 * counts no more than any other, and a margin that is too short grows within a few.
 */
final class Lateness {
  private static final int RARELY = 256;

  /** Nanoseconds; steps for long delays need not be longer, for threads do not wake up later. */
  private static final long LONGEST_STEP = 50_000;

  private final long step;
  private final long most;
  private long margin;

  /**
   * Begins with a margin of four steps: 200 us, or a sixteenth of a shorter delay.
   *
   * @param delay how many nanoseconds are waited at most; half of them are waited in any case
   */
  Lateness(long delay) {
    step = Math.min(delay / 64, LONGEST_STEP);
    most = delay / 2;
    margin = 4 * step;
  }

  /** How many nanoseconds before its end a wait should be ended. */
  long margin() {
    return margin;
  }

  /**
   * Learns of a wake-up.
   *
   * @param late by how many nanoseconds it came after the time that was asked for
   */
  void observe(long late) {
    // A step of room is for what a thread does between its wake-up and the begin of the batch.
    if (late > margin - step) {
      margin = Math.min(most, margin + step);
    } else {
      margin -= step / RARELY;
    }
  }
}
