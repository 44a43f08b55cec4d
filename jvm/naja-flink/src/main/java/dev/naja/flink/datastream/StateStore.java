package dev.naja.flink.datastream;

import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * The keyed states of a Python function, as {@code naja.flink._state} asks for them. For the task's
 * thread alone.
 */
public final class StateStore {
  private final StateBackend backend;
  private final Pickles pickles;

  StateStore(StateBackend backend, Pickles pickles) {
    this.backend = backend;
    this.pickles = pickles;
  }

  /**
   * A state of one value.
   *
   * @param name its name
   * @param type the description of its type
   * @param ttl how long it lives, see {@link #ttl}, or null
   * @return the state
   */
  public ValueCell value(String name, Object type, Object ttl) {
    return value(StateTypes.of(type), name, ttl);
  }

  private <T> ValueCell value(TypeInformation<T> type, String name, Object ttl) {
    ValueStateDescriptor<T> descriptor = new ValueStateDescriptor<>(name, type);
    live(descriptor, ttl);
    return new ValueCell(backend.value(descriptor), TypeBridge.of(type, pickles));
  }

  /**
   * A state of a list.
   *
   * @param name its name
   * @param type the description of its elements' type
   * @param ttl how long elements live, or null
   * @return the state
   */
  public ListCell list(String name, Object type, Object ttl) {
    return list(StateTypes.of(type), name, ttl);
  }

  private <T> ListCell list(TypeInformation<T> type, String name, Object ttl) {
    ListStateDescriptor<T> descriptor = new ListStateDescriptor<>(name, type);
    live(descriptor, ttl);
    return new ListCell(backend.list(descriptor), TypeBridge.of(type, pickles));
  }

  /**
   * A state of a map.
   *
   * @param name its name
   * @param key the description of its keys' type
   * @param value the description of its values' type
   * @param ttl how long entries live, or null
   * @return the state
   */
  public MapCell map(String name, Object key, Object value, Object ttl) {
    return map(keyType(name, key), StateTypes.of(value), name, ttl);
  }

  private <K, V> MapCell map(
      TypeInformation<K> key, TypeInformation<V> value, String name, Object ttl) {
    MapStateDescriptor<K, V> descriptor = new MapStateDescriptor<>(name, key, value);
    live(descriptor, ttl);
    return new MapCell(
        backend.map(descriptor), TypeBridge.of(key, pickles), TypeBridge.of(value, pickles));
  }

  private static TypeInformation<?> keyType(String name, Object description) {
    TypeInformation<?> type = StateTypes.of(description);
    if (type instanceof PythonValueTypeInfo) {
      throw new IllegalArgumentException(
          "The keys of the map state '" + name + "' need a declared type, such as Types.STRING().");
    }
    return type;
  }

  private static void live(StateDescriptor<?, ?> descriptor, Object ttl) {
    if (ttl != null) {
      descriptor.enableTimeToLive(ttl((List<?>) ttl));
    }
  }

  /**
   * How long states live: milliseconds, the names of the update type and the visibility, whether to
   * clean up in full snapshots, in the background, how many entries incrementally and whether for
   * each record, and after how many entries RocksDB asks for the time; null for none.
   */
  private static StateTtlConfig ttl(List<?> given) {
    StateTtlConfig.Builder builder =
        StateTtlConfig.newBuilder(Duration.ofMillis((Long) given.get(0)))
            .setUpdateType(StateTtlConfig.UpdateType.valueOf((String) given.get(1)))
            .setStateVisibility(StateTtlConfig.StateVisibility.valueOf((String) given.get(2)));
    if ((Boolean) given.get(3)) {
      builder.cleanupFullSnapshot();
    }
    if (!(Boolean) given.get(4)) {
      builder.disableCleanupInBackground();
    }
    if (given.get(5) != null) {
      builder.cleanupIncrementally(Math.toIntExact((Long) given.get(5)), (Boolean) given.get(6));
    }
    if (given.get(7) != null) {
      builder.cleanupInRocksdbCompactFilter((Long) given.get(7));
    }
    return builder.build();
  }
}
