package dev.naja.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How natives get into the process. What happens once in a process runs in a JVM of its own. */
class NativeLoaderTest {
  private static final String MEND =
      "Name a directory that is writable and not mounted noexec: -Ddev.naja.tmpdir=DIRECTORY.";

  @TempDir Path temporary;
  private Path directory;

  @BeforeAll
  static void loadLoader() throws Exception {
    NativeLoader.loadLoader();
  }

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createDirectory(temporary.toRealPath().resolve("extracted"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.9", "3.10", "3.11", "3.12", "3.13", "3.14"})
  void loadsOnceAndLeavesNoFile(String minor) throws Exception {
    assertEquals("mapped 1 1\nleft 0\n", run("load", Pythons.installed(minor)));
  }

  @Test
  void extractsToADirectoryOfAnyName() throws Exception {
    directory = Files.createDirectory(temporary.resolve("Modèle 模型 🐍"));
    assertEquals("mapped 1 1\nleft 0\n", run("load", Pythons.installed("3.11")));
  }

  @Test
  void makesSymbolsOfLibpythonGlobal() throws Exception {
    Path home = Pythons.installed("3.11");
    Path extension;
    try (Stream<Path> files = Files.list(home.resolve("lib/python3.11/lib-dynload"))) {
      extension = files.filter(file -> file.toString().contains("/_json.")).findAny().orElseThrow();
    }
    String output = run("extension", home, extension);
    assertTrue(output.matches("(?s)before: undefined symbol: _?Py.*"), output);
    assertTrue(output.endsWith("after: null\n"), output);
  }

  @Test
  void servesTwoClassLoadersAndOutlivesThem() throws Exception {
    assertEquals(
        "mapped 2\ncollected true true\nmapped 2\n", run("loaders", Pythons.installed("3.11")));
  }

  @Test
  void refusesASecondLibpython() throws Exception {
    Path first = Pythons.installed("3.11");
    Path second = Pythons.installed("3.12");
    assertEquals(
        "mapped 1 1\nleft 0\nthis process has loaded another one, "
            + first.resolve("lib/libpython3.11.so.1.0")
            + ", and can hold but one CPython; asked for was "
            + second.resolve("lib/libpython3.12.so.1.0")
            + "\nmend: Start the same Python everywhere in this JVM, or use a JVM for each.\n",
        run("both", first, second.resolve("bin/python3")));
  }

  @Test
  void saysWhatALibraryThatDoesNotOpenLacks() throws Exception {
    Path library = Files.writeString(temporary.resolve("libpython3.11.so.1.0"), "no library");
    Map<String, String> facts = Pythons.facts(temporary);
    facts.put("mapped", library.toString());
    Path python = Pythons.fake(temporary.resolve("python"), facts);
    assertEquals(
        "Cannot load CPython 3.11.7 ("
            + python
            + "): "
            + library
            + " cannot be opened: "
            + library
            + ": file too short\n  to mend: See what \"ldd "
            + library
            + "\" misses, or take another Python.\n",
        run("load", python));
  }

  @Test
  void namesThePropertyOfADirectoryThatIsMissing() throws Exception {
    Files.delete(directory);
    assertEquals(
        started("natives cannot be written to %s (dev.naja.tmpdir): No such file or directory"),
        run("load", "python3"));
  }

  @Test
  void namesThePropertyOfADirectoryThatIsAFile() throws Exception {
    Files.delete(directory);
    Files.createFile(directory);
    assertEquals(
        started("natives cannot be written to %s (dev.naja.tmpdir): Not a directory"),
        run("load", "python3"));
  }

  @Test
  void namesTheJvmsPropertyWhereOursIsNotSet() throws Exception {
    Files.delete(directory);
    ChildJvm jvm = new ChildJvm().property("java.io.tmpdir", directory);
    String output = jvm.run(LoadingJvm.class, Map.of("PATH", "/usr/bin"), "load", "python3").output;
    // JDK 25 has a warning of its own before it.
    String message = "natives cannot be written to %s (java.io.tmpdir): No such file or directory";
    assertTrue(output.endsWith(started(message)), output);
  }

  @Test
  void namesThePropertyOfADirectoryMountedNoexec() throws Exception {
    assumeTrue(
        command("mount", "-t", "tmpfs", "-o", "noexec", "tmpfs", directory + "") == 0,
        "This user cannot mount a file system");
    try {
      String output = run("load", "python3");
      String start =
          started(
                  "natives cannot be executed in %s (dev.naja.tmpdir), which is probably mounted"
                      + " noexec: ")
              .split("\n")[0];
      assertTrue(output.startsWith(start), output);
      assertTrue(output.contains("failed to map segment from shared object"), output);
      assertTrue(output.endsWith("\n  to mend: " + MEND + "\n"), output);
      assertEquals(List.of(), List.of(directory.toFile().list()));
    } finally {
      command("umount", directory.toString());
    }
  }

  @Test
  void namesThePlatformsThatThereAreNativesFor() throws Exception {
    ChildJvm jvm = new ChildJvm().property("os.arch", "sparcv9");
    String output = jvm.run(LoadingJvm.class, Map.of("PATH", "/usr/bin"), "load", "python3").output;
    assertTrue(
        output.contains(
            "naja has no natives for linux-sparcv9 (os.name Linux, os.arch sparcv9); it has them"
                + " for linux-x86_64\n"),
        output);
    assertTrue(
        output.endsWith("\n  to mend: Run on one of these, or build naja on this platform.\n"),
        output);
  }

  @Test
  void explainsAnOldGlibc() {
    Refusal refusal =
        NativeLoader.explained(
            Path.of("/tmp/libnaja.so"),
            new UnsatisfiedLinkError("/lib/libc.so.6: version `GLIBC_2.34' not found"));
    assertEquals(
        "natives do not fit this system's C library (JVM built for "
            + Platform.libc().orElseThrow()
            + "): /lib/libc.so.6: version `GLIBC_2.34' not found",
        refusal.getMessage());
    assertEquals(
        "Run on a system with a newer C library, or build naja on this one.", refusal.mend());
  }

  @Test
  void explainsAnyOtherFailure() {
    Refusal refusal =
        NativeLoader.explained(
            Path.of("/tmp/libnaja.so"), new UnsatisfiedLinkError("undefined symbol: x"));
    assertEquals("natives cannot be loaded from /tmp: undefined symbol: x", refusal.getMessage());
    assertEquals(MEND, refusal.mend());
  }

  @Test
  void listsLibrariesOfTheProcess() throws Exception {
    String names = new String(Loader.loaded(), StandardCharsets.UTF_8);
    assertTrue(names.contains("/libjvm.so\0"), names);
    assertTrue(names.endsWith("\0"), names);
  }

  @Test
  void runsAProgram() throws Exception {
    List<String> words = List.of("/bin/sh", "-c", "echo \"$0\" é🐍; echo err >&2; cat", "a b");
    String output = new String(Loader.run(Loader.bytes(words), 5000, 100), StandardCharsets.UTF_8);
    assertEquals("a b é🐍\nerr\n", output);
  }

  @Test
  void stopsAProgramAtTheLimits() throws Exception {
    assertNull(Loader.run(Loader.bytes(List.of("/bin/sleep", "60")), 50, 100));
    assertEquals(100, Loader.run(Loader.bytes(List.of("/usr/bin/yes")), 5000, 100).length);
  }

  @Test
  void throwsWhatTheSystemSaysOfAProgram() {
    IOException e =
        assertThrows(
            IOException.class, () -> Loader.run(Loader.bytes(List.of("/nonexistent")), 5000, 100));
    assertEquals("No such file or directory (os error 2)", e.getMessage());
  }

  private String run(Object... arguments) throws Exception {
    ChildJvm jvm = new ChildJvm().property("dev.naja.tmpdir", directory);
    return jvm.run(LoadingJvm.class, Map.of("PATH", "/usr/bin"), arguments).output;
  }

  private String started(String what) {
    return "Cannot start Python: "
        + String.format(what, directory)
        + "\n  tried:\n    PythonConfig.of(\"python3\"): /usr/bin/python3\n  to mend: "
        + MEND
        + "\n";
  }

  private static int command(String... words) throws Exception {
    return new ProcessBuilder(words).inheritIO().start().waitFor();
  }
}
