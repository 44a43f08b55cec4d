package dev.naja.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Which jar do naja's classes come from, and what else is in it? */
final class OwnJar {

  private OwnJar() {}

  /**
   * The jar, where it is a file of its own: not a directory of classes, nor a jar in another one.
   */
  static Optional<Path> path() {
    CodeSource source = OwnJar.class.getProtectionDomain().getCodeSource();
    URL location = source == null ? null : source.getLocation();
    if (location == null || !location.getProtocol().equals("file")) {
      return Optional.empty();
    }
    try {
      Path path = Path.of(location.toURI());
      return Files.isRegularFile(path) ? Optional.of(path) : Optional.empty();
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * A resource's bytes. The jar itself is read first: to find a resource by its name the JVM asks
   * every class loader above, and opens a URL connection, which takes several milliseconds of a
   * start.
   *
   * @param name its name from the root on, with a leading slash
   * @return the bytes, or null if there is none
   * @throws IOException if it cannot be read
   */
  static byte[] read(String name) throws IOException {
    Optional<Path> path = path();
    if (path.isPresent()) {
      try (ZipFile jar = new ZipFile(path.get().toFile())) {
        ZipEntry entry = jar.getEntry(name.substring(1));
        if (entry != null) {
          try (InputStream in = jar.getInputStream(entry)) {
            // Into one array: without, it would be read in hundreds of pieces that are put
            // together.
            byte[] bytes = new byte[(int) entry.getSize()];
            in.readNBytes(bytes, 0, bytes.length);
            return bytes;
          }
        }
      }
    }
    try (InputStream in = OwnJar.class.getResourceAsStream(name)) {
      return in == null ? null : in.readAllBytes();
    }
  }
}
