package dev.naja.internal;

/** How arrays of primitives are put in a frame. */
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

  /** Puts an array of primitives, or of such arrays, which native code copies from the heap. */
  static void putPrimitives(CallFrame frame, Object array) {
    Class<?> component = array.getClass().getComponentType();
    int dimensions = 1;
    while (component.isArray()) {
      component = component.getComponentType();
      dimensions++;
    }
    frame.putArray(kind(component), dimensions, array);
  }

  private static byte kind(Class<?> primitive) {
    if (primitive == double.class) {
      return Tag.DOUBLES;
    } else if (primitive == long.class) {
      return Tag.LONGS;
    } else if (primitive == int.class) {
      return Tag.INTS;
    } else if (primitive == float.class) {
      return Tag.FLOATS;
    } else if (primitive == short.class) {
      return Tag.SHORTS;
    }
    return primitive == char.class ? Tag.CHARS : Tag.BOOLEANS;
  }
}
