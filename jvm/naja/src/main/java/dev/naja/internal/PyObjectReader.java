package dev.naja.internal;

import dev.naja.PyObject;

/** Reads any object by reference, {@code None} too. */
final class PyObjectReader implements Reader<PyObject> {

  @Override
  public PyObject read(CallFrame frame) {
    int start = frame.position;
    if (frame.takeByte() != Tag.HANDLE) {
      throw Mismatch.of(
          frame,
          start,
          "dev.naja.PyObject",
          "inside of other values it crosses by value; take the whole as a PyObject");
    }
    return References.get().wrap(frame.takeLong());
  }

  @Override
  public int want() {
    return Native.WANT_HANDLE;
  }
}
