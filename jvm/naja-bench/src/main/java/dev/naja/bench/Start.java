package dev.naja.bench;

/**
 * Prints the first result that a cold JVM gets from Python, for {@code scripts/bench} to time from
 * outside.
 *
 * <p>Usage: {@code Start (none | naja | pemja | jep)}; with {@code none} nothing but the JVM
 * starts.
 */
public final class Start {

  private Start() {}

  /**
   * Starts the library, calls {@code half(1.5)} and prints what it gave.
   *
   * @param args the library's name
   */
  public static void main(String[] args) {
    if (args[0].equals("none")) {
      System.out.println(0.75);
      return;
    }
    try (Library library = Library.open(args[0])) {
      System.out.println(library.workloads().half(1.5));
    }
  }
}
