package dev.naja.internal;

import dev.naja.PythonException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** How records of pairs become Java maps. */
final class MapReaders {
  private MapReaders() {}

  /**
   * A reader of a map class.
   *
   * @param make an empty map for a number of entries
   */
  static <K, V> Reader<Map<K, V>> map(
      Class<?> type, Reader<K> key, Reader<V> value, IntFunction<? extends Map<K, V>> make) {
    boolean byHandle = key.want() != Native.WANT_VALUE || value.want() != Native.WANT_VALUE;
    return new NullableReader<>(
        type,
        byHandle ? Native.WANT_HANDLE : Native.WANT_VALUE,
        (frame, tag, start) -> {
          switch (tag) {
            case Tag.MAP:
              int count = frame.takeInt();
              Map<K, V> map = make.apply(count);
              for (int i = 0; i < count; i++) {
                K taken = key.read(frame);
                put(frame, start, type, map, taken, value.read(frame));
              }
              Distinct.require(frame, start, map.size(), count);
              return map;
            case Tag.HANDLE:
              return fromHandle(frame, start, type, key, value, make);
            default:
              throw Mismatch.of(
                  frame, start, type.getTypeName(), "only a dict or other mapping can");
          }
        });
  }

  private static <K, V> Map<K, V> fromHandle(
      CallFrame frame,
      int start,
      Class<?> type,
      Reader<K> key,
      Reader<V> value,
      IntFunction<? extends Map<K, V>> make) {
    List<K> keys = new ArrayList<>();
    List<V> values = new ArrayList<>();
    long handle = HandleElements.handleAt(frame, start);
    int end = frame.position;
    long items;
    try {
      items = HandleElements.items(handle);
    } catch (PythonException e) {
      throw Mismatch.of(frame, start, type.getTypeName(), "it has no items()");
    }
    HandleElements.forEachPair(
        items,
        key.want(),
        step -> keys.add(key.read(step)),
        value.want(),
        step -> values.add(value.read(step)));
    Map<K, V> map = make.apply(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      put(frame, start, type, map, keys.get(i), values.get(i));
    }
    Distinct.require(frame, start, map.size(), keys.size());
    Native.release(handle);
    frame.position = end;
    return map;
  }

  private static <K, V> void put(
      CallFrame frame, int start, Class<?> type, Map<K, V> map, K key, V value) {
    try {
      map.put(key, value);
    } catch (ClassCastException | NullPointerException e) {
      throw Mismatch.of(frame, start, type.getTypeName(), "its keys have no order in Java");
    }
  }

  /** An empty map in the order of insertion that need not grow. */
  static <K, V> Map<K, V> linked(int count) {
    return new LinkedHashMap<>(Distinct.capacity(count));
  }
}
