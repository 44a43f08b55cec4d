package dev.naja.arrow;

import org.apache.arrow.memory.util.MemoryUtil;

/** May Arrow's Java library make direct buffers in this JVM? */
final class Access {
  private Access() {}

  /**
   * Checks it, as Arrow itself says so only at the first use, and not how to mend it.
   *
   * @throws IllegalStateException if it may not
   */
  static void check() {
    try {
      MemoryUtil.directBuffer(0, 0);
    } catch (UnsupportedOperationException | ExceptionInInitializerError e) {
      throw new IllegalStateException(
          "Arrow's Java library cannot make direct buffers, for java.nio is closed to it: start the"
              + " JVM with --add-opens=java.base/java.nio="
              + module(),
          e);
    }
  }

  private static String module() {
    String name = MemoryUtil.class.getModule().getName();
    return name == null ? "ALL-UNNAMED" : name;
  }
}
