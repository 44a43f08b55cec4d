package dev.naja.internal;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What keeps the memory valid that a direct buffer made by native code is over? It is kept for as
 * long as the buffer, or any that was derived from it, is reachable; then {@link
 * Handle#giveBackCollected} lets go of it.
 */
final class MemoryOwner extends PhantomReference<ByteBuffer> {
  private static final ReferenceQueue<ByteBuffer> COLLECTED = new ReferenceQueue<>();
  private static final Set<MemoryOwner> ALL = ConcurrentHashMap.newKeySet();

  private final Object owner;

  /**
   * Keeps an owner.
   *
   * @param buffer the buffer that the JVM made of an address
   * @param owner what the memory belongs to; a {@link Handle} is given back in the end
   */
  MemoryOwner(ByteBuffer buffer, Object owner) {
    super(buffer, COLLECTED);
    this.owner = owner;
    ALL.add(this);
  }

  /** The owner, if it is a Python object; else null. */
  Handle handle() {
    return owner instanceof Handle ? (Handle) owner : null;
  }

  /** Lets go of the owner; no buffer over its memory may be used any more. Twice is harmless. */
  void giveBack() {
    if (ALL.remove(this) && owner instanceof Handle) {
      ((Handle) owner).giveBack();
    }
  }

  /** Lets go of those whose buffers were collected so far. */
  static void giveBackCollected() {
    for (Object owner = COLLECTED.poll(); owner != null; owner = COLLECTED.poll()) {
      ((MemoryOwner) owner).giveBack();
    }
  }
}
