package acme;

import java.util.function.LongUnaryOperator;

/** A class that no loader but the user code's own knows. */
public final class Secret {
  public static long made;

  /** A nested one. */
  public enum Kind {
    OPEN,
    SHUT
  }

  public Secret() {
    made++;
  }

  public long applied(LongUnaryOperator operator) {
    return operator.applyAsLong(21);
  }
}
