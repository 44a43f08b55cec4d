package dev.naja.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The doctor's words and exit status. Where it opens libpython, it runs in a JVM of its own. */
class DoctorTest {
  private static final Map<String, String> NO_PLACES =
      Map.of("NAJA_PYTHON", "", "VIRTUAL_ENV", "", "CONDA_PREFIX", "");

  @TempDir Path temporary;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path python;

  @BeforeEach
  void breakAPython() throws Exception {
    python = temporary.toRealPath().resolve("home/bin/python3");
    Map<String, String> facts = Pythons.facts(temporary);
    facts.put("implementation", "pypy");
    Pythons.fake(python, facts);
  }

  @Test
  void opensTheChosenPython() throws Exception {
    Path home = Pythons.installed("3.11");
    ChildJvm.Result result = new ChildJvm().run(Main.class, NO_PLACES, "doctor", "--python", home);
    String version = Pythons.version(home.resolve("bin/python3"));
    assertContains(
        result.output,
        "  platform     " + Platform.name() + " (Linux ",
        "  JVM          " + System.getProperty("java.vm.name"),
        "  natives      " + Platform.name() + "\n",
        "  extraction   " + System.getProperty("java.io.tmpdir") + " (java.io.tmpdir): writable,",
        "the first one that is set counts:\n  PythonConfig.of(\"" + home + "\"): " + home,
        "      chosen: CPython " + version + " (" + home.resolve("bin/python3") + ")\n",
        "  NAJA_PYTHON: not set\n  VIRTUAL_ENV: not set\n  CONDA_PREFIX: not set\n",
        "  python3 on PATH: ",
        "  executable   " + home.resolve("bin/python3") + "\n",
        "  version      " + version + "\n",
        "  prefix       " + home + "\n",
        "  installed in " + home + "\n",
        "  libpython    " + home.resolve("lib/libpython3.11.so.1.0") + ", mapped by the executable",
        "  packages     ");
    assertTrue(
        result.output.endsWith("\nlibpython opens. naja can start this Python.\n"), result.output);
    assertFalse(result.output.contains("\u001b"));
    assertEquals(0, result.status);
  }

  @Test
  void listsPackages() throws Exception {
    Path site = temporary.resolve("venv/lib/python3.11/site-packages/numpy-9.8.7.dist-info");
    Path home = Pythons.installed("3.11");
    Process venv =
        new ProcessBuilder(
                home + "/bin/python3",
                "-m",
                "venv",
                "--copies",
                "--without-pip",
                temporary + "/venv")
            .start();
    assertEquals(0, venv.waitFor());
    Files.createDirectories(site);
    Files.writeString(site.resolve("METADATA"), "Name: numpy\nVersion: 9.8.7\n");
    ChildJvm.Result result =
        new ChildJvm().run(Main.class, NO_PLACES, "doctor", "--python", temporary + "/venv");
    assertContains(result.output, "  packages     numpy 9.8.7\n");
    assertEquals(0, result.status);
  }

  @Test
  void endsWithOneAndTheMendWhereTheChosenPythonIsUnusable() {
    Map<String, String> environment = Map.of("VIRTUAL_ENV", temporary + "/home");
    assertEquals(1, run(environment, "doctor"));
    assertContains(
        out(),
        "  NAJA_PYTHON: not set\n",
        "  VIRTUAL_ENV=" + temporary + "/home: " + python + "\n",
        "      chosen, but unusable: " + python + " is pypy (Python 3.11.7), not CPython\n",
        "  python3 on PATH: no executable\n",
        "      unusable: There is no python3 to find: PATH is empty\n",
        "\nnaja cannot start Python: "
            + python
            + " is pypy (Python 3.11.7), not CPython\n"
            + "  to mend: naja runs CPython 3.9 and later");
    assertEquals("", err());
  }

  @Test
  void takesAGivenPythonBeforeAllPlaces() throws Exception {
    assertEquals(1, run(Map.of("NAJA_PYTHON", "/nonexistent"), "doctor", "--python", python + ""));
    assertContains(
        out(),
        "counts:\n  PythonConfig.of(\""
            + python
            + "\"): "
            + python
            + "\n"
            + "      chosen, but unusable: "
            + python
            + " is pypy",
        "  NAJA_PYTHON=/nonexistent: /nonexistent\n      unusable: /nonexistent does not exist\n",
        "\nnaja cannot start Python: " + python + " is pypy");
  }

  @Test
  void showsOtherPlacesThatWouldDo() throws Exception {
    Path other = temporary.toRealPath().resolve("other/python3");
    Map<String, String> facts = Pythons.facts(temporary);
    Path library = temporary.resolve("libpython3.11.so.1.0");
    Files.write(library, ElfFile.of(ElfFile.ours(), null));
    facts.put("mapped", library.toString());
    Pythons.fake(other, facts);
    Map<String, String> environment =
        Map.of("NAJA_PYTHON", "/nonexistent", "PATH", other.getParent().toString());
    assertEquals(1, run(environment, "doctor"));
    assertContains(
        out(), "  python3 on PATH: " + other + "\n      usable: CPython 3.11.7 (" + other + ")\n");
  }

  @Test
  void remarksOnAVersionNewerThanTested() throws Exception {
    Map<String, String> facts = Pythons.facts(temporary);
    Path library = Files.writeString(temporary.resolve("libpython3.15.so.1.0"), "no library");
    facts.put("version", "3.15.0");
    facts.put("mapped", library.toString());
    Pythons.fake(python, facts);
    ChildJvm.Result result =
        new ChildJvm().run(Main.class, NO_PLACES, "doctor", "--python", python);
    assertEquals(1, result.status);
    assertContains(
        result.output,
        "  version      3.15.0 (newer than 3.14, the newest that naja is tested with)\n",
        "\nnaja cannot start Python: " + library + " cannot be opened: ");
  }

  @Test
  void saysThatNativesCannotBeExtracted() throws Exception {
    ChildJvm.Result result =
        new ChildJvm()
            .property("dev.naja.tmpdir", "/nonexistent")
            .run(Main.class, Map.of(), "doctor");
    assertTrue(
        result.output.endsWith(
            "\nnaja cannot start Python: natives cannot be written to /nonexistent"
                + " (dev.naja.tmpdir): No such file or directory\n"
                + "  to mend: Name a directory that is writable and not mounted noexec:"
                + " -Ddev.naja.tmpdir=DIRECTORY.\n"),
        result.output);
    assertEquals(1, result.status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "cure", "doctor --pyhton x", "doctor --python", "doctor x", "doctor a b c"})
  void explainsItselfWhereItIsNotUnderstood(String line) {
    String[] arguments = line.isEmpty() ? new String[0] : line.split(" ");
    assertEquals(2, run(Map.of(), arguments));
    String complaint = line.isEmpty() ? "" : "naja: not understood: " + line + "\n";
    assertTrue(
        err().startsWith(complaint + "usage: java -jar naja.jar doctor [--python PYTHON]\n"),
        err());
    assertEquals("", out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "doctor --help"})
  void explainsItselfOnDemand(String line) {
    assertEquals(0, run(Map.of(), line.split(" ")));
    assertTrue(out().startsWith("usage: java -jar naja.jar doctor [--python PYTHON]\n"), out());
    assertEquals("", err());
  }

  private int run(Map<String, String> environment, String... arguments) {
    return Main.run(List.of(arguments), environment, new PrintStream(out), new PrintStream(err));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static void assertContains(String text, String... parts) {
    for (String part : parts) {
      assertTrue(text.contains(part), () -> "no \"" + part + "\" in:\n" + text);
    }
  }
}
