package dev.naja.internal;

import java.nio.ByteBuffer;

/** How does text become UTF-8 without a garbage object, and are given bytes UTF-8 at all? */
final class Utf8 {
  /** Bytes that one UTF-16 code unit takes at most. */
  static final int MOST = 3;

  private Utf8() {}

  /**
   * Writes text.
   *
   * @param target has room for {@link #MOST} bytes for each code unit
   * @param at where the first byte goes
   * @return where the last byte ends; or, if a surrogate has no partner, {@code ~index} of it
   */
  static int put(ByteBuffer target, int at, CharSequence text) {
    int length = text.length();
    int end = at;
    for (int i = 0; i < length; i++) {
      char unit = text.charAt(i);
      if (unit < 0x80) {
        target.put(end++, (byte) unit);
      } else if (unit < 0x800) {
        target.put(end++, (byte) (0xc0 | unit >> 6));
        target.put(end++, tail(unit));
      } else if (!Character.isSurrogate(unit)) {
        target.put(end++, (byte) (0xe0 | unit >> 12));
        target.put(end++, tail(unit >> 6));
        target.put(end++, tail(unit));
      } else {
        if (i + 1 == length || !Character.isSurrogatePair(unit, text.charAt(i + 1))) {
          return ~i;
        }
        int point = Character.toCodePoint(unit, text.charAt(++i));
        target.put(end++, (byte) (0xf0 | point >> 18));
        target.put(end++, tail(point >> 12));
        target.put(end++, tail(point >> 6));
        target.put(end++, tail(point));
      }
    }
    return end;
  }

  private static byte tail(int bits) {
    return (byte) (0x80 | bits & 0x3f);
  }

  /**
   * The first byte that cannot be where it is (RFC 3629).
   *
   * @return its index from {@code offset} on; -1 if all is well-formed
   */
  static int malformed(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int at = offset;
    while (at < end) {
      int first = bytes[at];
      if (first >= 0) {
        at++;
        continue;
      }
      first &= 0xff;
      int tails = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
      if (first < 0xc2 || first > 0xf4 || end - at <= tails) {
        return at - offset;
      }
      int second = bytes[at + 1] & 0xff;
      int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
      int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
      if (second < least || second > most) {
        return at - offset;
      }
      for (int i = 2; i <= tails; i++) {
        if ((bytes[at + i] & 0xc0) != 0x80) {
          return at - offset;
        }
      }
      at += tails + 1;
    }
    return -1;
  }
}
