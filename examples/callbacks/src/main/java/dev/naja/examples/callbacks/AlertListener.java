package dev.naja.examples.callbacks;

/** Wants to know of payments that are beyond what is usual; implemented in Python. */
public interface AlertListener {

  void onAlert(Payment payment, String reason);

  /** Runs in Java for those who have none of their own. */
  default String name() {
    return getClass().getSimpleName();
  }
}
