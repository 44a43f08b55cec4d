package dev.naja.internal;

import dev.naja.DType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How does where an array's elements lie, and who keeps them, lie in a frame? */
final class NdRecords {
  /** Types by name; native code describes arrays of a few types only. */
  private static final Map<String, DType> TYPES = new ConcurrentHashMap<>();

  private NdRecords() {}

  /**
   * Puts a view of memory that is open; Python makes its array of it.
   *
   * @param owner the Python object that the array keeps, or null for the memory itself
   */
  static void put(CallFrame frame, NdView view, Handle owner) {
    NdLayout layout = view.layout();
    NdMemory memory = view.memory();
    ByteBuffer root = memory.root();
    byte[] type = view.type().toString().getBytes(StandardCharsets.US_ASCII);
    int dimensions = layout.dimensions();
    int at = frame.room(6 + type.length + 28 + 16 * dimensions);
    frame.setByte(at, Tag.ND_ARRAY);
    frame.setByte(at + 1, view.isReadOnly() ? 1 : 0);
    frame.setInt(at + 2, type.length);
    frame.setBytes(at + 6, type, type.length);
    at += 6 + type.length;
    // An array without elements has an address like any other, though there is nothing at it.
    frame.setLong(at, Native.address(root));
    frame.setLong(at + 8, root.capacity());
    frame.setLong(at + 16, layout.offset());
    frame.setInt(at + 24, dimensions);
    at += 28;
    for (int i = 0; i < dimensions; i++) {
      frame.setLong(at + 8 * i, layout.length(i));
      frame.setLong(at + 8 * (dimensions + i), layout.stride(i));
    }
    if (owner == null) {
      frame.putObject(memory);
    } else {
      frame.putHandle(owner, memory);
    }
  }

  /**
   * The view that a NumPy array is.
   *
   * @param handle the array's, which is the view's from now on unless the result is null
   * @return the view; null for what is no plain array of numbers that Java has
   */
  static NdView owning(long handle) {
    return view(handle, true);
  }

  /** The same for use while the handle is not given back, which stays the caller's. */
  static NdView borrowed(long handle) {
    return view(handle, false);
  }

  private static NdView view(long handle, boolean owning) {
    CallFrame frame = CallFrame.acquire();
    try {
      frame.operate(Native.DESCRIBE, handle, Native.WANT_VALUE);
      return frame.takeByte() == Tag.ND_ARRAY ? take(frame, handle, owning) : null;
    } finally {
      frame.release();
    }
  }

  private static NdView take(CallFrame frame, long handle, boolean owning) {
    boolean readOnly = frame.takeByte() != 0;
    byte[] name = frame.takeSizedBytes();
    long address = frame.takeLong();
    long bytes = frame.takeLong();
    int offset = (int) frame.takeLong();
    int dimensions = frame.takeInt();
    long[] shape = takeLongs(frame, dimensions);
    long[] strides = takeLongs(frame, dimensions);
    DType type = type(new String(name, StandardCharsets.US_ASCII));
    NdLayout layout = new NdLayout(shape, strides, offset, type.itemSize());
    if (!owning) {
      return new NdView(NdMemory.borrowed(address, bytes), layout, type, true);
    }
    Handle owner = new Handle(handle);
    return new NdView(NdMemory.of(owner, address, bytes, readOnly), layout, type, owner);
  }

  private static DType type(String name) {
    DType type = TYPES.get(name);
    if (type == null) {
      type = DType.of(name);
      TYPES.put(name, type);
    }
    return type;
  }

  private static long[] takeLongs(CallFrame frame, int count) {
    long[] longs = new long[count];
    for (int i = 0; i < count; i++) {
      longs[i] = frame.takeLong();
    }
    return longs;
  }
}
