package dev.naja;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting, joining and closing Python, and what its face offers. */
class PythonTest {
  private final Python python = TestPython.get();

  @Test
  void itIsTheInterpreterThatWasNamed() {
    PyObject sys = python.module("sys");
    PyObject version = sys.attr("version_info");
    assertEquals(
        python.version(),
        version.item(0).str() + "." + version.item(1).str() + "." + version.item(2).str());
    assertEquals(python.executable().toString(), sys.attr("executable", String.class));
    assertTrue(python.toString().contains(python.version()), python::toString);
  }

  @Test
  void aSecondStartJoins() {
    Python again = Python.start(PythonConfig.of(python.executable()));
    assertNotSame(python, again);
    assertEquals(python.version(), again.version());
    python.module("sys").setAttr("naja_test_mark", 42);
    assertEquals(42, again.module("sys").attr("naja_test_mark", int.class));
    python.module("sys").delAttr("naja_test_mark");
  }

  @Test
  void anotherPythonIsRefusedAndBothAreNamed(@TempDir Path directory) throws Exception {
    Path venv = directory.resolve("other");
    Process made =
        new ProcessBuilder(
                python.executable().toString(), "-m", "venv", "--without-pip", venv.toString())
            .inheritIO()
            .start();
    assertEquals(0, made.waitFor());
    PythonStartException refused =
        assertThrows(PythonStartException.class, () -> Python.start(PythonConfig.of(venv)));
    String message = refused.getMessage();
    assertTrue(message.contains("running: CPython " + python.version()), message);
    assertTrue(message.contains("asked for: CPython " + python.version()), message);
    assertTrue(message.contains(venv.toRealPath().toString()), message);
    assertTrue(message.contains("to mend: "), message);
    // JUnit warns of links that lead out of a directory that it removes.
    try (Stream<Path> files = Files.list(venv.resolve("bin"))) {
      for (Path link : files.filter(Files::isSymbolicLink).collect(Collectors.toList())) {
        Files.delete(link);
      }
    }
  }

  @Test
  void pathsArePutInFront(@TempDir Path first, @TempDir Path second) throws IOException {
    Files.writeString(first.resolve("naja_test_paths.py"), "where = 'first'\n");
    Files.writeString(second.resolve("naja_test_paths.py"), "where = 'second'\n");
    Python extended = Python.start(PythonConfig.of(python.executable()).withPath(first, second));
    assertEquals("first", extended.module("naja_test_paths").attr("where", String.class));
    List<String> path = python.module("sys").attr("path", new TypeRef<>() {});
    assertEquals(List.of(first.toString(), second.toString()), path.subList(0, 2));
  }

  @Test
  void aPathThatIsMissingIsNamed() {
    PythonStartException refused =
        assertThrows(
            PythonStartException.class,
            () -> Python.start(PythonConfig.of(python.executable()).withPath("no/such/models")));
    assertTrue(refused.getMessage().contains("no/such/models"), refused.getMessage());
    assertTrue(refused.getMessage().startsWith("Cannot use " + python + ": the search path"));
  }

  @Test
  void demandsAreChecked() {
    PythonConfig config = PythonConfig.of(python.executable());
    assertDoesNotThrow(() -> Python.start(config.withRequiredVersion(">=3.9,<4")));
    PythonStartException version =
        assertThrows(
            PythonStartException.class,
            () -> Python.start(config.withRequiredVersion(">=3.10,==3.8.*")));
    assertTrue(version.getMessage().contains("CPython " + python.version()), version.getMessage());
    assertTrue(version.getMessage().contains(">=3.10,==3.8.*"), version.getMessage());
    PythonStartException packages =
        assertThrows(
            PythonStartException.class,
            () -> Python.start(config.withRequiredPackages("naja-has-no-such>=1", "nor-this")));
    assertTrue(packages.getMessage().contains("naja-has-no-such>=1"), packages.getMessage());
    assertTrue(packages.getMessage().contains("nor-this"), packages.getMessage());
    assertTrue(packages.getMessage().contains("-m pip install"), packages.getMessage());
  }

  @Test
  void aMissingModuleIsNamed() {
    PythonException raised =
        assertThrows(PythonException.class, () -> python.module("naja_no_such_module"));
    assertEquals("ModuleNotFoundError: No module named 'naja_no_such_module'", raised.getMessage());
    assertThrows(NullPointerException.class, () -> python.module(null));
  }

  @Test
  void aSubmoduleIsImported() {
    assertEquals("posixpath", python.module("os.path").attr("__name__", String.class));
  }

  @Test
  void aSyntaxErrorInAModuleShowsFileAndLine(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("naja_test_broken.py");
    Files.writeString(file, "a = 1\ndef f(:\n");
    Python.start(PythonConfig.of(python.executable()).withPath(directory));
    PythonException raised =
        assertThrows(PythonException.class, () -> python.module("naja_test_broken"));
    assertEquals("SyntaxError", raised.pythonType());
    assertTrue(raised.getPythonTraceback().contains(file + "\", line 2"), raised.toString());
    assertTrue(raised.getMessage().contains("    def f(:\n          ^"), raised.getMessage());
  }

  @Test
  void javaValuesBecomePythonObjects() {
    assertEquals("list", python.of(List.of(1)).typeName());
    assertEquals("{'a': 1}", python.of(Map.of("a", 1)).repr());
    assertTrue(python.of(null).isNone());
    assertEquals(3, python.of("abc").length());
  }

  @Test
  void aClosedPythonSaysSoAndThePythonRunsOn() {
    Python other = Python.start(PythonConfig.of(python.executable()));
    PyObject kept = other.of("kept");
    other.close();
    other.close();
    List<Runnable> uses =
        List.of(
            () -> other.module("sys"),
            other::namespace,
            other::session,
            other::handleCount,
            other::liveHandles,
            () -> other.of(1));
    for (Runnable use : uses) {
      IllegalStateException closed = assertThrows(IllegalStateException.class, use::run);
      assertTrue(closed.getMessage().contains("closed"), closed.getMessage());
    }
    assertEquals("kept", kept.str());
    assertEquals(python.version(), other.version());
    assertTrue(other.toString().endsWith(", closed"), other::toString);
    assertEquals(4, python.namespace().evalAs(int.class, "2 + 2"));
  }

  @Test
  void handlesAreCounted() {
    // Garbage of other tests may be given back meanwhile: many handles outweigh it.
    PyObject same = TestPython.eval("lambda x: x");
    List<PyObject> references = new ArrayList<>();
    long before = python.handleCount();
    for (int i = 0; i < 50_000; i++) {
      references.add(same.invoke("one"));
    }
    long most = python.handleCount();
    references.forEach(PyObject::close);
    long after = python.handleCount();
    assertTrue(most <= before + 50_000 && most > before + 40_000, before + " then " + most);
    assertTrue(after <= before, before + " then " + after);
  }

  @Test
  void nullIsNoConfiguration() {
    assertThrows(NullPointerException.class, () -> Python.start(null));
  }
}
