package dev.naja.flink.datastream;

import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;

/**
 * The states of a Python window function: of its key, and of the key and the window. For the task's
 * thread alone.
 */
public final class WindowStates {
  private final StateStore ofWindow;
  private final StateStore global;
  private KeyedStateStore windowStore;
  private KeyedStateStore globalStore;

  /**
   * The states of a function.
   *
   * @param pickles takes and gives values that only Python reads
   */
  public WindowStates(Pickles pickles) {
    ofWindow = new StateStore(new Current(true), pickles);
    global = new StateStore(new Current(false), pickles);
  }

  /**
   * Says which states are meant during the call that follows.
   *
   * @param window those of key and window
   * @param everywhere those of the key
   */
  public void enter(KeyedStateStore window, KeyedStateStore everywhere) {
    windowStore = window;
    globalStore = everywhere;
  }

  /**
   * The states of key and window, for Python.
   *
   * @return the states
   */
  public StateStore windowStates() {
    return ofWindow;
  }

  /**
   * The states of the key, for Python.
   *
   * @return the states
   */
  public StateStore globalStates() {
    return global;
  }

  /** The states of the window that is current when they are asked for. */
  private final class Current implements StateBackend {
    private final boolean window;

    Current(boolean window) {
      this.window = window;
    }

    private KeyedStateStore store() {
      return window ? windowStore : globalStore;
    }

    @Override
    public <T> ValueState<T> value(ValueStateDescriptor<T> descriptor) {
      return store().getState(descriptor);
    }

    @Override
    public <T> ListState<T> list(ListStateDescriptor<T> descriptor) {
      return store().getListState(descriptor);
    }

    @Override
    public <K, V> MapState<K, V> map(MapStateDescriptor<K, V> descriptor) {
      return store().getMapState(descriptor);
    }
  }
}
