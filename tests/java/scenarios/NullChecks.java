package scenarios;

import dev.naja.Python;

/**
 * Does the JVM still get its own SIGSEGV after some Python? HotSpot finds null references in
 * compiled code by it.
 */
public final class NullChecks {
  private static final int TIMES = 100_000;

  private NullChecks() {}

  public static void main(String[] sources) {
    for (String source : sources) {
      Python.start().namespace().exec(source);
      System.out.println("returned");
    }
    int checked = 0;
    for (int i = 0; i < 3 * TIMES; i++) {
      checked += length(i < 2 * TIMES ? "three" : null) < 0 ? 1 : 0;
    }
    System.out.println("NullPointerException " + checked);
    System.out.println("alive " + Python.start().namespace().eval("6 * 7"));
  }

  private static int length(String text) {
    try {
      return text.length();
    } catch (NullPointerException e) {
      return -1;
    }
  }
}
