package dev.naja.internal;

import dev.naja.PythonException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a Python object consists of that did not cross by value: the elements of an iterable, the
 * items of a mapping, the attributes of anything. Each costs a native call.
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
  private static void forEach(long iterator, int want, Consumer<CallFrame> each) {
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

  /**
   * An iterator over the items of a mapping.
   *
   * @throws PythonException if Python raises, as it does for what has no {@code items()}
   */
  static long items(long handle) {
    long method =
        operate(
            Native.GET_ATTRIBUTE,
            handle,
            Native.WANT_HANDLE,
            frame -> frame.putString("items"),
            HANDLE);
    CallFrame frame = CallFrame.acquire();
    try {
      frame.call(method, 0, 0, Native.WANT_HANDLE, 0);
      long items = handleAt(frame, 0);
      long iterator = iterator(items);
      Native.release(items);
      return iterator;
    } finally {
      frame.release();
      Native.release(method);
    }
  }

  /**
   * Goes through an iterator of pairs, whose handle is given back at the end.
   *
   * @param firstWant how the first of a pair crosses
   * @param first takes it from the frame that it is given
   * @param secondWant how the second of a pair crosses
   * @param second takes it
   */
  static void forEachPair(
      long iterator,
      int firstWant,
      Consumer<CallFrame> first,
      int secondWant,
      Consumer<CallFrame> second) {
    forEach(
        iterator,
        Native.WANT_HANDLE,
        step -> {
          long pair = handleAt(step, step.position);
          item(pair, 0, firstWant, first);
          item(pair, 1, secondWant, second);
          Native.release(pair);
        });
  }

  private static void item(long pair, int index, int want, Consumer<CallFrame> each) {
    Reader<Void> reader =
        frame -> {
          each.accept(frame);
          return null;
        };
    operate(Native.GET_ITEM, pair, want, frame -> frame.putLong(index), reader);
  }

  /**
   * Takes an attribute.
   *
   * @throws PythonException if Python raises, as it does for what is missing
   */
  static <T> T attribute(long handle, String name, Reader<T> reader) {
    return operate(
        Native.GET_ATTRIBUTE, handle, reader.want(), frame -> frame.putString(name), reader);
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
