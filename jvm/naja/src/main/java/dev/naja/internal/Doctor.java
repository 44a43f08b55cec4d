package dev.naja.internal;

import dev.naja.PythonConfig;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Can naja start a Python here, which one, and if not, what is to be done? Prints plain text. */
final class Doctor {
  private static final String PACKAGES =
      String.join(
          "\n",
          "import importlib.metadata as metadata",
          "found = []",
          "for name in ('numpy', 'pandas', 'pyarrow', 'scikit-learn', 'torch'):",
          "    try:",
          "        found.append(name + ' ' + metadata.version(name))",
          "    except metadata.PackageNotFoundError:",
          "        pass",
          "print(', '.join(found) or 'none of numpy, pandas, pyarrow, scikit-learn, torch')");

  private final PrintStream out;
  private final String python;
  private final Map<String, String> environment;

  /**
   * Makes a doctor.
   *
   * @param out where to print
   * @param python what {@link PythonConfig#of(String)} takes; null for the environment's choice
   * @param environment the environment variables
   */
  Doctor(PrintStream out, String python, Map<String, String> environment) {
    this.out = out;
    this.python = python;
    this.environment = environment;
  }

  /** Prints what there is and the verdict; returns the exit status. */
  int examine() {
    String version = Doctor.class.getPackage().getImplementationVersion();
    out.println("naja " + (version == null ? "(not packaged)" : version));
    printPlatform();
    try {
      NativeLoader.loadLoader();
      print(
          "extraction",
          NativeLoader.directory()
              + " ("
              + NativeLoader.directoryProperty()
              + "): writable, natives run there");
      Interpreter interpreter = printPlaces();
      printInterpreter(interpreter);
      NativeLoader.openLibpython(interpreter);
      out.println();
      out.println("libpython opens. naja can start this Python.");
      return 0;
    } catch (Refusal e) {
      out.println();
      out.println("naja cannot start Python: " + e.getMessage());
      out.println("  to mend: " + e.mend());
      return 1;
    }
  }

  private void printPlatform() {
    print(
        "platform",
        String.format(
            "%s (%s %s, %s)",
            Platform.name(),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            Platform.libc().orElse("C library unknown")));
    print(
        "JVM",
        String.format(
            "%s %s, %s",
            System.getProperty("java.vm.name"),
            System.getProperty("java.version"),
            System.getProperty("java.home")));
    List<String> shipped = Platform.shipped();
    print("natives", shipped.isEmpty() ? "none" : String.join(", ", shipped));
  }

  /** Prints what every place leads to, and returns the interpreter that the first one set names. */
  private Interpreter printPlaces() throws Refusal {
    List<Places.Place> places = new ArrayList<>();
    if (python != null) {
      places.addAll(Places.of(PythonConfig.of(python), environment));
    }
    places.addAll(Places.of(PythonConfig.of(), environment));
    out.println();
    out.println("Looked for a Python at these places; the first one that is set counts:");
    Interpreter chosen = null;
    Refusal refusal = null;
    for (Places.Place place : places) {
      out.println("  " + place);
      if (!place.isSet()) {
        continue;
      }
      boolean counts = chosen == null && refusal == null;
      try {
        Interpreter found = Interpreter.inspect(place.executable());
        out.println("      " + (counts ? "chosen: " : "usable: ") + found);
        chosen = counts ? found : chosen;
      } catch (Refusal e) {
        out.println("      " + (counts ? "chosen, but unusable: " : "unusable: ") + e.getMessage());
        refusal = counts ? e : refusal;
      }
    }
    if (refusal != null) {
      throw refusal;
    }
    return chosen;
  }

  private void printInterpreter(Interpreter interpreter) throws Refusal {
    out.println();
    print("executable", interpreter.executable());
    print(
        "version",
        interpreter.version()
            + (interpreter.newerThanTested()
                ? " (newer than 3."
                    + Interpreter.NEWEST_TESTED_MINOR
                    + ", the newest that naja is tested with)"
                : ""));
    print("prefix", interpreter.prefix());
    print("installed in", interpreter.basePrefix());
    print("libpython", interpreter.libpython() + ", " + interpreter.libpythonFoundBy());
    print("packages", Probe.run(interpreter.executable(), "-I", "-c", PACKAGES).trim());
  }

  private void print(String name, Object value) {
    out.printf("  %-12s %s%n", name, value);
  }
}
