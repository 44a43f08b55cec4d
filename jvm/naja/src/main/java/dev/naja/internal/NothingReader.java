package dev.naja.internal;

/** Drops the result of a method that returns nothing. */
final class NothingReader implements Reader<Void> {

  @Override
  public Void read(CallFrame frame) {
    return null;
  }

  @Override
  public int want() {
    return Native.WANT_NOTHING;
  }
}
