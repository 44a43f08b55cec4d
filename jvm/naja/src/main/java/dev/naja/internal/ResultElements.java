package dev.naja.internal;

import dev.naja.PyObject;
import dev.naja.PythonConversionException;
import dev.naja.PythonException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What an iterable, a column or a table consists of that did not cross by value itself: {@code
 * naja._results} hands it out in lists of many, each of which is one native call.
 */
final class ResultElements {
  private ResultElements() {}

  /**
   * The elements of the iterable, or the rows of the table, whose handle the record at a place
   * holds, which is given back.
   *
   * @throws PythonConversionException if it is not iterable or its elements do not suit
   */
  static List<Object> list(CallFrame frame, int start, String target, Reader<?> element) {
    boolean byReference = element.want() == Native.WANT_HANDLE;
    if (byReference && columns(element).equals(false)) {
      return HandleElements.list(frame, start, target, element);
    }
    long handle = HandleElements.handleAt(frame, start);
    int end = frame.position;
    List<Object> elements = new ArrayList<>();
    PythonFunction function = byReference ? PythonFunction.OBJECTS : PythonFunction.ELEMENTS;
    Reader<Boolean> all = asked -> take(asked, frame, start, target, element, elements);
    try {
      if (!ask(function.get(), handle, all, columns(element), nanIsNull(element))) {
        return HandleElements.list(frame, start, target, element);
      }
    } catch (PythonException e) {
      if (e.pythonType().equals("TypeError") && elements.isEmpty()) {
        throw Mismatch.of(frame, start, target, "it is not iterable");
      }
      throw e;
    }
    Native.release(handle);
    frame.position = end;
    return elements;
  }

  /**
   * The Java array that the column is whose handle the record at a place holds, which is given back
   * unless the result is null.
   *
   * @param type the class of an array of primitives
   * @return an array of that class; null where it is no column of such numbers
   */
  static Object array(CallFrame frame, int start, Class<?> type) {
    long handle = HandleElements.handleAt(frame, start);
    Object[] copy = new Object[1];
    Reader<Boolean> found =
        asked -> {
          if (asked.takeByte() != Tag.HANDLE) {
            return false;
          }
          long array = asked.takeLong();
          copy[0] = NdCopies.ofPython(array, type);
          if (copy[0] == null) {
            Native.release(array);
          }
          return copy[0] != null;
        };
    if (ask(PythonFunction.ARRAY.get(), handle, found)) {
      Native.release(handle);
    }
    return copy[0];
  }

  private static Object columns(Reader<?> element) {
    if (element instanceof RowReader) {
      return ((RowReader) element).columns();
    }
    return element instanceof CollectionReader
        || element instanceof ArrayReader
        || element instanceof TupleReader;
  }

  private static List<Boolean> nanIsNull(Reader<?> element) {
    return element instanceof RowReader
        ? ((RowReader) element).nanIsNull()
        : List.of(!element.takesNaN());
  }

  /** Takes what Python gave to take elements of; false if that is nothing. */
  private static boolean take(
      CallFrame asked,
      CallFrame frame,
      int start,
      String target,
      Reader<?> element,
      List<Object> elements) {
    switch (asked.takeByte()) {
      case Tag.NULL:
        return false;
      case Tag.TUPLE:
        asked.takeInt();
        takeRows(asked, element, elements);
        return true;
      case Tag.LIST:
        takeList(asked, step -> elements.add(element.read(step)));
        return true;
      case Tag.HANDLE:
        long iterator = asked.takeLong();
        if (element.want() == Native.WANT_HANDLE) {
          HandleElements.forEach(
              iterator, element.want(), step -> elements.add(element.read(step)));
        } else {
          forEachOfLists(iterator, step -> elements.add(element.read(step)));
        }
        return true;
      default:
        asked.position--;
        throw Mismatch.of(frame, start, target, TextReader.string(asked));
    }
  }

  private static void takeRows(CallFrame asked, Reader<?> element, List<Object> rows) {
    RowReader reader = element instanceof RowReader ? (RowReader) element : null;
    List<?> names =
        reader != null ? reader.takeNames(asked) : (List<?>) ValueReader.INSTANCE.read(asked);
    long iterator = HandleElements.handleAt(asked, asked.position);
    forEachOfLists(
        iterator,
        step -> {
          if (reader != null) {
            rows.add(takeRow(step, reader, names, rows.size()));
            return;
          }
          try {
            rows.add(element.read(step));
          } catch (PythonConversionException e) {
            throw in("row " + rows.size(), e);
          }
        });
  }

  private static Object takeRow(CallFrame step, RowReader reader, List<?> names, int row) {
    step.takeByte();
    Object[] cells = new Object[step.takeInt()];
    for (int i = 0; i < cells.length; i++) {
      try {
        cells[i] = reader.cell(i).read(step);
      } catch (PythonConversionException e) {
        throw in("row " + row + ", column '" + names.get(i) + "'", e);
      }
    }
    return reader.row(names, cells);
  }

  private static PythonConversionException in(String place, PythonConversionException e) {
    return new PythonConversionException(place + ": " + e.getMessage(), e);
  }

  /**
   * Goes through the items of the mapping, or the columns by name of the table, whose handle the
   * record at a place holds; it is given back.
   *
   * @throws PythonConversionException if it has no items or they do not suit
   */
  static void forEachPair(
      CallFrame frame,
      int start,
      String target,
      Reader<?> key,
      Reader<?> value,
      BiConsumer<Object, Object> pairs) {
    long handle = HandleElements.handleAt(frame, start);
    int end = frame.position;
    boolean byReference = Math.max(key.want(), value.want()) == Native.WANT_HANDLE;
    Reader<Boolean> all =
        asked -> {
          switch (asked.takeByte()) {
            case Tag.LIST:
              takeList(asked, step -> takePair(step, key, value, pairs));
              return true;
            case Tag.HANDLE:
              long iterator = asked.takeLong();
              if (byReference) {
                HandleElements.forEachPair(iterator, key, value, pairs);
              } else {
                forEachOfLists(iterator, step -> takePair(step, key, value, pairs));
              }
              return true;
            default:
              asked.position--;
              throw Mismatch.of(frame, start, target, TextReader.string(asked));
          }
        };
    ask(PythonFunction.PAIRS.get(), handle, all, !value.takesNaN(), byReference);
    Native.release(handle);
    frame.position = end;
  }

  private static void takePair(
      CallFrame step, Reader<?> key, Reader<?> value, BiConsumer<Object, Object> pairs) {
    step.takeByte();
    step.takeInt();
    Object first = key.read(step);
    pairs.accept(first, value.read(step));
  }

  /**
   * Takes what a record consists of from the object whose handle the record at a place holds, which
   * is given back.
   *
   * @throws PythonConversionException if one is missing or does not suit
   */
  static void components(
      CallFrame frame, int start, String target, RecordReader record, Object[] values) {
    long handle = HandleElements.handleAt(frame, start);
    int end = frame.position;
    Reader<Boolean> all =
        asked -> {
          switch (asked.takeByte()) {
            case Tag.TUPLE:
              asked.takeInt();
              for (int i = 0; i < values.length; i++) {
                values[i] = record.cell(i).read(asked);
              }
              return true;
            case Tag.HANDLE:
              long iterator = asked.takeLong();
              for (int i = 0; i < values.length; i++) {
                values[i] = HandleElements.next(iterator, record.cell(i));
              }
              Native.release(iterator);
              return true;
            default:
              asked.position--;
              throw Mismatch.of(frame, start, target, TextReader.string(asked));
          }
        };
    ask(record.getter(), handle, all);
    Native.release(handle);
    frame.position = end;
  }

  /** Goes through an iterator over lists, which is given back, element by element. */
  private static void forEachOfLists(long iterator, Consumer<CallFrame> each) {
    HandleElements.forEach(
        iterator,
        Native.WANT_VALUE,
        step -> {
          step.takeByte();
          takeList(step, each);
        });
  }

  /** Goes through a list, whose tag was taken. */
  private static void takeList(CallFrame frame, Consumer<CallFrame> each) {
    for (int left = frame.takeInt(); left > 0; left--) {
      each.accept(frame);
    }
  }

  /** Asks Python of an object, whose handle stays with the caller. */
  private static boolean ask(
      PyObject function, long handle, Reader<Boolean> reader, Object... operands) {
    long callable = References.get().handle(function);
    CallFrame frame = CallFrame.acquire();
    try {
      frame.putHandle(handle);
      for (Object operand : operands) {
        frame.putValue(operand);
      }
      frame.call(callable, 1 + operands.length, 0, Native.WANT_VALUE, 0);
      return frame.get(reader);
    } finally {
      frame.release();
    }
  }
}
