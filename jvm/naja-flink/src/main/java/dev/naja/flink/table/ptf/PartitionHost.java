package dev.naja.flink.table.ptf;

import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.functions.ProcessTableFunction;

/**
 * State and time of the partition whose row or timer is worked on, as Python asks for them. For the
 * task's thread alone.
 */
public final class PartitionHost {
  private MapView<String, byte[]> state;
  private ProcessTableFunction.TimeContext<Long> time;

  PartitionHost() {}

  /** Says what is current for the call that follows. */
  void enter(MapView<String, byte[]> state, ProcessTableFunction.TimeContext<Long> time) {
    this.state = state;
    this.time = time;
  }

  /**
   * What is kept under a name.
   *
   * @param name a state's
   * @return bytes, null for none
   * @throws Exception if the state cannot be read
   */
  public byte[] get(String name) throws Exception {
    return state.get(name);
  }

  /**
   * Keeps something under a name.
   *
   * @param name a state's
   * @param value bytes
   * @throws Exception if the state cannot be written
   */
  public void put(String name, byte[] value) throws Exception {
    state.put(name, value);
  }

  /**
   * Forgets what is kept under a name.
   *
   * @param name a state's
   * @throws Exception if the state cannot be written
   */
  public void remove(String name) throws Exception {
    state.remove(name);
  }

  /**
   * The event time that has been reached.
   *
   * @return milliseconds since 1970; {@link Long#MIN_VALUE} before the first watermark
   */
  public long watermark() {
    Long watermark = time.currentWatermark();
    return watermark == null ? Long.MIN_VALUE : watermark;
  }

  /**
   * Sets a timer of the partition.
   *
   * @param at milliseconds since 1970, by event time
   */
  public void register(long at) {
    time.registerOnTime(at);
  }

  /**
   * Removes a timer of the partition.
   *
   * @param at what it was set to
   */
  public void delete(long at) {
    time.clearTimer(at);
  }
}
