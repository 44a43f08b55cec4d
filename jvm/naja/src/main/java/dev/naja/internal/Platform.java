package dev.naja.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What does this JVM run on, and for which platforms are there natives? */
final class Platform {
  private static final List<String> KNOWN =
      List.of(
          "linux-x86_64",
          "linux-aarch64",
          "macos-x86_64",
          "macos-aarch64",
          "windows-x86_64",
          "windows-aarch64");

  private Platform() {}

  /** The name of the natives' directory, such as {@code linux-x86_64}. */
  static String name() {
    return os() + "-" + architecture();
  }

  static String os() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (name.startsWith("mac")) {
      return "macos";
    }
    return name.startsWith("windows") ? "windows" : name;
  }

  static String architecture() {
    String name = System.getProperty("os.arch");
    switch (name) {
      case "amd64":
      case "x86-64":
        return "x86_64";
      case "arm64":
        return "aarch64";
      default:
        return name;
    }
  }

  /** The C library that the JVM itself is linked to; empty where that cannot be told. */
  static Optional<String> libc() {
    try {
      Path library = Path.of(System.getProperty("java.home"), "lib", "libjava.so");
      Optional<Elf> elf = Elf.read(library);
      return elf.isPresent() ? elf.get().libc() : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The platforms that the class path holds natives for. */
  static List<String> shipped() {
    return KNOWN.stream()
        .filter(name -> Platform.class.getResource(resource(name, "naja")) != null)
        .collect(Collectors.toList());
  }

  /** Where the class path has a library for a platform. */
  static String resource(String platform, String library) {
    String file =
        platform.startsWith("windows")
            ? library + ".dll"
            : "lib" + library + (platform.startsWith("macos") ? ".dylib" : ".so");
    return "/natives/" + platform + "/" + file;
  }
}
