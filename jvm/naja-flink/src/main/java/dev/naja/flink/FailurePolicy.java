package dev.naja.flink;

/**
 * What becomes of a record for which Python raises, returns what does not fit or takes too long.
 */
public enum FailurePolicy {
  /** The task fails, with the stack of both languages; Flink restarts the job as configured. */
  FAIL,

  /** The result is NULL, or there is none where a function returns any number; a metric counts. */
  NULL,

  /** The record goes to the side output of failures; in the DataStream API alone. */
  SIDE_OUTPUT
}
