package dev.naja.flink.datastream;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;

/** A state of a map, keyed or broadcast, as Python uses it. For the task's thread alone. */
public final class MapCell {

  /** What keyed and broadcast states have in common. */
  private interface Access {
    Object get(Object key) throws Exception;

    void put(Object key, Object value) throws Exception;

    void remove(Object key) throws Exception;

    boolean contains(Object key) throws Exception;

    Iterator<Map.Entry<Object, Object>> entries() throws Exception;

    void clear();
  }

  private final Access state;
  private final TypeBridge<Object> key;
  private final TypeBridge<Object> value;

  @SuppressWarnings("unchecked")
  <K, V> MapCell(MapState<K, V> state, TypeBridge<K> key, TypeBridge<V> value) {
    this(keyed((MapState<Object, Object>) state), key, value);
  }

  @SuppressWarnings("unchecked")
  <K, V> MapCell(
      ReadOnlyBroadcastState<K, V> state,
      TypeBridge<K> key,
      TypeBridge<V> value,
      boolean writable) {
    this(broadcast((ReadOnlyBroadcastState<Object, Object>) state, writable), key, value);
  }

  @SuppressWarnings("unchecked")
  private MapCell(Access state, TypeBridge<?> key, TypeBridge<?> value) {
    this.state = state;
    this.key = (TypeBridge<Object>) key;
    this.value = (TypeBridge<Object>) value;
  }

  /**
   * A value.
   *
   * @param of the key from Python
   * @return the value for Python, null for none
   * @throws Exception if the state cannot be read
   */
  public Object get(Object of) throws Exception {
    return value.toPython(state.get(key.fromPython(of)));
  }

  /**
   * Changes a value.
   *
   * @param of the key from Python
   * @param changed the value from Python
   * @throws Exception if the state cannot be written, or is a broadcast one that may not be here
   */
  public void put(Object of, Object changed) throws Exception {
    state.put(key.fromPython(of), value.fromPython(changed));
  }

  /**
   * Forgets a value.
   *
   * @param of the key from Python
   * @throws Exception if the state cannot be written, or is a broadcast one that may not be here
   */
  public void remove(Object of) throws Exception {
    state.remove(key.fromPython(of));
  }

  /**
   * Whether there is a value.
   *
   * @param of the key from Python
   * @return true if there is
   * @throws Exception if the state cannot be read
   */
  public boolean contains(Object of) throws Exception {
    return state.contains(key.fromPython(of));
  }

  /**
   * All entries, some at a time.
   *
   * @return what gives them
   * @throws Exception if the state cannot be read
   */
  public Entries entries() throws Exception {
    return new Entries(state.entries());
  }

  /** Forgets all entries. */
  public void clear() {
    state.clear();
  }

  /** Entries that are read on while Python asks for them. */
  public final class Entries {
    private static final int SOME = 512;

    private final Iterator<Map.Entry<Object, Object>> entries;

    private Entries(Iterator<Map.Entry<Object, Object>> entries) {
      this.entries = entries;
    }

    /**
     * The next entries.
     *
     * @return a key and its value in turn, for Python; empty at the end
     */
    public Object[] next() {
      Object[] some = new Object[2 * SOME];
      int count = 0;
      while (count < some.length && entries.hasNext()) {
        Map.Entry<Object, Object> entry = entries.next();
        some[count++] = key.toPython(entry.getKey());
        some[count++] = value.toPython(entry.getValue());
      }
      return Arrays.copyOf(some, count);
    }
  }

  private static Access keyed(MapState<Object, Object> state) {
    return new Access() {
      @Override
      public Object get(Object key) throws Exception {
        return state.get(key);
      }

      @Override
      public void put(Object key, Object value) throws Exception {
        state.put(key, value);
      }

      @Override
      public void remove(Object key) throws Exception {
        state.remove(key);
      }

      @Override
      public boolean contains(Object key) throws Exception {
        return state.contains(key);
      }

      @Override
      public Iterator<Map.Entry<Object, Object>> entries() throws Exception {
        return state.iterator();
      }

      @Override
      public void clear() {
        state.clear();
      }
    };
  }

  private static Access broadcast(ReadOnlyBroadcastState<Object, Object> state, boolean writable) {
    return new Access() {
      @Override
      public Object get(Object key) throws Exception {
        return state.get(key);
      }

      @Override
      public void put(Object key, Object value) throws Exception {
        writable().put(key, value);
      }

      @Override
      public void remove(Object key) throws Exception {
        writable().remove(key);
      }

      @Override
      public boolean contains(Object key) throws Exception {
        return state.contains(key);
      }

      @Override
      public Iterator<Map.Entry<Object, Object>> entries() throws Exception {
        return state.immutableEntries().iterator();
      }

      @Override
      public void clear() {
        writable().clear();
      }

      private BroadcastState<Object, Object> writable() {
        if (!writable) {
          throw new UnsupportedOperationException(
              "Broadcast state may only be changed in process_broadcast_element, so that it is the"
                  + " same in all subtasks.");
        }
        return (BroadcastState<Object, Object>) state;
      }
    };
  }
}
