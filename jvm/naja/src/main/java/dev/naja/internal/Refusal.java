package dev.naja.internal;

/** Why one Python cannot be used, and what would make it usable. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final String mend;

  Refusal(String what, String mend) {
    this(what, mend, null);
  }

  Refusal(String what, String mend, Throwable cause) {
    super(what, cause);
    this.mend = mend;
  }

  /** What to do about it: one sentence or more, each with its full stop. */
  String mend() {
    return mend;
  }
}
