package dev.naja.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** How does a thread hold Python's GIL for longer than one call? */
public final class Gil {
  private static final MethodHandle IS_VIRTUAL = isVirtualMethod();

  private Gil() {}

  /**
   * Holds the GIL for this thread; nests.
   *
   * @return false on a virtual thread, which holds nothing: it may be moved to another carrier, and
   *     the GIL belongs to the carrier
   */
  public static boolean hold() {
    if (isVirtual(Thread.currentThread())) {
      return false;
    }
    Native.beginSession();
    return true;
  }

  /** Ends the innermost {@link #hold} of this thread that was true. */
  public static void giveUp() {
    Native.endSession();
  }

  private static boolean isVirtual(Thread thread) {
    if (IS_VIRTUAL == null) {
      return false;
    }
    try {
      return (boolean) IS_VIRTUAL.invokeExact(thread);
    } catch (Throwable e) {
      throw new AssertionError("Thread.isVirtual throws nothing", e);
    }
  }

  /** {@code Thread.isVirtual}, which Java 21 brought; null before. */
  private static MethodHandle isVirtualMethod() {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
    } catch (NoSuchMethodException | IllegalAccessException e) {
      return null;
    }
  }
}
