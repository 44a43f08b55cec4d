package dev.naja.flink.runtime;

import java.util.HashMap;
import java.util.Map;
import org.slf4j.MDC;

/**
 * What log lines of a task's thread tell of it: {@code flink-job-name}, {@code flink-task-name} and
 * {@code flink-subtask} in the MDC, those of Python's loggers too, as they are written on the same
 * thread.
 */
final class TaskLog implements AutoCloseable {
  private final Map<String, String> before = new HashMap<>();

  private TaskLog() {}

  /** Begins to tell of a task; for the task's thread. */
  static TaskLog begin(TaskContext task) {
    TaskLog log = new TaskLog();
    log.put("flink-job-name", task.variable("job_name"));
    log.put("flink-task-name", task.variable("task_name"));
    log.put("flink-subtask", task.variable("subtask_index"));
    return log;
  }

  private void put(String key, String value) {
    // A function that knows no task leaves what others tell of it.
    if (!value.isEmpty()) {
      before.put(key, MDC.get(key));
      MDC.put(key, value);
    }
  }

  /** Tells what was told before. */
  @Override
  public void close() {
    before.forEach(
        (key, value) -> {
          if (value == null) {
            MDC.remove(key);
          } else {
            MDC.put(key, value);
          }
        });
  }
}
