package dev.naja.internal;

import dev.naja.DType;
import dev.naja.NdArray;
import dev.naja.PyTuple;

/**
 * Reads anything that has the buffer protocol as a view of its memory; see {@code docs/data.md}.
 */
final class NdArrayReader extends NullableReader<NdArray> {

  NdArrayReader() {
    super(NdArray.class, Native.WANT_HANDLE);
  }

  @Override
  NdArray read(CallFrame frame, byte tag, int start) {
    if (tag != Tag.HANDLE) {
      throw mismatch(
          frame, start, "inside of other values it crosses by value; take the whole as a PyObject");
    }
    long handle = frame.takeLong();
    NdView view = NdRecords.owning(handle);
    if (view != null) {
      return NdViews.get().array(view);
    }
    int end = frame.position;
    CallFrame asked = CallFrame.acquire();
    try {
      asked.putHandle(handle);
      long export = References.get().handle(PythonFunction.EXPORT.get());
      asked.call(export, 1, 0, Native.WANT_VALUE, 0);
      NdArray array = asked.get(inner -> of(inner, frame, start));
      Native.release(handle);
      frame.position = end;
      return array;
    } finally {
      asked.release();
    }
  }

  /** Takes what {@code export} says of the object whose handle another frame holds. */
  private NdArray of(CallFrame asked, CallFrame frame, int start) {
    byte tag = asked.tag();
    if (tag != Tag.TUPLE) {
      Object found = ValueReader.INSTANCE.read(asked);
      if (found instanceof NdArray) {
        return (NdArray) found;
      }
      throw mismatch(frame, start, tag == Tag.OBJECT ? "" : (String) found);
    }
    asked.position += 5;
    long owner = HandleElements.handleAt(asked, asked.position);
    boolean whole = (Boolean) ValueReader.INSTANCE.read(asked);
    long address = takeLong(asked);
    long bytes = takeLong(asked);
    int offset = (int) takeLong(asked);
    DType type = DType.of((String) ValueReader.INSTANCE.read(asked));
    long[] shape = takeLongs(asked);
    long[] strides = takeLongs(asked);
    boolean readOnly = (Boolean) ValueReader.INSTANCE.read(asked);
    Handle held = new Handle(owner);
    NdMemory memory = NdMemory.of(held, address, bytes, readOnly);
    NdLayout layout = new NdLayout(shape, strides, offset, type.itemSize());
    return NdViews.get().array(new NdView(memory, layout, type, whole ? held : null));
  }

  private static long takeLong(CallFrame frame) {
    return (Long) ValueReader.INSTANCE.read(frame);
  }

  private static long[] takeLongs(CallFrame frame) {
    PyTuple tuple = (PyTuple) ValueReader.INSTANCE.read(frame);
    return tuple.stream().mapToLong(each -> (Long) each).toArray();
  }
}
