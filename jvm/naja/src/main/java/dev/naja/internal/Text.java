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
    char[] chunk = new char[Math.min(CHUNK, text.length())];
    if (isLatin1(text, chunk)) {
      putLatin1(frame, text);
    } else {
      putUtf16(frame, text, chunk);
    }
  }

  private static boolean isLatin1(String text, char[] chunk) {
    int length = text.length();
    for (int from = 0; from < length; from += chunk.length) {
      int count = Math.min(chunk.length, length - from);
      text.getChars(from, from + count, chunk, 0);
      int bits = 0;
      for (int i = 0; i < count; i++) {
        bits |= chunk[i];
      }
      if (bits >= 0x100) {
        return false;
      }
    }
    return true;
  }

  private static void putLatin1(CallFrame frame, String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    frame.putCounted(Tag.LATIN1, bytes.length);
    frame.setBytes(frame.room(bytes.length), bytes, bytes.length);
  }

  private static void putUtf16(CallFrame frame, String text, char[] chunk) {
    int length = text.length();
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
  static String takeLatin1Payload(CallFrame frame) {
    byte[] bytes = frame.takeSizedBytes();
    return new String(bytes, ISO_8859_1);
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
