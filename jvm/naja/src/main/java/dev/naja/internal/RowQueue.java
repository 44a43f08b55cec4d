package dev.naja.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * When is a batch complete? Rows wait here until there are enough for a batch or the first has
 * waited long enough, and those who bring rows until there is room. Thread-safe; who waits sleeps.
 */
final class RowQueue<T, R> {
  private final int size;
  private final long delay;
  private final int bound;
  private final boolean callersTake;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition rows = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final ArrayDeque<WaitingRow<T, R>> waiting = new ArrayDeque<>();
  private boolean closed;

  /** How many threads wait for a first row, and not for a time. */
  private int idle;

  /** Whether a caller is to take a batch; so that most callers need not ask under the lock. */
  private volatile boolean full;

  private final Lateness lateness;

  /**
   * Makes an empty queue.
   *
   * @param size how many rows a batch has at most
   * @param delay how many nanoseconds a row waits at most for others
   * @param bound how many rows may wait
   * @param callersTake whether it is for callers to take full batches
   */
  RowQueue(int size, long delay, int bound, boolean callersTake) {
    this.size = size;
    this.delay = delay;
    this.bound = bound;
    this.callersTake = callersTake;
    this.lateness = new Lateness(delay);
  }

  /**
   * Adds a row as soon as there is room.
   *
   * @param always whether there is room always, because who asks would wait for itself
   * @return false if the queue is closed
   */
  boolean put(WaitingRow<T, R> row, boolean always) throws InterruptedException {
    lock.lock();
    try {
      while (!closed && !always && waiting.size() >= bound) {
        room.await();
      }
      return !closed && add(row);
    } finally {
      lock.unlock();
    }
  }

  /** Adds a row if there is room and the queue is open. */
  boolean offer(WaitingRow<T, R> row) {
    lock.lock();
    try {
      return !closed && waiting.size() < bound && add(row);
    } finally {
      lock.unlock();
    }
  }

  private boolean add(WaitingRow<T, R> row) {
    waiting.add(row);
    boolean enough = waiting.size() == size;
    if (enough && callersTake) {
      full = true;
    } else if (enough || (waiting.size() == 1 && idle > 0)) {
      // Who waits for a time wakes up soon enough for rows that came later.
      rows.signal();
    }
    return true;
  }

  /** Whether there is a full batch that a caller is to take. */
  boolean isFull() {
    return full;
  }

  /** Takes a full batch that a caller is to take; null if there is none. */
  List<WaitingRow<T, R>> takeFull() {
    lock.lock();
    try {
      return full ? batch() : null;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a batch; null when the queue is closed and all rows were taken. */
  List<WaitingRow<T, R>> take() {
    lock.lock();
    try {
      while (true) {
        WaitingRow<T, R> first = waiting.peek();
        if (first == null) {
          if (closed) {
            return null;
          }
          idle++;
          rows.awaitUninterruptibly();
          idle--;
        } else {
          long left = delay - lateness.margin() - (System.nanoTime() - first.since());
          if (left <= 0 || closed || !callersTake && waiting.size() >= size) {
            return batch();
          }
          sleep(left);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void sleep(long nanos) {
    try {
      long over = -rows.awaitNanos(nanos);
      if (over >= 0) {
        lateness.observe(over);
      }
    } catch (InterruptedException e) {
      // Nobody who knows this thread has a reason to end it: the loop looks again.
    }
  }

  private List<WaitingRow<T, R>> batch() {
    int count = Math.min(size, waiting.size());
    List<WaitingRow<T, R>> batch = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      batch.add(waiting.poll());
    }
    full = callersTake && waiting.size() >= size;
    room.signalAll();
    if (!waiting.isEmpty()) {
      rows.signal();
    }
    return batch;
  }

  /** How many rows wait. */
  int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more rows; those that wait are still to be taken, at once. */
  void close() {
    lock.lock();
    try {
      closed = true;
      rows.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more rows and gives up those that wait. */
  List<WaitingRow<T, R>> clear() {
    lock.lock();
    try {
      List<WaitingRow<T, R>> rest = new ArrayList<>(waiting);
      waiting.clear();
      full = false;
      close();
      return rest;
    } finally {
      lock.unlock();
    }
  }
}
