package dev.naja.internal;

import dev.naja.PythonConfig;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where is a Python looked for, and in which order? */
final class Places {
  private Places() {}

  /** One place: set or not, and if set, what it leads to. */
  static final class Place {
    private final String name;
    private final Path executable;
    private final Refusal refusal;

    private Place(String name, Path executable, Refusal refusal) {
      this.name = name;
      this.executable = executable;
      this.refusal = refusal;
    }

    /** What a user knows it by, such as {@code VIRTUAL_ENV=/opt/venv}. */
    String name() {
      return name;
    }

    boolean isSet() {
      return executable != null || refusal != null;
    }

    /** The executable that this place leads to; it is there, but nothing more is known of it. */
    Path executable() throws Refusal {
      if (refusal != null) {
        throw refusal;
      }
      return executable;
    }

    /** The place and what it leads to, in one line. */
    @Override
    public String toString() {
      if (!isSet()) {
        return name + ": not set";
      }
      return name + ": " + (executable == null ? "no executable" : executable);
    }
  }

  /**
   * All places in the order in which they count; an explicit Python is the only one that counts.
   */
  static List<Place> of(PythonConfig config, Map<String, String> environment) {
    Optional<String> explicit = config.executable();
    if (explicit.isPresent()) {
      String name = "PythonConfig.of(\"" + explicit.get() + "\")";
      return List.of(place(name, explicit.get(), environment));
    }
    return ofEnvironment(environment);
  }

  /** The places that count when no Python is given. */
  static List<Place> ofEnvironment(Map<String, String> environment) {
    List<Place> places = new ArrayList<>();
    for (String variable : List.of("NAJA_PYTHON", "VIRTUAL_ENV", "CONDA_PREFIX")) {
      String value = environment.get(variable);
      places.add(
          value == null || value.isBlank()
              ? new Place(variable, null, null)
              : place(variable + "=" + value, value, environment));
    }
    places.add(placeOnPath("python3 on PATH", "python3", environment));
    return places;
  }

  private static Place place(String name, String value, Map<String, String> environment) {
    try {
      Path path = Path.of(value);
      return value.indexOf(File.separatorChar) < 0 && !Files.isDirectory(path)
          ? placeOnPath(name, value, environment)
          : new Place(name, at(path.toAbsolutePath()), null);
    } catch (InvalidPathException e) {
      return new Place(name, null, Refusal.unmappable(e));
    } catch (Refusal e) {
      return new Place(name, null, e);
    }
  }

  private static Place placeOnPath(String name, String value, Map<String, String> environment) {
    try {
      return new Place(name, onPath(value, environment.getOrDefault("PATH", "")), null);
    } catch (Refusal e) {
      return new Place(name, null, e);
    }
  }

  private static Path at(Path path) throws Refusal {
    if (!Files.isDirectory(path)) {
      return path;
    }
    for (String name : List.of("python3", "python")) {
      Path executable = path.resolve("bin").resolve(name);
      if (Files.exists(executable) || Files.isSymbolicLink(executable)) {
        return executable;
      }
    }
    throw new Refusal(
        path + " is a directory without bin/python3 or bin/python in it",
        "Name an executable, or the directory of a virtual environment or of an installation.");
  }

  private static Path onPath(String name, String path) throws Refusal {
    for (String directory : path.split(File.pathSeparator)) {
      File executable = new File(directory, name).getAbsoluteFile();
      if (!directory.isEmpty() && executable.canExecute() && executable.isFile()) {
        return executable.toPath();
      }
    }
    throw new Refusal(
        path.isEmpty()
            ? "There is no " + name + " to find: PATH is empty"
            : "There is no " + name + " on PATH (" + path + ")",
        "Name a Python by PythonConfig.of(\"/path/to/python\") or by the environment variable"
            + " NAJA_PYTHON.");
  }
}
