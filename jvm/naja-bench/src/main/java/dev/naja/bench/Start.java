package dev.naja.bench;

import dev.naja.PyObject;
import dev.naja.Python;
import java.util.function.DoubleUnaryOperator;

/**
 * Prints the first result that a cold JVM gets from Python, for {@code scripts/bench} to time from
 * outside.
 *
 * <p>Usage: {@code Start (none | naja | naja-bound | pemja | jep)}; with {@code none} nothing but
 * the JVM starts, with {@code naja-bound} the call goes through a bound interface.
 */
public final class Start {

  private Start() {}

  /**
   * Starts the library, calls {@code half(1.5)} and prints what it gave.
   *
   * @param args the library's name
   */
  public static void main(String[] args) {
    System.out.println(firstResult(args[0]));
  }

  private static double firstResult(String library) {
    switch (library) {
      case "none":
        return 0.75;
      case "naja":
        return half().callAs(double.class, 1.5);
      case "naja-bound":
        return half().bind(DoubleUnaryOperator.class).applyAsDouble(1.5);
      default:
        return Library.open(library).workloads().half(1.5);
    }
  }

  private static PyObject half() {
    return Python.start(NajaLibrary.config()).module("workloads").attr("half");
  }
}
