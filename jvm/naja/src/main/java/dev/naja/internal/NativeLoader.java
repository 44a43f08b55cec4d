package dev.naja.internal;

import dev.naja.PythonStartException;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How do the natives get from the jar into the process? Each class loader loads a copy of its own:
 * extracted to a unique file, loaded, pinned, unlinked. libpython is opened in between, once per
 * process, because the bridge finds CPython's symbols in it.
 */
final class NativeLoader {
  /** The system property that names the directory to extract to. */
  static final String DIRECTORY_PROPERTY = "dev.naja.tmpdir";

  // An interned string is one object for all class loaders, and so one lock for the process.
  private static final Object PROCESS_LOCK = "dev.naja.internal.NativeLoader".intern();

  private static final String BRIDGE = "naja";

  private static boolean loaderLoaded;
  private static boolean bridgeLoaded;

  /** The bridge, where it has been extracted and not yet been loaded. */
  private static final AtomicReference<Path> EXTRACTED = new AtomicReference<>();

  private NativeLoader() {}

  /**
   * Opens an interpreter's libpython and loads the bridge. Does nothing if this class loader has
   * the bridge already.
   *
   * @throws PythonStartException if there are no natives for this platform, they cannot be
   *     extracted or loaded, or the process holds another libpython
   */
  static synchronized void load(Interpreter interpreter) {
    if (bridgeLoaded) {
      return;
    }
    try {
      openLibpython(interpreter);
      Path early = EXTRACTED.getAndSet(null);
      load(early == null ? extract(BRIDGE) : early, true);
      bridgeLoaded = true;
    } catch (Refusal e) {
      throw new PythonStartException(
          "Cannot load " + interpreter + ": " + e.getMessage() + "\n  to mend: " + e.mend(),
          e.getCause());
    }
  }

  /**
   * Loads the natives of {@link Loader} and extracts the bridge, so that {@link #load} need not;
   * {@link #discard} in any case.
   */
  static void prepare() {
    try {
      loadLoader();
      EXTRACTED.set(extract(BRIDGE));
    } catch (Refusal e) {
      // What is wrong is said when they are loaded.
    }
  }

  /** Deletes what was extracted and not loaded. */
  static void discard() {
    Path unused = EXTRACTED.getAndSet(null);
    if (unused != null) {
      unused.toFile().delete();
    }
  }

  /** Loads the natives of {@link Loader}. */
  static synchronized void loadLoader() throws Refusal {
    if (!loaderLoaded) {
      load(extract("naja_loader"), false);
      loaderLoaded = true;
    }
  }

  /** Opens an interpreter's libpython with global symbols; loads nothing that needs it. */
  static synchronized void openLibpython(Interpreter interpreter) throws Refusal {
    loadLoader();
    Path libpython = interpreter.libpython();
    synchronized (PROCESS_LOCK) {
      Optional<Path> other = otherLibpython(libpython);
      if (other.isPresent()) {
        throw new Refusal(
            String.format(
                "this process has loaded another one, %s, and can hold but one CPython; asked for"
                    + " was %s",
                other.get(), libpython),
            "Start the same Python everywhere in this JVM, or use a JVM for each.");
      }
      String error = Loader.open(Loader.bytes(libpython));
      if (error != null) {
        throw new Refusal(
            libpython + " cannot be opened: " + error,
            "See what \"ldd " + libpython + "\" misses, or take another Python.");
      }
    }
  }

  /** The directory to extract to and the property that names it. */
  static Path directory() {
    return Path.of(System.getProperty(directoryProperty()));
  }

  /** The property that names {@link #directory()}. */
  static String directoryProperty() {
    return System.getProperty(DIRECTORY_PROPERTY) == null ? "java.io.tmpdir" : DIRECTORY_PROPERTY;
  }

  private static Optional<Path> otherLibpython(Path libpython) {
    for (String name : new String(Loader.loaded(), Loader.fileNames()).split("\0")) {
      Path path = Path.of(name);
      if (isLibpython(path) && !sameFile(path, libpython)) {
        return Optional.of(path);
      }
    }
    return Optional.empty();
  }

  /** Tells {@code libpython3.11.so.1.0} from {@code libpython3.so}, which holds no interpreter. */
  private static boolean isLibpython(Path path) {
    String name = path.getFileName() == null ? "" : path.getFileName().toString();
    return name.startsWith("libpython") && name.indexOf('.') < name.indexOf(".so");
  }

  private static boolean sameFile(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException e) {
      return false;
    }
  }

  /** Loads a library and deletes its file. */
  private static void load(Path file, boolean pin) throws Refusal {
    try {
      System.load(file.toString());
      String error = pin ? Loader.pin(Loader.bytes(file)) : null;
      if (error != null) {
        throw new Refusal(file + " cannot be kept loaded: " + error, mendDirectory());
      }
    } catch (UnsatisfiedLinkError e) {
      throw explained(file, e);
    } finally {
      file.toFile().delete();
    }
  }

  private static Path extract(String library) throws Refusal {
    String platform = Platform.name();
    try {
      byte[] content = OwnJar.read(Platform.resource(platform, library));
      if (content == null) {
        List<String> shipped = Platform.shipped();
        throw new Refusal(
            String.format(
                "naja has no natives for %s (os.name %s, os.arch %s); it has them for %s",
                platform,
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                shipped.isEmpty() ? "no platform at all" : String.join(", ", shipped)),
            shipped.isEmpty()
                ? "The jar is incomplete: take it from a release, or build it with mvn package."
                : "Run on one of these, or build naja on this platform.");
      }
      return write(content, library);
    } catch (IOException e) {
      throw new Refusal(
          "natives cannot be read from the class path: " + e, "See that the jar is whole.", e);
    }
  }

  private static Path write(byte[] content, String library) throws Refusal {
    File directory = directory().toFile().getAbsoluteFile();
    File file = null;
    try {
      // File.createTempFile would start SecureRandom; exclusive creation alone makes the file ours.
      do {
        String name = library + "-" + Long.toHexString(System.nanoTime());
        file = new File(directory, System.mapLibraryName(name));
      } while (!file.createNewFile());
      try (OutputStream out = new FileOutputStream(file)) {
        out.write(content);
      }
      return file.toPath();
    } catch (IOException e) {
      file.delete();
      throw new Refusal(
          String.format(
              "natives cannot be written to %s (%s): %s",
              directory, directoryProperty(), e.getMessage()),
          mendDirectory(),
          e);
    }
  }

  /** Says what the dynamic linker's message means. */
  static Refusal explained(Path file, UnsatisfiedLinkError error) {
    String message = String.valueOf(error.getMessage());
    if (message.contains("failed to map segment") || message.contains("Operation not permitted")) {
      return new Refusal(
          String.format(
              "natives cannot be executed in %s (%s), which is probably mounted noexec: %s",
              file.getParent(), directoryProperty(), message),
          mendDirectory(),
          error);
    }
    if (message.contains("GLIBC_") || Platform.libc().equals(Optional.of("musl"))) {
      return new Refusal(
          String.format(
              "natives do not fit this system's C library (JVM built for %s): %s",
              Platform.libc().orElse("an unknown one"), message),
          "Run on a system with a newer C library, or build naja on this one.",
          error);
    }
    return new Refusal(
        "natives cannot be loaded from " + file.getParent() + ": " + message,
        mendDirectory(),
        error);
  }

  private static String mendDirectory() {
    return "Name a directory that is writable and not mounted noexec: -D"
        + DIRECTORY_PROPERTY
        + "=DIRECTORY.";
  }
}
