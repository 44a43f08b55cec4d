package dev.naja.internal;

import dev.naja.PythonException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** How records of pairs, and mappings, become Java maps. */
final class MapReader extends NullableReader<Map<Object, Object>> {
  private static final Set<Class<?>> SORTED =
      Set.of(SortedMap.class, NavigableMap.class, TreeMap.class);
  private static final Set<Class<?>> LINKED = Set.of(Map.class, HashMap.class, LinkedHashMap.class);

  private final Reader<?> key;
  private final Reader<?> value;

  MapReader(Class<?> type, Reader<?> key, Reader<?> value) {
    super(type, Math.max(key.want(), value.want()));
    this.key = key;
    this.value = value;
  }

  /** Whether this reads a class. */
  static boolean reads(Class<?> type) {
    return LINKED.contains(type) || SORTED.contains(type);
  }

  @Override
  Map<Object, Object> read(CallFrame frame, byte tag, int start) {
    switch (tag) {
      case Tag.MAP:
        int count = frame.takeInt();
        Map<Object, Object> map = empty(count);
        for (int i = 0; i < count; i++) {
          Object taken = key.read(frame);
          put(frame, start, map, taken, value.read(frame));
        }
        Distinct.require(frame, start, map.size(), count);
        return map;
      case Tag.HANDLE:
        return fromHandle(frame, start);
      default:
        throw mismatch(frame, start, "only a dict or other mapping can");
    }
  }

  private Map<Object, Object> fromHandle(CallFrame frame, int start) {
    List<Object> keys = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    long handle = HandleElements.handleAt(frame, start);
    int end = frame.position;
    long items;
    try {
      items = HandleElements.items(handle);
    } catch (PythonException e) {
      throw mismatch(frame, start, "it has no items()");
    }
    HandleElements.forEachPair(
        items,
        key.want(),
        step -> keys.add(key.read(step)),
        value.want(),
        step -> values.add(value.read(step)));
    Map<Object, Object> map = empty(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      put(frame, start, map, keys.get(i), values.get(i));
    }
    Distinct.require(frame, start, map.size(), keys.size());
    Native.release(handle);
    frame.position = end;
    return map;
  }

  private Map<Object, Object> empty(int count) {
    return SORTED.contains(type())
        ? new TreeMap<>()
        : new LinkedHashMap<>(Distinct.capacity(count));
  }

  private void put(CallFrame frame, int start, Map<Object, Object> map, Object key, Object value) {
    try {
      map.put(key, value);
    } catch (ClassCastException | NullPointerException e) {
      throw mismatch(frame, start, "its keys have no order in Java");
    }
  }
}
