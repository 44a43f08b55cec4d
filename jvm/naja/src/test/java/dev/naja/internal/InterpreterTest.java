package dev.naja.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.naja.PythonConfig;
import dev.naja.PythonStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which interpreter is found, and what is known of it; {@link RefusalTest} has the errors. */
class InterpreterTest {
  @TempDir Path temporary;
  private Path directory;

  @BeforeEach
  void resolveLinks() throws IOException {
    directory = temporary.toRealPath();
  }

  @AfterEach
  void removeLinks() throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.filter(Files::isSymbolicLink).collect(Collectors.toList())) {
        Files.delete(path);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.9", "3.10", "3.11", "3.12", "3.13", "3.14"})
  void knowsAnInstallation(String minor) throws IOException {
    Path home = Pythons.installed(minor);
    Path executable = home.resolve("bin/python3");
    String version = Pythons.version(executable);
    Interpreter found = find(executable);
    assertEquals(executable, found.executable());
    assertEquals(version, found.version());
    assertEquals(version, found.major() + "." + found.minor() + "." + found.micro());
    // A relocatable build says home/bin/.. and may keep its library beside lib.
    assertEquals(home, found.prefix().toRealPath());
    assertEquals(home, found.basePrefix().toRealPath());
    Path library = found.libpython();
    assertEquals("libpython" + minor + ".so.1.0", library.getFileName().toString());
    assertTrue(Set.of(home, home.resolve("lib")).contains(library.getParent()), library.toString());
    assertEquals("mapped by the executable itself", found.libpythonFoundBy());
    assertFalse(found.newerThanTested());
    assertEquals(
        "CPython " + version + " of " + home + " (" + found.libpython() + ")", found.fingerprint());
    assertEquals("CPython " + version + " (" + found.executable() + ")", found.toString());
  }

  @Test
  void findsTheLibraryOfAStaticExecutableInItsLibraryDirectory() {
    Path executable = Path.of("/usr/bin/python3");
    assumeTrue(Files.exists(executable), "There is no " + executable);
    assumeTrue(Files.exists(Path.of("/etc/debian_version")), "This is not Debian");
    Interpreter found = find(executable);
    assertEquals(executable, found.executable());
    assertEquals(Path.of("/usr"), found.prefix());
    Path directory = found.libpython().getParent();
    assertEquals("libpython3." + found.minor() + ".so.1.0", found.libpython().toFile().getName());
    assertEquals("found in " + directory, found.libpythonFoundBy());
    assertTrue(directory.startsWith("/usr/lib"), directory.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"venv", "Modèle 模型 🐍", "with space", "a=b"})
  void knowsAVirtualEnvironment(String name) throws Exception {
    Path home = Pythons.installed("3.11");
    Path venv = venv(home, name);
    Interpreter found = find(venv.resolve("bin/python"));
    assertEquals(venv.resolve("bin/python"), found.executable());
    assertEquals(venv, found.prefix());
    assertEquals(home, found.basePrefix());
    assertEquals(home.resolve("lib/libpython3.11.so.1.0"), found.libpython());
  }

  @Test
  void takesTheDirectoryOfAVirtualEnvironmentOrOfAnInstallation() throws Exception {
    Path home = Pythons.installed("3.11");
    Path venv = venv(home, "venv");
    assertEquals(venv.resolve("bin/python3"), find(venv).executable());
    assertEquals(home.resolve("bin/python3"), find(home).executable());
  }

  @Test
  void givesOneFingerprintToAllNamesOfOnePython() throws Exception {
    Path home = Pythons.installed("3.11");
    Path venv = venv(home, "venv");
    Path link = Files.createSymbolicLink(directory.resolve("link"), venv);
    String fingerprint = find(venv.resolve("bin/python")).fingerprint();
    assertEquals(fingerprint, find(venv.resolve("bin/python3")).fingerprint());
    assertEquals(fingerprint, find(link).fingerprint());
    assertNotEquals(fingerprint, find(home).fingerprint());
    assertNotEquals(fingerprint, find(venv(home, "other")).fingerprint());
  }

  @Test
  void followsAScriptToThePythonThatItRuns() throws Exception {
    Path python = Pythons.installed("3.11").resolve("bin/python3");
    Path shim = Pythons.script(directory.resolve("shim"), "exec " + python + " \"$@\"");
    assertEquals(python, find(shim).executable());
  }

  @Test
  void takesPlacesInOrder() throws Exception {
    Map<String, String> environment = new TreeMap<>();
    List<Path> executables = new ArrayList<>();
    for (String variable : List.of("NAJA_PYTHON", "VIRTUAL_ENV", "CONDA_PREFIX", "PATH")) {
      Path home = directory.resolve(variable);
      executables.add(usable(home.resolve("bin/python3")));
      environment.put(variable, (variable.equals("PATH") ? home.resolve("bin") : home).toString());
    }
    for (String variable : List.of("NAJA_PYTHON", "VIRTUAL_ENV", "CONDA_PREFIX", "PATH")) {
      assertEquals(
          executables.remove(0),
          Interpreter.find(PythonConfig.of(), environment).executable(),
          variable);
      environment.put(variable, "");
    }
    assertEquals(
        "Cannot start Python: There is no python3 to find: PATH is empty\n"
            + "  tried:\n"
            + "    NAJA_PYTHON: not set\n"
            + "    VIRTUAL_ENV: not set\n"
            + "    CONDA_PREFIX: not set\n"
            + "    python3 on PATH: no executable\n"
            + "  to mend: Name a Python by PythonConfig.of(\"/path/to/python\") or by the"
            + " environment variable NAJA_PYTHON.",
        assertThrows(
                PythonStartException.class, () -> Interpreter.find(PythonConfig.of(), environment))
            .getMessage());
  }

  @Test
  void takesAGivenPythonBeforeTheEnvironments() throws Exception {
    Path given = usable(directory.resolve("given/python"));
    Path other = usable(directory.resolve("other/python"));
    Map<String, String> environment = Map.of("NAJA_PYTHON", other.toString());
    assertEquals(given, Interpreter.find(PythonConfig.of(given), environment).executable());
  }

  @Test
  void looksUpANameOnPath() throws Exception {
    Path python = usable(directory.resolve("b/python3.11"));
    Files.createDirectories(directory.resolve("a/python3.11"));
    String path = directory.resolve("a") + "::/nonexistent:" + directory.resolve("b");
    assertEquals(
        python, Interpreter.find(PythonConfig.of("python3.11"), Map.of("PATH", path)).executable());
  }

  @Test
  void takesPythonWhereThereIsNoPython3() throws Exception {
    Path python = usable(directory.resolve("conda/bin/python"));
    Map<String, String> environment = Map.of("CONDA_PREFIX", directory + "/conda");
    assertEquals(python, Interpreter.find(PythonConfig.of(), environment).executable());
  }

  @Test
  void overlooksWhatElseIsPrinted() throws Exception {
    Path python = usable(directory.resolve("python"));
    Path noisy =
        Pythons.script(
            directory.resolve("noisy"), "echo 'warning: x=y' >&2", "echo hello", "exec " + python);
    assertEquals("3.11.7", find(noisy).version());
  }

  @ParameterizedTest
  @ValueSource(strings = {"lib", "lib/x86_64-linux-gnu", "lib64"})
  void looksBelowTheInstallationBeforeWhereItWasBuilt(String place) throws Exception {
    Path library = directory.resolve("home").resolve(place).resolve("libpython3.11.so.1.0");
    Path built = directory.resolve("built/lib/libpython3.11.so.1.0");
    for (Path file : List.of(library, built)) {
      Files.createDirectories(file.getParent());
      Files.write(file, ElfFile.of(ElfFile.ours(), null));
    }
    Map<String, String> facts = Pythons.facts(directory.resolve("home"));
    facts.put("LIBDIR", built.getParent().toString());
    facts.put("INSTSONAME", "libpython3.11.a");
    facts.put("MULTIARCH", "x86_64-linux-gnu");
    Interpreter found = find(Pythons.fake(directory.resolve("python"), facts));
    assertEquals(library, found.libpython());
    assertEquals("found in " + library.getParent(), found.libpythonFoundBy());
  }

  @Test
  void allowsAVersionNewerThanTested() throws Exception {
    Map<String, String> facts = usableFacts();
    facts.put("version", "3.15.0");
    Interpreter found = find(Pythons.fake(directory.resolve("python"), facts));
    assertTrue(found.newerThanTested());
    facts.put("version", "3.13.9");
    assertFalse(find(Pythons.fake(directory.resolve("python"), facts)).newerThanTested());
  }

  private Map<String, String> usableFacts() throws IOException {
    Path library = directory.resolve("libpython3.11.so.1.0");
    Files.write(library, ElfFile.of(ElfFile.ours(), null));
    Map<String, String> facts = Pythons.facts(directory);
    facts.put("mapped", library.toString());
    return facts;
  }

  private Path usable(Path file) throws IOException {
    return Pythons.fake(file, usableFacts());
  }

  private Path venv(Path home, String name) throws IOException, InterruptedException {
    Path venv = directory.resolve(name);
    Process process =
        new ProcessBuilder(
                home.resolve("bin/python3").toString(),
                "-m",
                "venv",
                "--without-pip",
                venv.toString())
            .inheritIO()
            .start();
    assertEquals(0, process.waitFor());
    return venv;
  }

  private static Interpreter find(Path python) {
    return Interpreter.find(PythonConfig.of(python), Map.of());
  }
}
