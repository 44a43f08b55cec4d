package dev.naja.internal;

import dev.naja.PythonException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What a Python object consists of that did not cross by value, where its parts are to cross by
 * reference: each costs a native call. {@link ResultElements} takes parts that are values.
 */
final class HandleElements {
  private static final Reader<Long> HANDLE = frame -> handleAt(frame, frame.position);

  private HandleElements() {}

  /** The handle that the record at a place holds; the cursor is then behind it. */
  static long handleAt(CallFrame frame, int start) {
    frame.position = start + 1;
    return frame.takeLong();
  }

  /**
   * Whether the handle that the record at a place holds is {@code None}; if so it is given back.
   */
  static boolean isNone(CallFrame frame, int start) {
    long handle = handleAt(frame, start);
    boolean none =
        operate(
            Native.IS, handle, Native.WANT_VALUE, CallFrame::putNull, NumberReader::readBoolean);
    if (none) {
      Native.release(handle);
    }
    return none;
  }

  /**
   * The elements of the iterable whose handle the record at a place holds, which is given back.
   *
   * @throws dev.naja.PythonConversionException if it is not iterable
   */
  static List<Object> list(CallFrame frame, int start, String target, Reader<?> element) {
    long handle = handleAt(frame, start);
    int end = frame.position;
    long iterator;
    try {
      iterator = iterator(handle);
    } catch (PythonException e) {
      throw Mismatch.of(frame, start, target, "it is not iterable");
    }
    List<Object> elements = new ArrayList<>();
    forEach(iterator, element.want(), step -> elements.add(element.read(step)));
    Native.release(handle);
    frame.position = end;
    return elements;
  }

  private static long iterator(long handle) {
    return operate(Native.ITERATE, handle, Native.WANT_HANDLE, frame -> {}, HANDLE);
  }

  /** Goes through an iterator, whose handle is given back at the end. */
  static void forEach(long iterator, int want, Consumer<CallFrame> each) {
    Reader<Boolean> step =
        frame -> {
          if (frame.takeByte() == Tag.NULL) {
            return false;
          }
          frame.takeInt();
          each.accept(frame);
          return true;
        };
    try {
      while (operate(Native.NEXT, iterator, want, frame -> {}, step)) {
        // The element was taken.
      }
    } finally {
      Native.release(iterator);
    }
  }

  /** The next of an iterator that has one. */
  static <T> T next(long iterator, Reader<T> reader) {
    Reader<T> step =
        frame -> {
          frame.takeByte();
          frame.takeInt();
          return reader.read(frame);
        };
    return operate(Native.NEXT, iterator, reader.want(), frame -> {}, step);
  }

  /** Goes through an iterator over lists of pairs, whose handle is given back at the end. */
  static void forEachPair(
      long lists, Reader<?> first, Reader<?> second, BiConsumer<Object, Object> each) {
    forEach(
        lists,
        Native.WANT_HANDLE,
        step -> {
          long list = handleAt(step, step.position);
          forEach(
              iterator(list),
              Native.WANT_HANDLE,
              inner -> {
                long pair = handleAt(inner, inner.position);
                Object taken = item(pair, 0, first);
                each.accept(taken, item(pair, 1, second));
                Native.release(pair);
              });
          Native.release(list);
        });
  }

  private static <T> T item(long pair, int index, Reader<T> reader) {
    return operate(Native.GET_ITEM, pair, reader.want(), frame -> frame.putLong(index), reader);
  }

  private static <T> T operate(
      int operation, long handle, int want, Consumer<CallFrame> operands, Reader<T> reader) {
    CallFrame frame = CallFrame.acquire();
    try {
      operands.accept(frame);
      frame.operate(operation, handle, want);
      return frame.get(reader);
    } finally {
      frame.release();
    }
  }
}
