package dev.naja.flink.datastream;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;

/** A state of a list, as Python uses it. For the task's thread alone. */
public final class ListCell {
  private final ListState<Object> state;
  private final TypeBridge<Object> bridge;

  @SuppressWarnings("unchecked")
  <T> ListCell(ListState<T> state, TypeBridge<T> bridge) {
    this.state = (ListState<Object>) state;
    this.bridge = (TypeBridge<Object>) bridge;
  }

  /**
   * The current key's elements.
   *
   * @return their values for Python
   * @throws Exception if the state cannot be read
   */
  public List<Object> get() throws Exception {
    List<Object> values = new ArrayList<>();
    Iterable<Object> elements = state.get();
    if (elements != null) {
      elements.forEach(each -> values.add(bridge.toPython(each)));
    }
    return values;
  }

  /**
   * Adds an element to the current key's.
   *
   * @param value the element from Python, not null
   * @throws Exception if the state cannot be written
   */
  public void add(Object value) throws Exception {
    state.add(bridge.fromPython(value));
  }

  /**
   * Adds elements to the current key's.
   *
   * @param values the elements from Python
   * @throws Exception if the state cannot be written
   */
  public void addAll(List<Object> values) throws Exception {
    state.addAll(fromPython(values));
  }

  /**
   * Replaces the current key's elements.
   *
   * @param values the elements from Python
   * @throws Exception if the state cannot be written
   */
  public void update(List<Object> values) throws Exception {
    state.update(fromPython(values));
  }

  private List<Object> fromPython(List<Object> values) {
    List<Object> elements = new ArrayList<>(values.size());
    values.forEach(each -> elements.add(bridge.fromPython(each)));
    return elements;
  }

  /** Forgets the current key's elements. */
  public void clear() {
    state.clear();
  }
}
