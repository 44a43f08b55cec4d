package dev.naja.internal;

import java.util.UUID;

/** How records become Java text and UUIDs. */
final class TextReaders {
  static final Reader<String> STRING = frame -> string(frame, "java.lang.String");
  static final Reader<CharSequence> CHAR_SEQUENCE =
      frame -> string(frame, "java.lang.CharSequence");
  static final Reader<UUID> UUID =
      new NullableReader<>(
          UUID.class,
          (frame, tag, start) -> {
            if (tag != Tag.UUID) {
              throw Mismatch.of(frame, start, "java.util.UUID", "only a uuid.UUID can");
            }
            return ScalarRecords.takeUuid(frame);
          });
  static final Reader<Character> CHAR = TextReaders::character;

  private TextReaders() {}

  /** Text, an enumeration member's name, or null for {@code None}. */
  private static String string(CallFrame frame, String target) {
    int start = frame.position;
    byte tag = frame.takeByte();
    switch (tag) {
      case Tag.NULL:
        return null;
      case Tag.LATIN1:
      case Tag.UTF8:
      case Tag.UTF16:
        return Text.takePayload(frame, tag);
      case Tag.ENUM:
        String name = string(frame, target);
        ResultHandles.releaseRecord(frame);
        return name;
      default:
        throw Mismatch.of(
            frame, start, target, "only a str can; convert it with str() or repr() in Python");
    }
  }

  private static char character(CallFrame frame) {
    int start = frame.position;
    String text = string(frame, "char");
    if (text == null) {
      throw Mismatch.of(frame, start, "char", "a primitive cannot be null; take its wrapper class");
    }
    if (text.length() != 1) {
      throw Mismatch.of(
          frame, start, "char", "it is not one UTF-16 code unit; take it as a String");
    }
    return text.charAt(0);
  }
}
