package dev.naja.internal;

import java.lang.reflect.Array;
import java.util.List;

/** How records of several elements, and iterables, become Java arrays. */
final class ArrayReader extends NullableReader<Object> {
  private final Class<?> component;
  private final Reader<?> element;

  ArrayReader(Class<?> component, Reader<?> element) {
    super(Array.newInstance(component, 0).getClass(), element.want());
    this.component = component;
    this.element = element;
  }

  @Override
  Object read(CallFrame frame, byte tag, int start) {
    if (tag == Tag.HANDLE) {
      return fromHandle(frame, start);
    }
    int count = CollectionReader.count(this, frame, tag, start);
    if (component == double.class) {
      return doubles(frame, count);
    }
    Object array = Array.newInstance(component, count);
    for (int i = 0; i < count; i++) {
      Array.set(array, i, element.read(frame));
    }
    return array;
  }

  /** The most frequent array does without boxes. */
  private static double[] doubles(CallFrame frame, int count) {
    double[] array = new double[count];
    for (int i = 0; i < count; i++) {
      array[i] = NumberReader.readDouble(frame);
    }
    return array;
  }

  private Object fromHandle(CallFrame frame, int start) {
    Object copy = NdCopies.ofPython(HandleElements.handleAt(frame, start), type());
    if (copy == null && component.isPrimitive()) {
      copy = ResultElements.array(frame, start, type());
    }
    if (copy != null) {
      return copy;
    }
    List<?> elements = ResultElements.list(frame, start, type().getTypeName(), element);
    Object array = Array.newInstance(component, elements.size());
    for (int i = 0; i < elements.size(); i++) {
      Array.set(array, i, elements.get(i));
    }
    return array;
  }
}
