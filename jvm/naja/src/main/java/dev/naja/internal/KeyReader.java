package dev.naja.internal;

/**
 * How keys of maps become Java values: short texts as the strings that were keys before, where
 * these are still known, for maps of one kind have the same keys in each result. Thread-safe.
 */
final class KeyReader implements Reader<Object> {
  private static final int PLACES = 1024;

  /** Found by their characters; one takes the place of another. Races make nothing but new ones. */
  private static final Key[] KEPT = new Key[PLACES];

  private final Reader<?> other;

  /**
   * Makes one.
   *
   * @param other reads what is no short text
   */
  KeyReader(Reader<?> other) {
    this.other = other;
  }

  /** Up to 24 Latin-1 characters: how many, and words that overlap where there are less. */
  private static final class Key {
    final String text;
    final int length;
    final long first;
    final long second;
    final long third;

    Key(String text, long first, long second, long third) {
      this.text = text;
      this.length = text.length();
      this.first = first;
      this.second = second;
      this.third = third;
    }
  }

  @Override
  public Object read(CallFrame frame) {
    if (frame.tag() != Tag.LATIN1) {
      return other.read(frame);
    }
    int start = frame.position;
    frame.position = start + 1;
    int length = frame.takeInt();
    int at = frame.position;
    if (length < 4) {
      long word = 0;
      for (int i = 0; i < length; i++) {
        word = word << 8 | frame.byteAt(at + i);
      }
      return text(frame, start, length, word, 0, 0);
    }
    if (length < 8) {
      long word = (long) frame.intAt(at) << 32 | frame.intAt(at + length - 4) & 0xffffffffL;
      return text(frame, start, length, word, 0, 0);
    }
    int last = length - 8;
    if (last <= 16) {
      long second = frame.longAt(at + last / 2);
      return text(frame, start, length, frame.longAt(at), second, frame.longAt(at + last));
    }
    frame.position = start;
    return other.read(frame);
  }

  private static String text(
      CallFrame frame, int start, int length, long first, long second, long third) {
    long mixed = first ^ Long.rotateLeft(second, 21) ^ Long.rotateLeft(third, 42) ^ length;
    int place = (int) (mixed * 0x9e3779b97f4a7c15L >>> 54);
    Key key = KEPT[place];
    if (key != null
        && key.first == first
        && key.second == second
        && key.third == third
        && key.length == length) {
      frame.position += length;
      return key.text;
    }
    frame.position = start;
    String text = Text.takeLatin1(frame);
    KEPT[place] = new Key(text, first, second, third);
    return text;
  }
}
