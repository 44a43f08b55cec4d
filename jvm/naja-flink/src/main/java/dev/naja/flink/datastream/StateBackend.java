package dev.naja.flink.datastream;

import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;

/** Where states come from: of a function's runtime context, or of a window. */
interface StateBackend {

  <T> ValueState<T> value(ValueStateDescriptor<T> descriptor);

  <T> ListState<T> list(ListStateDescriptor<T> descriptor);

  <K, V> MapState<K, V> map(MapStateDescriptor<K, V> descriptor);

  /** The states of the current key. */
  static StateBackend of(RuntimeContext context) {
    return new StateBackend() {
      @Override
      public <T> ValueState<T> value(ValueStateDescriptor<T> descriptor) {
        return context.getState(descriptor);
      }

      @Override
      public <T> ListState<T> list(ListStateDescriptor<T> descriptor) {
        return context.getListState(descriptor);
      }

      @Override
      public <K, V> MapState<K, V> map(MapStateDescriptor<K, V> descriptor) {
        return context.getMapState(descriptor);
      }
    };
  }

  /** The states of the current key, or of its current window. */
  static StateBackend of(KeyedStateStore store) {
    return new StateBackend() {
      @Override
      public <T> ValueState<T> value(ValueStateDescriptor<T> descriptor) {
        return store.getState(descriptor);
      }

      @Override
      public <T> ListState<T> list(ListStateDescriptor<T> descriptor) {
        return store.getListState(descriptor);
      }

      @Override
      public <K, V> MapState<K, V> map(MapStateDescriptor<K, V> descriptor) {
        return store.getMapState(descriptor);
      }
    };
  }
}
