package dev.naja.flink.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.naja.PythonException;
import dev.naja.flink.PythonEnvironment;
import dev.naja.flink.runtime.OpenPython;
import dev.naja.flink.runtime.TaskContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where do a job's files lie, and which Python do they name? */
class JobFilesTest {
  private static final TaskContext PLANNING =
      TaskContext.planning(JobFilesTest.class.getClassLoader());

  @TempDir Path directory;

  @Test
  void originalsAreTakenWhileAJobIsPlanned() throws IOException {
    Path file = Files.writeString(directory.resolve("fraud.py"), "");
    Path pack = Files.createDirectories(directory.resolve("pack"));
    Files.writeString(pack.resolve("__init__.py"), "");
    PythonEnvironment python =
        PythonEnvironment.of()
            .withFiles(file.toString(), pack.toString(), directory.toString())
            .withPythonPath("/opt/models");
    try (JobFiles files = new JobFiles(python, PLANNING)) {
      assertEquals(List.of(file.toString(), pack.toString()), files.files());
      assertEquals(List.of(directory.toString(), "/opt/models"), files.paths());
      assertEquals(Optional.empty(), files.executable());
    }
  }

  @Test
  void archivesOfOneContentShareADirectory() throws IOException {
    Path one = Archives.zip(directory.resolve("env.zip"), "venv/bin/python", "");
    Path other = Files.createDirectories(directory.resolve("other")).resolve("env.zip");
    Files.copy(one, other);
    PythonEnvironment python =
        PythonEnvironment.of()
            .withArchives(one.toString())
            .withExecutable("env.zip/venv/bin/python");
    Map<String, String> archives;
    try (JobFiles files = new JobFiles(python, PLANNING)) {
      archives = files.archives();
      String executable = files.executable().orElseThrow();
      assertEquals(archives.get("env.zip") + "/venv/bin/python", executable);
      assertTrue(Files.exists(Path.of(executable)));
    }
    try (JobFiles files =
        new JobFiles(
            python.withArchives(other + "#env.zip").withPythonPath("env.zip/venv"), PLANNING)) {
      assertEquals(archives, files.archives());
      assertEquals(List.of(archives.get("env.zip") + "/venv"), files.paths());
    }
  }

  @Test
  void archivesKeepPermissionsAndLinks() throws Exception {
    Path bin = Files.createDirectories(directory.resolve("env/bin"));
    Files.createSymbolicLink(bin.resolve("python"), Path.of("/bin/true"));
    Files.writeString(bin.resolve("run"), "#!/bin/sh\n").toFile().setExecutable(true);
    Path archive = directory.resolve("env.tgz");
    int done =
        new ProcessBuilder("tar", "czf", archive.toString(), "-C", directory.toString(), "env")
            .start()
            .waitFor();
    assertEquals(0, done);
    try (JobFiles files =
        new JobFiles(PythonEnvironment.of().withArchives(archive + "#e"), PLANNING)) {
      Path unpacked = Path.of(files.archives().get("e"), "env", "bin");
      assertEquals(Path.of("/bin/true"), Files.readSymbolicLink(unpacked.resolve("python")));
      assertTrue(Files.isExecutable(unpacked.resolve("run")));
    }
  }

  @Test
  void zipsKeepThemToo() throws Exception {
    Path archive = directory.resolve("env.zip");
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(archive)) {
      put(zip, "env/bin/run", 0100755, "#!/bin/sh\n");
      put(zip, "env/bin/secret", 0100600, "x");
      put(zip, "env/bin/python", 0120777, "/bin/true");
    }
    PythonEnvironment python = PythonEnvironment.of().withArchives(archive.toString());
    try (JobFiles files = new JobFiles(python, PLANNING)) {
      Path unpacked = Path.of(files.archives().get("env.zip"), "env", "bin");
      assertEquals(Path.of("/bin/true"), Files.readSymbolicLink(unpacked.resolve("python")));
      assertEquals("rwxr-xr-x", permissions(unpacked.resolve("run")));
      assertEquals("rw-------", permissions(unpacked.resolve("secret")));
    }
  }

  private static void put(ZipArchiveOutputStream zip, String name, int mode, String content)
      throws IOException {
    ZipArchiveEntry entry = new ZipArchiveEntry(name);
    entry.setUnixMode(mode);
    zip.putArchiveEntry(entry);
    zip.write(content.getBytes(StandardCharsets.UTF_8));
    zip.closeArchiveEntry();
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void linksCannotLeadOutOfTheirDirectory() throws IOException {
    Path archive = directory.resolve("sly.zip");
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(archive)) {
      put(zip, "way", 0120777, directory.toString());
      put(zip, "way/escaped.txt", 0100644, "x");
    }
    PythonEnvironment python = PythonEnvironment.of().withArchives(archive.toString());
    assertRefused(
        python, "it has a file for a place outside of it, behind a link, way/escaped.txt");
    assertFalse(Files.exists(directory.resolve("escaped.txt")));
  }

  @Test
  void theNameTellsTheFormat() throws IOException {
    Path archive = Files.writeString(directory.resolve("env.rar"), "");
    PythonEnvironment python = PythonEnvironment.of().withArchives(archive.toString());
    assertRefused(
        python,
        "Cannot unpack "
            + archive
            + ": its name must end with .zip, .jar, .tar, .tar.gz or .tgz, which tells its format");
  }

  private static void assertRefused(PythonEnvironment python, String message) {
    UncheckedIOException refused =
        assertThrows(UncheckedIOException.class, () -> new JobFiles(python, PLANNING));
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
  }

  @Test
  void archivesCannotLeaveTheirDirectory() throws IOException {
    Path archive = Archives.zip(directory.resolve("evil.zip"), "../../escaped.txt", "x");
    PythonEnvironment python = PythonEnvironment.of().withArchives(archive.toString());
    assertRefused(python, "it has a file for a place outside of it, ../../escaped.txt");
    assertFalse(Files.exists(ContentCache.temporary().resolve("escaped.txt")));
  }

  @Test
  void brokenArchivesAreNamed() throws IOException {
    Path archive = Files.writeString(directory.resolve("broken.zip"), "no zip");
    PythonEnvironment python = PythonEnvironment.of().withArchives(archive.toString());
    assertRefused(python, "Cannot unpack " + archive + ": ");
  }

  @Test
  void filesThatAreNowhereAreNamed() {
    PythonEnvironment python = PythonEnvironment.of().withFiles("gone.py");
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new JobFiles(python, PLANNING));
    assertTrue(
        refused.getMessage().startsWith("'python.files' names gone.py, which is neither in"),
        refused.getMessage());
  }

  @Test
  void theClientMayHaveAnInterpreterOfItsOwn() {
    PythonEnvironment python =
        PythonEnvironment.of().withExecutable("/worker/python").withClientExecutable("/my/python");
    try (JobFiles files = new JobFiles(python, PLANNING)) {
      assertEquals(Optional.of("/my/python"), files.executable());
    }
  }

  @Test
  void packagesThatCannotBeHadAreNamedAndLeaveNothing() throws IOException {
    Path wheels = Files.createDirectories(directory.resolve("wheels"));
    Path requirements = Files.writeString(directory.resolve("req.txt"), "acmeabsent==1\n");
    PythonEnvironment python = PythonEnvironment.of().withRequirements(requirements + "#" + wheels);
    PythonException refused =
        assertThrows(PythonException.class, () -> OpenPython.open(python, PLANNING));
    assertTrue(refused.getMessage().contains("acmeabsent==1"), refused.getMessage());
  }
}
