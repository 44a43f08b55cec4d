package dev.naja;

import java.time.Duration;

/**
 * What a {@link MicroBatcher} has done since it was opened, at one moment. Immutable.
 *
 * <p>Sizes and delays are remembered in classes that are at most a 32nd wide, and the answers round
 * up to the end of a class.
 */
public interface BatchMetrics {

  /**
   * The rows that wait for a batch now, which those of a running batch do no more.
   *
   * @return the number
   */
  int waiting();

  /**
   * How many times the function was called, retries included.
   *
   * @return the number
   */
  long batches();

  /**
   * How many of these calls repeated rows of a batch that had failed.
   *
   * @return the number
   */
  long retries();

  /**
   * How many rows were answered, by a result or a failure.
   *
   * @return the number
   */
  long rows();

  /**
   * How many rows were answered by a failure.
   *
   * @return the number
   */
  long failedRows();

  /**
   * How many rows were dropped because their future was done before their batch began.
   *
   * @return the number
   */
  long droppedRows();

  /**
   * A quantile of the sizes of batches, retries left out.
   *
   * @param quantile from 0 to 1, such as 0.5 for the median and 1 for the largest
   * @return a number of rows; 0 if there was no batch
   */
  long size(double quantile);

  /**
   * A quantile of the times that rows have waited, from their submission to the begin of their
   * batch.
   *
   * @param quantile from 0 to 1, such as 0.99
   * @return the time; zero if there was no batch
   */
  Duration delay(double quantile);

  /**
   * A quantile of the times that calls of the function took.
   *
   * @param quantile from 0 to 1
   * @return the time; zero if there was no batch
   */
  Duration duration(double quantile);
}
