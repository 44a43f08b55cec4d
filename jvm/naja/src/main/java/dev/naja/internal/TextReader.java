package dev.naja.internal;

/** How records become Java text. */
enum TextReader implements Reader<Object> {
  STRING,
  CHAR;

  @Override
  public Object read(CallFrame frame) {
    return this == STRING ? string(frame) : (Object) character(frame);
  }

  /** Text, or an enumeration member's name. */
  static String string(CallFrame frame) {
    return string(frame, frame.position, "java.lang.String");
  }

  private static String string(CallFrame frame, int start, String target) {
    byte tag = frame.takeByte();
    switch (tag) {
      case Tag.LATIN1:
      case Tag.UTF8:
      case Tag.UTF16:
        return Text.takePayload(frame, tag);
      case Tag.ENUM:
        String name = string(frame, start, target);
        ResultHandles.releaseRecord(frame);
        return name;
      default:
        throw Mismatch.of(
            frame,
            start,
            target,
            tag == Tag.NULL
                ? "a primitive cannot be null; take its wrapper class"
                : "only a str can; convert it with str() or repr() in Python");
    }
  }

  private static char character(CallFrame frame) {
    int start = frame.position;
    if (frame.tag() == Tag.OBJECT) {
      frame.position++;
      Object held = frame.takeReferenced();
      if (held instanceof Character) {
        return (char) held;
      }
      throw Mismatch.of(frame, start, "char", "");
    }
    String text = string(frame, start, "char");
    if (text.length() != 1) {
      throw Mismatch.of(
          frame, start, "char", "it is not one UTF-16 code unit; take it as a String");
    }
    return text.charAt(0);
  }
}
