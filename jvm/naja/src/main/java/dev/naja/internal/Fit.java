package dev.naja.internal;

/**
 * How well does an argument suit a parameter? Immutable.
 *
 * <p>The code tells native code how to make the parameter's value of the argument:
 *
 * <ul>
 *   <li>{@code ZBSCIJFD} a primitive, of a Python value
 *   <li>{@code zbscijfd} its box, of a Python value
 *   <li>{@code T} a {@code String}, of a {@code str}
 *   <li>{@code L} the Java object itself, or null
 *   <li>{@code P} the Java object of a Python object that implements interfaces
 *   <li>{@code E} a Python exception as a {@code Throwable}
 *   <li>{@code X} what {@link JavaUpcalls#convert} makes of the argument's record
 *   <li>{@code x} the same for a primitive parameter, of which it makes the box
 *   <li>{@code H} the same of a record that has to be the argument's handle
 * </ul>
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
