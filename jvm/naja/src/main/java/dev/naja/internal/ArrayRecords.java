package dev.naja.internal;

import java.nio.ByteBuffer;

/** How primitive arrays lie in a frame. */
final class ArrayRecords {

  /** From this length on, native code copies a byte array from the heap itself. */
  private static final int LONG_BYTES = 1024;

  private ArrayRecords() {}

  static void putBytes(CallFrame frame, byte[] bytes) {
    if (bytes.length >= LONG_BYTES) {
      frame.putKept(Tag.BYTE_ARRAY, bytes);
    } else {
      frame.putCounted(Tag.BYTES, bytes.length);
      frame.setBytes(frame.room(bytes.length), bytes, bytes.length);
    }
  }

  static void putPrimitives(CallFrame frame, Object array) {
    if (array instanceof double[]) {
      double[] elements = (double[]) array;
      room(frame, Tag.DOUBLES, elements.length, Double.BYTES).asDoubleBuffer().put(elements);
    } else if (array instanceof long[]) {
      long[] elements = (long[]) array;
      room(frame, Tag.LONGS, elements.length, Long.BYTES).asLongBuffer().put(elements);
    } else if (array instanceof int[]) {
      int[] elements = (int[]) array;
      room(frame, Tag.INTS, elements.length, Integer.BYTES).asIntBuffer().put(elements);
    } else if (array instanceof float[]) {
      float[] elements = (float[]) array;
      room(frame, Tag.FLOATS, elements.length, Float.BYTES).asFloatBuffer().put(elements);
    } else if (array instanceof short[]) {
      short[] elements = (short[]) array;
      room(frame, Tag.SHORTS, elements.length, Short.BYTES).asShortBuffer().put(elements);
    } else if (array instanceof char[]) {
      char[] elements = (char[]) array;
      room(frame, Tag.CHARS, elements.length, Character.BYTES).asCharBuffer().put(elements);
    } else {
      boolean[] elements = (boolean[]) array;
      ByteBuffer room = room(frame, Tag.BOOLEANS, elements.length, 1);
      for (boolean element : elements) {
        room.put((byte) (element ? 1 : 0));
      }
    }
  }

  private static ByteBuffer room(CallFrame frame, byte kind, int length, int width) {
    int at = frame.room(6);
    frame.setByte(at, Tag.ARRAY);
    frame.setByte(at + 1, kind);
    frame.setInt(at + 2, length);
    return frame.roomView(frame.roomFor(length, width));
  }
}
