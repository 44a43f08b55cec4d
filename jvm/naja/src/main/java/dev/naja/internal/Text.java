package dev.naja.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.CharBuffer;

/** How text lies in a frame when it is not short, and how it is taken from there. */
final class Text {
  private static final int CHUNK = 4096;

  private Text() {}

  /** Puts text of any length, lone surrogates kept. */
  static void put(CallFrame frame, String text) {
    if (text.length() <= frame.scratch.length) {
      putShort(frame, text);
    } else {
      putLong(frame, text);
    }
  }

  @SuppressWarnings("deprecation") // Of the block copies it alone needs no new array.
  private static void putShort(CallFrame frame, String text) {
    int length = text.length();
    int bits = 0;
    for (int i = 0; i < length; i++) {
      bits |= text.charAt(i);
    }
    if (bits < 0x100) {
      text.getBytes(0, length, frame.scratch, 0);
      frame.putCounted(Tag.LATIN1, length);
      frame.setBytes(frame.room(length), frame.scratch, length);
    } else {
      putUtf16(frame, text);
    }
  }

  private static void putLong(CallFrame frame, String text) {
    byte[] latin1 = text.charAt(0) < 0x100 ? text.getBytes(ISO_8859_1) : null;
    // Encoding makes question marks of other characters; both steps are block copies for text that
    // the JVM itself keeps as Latin-1.
    if (latin1 != null && new String(latin1, ISO_8859_1).equals(text)) {
      frame.putCounted(Tag.LATIN1, latin1.length);
      frame.setBytes(frame.room(latin1.length), latin1, latin1.length);
    } else {
      putUtf16(frame, text);
    }
  }

  private static void putUtf16(CallFrame frame, String text) {
    int length = text.length();
    char[] chunk = new char[Math.min(CHUNK, length)];
    frame.putCounted(Tag.UTF16, length);
    CharBuffer units = frame.roomView(frame.roomFor(length, 2)).asCharBuffer();
    for (int from = 0; from < length; from += chunk.length) {
      int count = Math.min(chunk.length, length - from);
      text.getChars(from, from + count, chunk, 0);
      units.put(chunk, 0, count);
    }
  }

  /** Takes the {@code Latin1} record under the cursor. */
  static String takeLatin1(CallFrame frame) {
    frame.position++;
    return takeLatin1Payload(frame);
  }

  /** Takes a byte count and that many Latin-1 characters. */
  @SuppressWarnings("deprecation") // Of the constructors it alone is small enough to be inlined.
  static String takeLatin1Payload(CallFrame frame) {
    int length = frame.takeInt();
    byte[] bytes = length <= frame.scratch.length ? frame.scratch : new byte[length];
    frame.takeBytes(bytes, length);
    return new String(bytes, 0, 0, length);
  }

  /** Takes the text of a record whose tag was taken. */
  static String takePayload(CallFrame frame, byte tag) {
    switch (tag) {
      case Tag.LATIN1:
        return takeLatin1Payload(frame);
      case Tag.UTF8:
        return new String(frame.takeSizedBytes(), UTF_8);
      case Tag.UTF16:
        char[] units = new char[frame.takeInt()];
        frame.takeChars(units);
        return new String(units);
      default:
        throw new IllegalArgumentException("tag " + tag + " is not text");
    }
  }
}
