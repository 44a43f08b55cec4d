package dev.naja.flink.datastream;

import java.io.IOException;
import org.apache.flink.api.common.state.ValueState;

/** A state of one value, as Python uses it. For the task's thread alone. */
public final class ValueCell {
  private final ValueState<Object> state;
  private final TypeBridge<Object> bridge;

  @SuppressWarnings("unchecked")
  <T> ValueCell(ValueState<T> state, TypeBridge<T> bridge) {
    this.state = (ValueState<Object>) state;
    this.bridge = (TypeBridge<Object>) bridge;
  }

  /**
   * The current key's value.
   *
   * @return the value for Python, null for none
   * @throws IOException if the state cannot be read
   */
  public Object get() throws IOException {
    return bridge.toPython(state.value());
  }

  /**
   * Changes the current key's value.
   *
   * @param value the value from Python, null for none
   * @throws IOException if the state cannot be written
   */
  public void set(Object value) throws IOException {
    state.update(bridge.fromPython(value));
  }

  /** Forgets the current key's value. */
  public void clear() {
    state.clear();
  }
}
