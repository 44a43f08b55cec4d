package dev.naja.internal;

import java.util.Arrays;

/** How a str or a member of a Python enumeration becomes a constant of a Java enum: by name. */
final class EnumReader {
  private EnumReader() {}

  static Reader<Object> of(Class<?> type) {
    Object[] constants = type.getEnumConstants();
    return new NullableReader<>(
        type,
        (frame, tag, start) -> {
          String name = name(frame, tag, start, type);
          for (Object constant : constants) {
            if (((Enum<?>) constant).name().equals(name)) {
              return constant;
            }
          }
          throw Mismatch.of(
              frame,
              start,
              type.getName(),
              "it names none of the constants " + Arrays.toString(constants));
        });
  }

  private static String name(CallFrame frame, byte tag, int start, Class<?> type) {
    switch (tag) {
      case Tag.LATIN1:
      case Tag.UTF8:
      case Tag.UTF16:
        return Text.takePayload(frame, tag);
      case Tag.ENUM:
        String name = TextReaders.STRING.read(frame);
        ResultHandles.releaseRecord(frame);
        return name;
      default:
        throw Mismatch.of(
            frame, start, type.getName(), "only a str or an enum.Enum can; names are compared");
    }
  }
}
