package dev.naja.internal;

import dev.naja.PyTuple;
import java.util.List;
import java.util.Map;

/**
 * How arrays of objects, collections, tuples and records are put in a frame.
 *
 * <p>Counts are of what was really put: a collection that another thread changes meanwhile fails
 * with its own exception or is put as its iterator saw it.
 */
final class ContainerWriter {
  private ContainerWriter() {}

  static void putArray(CallFrame frame, Object[] array) {
    frame.path.enter(array);
    frame.putCounted(Tag.TUPLE, array.length);
    for (Object element : array) {
      ValueWriter.write(frame, element);
    }
    frame.path.leave(array);
  }

  /** Puts a list or a set. */
  static void putElements(CallFrame frame, byte tag, Iterable<?> elements) {
    frame.path.enter(elements);
    int countAt = frame.putCounted(tag, 0);
    int count = 0;
    for (Object element : elements) {
      ValueWriter.write(frame, element);
      count++;
    }
    frame.setInt(countAt, count);
    frame.path.leave(elements);
  }

  static void putMap(CallFrame frame, Map<?, ?> map) {
    frame.path.enter(map);
    int countAt = frame.putCounted(Tag.MAP, 0);
    int count = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      ValueWriter.write(frame, entry.getKey());
      ValueWriter.write(frame, entry.getValue());
      count++;
    }
    frame.setInt(countAt, count);
    frame.path.leave(map);
  }

  static void putEntry(CallFrame frame, Map.Entry<?, ?> entry) {
    frame.path.enter(entry);
    frame.putCounted(Tag.TUPLE, 2);
    ValueWriter.write(frame, entry.getKey());
    ValueWriter.write(frame, entry.getValue());
    frame.path.leave(entry);
  }

  static void putTuple(CallFrame frame, PyTuple tuple) {
    frame.path.enter(tuple);
    if (tuple.typeName().isEmpty()) {
      frame.putCounted(Tag.TUPLE, tuple.size());
    } else {
      putNamed(frame, tuple.typeName(), tuple.names());
    }
    for (Object element : tuple) {
      ValueWriter.write(frame, element);
    }
    frame.path.leave(tuple);
  }

  static void putRecord(CallFrame frame, Object record) {
    frame.path.enter(record);
    RecordShape shape = RecordShape.of(record.getClass());
    putNamed(frame, shape.name(), shape.componentNames());
    for (int i = 0; i < shape.componentNames().size(); i++) {
      ValueWriter.write(frame, shape.component(record, i));
    }
    frame.path.leave(record);
  }

  private static void putNamed(CallFrame frame, String typeName, List<String> names) {
    frame.setByte(frame.room(1), Tag.NAMED);
    frame.putString(typeName);
    int at = frame.room(4);
    frame.setInt(at, names.size());
    for (String name : names) {
      frame.putString(name);
    }
  }
}
