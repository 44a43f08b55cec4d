package dev.naja.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.naja.PythonConfig;
import dev.naja.PythonStartException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a Python that cannot be used: the whole message, mend included. */
class RefusalTest {
  private static final String NEEDS =
      "naja runs CPython 3.9 and later, built with the GIL (tested: 3.9 to 3.14). Name one by"
          + " PythonConfig.of(\"/path/to/python\") or by the environment variable NAJA_PYTHON.";
  private static final String NAME_IT = "Name the python executable itself.";

  @TempDir Path temporary;
  private Path python;

  @BeforeEach
  void namePython() throws IOException {
    python = temporary.toRealPath().resolve("home/bin/python");
    Files.createDirectories(python.getParent());
  }

  @Test
  void noSuchFile() {
    assertRefused(python + " does not exist", "Name a Python that is there. " + NEEDS);
  }

  @Test
  void aDanglingLink() throws IOException {
    Files.createSymbolicLink(python, Path.of("/nonexistent/python3"));
    assertRefused(
        python + " is a link to a file that is gone", "Name a Python that is there. " + NEEDS);
  }

  @Test
  void aDirectoryWithoutPython() {
    Path directory = python.getParent();
    assertEquals(
        message(
            directory + " is a directory without bin/python3 or bin/python in it",
            "\n    PythonConfig.of(\"" + directory + "\"): no executable",
            "Name an executable, or the directory of a virtual environment or of an installation."),
        refusal(directory.toString(), Map.of()));
  }

  @Test
  void aDirectoryInPlaceOfTheExecutable() throws IOException {
    Files.createDirectory(python);
    assertEquals(
        message(
            python + " is a directory",
            "\n    PythonConfig.of(\"" + python.getParent().getParent() + "\"): " + python,
            "Name the python executable in it."),
        refusal(python.getParent().getParent().toString(), Map.of()));
  }

  @Test
  void aFileThatIsNotExecutable() throws IOException {
    Files.writeString(python, "#!/bin/sh\n");
    assertRefused(python + " is not executable", "chmod +x " + python + ", if it is a Python.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "echo this must not run > \"$0.ran\"\n", "import sys\n"})
  void aText(String text) throws IOException {
    Pythons.executable(python, text.getBytes());
    assertRefused(
        python + " is not a program: it starts neither as an executable nor with #!", NAME_IT);
    assertFalse(Files.exists(Path.of(python + ".ran")));
  }

  @Test
  void anotherProgramThatIsSilent() {
    Path program = Path.of("/bin/true");
    assumeTrue(Files.exists(program), "There is no " + program);
    assertRefused(
        program,
        program + " is not Python: it does not run a Python script. It printed nothing.",
        NAME_IT);
  }

  @Test
  void anotherProgramThatTalks() throws IOException {
    Pythons.script(python, "echo usage: thing >&2", "echo more", "exit 3");
    assertRefused(
        python
            + " is not Python: it does not run a Python script. It printed:\n"
            + "    usage: thing\n"
            + "    more",
        NAME_IT);
  }

  @Test
  void aScriptWhoseInterpreterIsGone() throws IOException {
    Pythons.executable(python, "#!/nonexistent/sh\n".getBytes());
    assertRefused(
        python + " cannot be run: No such file or directory (os error 2)",
        "See what \"" + python + " -c pass\" says in a shell.");
  }

  @Test
  @Timeout(20)
  void aProgramThatPrintsWithoutEnd() throws IOException {
    Pythons.script(python, "while :; do echo yes; done");
    assertRefused(python + " is not Python: it prints without end", NAME_IT);
  }

  @Test
  @Timeout(20)
  void aProgramThatGivesNoAnswer() throws Exception {
    Path child = temporary.resolve("child");
    Pythons.script(python, "sleep 600 & echo $! > " + child, "wait");
    System.setProperty("dev.naja.probeTimeout", "1");
    try {
      assertRefused(
          python + " gave no answer within 1 s and was killed",
          "If it only needs longer, give it more seconds by -Ddev.naja.probeTimeout=SECONDS.");
    } finally {
      System.clearProperty("dev.naja.probeTimeout");
    }
    long pid = Long.parseLong(Files.readString(child).trim());
    for (int i = 0; ProcessHandle.of(pid).isPresent() && i < 100; i++) {
      Thread.sleep(50);
    }
    assertTrue(ProcessHandle.of(pid).isEmpty(), "what the program started is still running");
  }

  @Test
  void python2() {
    Path file = Pythons.installed("2.7").resolve("bin/python");
    assertRefused(file, file + " is Python " + Pythons.version(file), NEEDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.6", "3.7", "3.8"})
  void anOldPython3(String minor) {
    Path file = Pythons.installed(minor).resolve("bin/python");
    assertRefused(file, file + " is Python " + Pythons.version(file), NEEDS);
  }

  @ParameterizedTest
  @CsvSource({"3.8.20", "3.0.1", "4.0.0"})
  void aVersionOutOfRange(String version) throws IOException {
    fake("version", version);
    assertRefused(python + " is Python " + version, NEEDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pypy", "graalpy"})
  void anotherImplementation(String name) throws IOException {
    fake("implementation", name);
    assertRefused(python + " is " + name + " (Python 3.11.7), not CPython", NEEDS);
  }

  @ParameterizedTest
  @CsvSource({"3.13.0,3.13", "3.14.2,3.14"})
  void aFreeThreadedBuild(String version, String minor) throws IOException {
    fake("version", version, "threaded", "1");
    assertRefused(
        python + " is the free-threaded build of CPython " + version + " (Py_GIL_DISABLED=1)",
        String.format(
            "Take the standard build of the same version, python%s instead of python%st (pyenv"
                + " install %s), and its packages: those installed for the free-threaded build do"
                + " not fit it.",
            minor, minor, version));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.13", "3.14"})
  void aRealFreeThreadedBuild(String minor) {
    Path file = Pythons.installed(minor + "t").resolve("bin/python3");
    String refusal = refusal(file.toString(), Map.of());
    String version = Pythons.version(file);
    assertTrue(
        refusal.startsWith(
            String.format(
                "Cannot start Python: %s is the free-threaded build of CPython %s"
                    + " (Py_GIL_DISABLED=1)\n",
                file, version)),
        refusal);
  }

  @Test
  void a32BitPython() throws IOException {
    fake("bits", "32");
    assertRefused(
        python + " is a 32-bit Python, but this JVM runs on " + Platform.architecture(),
        "Take a 64-bit Python.");
  }

  @Test
  void noSharedLibrary() throws IOException {
    Path home = python.getParent().getParent();
    fake("LIBDIR", "/opt/built/lib", "INSTSONAME", "libpython3.11.a", "MULTIARCH", "m-linux");
    assertRefused(
        python
            + " is CPython 3.11.7, linked statically, and its shared library is not installed."
            + " Looked for:"
            + lines(home.resolve("lib"), "", "m-linux")
            + lines(home.resolve("lib64"), "")
            + lines(Path.of("/opt/built/lib"), "", "m-linux"),
        "Install the package that holds libpython3.11.so.1.0 (Debian and Ubuntu: libpython3.11,"
            + " Fedora: python3-libs, Alpine: python3), or build "
            + python
            + " from source with ./configure --enable-shared.");
  }

  @Test
  void noSharedLibraryUnderPyenv() throws IOException {
    fake("base", "/home/me/.pyenv/versions/3.11.7");
    assertMend(
        "Build it again with one: PYTHON_CONFIGURE_OPTS=--enable-shared pyenv install --force"
            + " 3.11.7.");
  }

  @Test
  void noSharedLibraryInAConda() throws IOException {
    Path conda = Files.createDirectories(temporary.resolve("conda/conda-meta")).getParent();
    fake("base", conda.toString());
    assertMend(
        "Reinstall Python in this conda environment: conda install --force-reinstall python=3.11.");
  }

  @Test
  void noSharedLibraryOnDebian() throws IOException {
    assumeTrue(Files.exists(Path.of("/usr/bin/apt-get")), "There is no apt-get");
    fake("base", "/usr", "version", "3.99.0");
    assertMend("Install it: apt-get install libpython3.99.");
  }

  @Test
  void aLibraryForAnotherMachine() throws IOException {
    Path library = library(ElfFile.of(ElfFile.other(), null));
    String other = ElfFile.other() == ElfFile.AARCH64 ? "aarch64" : "x86_64";
    assertRefused(
        library + " is built for " + other + thisJvm("runs on " + Platform.architecture()),
        "Take a Python for " + Platform.architecture() + ", or a JVM for " + other + ".");
  }

  @Test
  void aLibraryForA32BitMachine() throws IOException {
    Path library = library(ElfFile.narrow(ByteOrder.LITTLE_ENDIAN, 3));
    assertRefused(
        library + " is built for i386" + thisJvm("runs on " + Platform.architecture()),
        "Take a Python for " + Platform.architecture() + ", or a JVM for i386.");
  }

  @Test
  void anExecutableForAnotherMachine() throws IOException {
    Pythons.executable(python, ElfFile.of(ElfFile.other(), null));
    String other = ElfFile.other() == ElfFile.AARCH64 ? "aarch64" : "x86_64";
    assertRefused(
        python + " is built for " + other + thisJvm("runs on " + Platform.architecture()),
        "Take a Python for " + Platform.architecture() + ", or a JVM for " + other + ".");
  }

  @Test
  void anExecutableForMusl() throws IOException {
    assumeTrue(Platform.libc().equals(Optional.of("glibc")), "This JVM is not for glibc");
    Pythons.executable(python, ElfFile.of(ElfFile.ours(), "/lib/ld-musl-x86_64.so.1"));
    assertRefused(
        python + " is built for musl" + thisJvm("is built for glibc"),
        "Take a Python and a JVM that are built for the same C library: on Alpine both from apk,"
            + " elsewhere a Python from the distribution.");
  }

  @Test
  void aLibraryForMusl() throws IOException {
    assumeTrue(Platform.libc().equals(Optional.of("glibc")), "This JVM is not for glibc");
    Path library = library(ElfFile.of(ElfFile.ours(), null, "libc.musl-x86_64.so.1"));
    assertRefused(
        library + " is built for musl" + thisJvm("is built for glibc"),
        "Take a Python and a JVM that are built for the same C library: on Alpine both from apk,"
            + " elsewhere a Python from the distribution.");
  }

  @Test
  void aLibraryThatIsGone() throws IOException {
    Path library = temporary.resolve("libpython3.11.so.1.0");
    fake("mapped", library.toString());
    assertRefused(
        library + " cannot be read: " + library + " (No such file or directory)",
        "Make it readable to this user.");
  }

  @Test
  void anEnvironmentWhoseInstallationIsGone() throws IOException {
    Path home = python.getParent().getParent();
    Files.writeString(home.resolve("pyvenv.cfg"), "version = 3.11.7\nhome = /nonexistent/bin\n");
    Pythons.script(python, "exit 0");
    assertRefused(
        home
            + " is a broken virtual environment: "
            + home.resolve("pyvenv.cfg")
            + " says home = /nonexistent/bin, which is gone",
        "Make it again with a Python that is there: python3 -m venv --clear " + home + ".");
  }

  @Test
  void anEnvironmentWhoseLinkDangles() throws IOException {
    Path home = python.getParent().getParent();
    Files.writeString(home.resolve("pyvenv.cfg"), "home = /nonexistent/bin\n");
    Files.createSymbolicLink(python, Path.of("/nonexistent/bin/python3"));
    assertRefused(
        home + " is a broken virtual environment: " + python + " is a link to a file that is gone",
        "Make it again with a Python that is there: python3 -m venv --clear " + home + ".");
  }

  @Test
  void aPythonThatDoesNotStart() throws IOException {
    Pythons.script(
        python,
        "echo 'Fatal Python error: init_fs_encoding: failed to get the codec' >&2",
        "echo \"ModuleNotFoundError: No module named 'encodings'\" >&2",
        "exit 1");
    assertRefused(
        python
            + " is a Python that does not start. It printed:\n"
            + "    Fatal Python error: init_fs_encoding: failed to get the codec\n"
            + "    ModuleNotFoundError: No module named 'encodings'",
        "Mend or reinstall it; until \"" + python + " -c pass\" works, naja cannot either.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "error while loading shared libraries: libpython3.11.so.1.0: cannot open shared object file",
        "Error loading shared library libpython3.11.so.1.0: No such file or directory"
      })
  void aPythonWhoseLibraryIsNotFound(String linker) throws IOException {
    Pythons.script(python, "echo '" + linker + "' >&2", "exit 127");
    assertRefused(
        python + " is a Python that does not start. It printed:\n    " + linker,
        "Mend or reinstall it; until \"" + python + " -c pass\" works, naja cannot either.");
  }

  @Test
  void theFirstPlaceThatIsSetDecides() throws IOException {
    fake();
    Map<String, String> environment =
        Map.of("VIRTUAL_ENV", "/nonexistent", "PATH", python.getParent().toString());
    assertEquals(
        message(
            "/nonexistent does not exist",
            "\n    NAJA_PYTHON: not set\n    VIRTUAL_ENV=/nonexistent: /nonexistent",
            "Name a Python that is there. " + NEEDS),
        refusal(null, environment));
  }

  @Test
  void aNameThatIsNotOnPath() {
    assertEquals(
        message(
            "There is no python3.99 on PATH (/a:/b)",
            "\n    PythonConfig.of(\"python3.99\"): no executable",
            "Name a Python by PythonConfig.of(\"/path/to/python\") or by the environment variable"
                + " NAJA_PYTHON."),
        refusal("python3.99", Map.of("PATH", "/a:/b")));
  }

  @Test
  void aNameThatNoFileCanHave() {
    String refusal = refusal("/a\0b", Map.of());
    assertEquals(
        message(
            "\"/a\0b\" cannot be a file name in this JVM, whose file names are "
                + System.getProperty("sun.jnu.encoding"),
            "\n    PythonConfig.of(\"/a\0b\"): no executable",
            "Start the JVM in a UTF-8 locale, such as LC_ALL=C.UTF-8."),
        refusal);
  }

  private Path library(byte[] content) throws IOException {
    Path library = Files.write(temporary.resolve("libpython3.11.so.1.0"), content);
    fake("mapped", library.toString());
    return library;
  }

  private void fake(String... changes) throws IOException {
    Map<String, String> facts = Pythons.facts(python.getParent().getParent());
    for (int i = 0; i < changes.length; i += 2) {
      facts.put(changes[i], changes[i + 1]);
    }
    Pythons.fake(python, facts);
  }

  private static String lines(Path parent, String... children) {
    StringBuilder lines = new StringBuilder();
    for (String child : children) {
      Path directory = parent.resolve(child);
      lines.append("\n    ").append(directory.resolve("libpython3.11.so.1.0"));
      lines.append("\n    ").append(directory.resolve("libpython3.11.so"));
    }
    return lines.toString();
  }

  private static String thisJvm(String what) {
    return ", but this JVM (" + System.getProperty("java.home") + ") " + what;
  }

  private void assertMend(String mend) {
    String refusal = refusal(python.toString(), Map.of());
    assertEquals(mend, refusal.substring(refusal.indexOf("  to mend: ") + 11));
  }

  private void assertRefused(String what, String mend) {
    assertRefused(python, what, mend);
  }

  private static void assertRefused(Path file, String what, String mend) {
    String tried = "\n    PythonConfig.of(\"" + file + "\"): " + file;
    assertEquals(message(what, tried, mend), refusal(file.toString(), Map.of()));
  }

  private static String message(String what, String tried, String mend) {
    return "Cannot start Python: " + what + "\n  tried:" + tried + "\n  to mend: " + mend;
  }

  private static String refusal(String executable, Map<String, String> environment) {
    PythonConfig config = executable == null ? PythonConfig.of() : PythonConfig.of(executable);
    return assertThrows(PythonStartException.class, () -> Interpreter.find(config, environment))
        .getMessage();
  }
}
