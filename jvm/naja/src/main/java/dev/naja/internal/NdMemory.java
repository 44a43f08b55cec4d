package dev.naja.internal;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Is the memory of arrays still there? Arrays that are views of one another share one of these,
 * which counts who reads or writes right now, so that closing it never frees memory in use.
 *
 * <p>Python holds it by reference for as long as it sees memory that belongs to Java. Thread-safe.
 */
public final class NdMemory {
  private static final int CLOSED = Integer.MIN_VALUE;

  private final ByteBuffer root;
  private final MemoryOwner owner;

  /** How many use the memory now; {@link #CLOSED} is added when it is closed. */
  private final AtomicInteger users = new AtomicInteger();

  private volatile boolean handedOut;

  /** The arrays in Python that keep an arena open, to be closed with the memory. */
  private final List<Handle> keepingOpen = new ArrayList<>(0);

  private NdMemory(ByteBuffer root, MemoryOwner owner) {
    this.root = root;
    this.owner = owner;
  }

  /**
   * Memory that belongs to a direct buffer: what is between its position and its limit.
   *
   * @param buffer a direct buffer
   * @return its memory
   */
  public static NdMemory of(ByteBuffer buffer) {
    return new NdMemory(buffer.slice(), null);
  }

  /**
   * Memory that belongs to a direct buffer of any type: what is between its position and its limit.
   *
   * @param buffer a direct buffer
   * @param width bytes that one of its elements takes
   * @return its memory
   * @throws IllegalArgumentException if it takes more bytes than a byte buffer can have, or is over
   *     a {@code MemorySegment}, for the JVM would not see that this one's arena is closed
   * @throws IllegalStateException if Python has not been started
   */
  public static NdMemory of(Buffer buffer, int width) {
    try {
      return behind(buffer, width);
    } catch (UnsatisfiedLinkError e) {
      throw new IllegalStateException(
          "A typed buffer can be wrapped only after Python.start, whose native half knows where its"
              + " memory is. Earlier, wrap the ByteBuffer behind it.",
          e);
    }
  }

  private static NdMemory behind(Buffer buffer, int width) {
    if (Native.hasArena(buffer)) {
      throw new IllegalArgumentException(
          "This buffer is over a MemorySegment, whose arena may be closed: wrap the ByteBuffer of"
              + " segment.asByteBuffer(), with the type and shape of its elements.");
    }
    long bytes = (long) buffer.remaining() * width;
    if (bytes > Integer.MAX_VALUE) {
      throw NdLayout.tooLarge("The buffer takes " + bytes + " bytes");
    }
    if (bytes == 0) {
      return of(ByteBuffer.allocateDirect(0));
    }
    long address = Native.address(buffer) + (long) buffer.position() * width;
    ByteBuffer root = Native.view(address, bytes);
    MemoryOwner owner = new MemoryOwner(root, buffer);
    return new NdMemory(buffer.isReadOnly() ? root.asReadOnlyBuffer() : root, owner);
  }

  /** Memory that belongs to a Python object, whose handle is taken over. */
  static NdMemory of(Handle handle, long address, long bytes, boolean readOnly) {
    ByteBuffer root = root(address, bytes);
    MemoryOwner owner = new MemoryOwner(root, handle);
    return new NdMemory(readOnly ? root.asReadOnlyBuffer() : root, owner);
  }

  /** Memory that whoever calls keeps for as long as it is used. */
  static NdMemory borrowed(long address, long bytes) {
    return new NdMemory(root(address, bytes), null);
  }

  private static ByteBuffer root(long address, long bytes) {
    return bytes == 0 ? ByteBuffer.allocateDirect(0) : Native.view(address, bytes);
  }

  /** The whole memory; its position, limit and order are not to be changed. */
  public ByteBuffer root() {
    return root;
  }

  /** The Python object that the memory belongs to, or null. */
  Handle handle() {
    return owner == null ? null : owner.handle();
  }

  /**
   * Keeps the arena of the {@code MemorySegment} open that the memory may belong to.
   *
   * @return the Python object whose end lets the arena be closed, or null if there is no arena
   * @throws IllegalStateException if the arena is closed
   */
  Handle keepOpen() {
    long handle = Native.keepOpen(root);
    return handle == 0 ? null : new Handle(handle);
  }

  /** Takes an array in Python that keeps an arena open, to be closed with the memory. */
  void closeWithThis(Handle array) {
    synchronized (keepingOpen) {
      keepingOpen.add(array);
    }
  }

  /**
   * Begins a use of the memory, which {@link #end} ends.
   *
   * @throws IllegalStateException if it is closed
   */
  public void begin() {
    int before;
    do {
      before = users.get();
      if (before < 0) {
        throw closed();
      }
    } while (!users.compareAndSet(before, before + 1));
  }

  /**
   * Is for what is no use of the memory, but must not begin when it is closed.
   *
   * @throws IllegalStateException if it is closed
   */
  void requireOpen() {
    if (users.get() < 0) {
      throw closed();
    }
  }

  private static IllegalStateException closed() {
    return new IllegalStateException(
        "This NdArray is closed: close() was called on it or on a view of the same memory."
            + " Close an array after its last use, or copy() what is needed longer.");
  }

  /** Ends a use. */
  public void end() {
    if (users.decrementAndGet() == CLOSED) {
      giveBack();
    }
  }

  /** From now on a buffer over the memory is about, which only the garbage collector finds dead. */
  public void handOut() {
    handedOut = true;
  }

  /** Ends all use once what is under way is over. Twice is harmless. */
  public void close() {
    if (users.getAndUpdate(before -> before | CLOSED) == 0) {
      giveBack();
    }
  }

  private void giveBack() {
    if (owner != null && !handedOut) {
      owner.giveBack();
    }
    Handle.giveBackCollected();
    List<Handle> arrays;
    synchronized (keepingOpen) {
      arrays = List.copyOf(keepingOpen);
      keepingOpen.clear();
    }
    if (!arrays.isEmpty()) {
      arrays.forEach(Handle::close);
      // Now, for whoever closes the array is about to close the arena.
      Native.drain();
    }
  }
}
