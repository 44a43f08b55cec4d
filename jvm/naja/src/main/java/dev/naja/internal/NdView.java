package dev.naja.internal;

import dev.naja.DType;
import java.nio.ByteBuffer;

/**
 * Which elements, in which memory, is an array? And which NumPy array is it in Python? The memory's
 * owner keeps both alive. Thread-safe.
 */
public final class NdView {
  private final NdMemory memory;
  private final NdLayout layout;
  private final DType type;
  private final boolean readOnly;

  /** The array in Python, once it was passed there; or from the start, if it came from there. */
  private volatile Handle python;

  /**
   * A view.
   *
   * @param memory the memory
   * @param layout where the elements are in it
   * @param type their type
   * @param readOnly whether nobody may write through this view
   */
  public NdView(NdMemory memory, NdLayout layout, DType type, boolean readOnly) {
    this.memory = memory;
    this.layout = layout;
    this.type = type;
    this.readOnly = readOnly || memory.root().isReadOnly();
  }

  /** The view that Python's own array is. */
  NdView(NdMemory memory, NdLayout layout, DType type, Handle python) {
    this(memory, layout, type, false);
    this.python = python;
  }

  public NdMemory memory() {
    return memory;
  }

  public NdLayout layout() {
    return layout;
  }

  public DType type() {
    return type;
  }

  public boolean isReadOnly() {
    return readOnly;
  }

  /** Other elements of the same memory. */
  public NdView of(NdLayout other) {
    return new NdView(memory, other, type, readOnly);
  }

  /** The whole memory, in the byte order of the elements; {@link NdMemory#begin} guards its use. */
  ByteBuffer data() {
    return memory.root().duplicate().order(type.order());
  }

  /**
   * A buffer of just these elements, which keeps the memory for as long as it is reachable.
   *
   * @return the buffer; read-only if the view is
   * @throws IllegalStateException if the elements do not lie one after the other, or the memory is
   *     closed
   */
  public ByteBuffer buffer() {
    if (!layout.isRowMajor() && !layout.transposed().isRowMajor()) {
      throw new IllegalStateException(
          "The elements do not lie one after the other, so no buffer holds just them: copy() the"
              + " array first.");
    }
    memory.begin();
    try {
      memory.handOut();
      ByteBuffer all = memory.root().duplicate();
      all.position(layout.offset());
      all.limit(layout.offset() + (int) (layout.size() * layout.width()));
      ByteBuffer part = readOnly ? all.slice().asReadOnlyBuffer() : all.slice();
      return part.order(type.order());
    } finally {
      memory.end();
    }
  }

  /** Gives the memory up, and the array in Python. */
  public void close() {
    memory.close();
    Handle array = python;
    if (array != null && array != memory.handle()) {
      array.close();
    }
  }

  /** Puts the array in Python into a frame. */
  void put(CallFrame frame) {
    Handle array = python;
    if (array == null) {
      array = made();
    } else {
      // It keeps the memory by itself.
      memory.requireOpen();
    }
    frame.putHandle(array, this);
  }

  private Handle made() {
    memory.begin();
    try {
      return make();
    } finally {
      memory.end();
    }
  }

  private synchronized Handle make() {
    if (python != null) {
      return python;
    }
    Handle arena = memory.handle() == null ? memory.keepOpen() : null;
    CallFrame frame = CallFrame.acquire();
    try {
      NdRecords.put(frame, this, arena == null ? memory.handle() : arena);
      frame.operate(Native.IDENTITY, 0, Native.WANT_HANDLE);
      python = new Handle(HandleElements.handleAt(frame, 0));
      if (arena != null) {
        memory.closeWithThis(python);
      }
      return python;
    } finally {
      frame.release();
      if (arena != null) {
        arena.close();
      }
    }
  }
}
