package dev.naja.flink.datastream;

import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.api.TimerService;

/**
 * What a Python function asks of its task while it runs: who it is, the current key, the time, and
 * timers. For the task's thread alone.
 */
public final class TaskHost {
  private final TaskInfo info;
  private TimerService timers;
  private Object key;

  TaskHost(RuntimeContext context) {
    this.info = context.getTaskInfo();
  }

  /** Says what is current for the call that follows; the key as it goes to Python. */
  void enter(TimerService timers, Object key) {
    this.timers = timers;
    this.key = key;
  }

  /**
   * The task's name.
   *
   * @return as in the plan
   */
  public String taskName() {
    return info.getTaskName();
  }

  /**
   * The task's name with its subtask.
   *
   * @return such as {@code map (1/2)#0}
   */
  public String taskNameWithSubtasks() {
    return info.getTaskNameWithSubtasks();
  }

  /**
   * How many subtasks there are.
   *
   * @return the parallelism
   */
  public int parallelism() {
    return info.getNumberOfParallelSubtasks();
  }

  /**
   * How many subtasks there may be.
   *
   * @return the highest parallelism
   */
  public int maxParallelism() {
    return info.getMaxNumberOfParallelSubtasks();
  }

  /**
   * Which subtask this is.
   *
   * @return its index, from 0
   */
  public int subtask() {
    return info.getIndexOfThisSubtask();
  }

  /**
   * How often the subtask has been started again.
   *
   * @return 0 for the first time
   */
  public int attempt() {
    return info.getAttemptNumber();
  }

  /**
   * The current key.
   *
   * @return the key for Python, null where there is none
   */
  public Object currentKey() {
    return key;
  }

  /**
   * The time of the machine.
   *
   * @return milliseconds since 1970
   */
  public long currentProcessingTime() {
    return timers.currentProcessingTime();
  }

  /**
   * The event time that has been reached.
   *
   * @return milliseconds since 1970
   */
  public long currentWatermark() {
    return timers.currentWatermark();
  }

  /**
   * Sets a timer of the current key.
   *
   * @param time milliseconds since 1970, by the machine's clock
   */
  public void registerProcessingTimeTimer(long time) {
    timers.registerProcessingTimeTimer(time);
  }

  /**
   * Sets a timer of the current key.
   *
   * @param time milliseconds since 1970, by event time
   */
  public void registerEventTimeTimer(long time) {
    timers.registerEventTimeTimer(time);
  }

  /**
   * Removes a timer of the current key.
   *
   * @param time what it was set to
   */
  public void deleteProcessingTimeTimer(long time) {
    timers.deleteProcessingTimeTimer(time);
  }

  /**
   * Removes a timer of the current key.
   *
   * @param time what it was set to
   */
  public void deleteEventTimeTimer(long time) {
    timers.deleteEventTimeTimer(time);
  }
}
