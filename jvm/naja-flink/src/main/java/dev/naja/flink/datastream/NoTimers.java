package dev.naja.flink.datastream;

import org.apache.flink.streaming.api.TimerService;

/** The time where there are no timers. */
public final class NoTimers implements TimerService {
  private final String why;
  private final long processing;
  private final long watermark;

  /**
   * Tells the time.
   *
   * @param why there are no timers, for messages
   * @param processing the machine's time
   * @param watermark the event time that has been reached
   */
  public NoTimers(String why, long processing, long watermark) {
    this.why = why;
    this.processing = processing;
    this.watermark = watermark;
  }

  @Override
  public long currentProcessingTime() {
    return processing;
  }

  @Override
  public long currentWatermark() {
    return watermark;
  }

  @Override
  public void registerProcessingTimeTimer(long time) {
    throw new UnsupportedOperationException(why);
  }

  @Override
  public void registerEventTimeTimer(long time) {
    throw new UnsupportedOperationException(why);
  }

  @Override
  public void deleteProcessingTimeTimer(long time) {
    throw new UnsupportedOperationException(why);
  }

  @Override
  public void deleteEventTimeTimer(long time) {
    throw new UnsupportedOperationException(why);
  }
}
