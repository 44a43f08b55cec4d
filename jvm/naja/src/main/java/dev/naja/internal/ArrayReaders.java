package dev.naja.internal;

import java.lang.reflect.Array;
import java.util.Collection;

/** How records of several elements become Java arrays. */
final class ArrayReaders {
  static final Reader<byte[]> BYTES =
      new NullableReader<>(
          byte[].class,
          (frame, tag, start) -> {
            if (tag != Tag.BYTES) {
              throw Mismatch.of(frame, start, "byte[]", "only bytes, bytearray and memoryview can");
            }
            return frame.takeSizedBytes();
          });

  /** The most frequent array: it does without boxes. */
  static final Reader<double[]> DOUBLES =
      new NullableReader<>(
          double[].class,
          (frame, tag, start) -> {
            if (tag == Tag.HANDLE) {
              return (double[]) fromHandle(frame, start, double.class, NumberReaders.DOUBLE);
            }
            double[] array = new double[CollectionReaders.count(frame, tag, start, double[].class)];
            for (int i = 0; i < array.length; i++) {
              array[i] =
                  frame.tag() == Tag.F64
                      ? frame.takeTaggedDouble()
                      : NumberReaders.DOUBLE.read(frame);
            }
            return array;
          });

  private ArrayReaders() {}

  /** A reader of an array, of primitives too, given that of its elements. */
  static Reader<Object> array(Class<?> component, Reader<?> element) {
    Class<?> type = Array.newInstance(component, 0).getClass();
    return new NullableReader<>(
        type,
        element.want(),
        (frame, tag, start) -> {
          if (tag == Tag.HANDLE) {
            return fromHandle(frame, start, component, element);
          }
          int count = CollectionReaders.count(frame, tag, start, type);
          Object array = Array.newInstance(component, count);
          for (int i = 0; i < count; i++) {
            Array.set(array, i, element.read(frame));
          }
          return array;
        });
  }

  private static Object fromHandle(
      CallFrame frame, int start, Class<?> component, Reader<?> element) {
    Collection<?> elements =
        HandleElements.list(frame, start, component.getTypeName() + "[]", element);
    Object array = Array.newInstance(component, elements.size());
    int i = 0;
    for (Object each : elements) {
      Array.set(array, i++, each);
    }
    return array;
  }
}
