package dev.naja.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which shared library holds the interpreter that an executable is, and can this JVM load it? */
final class Libpython {
  private final Path path;
  private final String how;

  private Libpython(Path path, String how) {
    this.path = path;
    this.how = how;
  }

  Path path() {
    return path;
  }

  /** How it was found, for people. */
  String how() {
    return how;
  }

  /** Finds the library from the facts that {@link Probe#ask} brought. */
  static Libpython find(Path executable, Map<String, String> facts) throws Refusal {
    String mapped = facts.get("mapped");
    if (mapped != null) {
      return new Libpython(checked(Path.of(mapped)), "mapped by the executable itself");
    }
    String version = facts.get("version");
    String minor = version.substring(0, version.lastIndexOf('.'));
    Set<String> names = new LinkedHashSet<>();
    for (String name :
        List.of(
            facts.getOrDefault("INSTSONAME", ""),
            facts.getOrDefault("LDLIBRARY", ""),
            "libpython" + minor + ".so.1.0",
            "libpython" + minor + ".so")) {
      if (name.contains(".so")) {
        names.add(name);
      }
    }
    List<Path> tried = new ArrayList<>();
    for (Path directory : directories(facts)) {
      for (String name : names) {
        Path file = directory.resolve(name);
        if (Files.isRegularFile(file)) {
          return new Libpython(checked(file), "found in " + directory);
        }
        tried.add(file);
      }
    }
    throw new Refusal(
        executable
            + " is CPython "
            + version
            + ", linked statically, and its shared library is not installed. Looked for:"
            + lines(tried),
        mend(executable, facts, version, minor));
  }

  private static Set<Path> directories(Map<String, String> facts) {
    Set<Path> directories = new LinkedHashSet<>();
    String libdir = facts.getOrDefault("LIBDIR", "");
    String multiarch = facts.getOrDefault("MULTIARCH", "");
    Path base = Path.of(facts.get("base"));
    // First where the installation is: a packed conda environment still says where it was made,
    // and what may be there is another one.
    directories.add(base.resolve("lib"));
    directories.add(base.resolve("lib").resolve(multiarch));
    directories.add(base.resolve("lib64"));
    if (!libdir.isEmpty()) {
      directories.add(Path.of(libdir));
      directories.add(Path.of(libdir, multiarch));
    }
    if (!facts.getOrDefault("LIBPL", "").isEmpty()) {
      directories.add(Path.of(facts.get("LIBPL")));
    }
    return directories;
  }

  /** Refuses a file that is built for another machine or another C library than this JVM. */
  static Path checked(Path file) throws Refusal {
    Optional<Elf> elf;
    try {
      elf = Elf.read(file);
    } catch (IOException e) {
      throw new Refusal(
          file + " cannot be read: " + e.getMessage(), "Make it readable to this user.", e);
    }
    if (elf.isEmpty()) {
      return file;
    }
    String machine = elf.get().architecture();
    if (!machine.equals(Platform.architecture())) {
      throw new Refusal(
          String.format(
              "%s is built for %s, but this JVM (%s) runs on %s",
              file, machine, System.getProperty("java.home"), Platform.architecture()),
          String.format(
              "Take a Python for %s, or a JVM for %s.", Platform.architecture(), machine));
    }
    String libc = elf.get().libc().orElse("");
    String ours = Platform.libc().orElse(libc);
    if (!libc.isEmpty() && !libc.equals(ours)) {
      throw new Refusal(
          String.format(
              "%s is built for %s, but this JVM (%s) is built for %s",
              file, libc, System.getProperty("java.home"), ours),
          String.format(
              "Take a Python and a JVM that are built for the same C library: %s.",
              libc.equals("musl")
                  ? "on Alpine both from apk, elsewhere a Python from the distribution"
                  : "on Alpine a Python from apk, elsewhere a JVM from the distribution"));
    }
    return file;
  }

  private static String mend(
      Path executable, Map<String, String> facts, String version, String minor) {
    String base = facts.get("base");
    if (base.contains("pyenv")) {
      return "Build it again with one: PYTHON_CONFIGURE_OPTS=--enable-shared pyenv install --force "
          + version
          + ".";
    }
    if (Files.isDirectory(Path.of(base, "conda-meta"))) {
      return "Reinstall Python in this conda environment: conda install --force-reinstall python="
          + minor
          + ".";
    }
    if (base.equals("/usr") && Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
      return "Install it: apt-get install libpython" + minor + ".";
    }
    if (base.equals("/usr") && Files.isExecutable(Path.of("/usr/bin/dnf"))) {
      return "Install it: dnf install python3-libs (or python" + minor + "-libs).";
    }
    return "Install the package that holds libpython"
        + minor
        + ".so.1.0 (Debian and Ubuntu: libpython"
        + minor
        + ", Fedora: python3-libs, Alpine: python3), or build "
        + executable
        + " from source with ./configure --enable-shared.";
  }

  private static String lines(List<Path> paths) {
    StringBuilder text = new StringBuilder();
    for (Path path : paths) {
      text.append("\n    ").append(path);
    }
    return text.toString();
  }
}
