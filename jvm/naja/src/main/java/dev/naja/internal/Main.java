package dev.naja.internal;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What does {@code java -jar naja.jar} do? Its one command is {@code doctor}. */
public final class Main {
  private static final int WRONG_USAGE = 2;
  private static final String USAGE =
      String.join(
          "\n",
          "usage: java -jar naja.jar doctor [--python PYTHON]",
          "",
          "Says which Python naja finds, what it would load, and what is amiss.",
          "",
          "  --python PYTHON  an executable, a virtual environment or a name on PATH, instead of",
          "                   NAJA_PYTHON, VIRTUAL_ENV, CONDA_PREFIX or python3 on PATH",
          "  --help           print this",
          "",
          "Exit status: 0 if naja can start Python, 1 if not, 2 for wrong usage.");

  private Main() {}

  /**
   * Runs a command and ends the JVM with its exit status.
   *
   * @param arguments the command and its options
   */
  public static void main(String[] arguments) {
    System.exit(run(Arrays.asList(arguments), System.getenv(), System.out, System.err));
  }

  static int run(
      List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      out.println(USAGE);
      return 0;
    }
    if (arguments.equals(List.of("doctor"))) {
      return new Doctor(out, null, environment).examine();
    }
    boolean python =
        arguments.size() == 3 && arguments.subList(0, 2).equals(List.of("doctor", "--python"));
    if (python && !arguments.get(2).isBlank()) {
      return new Doctor(out, arguments.get(2), environment).examine();
    }
    if (!arguments.isEmpty()) {
      err.println("naja: not understood: " + String.join(" ", arguments));
    }
    err.println(USAGE);
    return WRONG_USAGE;
  }
}
