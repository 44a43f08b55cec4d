package dev.naja.internal;

/**
 * Gives back every handle in a result that was not taken as a whole.
 *
 * <p>Handles that were taken already belong to objects that give them back too, which is harmless.
 */
final class ResultHandles {
  private ResultHandles() {}

  /** Walks the result in a frame from its start. */
  static void release(CallFrame frame) {
    frame.position = 0;
    releaseRecord(frame);
  }

  /**
   * Moves behind the record under the cursor. Nested records are walked one after the other, not
   * recursively: they may be what was nested too deeply.
   */
  static void releaseRecord(CallFrame frame) {
    for (long left = 1; left > 0; left--) {
      byte tag = frame.takeByte();
      switch (tag) {
        case Tag.NULL:
        case Tag.FALSE:
        case Tag.TRUE:
          break;
        case Tag.I64:
        case Tag.F64:
        case Tag.TIME:
          skipBytes(frame, 8);
          break;
        case Tag.BIG_INT:
        case Tag.LATIN1:
        case Tag.UTF8:
        case Tag.BYTES:
        case Tag.DECIMAL:
          skipBytes(frame, frame.takeInt());
          break;
        case Tag.UTF16:
          skipBytes(frame, 2 * frame.takeInt());
          break;
        case Tag.UUID:
          skipBytes(frame, 16);
          break;
        case Tag.DATE:
          skipBytes(frame, 6);
          break;
        case Tag.OFFSET_TIME:
        case Tag.DURATION:
          skipBytes(frame, 12);
          break;
        case Tag.DATE_TIME:
          skipBytes(frame, 14);
          break;
        case Tag.OFFSET_DATE_TIME:
          skipBytes(frame, 18);
          break;
        case Tag.ZONED_DATE_TIME:
          skipBytes(frame, 18);
          skipBytes(frame, frame.takeInt());
          break;
        case Tag.LIST:
        case Tag.TUPLE:
        case Tag.SET:
        case Tag.FROZEN_SET:
          left += frame.takeInt();
          break;
        case Tag.MAP:
          left += 2L * frame.takeInt();
          break;
        case Tag.NAMED:
          releaseRecord(frame);
          left += 2L * frame.takeInt();
          break;
        case Tag.ENUM:
          left += 2;
          break;
        case Tag.ITERATOR:
          left++;
          break;
        case Tag.HANDLE:
          Native.release(frame.takeLong());
          break;
        case Tag.OBJECT:
        case Tag.BYTE_ARRAY:
          skipBytes(frame, 4);
          break;
        default:
          throw new IllegalStateException("a result cannot hold a record of tag " + tag);
      }
    }
  }

  private static void skipBytes(CallFrame frame, int bytes) {
    frame.position += bytes;
  }
}
