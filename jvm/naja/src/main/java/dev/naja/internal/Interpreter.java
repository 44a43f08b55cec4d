package dev.naja.internal;

import dev.naja.PythonConfig;
import dev.naja.PythonStartException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A CPython that can be loaded into this JVM: its executable, version, prefixes and shared library.
 * Immutable.
 */
final class Interpreter {
  /** What a Python must be and how to name one: the end of an error message. */
  static final String NEEDS =
      "naja runs CPython 3.9 and later, built with the GIL (tested: 3.9 to 3.14). Name one by"
          + " PythonConfig.of(\"/path/to/python\") or by the environment variable NAJA_PYTHON.";

  private static final int OLDEST_MINOR = 9;
  static final int NEWEST_TESTED_MINOR = 14;

  private final Path executable;
  private final String version;
  private final Path prefix;
  private final Path basePrefix;
  private final Libpython libpython;

  private Interpreter(
      Path executable, String version, Path prefix, Path basePrefix, Libpython libpython) {
    this.executable = executable;
    this.version = version;
    this.prefix = prefix;
    this.basePrefix = basePrefix;
    this.libpython = libpython;
  }

  /**
   * Finds the Python that a configuration names, runs it once and checks that it can be loaded.
   *
   * @throws PythonStartException if there is none, or the one that counts is unusable
   */
  static Interpreter find(PythonConfig config) {
    return find(config, System.getenv());
  }

  static Interpreter find(PythonConfig config, Map<String, String> environment) {
    StringBuilder tried = new StringBuilder();
    for (Places.Place place : Places.of(config, environment)) {
      tried.append("\n    ").append(place);
      if (place.isSet()) {
        try {
          return inspect(place.executable());
        } catch (Refusal e) {
          throw new PythonStartException(
              String.format(
                  "Cannot start Python: %s\n  tried:%s\n  to mend: %s",
                  e.getMessage(), tried, e.mend()),
              e.getCause());
        }
      }
    }
    throw new AssertionError("python3 on PATH is always set");
  }

  /** Runs an executable once and checks that it is a CPython that this JVM can load. */
  static Interpreter inspect(Path file) throws Refusal {
    try {
      checkFile(file);
    } finally {
      // Another thread is loading it meanwhile; that there are no natives counts for more.
      NativeLoader.loadLoader();
    }
    Map<String, String> facts = Probe.ask(file);
    String version = facts.get("version");
    String implementation = facts.get("implementation");
    if (!implementation.equals("cpython")) {
      throw new Refusal(
          String.format("%s is %s (Python %s), not CPython", file, implementation, version), NEEDS);
    }
    String[] parts = version.split("\\.");
    if (Integer.parseInt(parts[0]) != 3 || Integer.parseInt(parts[1]) < OLDEST_MINOR) {
      throw new Refusal(file + " is Python " + version, NEEDS);
    }
    if (facts.get("threaded").equals("1")) {
      String minor = parts[0] + "." + parts[1];
      throw new Refusal(
          String.format(
              "%s is the free-threaded build of CPython %s (Py_GIL_DISABLED=1)", file, version),
          String.format(
              "Take the standard build of the same version, python%s instead of python%st"
                  + " (pyenv install %s), and its packages: those installed for the free-threaded"
                  + " build do not fit it.",
              minor, minor, version));
    }
    if (facts.get("bits").equals("32")) {
      throw new Refusal(
          file + " is a 32-bit Python, but this JVM runs on " + Platform.architecture(),
          "Take a 64-bit Python.");
    }
    try {
      String named = facts.get("executable");
      Path executable = named.isEmpty() ? file : Path.of(named);
      boolean venv = venvConfiguration(executable).isPresent();
      return new Interpreter(
          executable,
          version,
          venv ? directory(executable) : Path.of(facts.get("prefix")),
          Path.of(facts.get("base")),
          Libpython.find(executable, facts));
    } catch (InvalidPathException e) {
      throw Refusal.unmappable(e);
    }
  }

  /** The executable to give to CPython as its program name: a venv's own, not what it links to. */
  Path executable() {
    return executable;
  }

  /** The version in three parts, such as {@code 3.11.7}. */
  String version() {
    return version;
  }

  int major() {
    return part(0);
  }

  int minor() {
    return part(1);
  }

  int micro() {
    return part(2);
  }

  /** The directory of the virtual environment if it is one, else that of the installation. */
  Path prefix() {
    return prefix;
  }

  /** The directory of the installation, which a virtual environment shares. */
  Path basePrefix() {
    return basePrefix;
  }

  /** The shared library to load. */
  Path libpython() {
    return libpython.path();
  }

  /** How {@link #libpython()} was found, for people. */
  String libpythonFoundBy() {
    return libpython.how();
  }

  /** Whether this version is later than those that naja is tested with. */
  boolean newerThanTested() {
    return minor() > NEWEST_TESTED_MINOR;
  }

  /**
   * What makes two starts the same: version, environment and library, symbolic links resolved. Two
   * interpreters with equal fingerprints can share one running CPython.
   */
  String fingerprint() {
    return "CPython " + version + " of " + real(prefix) + " (" + real(libpython.path()) + ")";
  }

  @Override
  public String toString() {
    return "CPython " + version + " (" + executable + ")";
  }

  private int part(int index) {
    return Integer.parseInt(version.split("\\.")[index]);
  }

  private static void checkFile(Path file) throws Refusal {
    if (!Files.exists(file)) {
      if (Files.isSymbolicLink(file) && venvConfiguration(file).isPresent()) {
        throw brokenVenv(file, file + " is a link to a file that is gone");
      }
      throw new Refusal(
          file
              + (Files.isSymbolicLink(file)
                  ? " is a link to a file that is gone"
                  : " does not exist"),
          "Name a Python that is there. " + NEEDS);
    }
    if (Files.isDirectory(file)) {
      throw new Refusal(file + " is a directory", "Name the python executable in it.");
    }
    if (!Files.isExecutable(file)) {
      throw new Refusal(file + " is not executable", "chmod +x " + file + ", if it is a Python.");
    }
    checkHome(file);
    byte[] start = new byte[4];
    try (InputStream in = new FileInputStream(file.toFile())) {
      in.readNBytes(start, 0, start.length);
    } catch (IOException e) {
      throw new Refusal(
          file + " cannot be read: " + e.getMessage(), "Make it readable to this user.", e);
    }
    // Whoever runs a text that is no script may hand it to /bin/sh, which obeys it line by line.
    boolean elf = start[0] == 0x7f && start[1] == 'E';
    boolean script = start[0] == '#' && start[1] == '!';
    boolean ascii = start[0] >= 0;
    if (elf) {
      Libpython.checked(file);
    } else if (ascii && !script) {
      throw new Refusal(
          file + " is not a program: it starts neither as an executable nor with #!",
          "Name the python executable itself.");
    }
  }

  /**
   * Refuses an environment whose installation is gone: its Python would not find its own library.
   */
  private static void checkHome(Path file) throws Refusal {
    Optional<Path> configuration = venvConfiguration(file);
    if (configuration.isEmpty()) {
      return;
    }
    try (InputStream in = new FileInputStream(configuration.get().toFile())) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.split("\n")) {
        String[] parts = line.split("=", 2);
        if (parts[0].trim().equals("home") && !Files.isDirectory(Path.of(parts[1].trim()))) {
          throw brokenVenv(
              file, configuration.get() + " says home = " + parts[1].trim() + ", which is gone");
        }
      }
    } catch (IOException e) {
      throw new Refusal(
          configuration.get() + " cannot be read: " + e.getMessage(),
          "Make it a text file that this user can read, or make the environment again.",
          e);
    }
  }

  private static Refusal brokenVenv(Path file, String why) {
    Path directory = directory(file);
    return new Refusal(
        directory + " is a broken virtual environment: " + why,
        "Make it again with a Python that is there: python3 -m venv --clear " + directory + ".");
  }

  /**
   * The {@code pyvenv.cfg} that makes an executable a virtual environment's: beside it or above.
   */
  private static Optional<Path> venvConfiguration(Path executable) {
    Path beside = executable.resolveSibling("pyvenv.cfg");
    Path above = directory(executable).resolve("pyvenv.cfg");
    if (Files.isRegularFile(beside)) {
      return Optional.of(beside);
    }
    return Files.isRegularFile(above) ? Optional.of(above) : Optional.empty();
  }

  /** The directory that holds {@code bin/python}. */
  private static Path directory(Path executable) {
    Path bin = executable.toAbsolutePath().getParent();
    return bin.getParent() == null ? bin : bin.getParent();
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }
}
