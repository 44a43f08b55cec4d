package dev.naja.internal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Pythons that tests run on: pyenv's, and fakes that give any answer. */
final class Pythons {
  private Pythons() {}

  /**
   * An installation of a version, such as {@code 3.11} or {@code 3.14t}: pyenv's, or what {@code
   * scripts/fetch-python-3.14} installed. Without one, the test is reported as skipped.
   */
  static Path installed(String minor) {
    Path home = Path.of(System.getProperty("user.home"));
    Path pyenv = directory("PYENV_ROOT", home.resolve(".pyenv")).resolve("versions");
    Path own = directory("NAJA_PYTHONS", home.resolve(".cache/naja/pythons"));
    List<Path> found =
        Stream.concat(children(pyenv), children(own))
            .filter(path -> matches(path.getFileName().toString(), minor))
            .filter(path -> Files.exists(path.resolve("bin/python3")) || minor.equals("2.7"))
            .sorted()
            .collect(Collectors.toList());
    assumeTrue(!found.isEmpty(), "No Python " + minor + " is installed in " + pyenv + " or " + own);
    return found.get(0);
  }

  private static boolean matches(String name, String minor) {
    boolean threaded = minor.endsWith("t");
    String number = threaded ? minor.substring(0, minor.length() - 1) : minor;
    String plain = threaded && name.endsWith("t") ? name.substring(0, name.length() - 1) : name;
    return name.endsWith("t") == threaded && (plain + ".").startsWith(number + ".");
  }

  private static Path directory(String variable, Path otherwise) {
    String value = System.getenv(variable);
    return value == null ? otherwise : Path.of(value);
  }

  private static Stream<Path> children(Path directory) {
    if (!Files.isDirectory(directory)) {
      return Stream.of();
    }
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.collect(Collectors.toList()).stream();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The version that an executable itself reports, such as {@code 3.11.7}. */
  static String version(Path executable) {
    try {
      Process process =
          new ProcessBuilder(executable.toString(), "-V").redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes()).trim();
      return output.substring(output.lastIndexOf(' ') + 1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The facts of a CPython 3.11 whose library is nowhere; change what the test is about. */
  static Map<String, String> facts(Path base) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("implementation", "cpython");
    facts.put("version", "3.11.7");
    facts.put("executable", "");
    facts.put("prefix", base.toString());
    facts.put("base", base.toString());
    facts.put("bits", "64");
    facts.put("threaded", "0");
    return facts;
  }

  /** An executable that answers the probe with facts. */
  static Path fake(Path file, Map<String, String> facts) throws IOException {
    String answer =
        facts.entrySet().stream()
            .map(fact -> "naja:" + fact.getKey() + "=" + fact.getValue() + "\\000")
            .collect(Collectors.joining());
    return script(file, "printf '" + answer + "naja:end=\\000'");
  }

  /** An executable shell script. */
  static Path script(Path file, String... lines) throws IOException {
    return executable(file, ("#!/bin/sh\n" + String.join("\n", lines) + "\n").getBytes());
  }

  /** An executable file. */
  static Path executable(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    assumeTrue(file.toFile().setExecutable(true), file + " cannot be made executable");
    return file;
  }
}
