package dev.naja.internal;

import dev.naja.PyObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a named tuple, a dict, a tuple, the row of a table or any object with attributes becomes a
 * Java record.
 *
 * <p>A named tuple's elements, a dict's values, a row's cells and an object's attributes are found
 * by the names of the record's components, and what else there is stays in Python; a tuple's or
 * list's elements are taken in order and must be as many.
 */
final class RecordReader extends NullableReader<Object> implements RowReader {
  private final RecordShape shape;
  private final Map<String, Integer> indexes = new HashMap<>();
  private Reader<?>[] components;
  private int want = Native.WANT_VALUE;
  private volatile PyObject getter;

  RecordReader(Class<?> type) {
    super(type);
    this.shape = RecordShape.of(type);
    for (String name : shape.componentNames()) {
      indexes.put(name, indexes.size());
    }
  }

  RecordShape shape() {
    return shape;
  }

  /** Gives the readers of the components, which may be of records that contain this one. */
  void setComponents(List<Reader<?>> components) {
    this.components = components.toArray(new Reader<?>[0]);
    for (Reader<?> component : components) {
      want = Math.max(want, component.want());
    }
  }

  @Override
  public int want() {
    return want;
  }

  @Override
  Object read(CallFrame frame, byte tag, int start) {
    Object[] values = new Object[components.length];
    switch (tag) {
      case Tag.NAMED:
        takeNamed(frame, start, values);
        break;
      case Tag.MAP:
        takeMap(frame, start, values);
        break;
      case Tag.TUPLE:
      case Tag.LIST:
        takeInOrder(frame, start, values);
        break;
      case Tag.HANDLE:
        ResultElements.components(frame, start, type().getTypeName(), this, values);
        break;
      default:
        throw mismatch(
            frame, start, "only a named tuple, dict, tuple or object with attributes can");
    }
    return shape.construct(values);
  }

  private void takeInOrder(CallFrame frame, int start, Object[] values) {
    int count = frame.takeInt();
    if (count != values.length) {
      throw mismatch(frame, start, "the record has " + values.length + " components");
    }
    for (int i = 0; i < count; i++) {
      values[i] = components[i].read(frame);
    }
  }

  private void takeNamed(CallFrame frame, int start, Object[] values) {
    ResultHandles.releaseRecord(frame);
    int count = frame.takeInt();
    Integer[] targets = new Integer[count];
    for (int i = 0; i < count; i++) {
      targets[i] = indexes.get(TextReader.string(frame));
    }
    boolean[] taken = new boolean[values.length];
    for (Integer target : targets) {
      take(frame, target, values, taken);
    }
    requireAll(frame, start, taken);
  }

  private void takeMap(CallFrame frame, int start, Object[] values) {
    int count = frame.takeInt();
    boolean[] taken = new boolean[values.length];
    for (int i = 0; i < count; i++) {
      Object key = ValueReader.INSTANCE.read(frame);
      take(frame, key instanceof String ? indexes.get(key) : null, values, taken);
    }
    requireAll(frame, start, taken);
  }

  private void take(CallFrame frame, Integer target, Object[] values, boolean[] taken) {
    if (target == null) {
      ResultHandles.releaseRecord(frame);
    } else {
      values[target] = components[target].read(frame);
      taken[target] = true;
    }
  }

  private void requireAll(CallFrame frame, int start, boolean[] taken) {
    for (int i = 0; i < taken.length; i++) {
      if (!taken[i]) {
        throw mismatch(frame, start, "it has no " + shape.componentNames().get(i));
      }
    }
  }

  /** The Python function that takes the components of an object, not to be closed. */
  PyObject getter() {
    PyObject found = getter;
    if (found == null) {
      found =
          PythonFunction.COMPONENTS.call(
              Operations.BY_REFERENCE, shape.componentNames(), want() == Native.WANT_HANDLE);
      getter = found;
    }
    return found;
  }

  @Override
  public Object columns() {
    return shape.componentNames();
  }

  @Override
  public List<Boolean> nanIsNull() {
    List<Boolean> flags = new ArrayList<>();
    for (Reader<?> component : components) {
      flags.add(!component.takesNaN());
    }
    return flags.isEmpty() ? List.of(false) : flags;
  }

  @Override
  public List<?> takeNames(CallFrame frame) {
    ResultHandles.releaseRecord(frame);
    return shape.componentNames();
  }

  @Override
  public Reader<?> cell(int column) {
    return components[column];
  }

  @Override
  public Object row(List<?> names, Object[] cells) {
    return shape.construct(cells);
  }
}
