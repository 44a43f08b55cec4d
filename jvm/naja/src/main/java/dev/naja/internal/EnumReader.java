package dev.naja.internal;

import java.util.Arrays;

/** How a str or a member of a Python enumeration becomes a constant of a Java enum: by name. */
final class EnumReader extends NullableReader<Object> {
  private final Object[] constants;

  EnumReader(Class<?> type) {
    super(type);
    this.constants = type.getEnumConstants();
  }

  @Override
  Object read(CallFrame frame, byte tag, int start) {
    String name = name(frame, tag, start);
    for (Object constant : constants) {
      if (((Enum<?>) constant).name().equals(name)) {
        return constant;
      }
    }
    throw mismatch(frame, start, "it names none of the constants " + Arrays.toString(constants));
  }

  private String name(CallFrame frame, byte tag, int start) {
    switch (tag) {
      case Tag.LATIN1:
      case Tag.UTF8:
      case Tag.UTF16:
        return Text.takePayload(frame, tag);
      case Tag.ENUM:
        String name = TextReader.string(frame);
        ResultHandles.releaseRecord(frame);
        return name;
      default:
        throw mismatch(frame, start, "only a str or an enum.Enum can; names are compared");
    }
  }
}
