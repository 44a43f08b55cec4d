package dev.naja.internal;

/**
 * How well an argument suits a parameter.
 *
 * <p>The code tells native code how to make the parameter's value of the argument: {@code ZBSCIJFD}
 * a primitive, {@code zbscijfd} its box, {@code T} a {@code String}, {@code L} the Java object
 * itself or null, {@code P} the Java face of an implemented object, {@code E} a Python exception as
 * a {@code Throwable}, {@code X} what {@link JavaUpcalls#convert} makes of the argument's record,
 * {@code x} the same for a primitive parameter, of which it gives the box, and {@code H} the same
 * where the record has to be a handle. Immutable.
 */
final class Fit {
  /** Phases of the Java Language Specification, 15.12.2: strict invocation, loose invocation. */
  static final int STRICT = 1;

  static final int LOOSE = 2;

  /** No invocation. */
  static final int NONE = 3;

  final int phase;

  /** Which of two parameters of one phase is taken: the lower one; equals are told by subtyping. */
  final int order;

  final char code;

  /** Why not, for {@link #NONE}. */
  final String reason;

  private Fit(int phase, int order, char code, String reason) {
    this.phase = phase;
    this.order = order;
    this.code = code;
    this.reason = reason;
  }

  static Fit strict(int order, char code) {
    return new Fit(STRICT, order, code, null);
  }

  static Fit loose(int order, char code) {
    return new Fit(LOOSE, order, code, null);
  }

  static Fit none(String reason) {
    return new Fit(NONE, 0, ' ', reason);
  }

  boolean suits() {
    return phase != NONE;
  }

  /** Negative if this is better than another. */
  int compare(Fit other) {
    return phase != other.phase
        ? Integer.compare(phase, other.phase)
        : Integer.compare(order, other.order);
  }
}
