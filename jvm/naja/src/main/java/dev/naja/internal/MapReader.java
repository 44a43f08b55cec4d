package dev.naja.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** How records of pairs, mappings and the rows of tables become Java maps. */
final class MapReader extends NullableReader<Map<Object, Object>> implements RowReader {
  private static final Set<Class<?>> SORTED =
      Set.of(SortedMap.class, NavigableMap.class, TreeMap.class);
  private static final Set<Class<?>> LINKED = Set.of(Map.class, HashMap.class, LinkedHashMap.class);

  private final Reader<?> key;
  private final Reader<?> value;

  MapReader(Class<?> type, Reader<?> key, Reader<?> value) {
    super(type, Math.max(key.want(), value.want()));
    this.key = key == Readers.STRING ? new KeyReader(key) : key;
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
    ResultElements.forEachPair(
        frame,
        start,
        type().getTypeName(),
        key,
        value,
        (taken, with) -> {
          keys.add(taken);
          values.add(with);
        });
    int end = frame.position;
    Map<Object, Object> map = empty(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      put(frame, start, map, keys.get(i), values.get(i));
    }
    Distinct.require(frame, start, map.size(), keys.size());
    frame.position = end;
    return map;
  }

  @Override
  public Object columns() {
    return true;
  }

  @Override
  public List<Boolean> nanIsNull() {
    return List.of(!value.takesNaN());
  }

  @Override
  public List<?> takeNames(CallFrame frame) {
    frame.takeByte();
    List<Object> names = new ArrayList<>();
    for (int left = frame.takeInt(); left > 0; left--) {
      names.add(key.read(frame));
    }
    return names;
  }

  @Override
  public Reader<?> cell(int column) {
    return value;
  }

  @Override
  public Object row(List<?> names, Object[] cells) {
    Map<Object, Object> row = empty(cells.length);
    for (int i = 0; i < cells.length; i++) {
      row.put(names.get(i), cells[i]);
    }
    return row;
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
