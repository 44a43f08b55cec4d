package dev.naja.flink.datastream;

import dev.naja.PyTuple;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The broadcast states of a Python function, as it asks for them. For the task's thread alone. */
public final class BroadcastStates {

  /** How a broadcast state is had, which depends on what is processed. */
  @FunctionalInterface
  public interface Access {
    /**
     * A state, which may only be read where a record of a key is processed.
     *
     * @param <K> its keys
     * @param <V> its values
     * @param descriptor which
     * @return the state
     */
    <K, V> ReadOnlyBroadcastState<K, V> state(MapStateDescriptor<K, V> descriptor);
  }

  private final List<MapStateDescriptor<?, ?>> descriptors;
  private final List<TypeInformation<?>> types;
  private final Pickles pickles;
  private Access access;
  private boolean writable;

  /**
   * The states that were declared.
   *
   * @param descriptors the states
   * @param types the types of each one's keys and values, in turn
   * @param pickles takes and gives values that only Python reads
   */
  public BroadcastStates(
      List<MapStateDescriptor<?, ?>> descriptors, List<TypeInformation<?>> types, Pickles pickles) {
    this.descriptors = descriptors;
    this.types = types;
    this.pickles = pickles;
  }

  /**
   * Says how states are had during the call that follows.
   *
   * @param access how
   * @param writable whether they may be changed
   */
  public void enter(Access access, boolean writable) {
    this.access = access;
    this.writable = writable;
  }

  /**
   * A state, for Python.
   *
   * @param name its name
   * @return the state
   * @throws IllegalArgumentException if Java has declared none of that name
   */
  public MapCell state(String name) {
    int index = index(name);
    return cell(descriptors.get(index), types.get(2 * index), types.get(2 * index + 1));
  }

  @SuppressWarnings("unchecked")
  private MapCell cell(
      MapStateDescriptor<?, ?> descriptor, TypeInformation<?> key, TypeInformation<?> value) {
    return new MapCell(
        access.state((MapStateDescriptor<Object, Object>) descriptor),
        (TypeBridge<Object>) TypeBridge.of(key, pickles),
        (TypeBridge<Object>) TypeBridge.of(value, pickles),
        writable);
  }

  /**
   * The types of a state, for Python.
   *
   * @param name its name
   * @return the descriptions of the types of its keys and its values
   */
  public PyTuple types(String name) {
    int index = index(name);
    return PyTuple.of(
        TypeBridge.of(types.get(2 * index), pickles).description(),
        TypeBridge.of(types.get(2 * index + 1), pickles).description());
  }

  private int index(String name) {
    for (int i = 0; i < descriptors.size(); i++) {
      if (descriptors.get(i).getName().equals(name)) {
        return i;
      }
    }
    String there =
        descriptors.stream().map(MapStateDescriptor::getName).collect(Collectors.joining(", "));
    throw new IllegalArgumentException(
        "There is no broadcast state '"
            + name
            + "', only "
            + (there.isEmpty() ? "none" : there)
            + ": declare it in Java by withState(\""
            + name
            + "\", keyType, valueType).");
  }
}
