package dev.naja.bench;

import java.util.function.DoubleUnaryOperator;

/**
 * The least that calls into CPython, and from there into Java, cost: the crate {@code naja-floor},
 * which does what every bridge must and nothing more.
 *
 * <p>CPython must have been started in this process, with global symbols, before {@link #load}.
 */
final class Floor {

  private Floor() {}

  /**
   * Loads the probe, which resolves its functions of the module {@code workloads}.
   *
   * @throws IllegalStateException when CPython is not there or the module cannot be imported
   */
  static void load(String library) {
    System.load(library);
    resolve();
  }

  private static native void resolve();

  /** Returns at once: what the JVM takes for any native call. */
  static native void empty();

  /** Takes the GIL, boxes, calls {@code half}, unboxes, gives the GIL back. */
  static native double attached(double x);

  /**
   * Takes the GIL, makes a str of 32 characters from a constant, calls {@code upper}, finds the
   * text of the result, which it does not bring to Java, and returns its length.
   */
  static native long upper();

  /** Takes the GIL, makes the arguments of {@code row10} from constants, calls it, unboxes. */
  static native double row10();

  /** Boxes, calls {@code half}, unboxes; the caller holds the GIL. */
  static native double held(double x);

  /** Takes the GIL, copies the array into new bytes, calls {@code length}, gives the GIL back. */
  static native long copied(byte[] data);

  /**
   * Takes the GIL, copies the array into a new NumPy array, calls {@code total}, unboxes, gives the
   * GIL back.
   */
  static native double total(double[] values);

  /**
   * Takes the GIL, calls {@code callback} with an operator whose method gives the GIL up, calls
   * {@code applyAsDouble} of this one and takes the GIL again; gives the GIL back.
   */
  static native double callback(DoubleUnaryOperator operator, int times);

  /** Takes the GIL for this thread. */
  static native void hold();

  /** Gives the GIL back. */
  static native void release();
}
