package dev.naja.internal;

/** Reads a class that only one kind of Python value becomes, as that value is by default. */
final class ExactReader extends NullableReader<Object> {
  private final byte only;
  private final String reason;

  /**
   * A reader of a class.
   *
   * @param only the tag of the records that become it
   * @param reason what to say of others
   */
  ExactReader(Class<?> type, byte only, String reason) {
    super(type);
    this.only = only;
    this.reason = reason;
  }

  @Override
  Object read(CallFrame frame, byte tag, int start) {
    if (tag != only) {
      throw mismatch(frame, start, reason);
    }
    frame.position = start;
    return ValueReader.INSTANCE.read(frame);
  }
}
