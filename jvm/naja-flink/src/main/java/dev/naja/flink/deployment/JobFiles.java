package dev.naja.flink.deployment;

import dev.naja.flink.PythonEnvironment;
import dev.naja.flink.PythonOptions;
import dev.naja.flink.runtime.TaskContext;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.util.FileUtils;

/**
 * Where a job's files lie on the machine where they are used: on a worker those of the distributed
 * cache, while a job is planned the originals.
 */
public final class JobFiles implements AutoCloseable {
  private final PythonEnvironment environment;
  private final TaskContext task;
  private final ContentCache cache = new ContentCache(ContentCache.temporary());

  private final List<String> paths = new ArrayList<>();
  private final List<String> files = new ArrayList<>();
  private final Map<String, String> archives = new LinkedHashMap<>();

  /** Copies under the names that the user gave; made when there is something to copy. */
  private Path copies;

  /**
   * Finds and unpacks an environment's files.
   *
   * @param environment whose files
   * @param task the task that needs them
   * @throws IllegalArgumentException if a file is neither shipped nor on this machine
   * @throws UncheckedIOException if an archive cannot be unpacked or a file not be copied
   */
  public JobFiles(PythonEnvironment environment, TaskContext task) {
    this.environment = environment;
    this.task = task;
    try {
      for (String archive : environment.list(PythonOptions.ARCHIVES)) {
        Named named = Named.of(archive);
        archives.put(named.name().orElse(named.fileName()), unpacked(named).toString());
      }
      for (String file : environment.list(PythonOptions.FILES)) {
        add(file);
      }
      for (String directory : environment.list(PythonOptions.PYTHON_PATH)) {
        paths.add(inArchive(directory).orElse(directory));
      }
    } catch (IOException e) {
      close();
      throw new UncheckedIOException(e.getMessage(), e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * The interpreter.
   *
   * @return what {@code python.executable} says, with its place on this machine if it is in an
   *     archive
   */
  public Optional<String> executable() {
    Optional<String> client =
        task.isPlanning() ? environment.get(PythonOptions.CLIENT_EXECUTABLE) : Optional.empty();
    return client
        .or(() -> environment.get(PythonOptions.EXECUTABLE))
        .map(name -> inArchive(name).orElse(name));
  }

  /**
   * Where modules are searched.
   *
   * @return directories and zip files, the first one searched first
   */
  public List<String> paths() {
    return paths;
  }

  /**
   * Modules by themselves.
   *
   * @return Python files and the directories of packages
   */
  public List<String> files() {
    return files;
  }

  /**
   * Unpacked archives.
   *
   * @return their directories by name
   */
  public Map<String, String> archives() {
    return archives;
  }

  /** Installs packages. */
  @FunctionalInterface
  public interface Installer {
    /**
     * Installs what a requirements file asks for.
     *
     * @param requirements the file
     * @param wheels the directory to take packages from, or null for pip's index
     * @param directory where to install to; it is not there yet
     */
    void install(String requirements, String wheels, String directory);
  }

  /**
   * Has what {@code python.requirements} asks for installed, once for each content and interpreter,
   * and adds it to {@link #paths()}.
   *
   * @param interpreter tells the running interpreter from others
   * @param installer does it
   * @throws UncheckedIOException if the files cannot be read
   */
  public void install(String interpreter, Installer installer) {
    Optional<Named> asked = environment.get(PythonOptions.REQUIREMENTS).map(Named::of);
    if (asked.isEmpty()) {
      return;
    }
    try {
      Path requirements = local(asked.get().path(), PythonOptions.REQUIREMENTS.key());
      Path wheels = null;
      List<Path> contents = new ArrayList<>(List.of(requirements));
      if (asked.get().name().isPresent()) {
        wheels = local(asked.get().name().get(), PythonOptions.REQUIREMENTS.key());
        contents.add(wheels);
      }
      String from = wheels == null ? null : wheels.toString();
      Path directory =
          cache.directory(
              "site-packages",
              Digests.of(List.of(interpreter), contents),
              empty -> installer.install(requirements.toString(), from, empty.toString()));
      paths.add(directory.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot install the job's packages: " + e.getMessage(), e);
    }
  }

  private void add(String file) throws IOException {
    String name = Named.fileName(file);
    Path local = local(file, PythonOptions.FILES.key());
    if (Files.isDirectory(local)) {
      boolean isPackage = Files.exists(local.resolve("__init__.py"));
      (isPackage ? files : paths).add(local.toString());
    } else if (name.endsWith(".whl")) {
      paths.add(unpacked(Named.of(file)).toString());
    } else if (name.endsWith(".zip") || name.endsWith(".egg")) {
      paths.add(named(local, name).toString());
    } else {
      files.add(named(local, name).toString());
    }
  }

  /** A file by the name that the user knows it by; the distributed cache has names of its own. */
  private Path named(Path file, String name) throws IOException {
    if (file.getFileName().toString().equals(name)) {
      return file;
    }
    if (copies == null) {
      copies = Files.createTempDirectory(ContentCache.temporary(), "naja-job-");
    }
    Path directory = Files.createTempDirectory(copies, "");
    return Files.copy(file, directory.resolve(name));
  }

  private Path unpacked(Named archive) throws IOException {
    Path local = local(archive.path(), PythonOptions.ARCHIVES.key());
    if (Files.isDirectory(local)) {
      return local;
    }
    return cache.directory(
        archive.fileName(),
        Digests.of(List.of(archive.fileName()), List.of(local)),
        empty -> unpack(archive, local, empty));
  }

  private static void unpack(Named archive, Path file, Path directory) throws IOException {
    try {
      Archive.unpack(file, archive.fileName(), directory);
    } catch (IOException | RuntimeException e) {
      throw new IOException("Cannot unpack " + archive.path() + ": " + e.getMessage(), e);
    }
  }

  /** The place of {@code archive/path} on this machine, if there is such an archive. */
  private Optional<String> inArchive(String path) {
    int slash = path.indexOf('/');
    String directory = slash < 0 ? null : archives.get(path.substring(0, slash));
    return Optional.ofNullable(directory).map(found -> found + path.substring(slash));
  }

  private Path local(String path, String option) {
    Optional<File> shipped = task.findCachedFile(Shipping.name(path));
    if (shipped.isPresent()) {
      return shipped.get().toPath();
    }
    File file = new File(path.startsWith("file:") ? path.substring(5) : path).getAbsoluteFile();
    if (!file.exists()) {
      throw new IllegalArgumentException(
          String.format(
              "'%s' names %s, which is neither in Flink's distributed cache nor on this machine (%s)."
                  + " Register it where the job is made: in the DataStream API by"
                  + " PythonEnvironment.shippedBy(environment); in the SQL client, for aggregate"
                  + " functions, by SET 'pipeline.cached-files' = '%s'.",
              option, path, file, Shipping.entry(path, file.getPath()).replace("'", "''")));
    }
    return file.toPath();
  }

  /** Deletes the copies. What was unpacked stays, for the next job. */
  @Override
  public void close() {
    if (copies != null) {
      FileUtils.deleteDirectoryQuietly(copies.toFile());
    }
  }
}
