package dev.naja.internal;

import dev.naja.PythonConversionException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How bytes are put into and taken from a frame's memory: a cursor over off-heap memory that grows.
 *
 * <p>Numbers lie in native byte order without alignment. Puts go to the frame's own memory; gets
 * come from it too, unless a result did not fit and native code lent memory of its own.
 */
abstract class FrameBytes {
  private static final int INITIAL_CAPACITY = 4 * 1024;
  private static final int KEPT_CAPACITY = 256 * 1024;
  private static final int MAX_CAPACITY = Integer.MAX_VALUE - 64;

  private ByteBuffer memory = allocate(INITIAL_CAPACITY);
  private int capacity = INITIAL_CAPACITY;
  private long address;
  private ByteBuffer source = memory;
  private long lentAddress;
  private long lentSize;

  /** Where the next record is put or taken. */
  int position;

  private static ByteBuffer allocate(int capacity) {
    return ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder());
  }

  /** The address of the memory, which is looked up when it is first needed. */
  final long address() {
    if (address == 0) {
      address = Native.address(memory);
    }
    return address;
  }

  final int capacity() {
    return capacity;
  }

  /** Makes room for a number of bytes, moves the cursor past them and returns where they start. */
  final int room(int bytes) {
    int start = position;
    if (capacity - start < bytes) {
      grow(bytes);
    }
    position = start + bytes;
    return start;
  }

  /** Makes room for a number of elements of a width. */
  final int roomFor(int elements, int width) {
    long bytes = (long) elements * width;
    if (bytes > capacity - position) {
      grow(bytes);
    }
    return room((int) bytes);
  }

  private void grow(long bytes) {
    long wanted = position + bytes;
    if (wanted > MAX_CAPACITY) {
      throw new PythonConversionException(
          "cannot pass arguments of more than 2 GiB in one call: pass them in parts, or by"
              + " reference with PyRef.of");
    }
    int larger = (int) Math.min(MAX_CAPACITY, Math.max(wanted, 2L * capacity));
    ByteBuffer grown = allocate(larger);
    memory.position(0).limit(position);
    grown.put(memory).clear();
    memory = grown;
    source = grown;
    capacity = larger;
    address = 0;
  }

  final void setByte(int at, int value) {
    memory.put(at, (byte) value);
  }

  final void setChar(int at, char value) {
    memory.putChar(at, value);
  }

  final void setInt(int at, int value) {
    memory.putInt(at, value);
  }

  final void setLong(int at, long value) {
    memory.putLong(at, value);
  }

  final void setDouble(int at, double value) {
    memory.putDouble(at, value);
  }

  final void setBytes(int at, byte[] bytes, int length) {
    memory.position(at);
    memory.put(bytes, 0, length);
  }

  /** A view of the bytes from a place on, for bulk transfers of other types. */
  final ByteBuffer roomView(int at) {
    memory.clear().position(at);
    return memory.slice().order(ByteOrder.nativeOrder());
  }

  /** The tag under the cursor, which stays. */
  final byte tag() {
    return source.get(position);
  }

  /** The 64 bits that follow the tag under the cursor, which stays. */
  final long taggedLong() {
    return source.getLong(position + 1);
  }

  /** The 8 bits at a place, from 0 to 255; the cursor stays. */
  final int byteAt(int at) {
    return source.get(at) & 0xff;
  }

  /** The 32 bits at a place; the cursor stays. */
  final int intAt(int at) {
    return source.getInt(at);
  }

  /** The 64 bits at a place; the cursor stays. */
  final long longAt(int at) {
    return source.getLong(at);
  }

  final byte takeByte() {
    return source.get(position++);
  }

  final int takeInt() {
    int at = position;
    position = at + 4;
    return source.getInt(at);
  }

  final long takeLong() {
    int at = position;
    position = at + 8;
    return source.getLong(at);
  }

  final double takeDouble() {
    int at = position;
    position = at + 8;
    return source.getDouble(at);
  }

  final void takeBytes(byte[] target, int length) {
    source.position(position);
    source.get(target, 0, length);
    position += length;
  }

  /** Takes a byte count and that many bytes. */
  final byte[] takeSizedBytes() {
    byte[] bytes = new byte[takeInt()];
    takeBytes(bytes, bytes.length);
    return bytes;
  }

  final void takeChars(char[] target) {
    source.position(position);
    source.slice().order(ByteOrder.nativeOrder()).asCharBuffer().get(target);
    position += 2 * target.length;
  }

  final double takeTaggedDouble() {
    int at = position;
    position = at + 9;
    return source.getDouble(at + 1);
  }

  /** The 64 bits that follow the tag under the cursor; moves behind them. */
  final long takeTaggedLong() {
    int at = position;
    position = at + 9;
    return source.getLong(at + 1);
  }

  /** Turns to a result that lies at the start of this memory, or in lent memory if length is -1. */
  final void holdResult(long length) {
    if (length < 0) {
      lentAddress = memory.getLong(0);
      lentSize = memory.getLong(8);
      if (lentSize > MAX_CAPACITY) {
        throw new PythonConversionException(
            "cannot take a result of "
                + lentSize
                + " bytes by value, the most is 2 GiB: take it by reference as a PyObject");
      }
      source = Native.view(lentAddress, lentSize).order(ByteOrder.nativeOrder());
    }
    position = 0;
  }

  /** Turns to a record in memory that the caller keeps until {@link #reset}. */
  final void holdRecord(ByteBuffer record) {
    source = record.order(ByteOrder.nativeOrder());
    position = 0;
  }

  /** Goes back to the start of this memory and gives lent memory back. */
  void reset() {
    position = 0;
    // References are stored where they change only, for the garbage collector looks at each store.
    if (source != memory) {
      source = memory;
    }
    if (lentAddress != 0) {
      Native.free(lentAddress, lentSize);
      lentAddress = 0;
      if (lentSize <= KEPT_CAPACITY) {
        // The next result is likely to be of this size too.
        room((int) lentSize);
        position = 0;
      }
    }
  }

  /** Whether the memory is small enough to be kept for the next call. */
  final boolean worthKeeping() {
    return capacity <= KEPT_CAPACITY;
  }
}
