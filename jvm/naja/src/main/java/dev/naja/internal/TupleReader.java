package dev.naja.internal;

import dev.naja.PyTuple;

/** Reads a tuple, named or not. */
final class TupleReader extends NullableReader<PyTuple> {

  TupleReader() {
    super(PyTuple.class);
  }

  @Override
  PyTuple read(CallFrame frame, byte tag, int start) {
    if (tag != Tag.TUPLE && tag != Tag.NAMED) {
      throw mismatch(frame, start, "only a tuple can");
    }
    frame.position = start;
    return (PyTuple) ValueReader.INSTANCE.read(frame);
  }
}
