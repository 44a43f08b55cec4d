package dev.naja.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** How records of several elements, and iterables, become Java collections. */
final class CollectionReader extends NullableReader<Collection<Object>> {
  private static final Set<Class<?>> LISTS =
      Set.of(Iterable.class, Collection.class, List.class, ArrayList.class);
  private static final Set<Class<?>> SETS =
      Set.of(Set.class, java.util.HashSet.class, LinkedHashSet.class);
  private static final Set<Class<?>> SORTED =
      Set.of(SortedSet.class, NavigableSet.class, TreeSet.class);

  private final Reader<?> element;

  CollectionReader(Class<?> type, Reader<?> element) {
    super(type, element.want());
    this.element = element;
  }

  /** Whether this reads a class. */
  static boolean reads(Class<?> type) {
    return type == LinkedList.class
        || LISTS.contains(type)
        || SETS.contains(type)
        || SORTED.contains(type);
  }

  @Override
  Collection<Object> read(CallFrame frame, byte tag, int start) {
    if (tag == Tag.HANDLE) {
      return fromHandle(frame, start);
    }
    int count = count(this, frame, tag, start);
    Collection<Object> collection = empty(count);
    for (int i = 0; i < count; i++) {
      add(frame, start, collection, element.read(frame));
    }
    Distinct.require(frame, start, collection.size(), count);
    return collection;
  }

  private Collection<Object> fromHandle(CallFrame frame, int start) {
    List<Object> elements = ResultElements.list(frame, start, type().getTypeName(), element);
    Collection<Object> collection = empty(elements.size());
    for (Object each : elements) {
      add(frame, start, collection, each);
    }
    Distinct.require(frame, start, collection.size(), elements.size());
    return collection;
  }

  private Collection<Object> empty(int count) {
    if (LISTS.contains(type())) {
      return new ArrayList<>(count);
    }
    if (SETS.contains(type())) {
      return new LinkedHashSet<>(Distinct.capacity(count));
    }
    return SORTED.contains(type()) ? new TreeSet<>() : new LinkedList<>();
  }

  private void add(CallFrame frame, int start, Collection<Object> collection, Object element) {
    try {
      collection.add(element);
    } catch (ClassCastException | NullPointerException e) {
      throw mismatch(frame, start, "its elements have no order in Java");
    }
  }

  /** Takes the count of a record of elements, whose tag was taken, for a reader. */
  static int count(NullableReader<?> reader, CallFrame frame, byte tag, int start) {
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
        throw reader.mismatch(frame, start, "only a list, tuple, set or other iterable can");
    }
  }
}
