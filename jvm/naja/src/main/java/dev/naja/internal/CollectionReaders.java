package dev.naja.internal;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/** How records of several elements become Java collections. */
final class CollectionReaders {
  private CollectionReaders() {}

  /**
   * A reader of a collection class.
   *
   * @param make an empty collection for a number of elements
   */
  static <E, C extends Collection<E>> Reader<C> collection(
      Class<?> type, Reader<E> element, IntFunction<C> make) {
    return new NullableReader<>(
        type,
        element.want(),
        (frame, tag, start) -> {
          if (tag == Tag.HANDLE) {
            return fromHandle(frame, start, type, element, make);
          }
          int count = count(frame, tag, start, type);
          C collection = make.apply(count);
          for (int i = 0; i < count; i++) {
            add(frame, start, type, collection, element.read(frame));
          }
          Distinct.require(frame, start, collection.size(), count);
          return collection;
        });
  }

  /** A reader of a list of elements. */
  static <E> Reader<List<E>> list(Reader<E> element) {
    return collection(List.class, element, ArrayList::new);
  }

  private static <E, C extends Collection<E>> C fromHandle(
      CallFrame frame, int start, Class<?> type, Reader<E> element, IntFunction<C> make) {
    List<E> elements = HandleElements.list(frame, start, type.getTypeName(), element);
    C collection = make.apply(elements.size());
    for (E each : elements) {
      add(frame, start, type, collection, each);
    }
    Distinct.require(frame, start, collection.size(), elements.size());
    return collection;
  }

  private static <E> void add(
      CallFrame frame, int start, Class<?> type, Collection<E> collection, E element) {
    try {
      collection.add(element);
    } catch (ClassCastException | NullPointerException e) {
      throw Mismatch.of(frame, start, type.getTypeName(), "its elements have no order in Java");
    }
  }

  /** Takes the count of a record of elements, whose tag was taken. */
  static int count(CallFrame frame, byte tag, int start, Class<?> type) {
    switch (tag) {
      case Tag.LIST:
      case Tag.TUPLE:
      case Tag.SET:
      case Tag.FROZEN_SET:
        return frame.takeInt();
      case Tag.NAMED:
        ResultHandles.releaseRecord(frame);
        int count = frame.takeInt();
        for (int i = 0; i < count; i++) {
          ResultHandles.releaseRecord(frame);
        }
        return count;
      default:
        throw Mismatch.of(
            frame, start, type.getTypeName(), "only a list, tuple, set or other iterable can");
    }
  }

  /** A reader of a pair from a tuple or list of two. */
  static <K, V> Reader<Map.Entry<K, V>> entry(Reader<K> key, Reader<V> value) {
    return new NullableReader<>(
        Map.Entry.class,
        (frame, tag, start) -> {
          boolean sequence = tag == Tag.TUPLE || tag == Tag.NAMED || tag == Tag.LIST;
          if (!sequence || count(frame, tag, start, Map.Entry.class) != 2) {
            throw Mismatch.of(frame, start, "java.util.Map$Entry", "only a tuple of two can");
          }
          K first = key.read(frame);
          return new AbstractMap.SimpleImmutableEntry<>(first, value.read(frame));
        });
  }

  /** A reader of an iterator, which is lazy over what did not cross by value. */
  static <E> Reader<Iterator<E>> iterator(Reader<E> element) {
    return new NullableReader<>(
        Iterator.class,
        element.want(),
        (frame, tag, start) -> {
          if (tag == Tag.HANDLE) {
            return PythonIterator.over(frame.takeLong(), element);
          }
          int count = count(frame, tag, start, Iterator.class);
          List<E> elements = new ArrayList<>(count);
          for (int i = 0; i < count; i++) {
            elements.add(element.read(frame));
          }
          return elements.iterator();
        });
  }

  /** An empty set in the order of insertion that need not grow. */
  static <E> Set<E> set(int count) {
    return new LinkedHashSet<>(Distinct.capacity(count));
  }
}
