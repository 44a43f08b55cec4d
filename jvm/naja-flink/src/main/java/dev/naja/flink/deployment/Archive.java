package dev.naja.flink.deployment;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * How is an archive unpacked? With permissions and links, which an environment of Python's needs,
 * and with nothing outside the directory. Flink's own class for it came with 2.0; the library below
 * it is in every Flink.
 */
final class Archive {
  private final Path directory;

  private Archive(Path directory) {
    this.directory = directory;
  }

  /**
   * Unpacks an archive.
   *
   * @param file the archive, by whatever name
   * @param name the name that tells its format: {@code .zip}, {@code .jar}, {@code .whl}, {@code
   *     .egg}, {@code .tar}, {@code .tar.gz} or {@code .tgz}, in any case
   * @param directory where to, absolute; it is there already
   * @throws IOException if it is no such archive, cannot be read, or has a file for another place
   */
  static void unpack(Path file, String name, Path directory) throws IOException {
    Archive archive = new Archive(directory.normalize());
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.matches(".*\\.(zip|jar|whl|egg)")) {
      archive.unzip(file);
    } else if (lower.endsWith(".tar")) {
      archive.untar(file, false);
    } else if (lower.endsWith(".tar.gz") || lower.endsWith(".tgz")) {
      archive.untar(file, true);
    } else {
      throw new IOException(
          "its name must end with .zip, .jar, .tar, .tar.gz or .tgz, which tells its format");
    }
  }

  private void unzip(Path file) throws IOException {
    try (ZipFile entries = ZipFile.builder().setPath(file).get()) {
      for (ZipArchiveEntry entry : Collections.list(entries.getEntries())) {
        Path place = place(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(place);
        } else if (entry.isUnixSymlink()) {
          link(place, entries.getUnixSymlink(entry));
        } else {
          try (InputStream content = entries.getInputStream(entry)) {
            write(place, content, entry.getUnixMode());
          }
        }
      }
    }
  }

  private void untar(Path file, boolean compressed) throws IOException {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        InputStream plain = compressed ? new GZIPInputStream(raw) : raw;
        TarArchiveInputStream entries =
            new TarArchiveInputStream(plain, StandardCharsets.UTF_8.name())) {
      for (TarArchiveEntry entry = entries.getNextEntry();
          entry != null;
          entry = entries.getNextEntry()) {
        Path place = place(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(place);
        } else if (entry.isSymbolicLink()) {
          link(place, entry.getLinkName());
        } else if (entry.isLink()) {
          Files.createDirectories(place.getParent());
          Files.createLink(place, place(entry.getLinkName()));
        } else if (entry.isFile()) {
          write(place, entries, entry.getMode());
        }
      }
    }
  }

  /** Where an entry goes, which is inside the directory, links in its path included. */
  private Path place(String name) throws IOException {
    Path place = directory.resolve(name).normalize();
    if (!place.startsWith(directory)) {
      throw new IOException("it has a file for a place outside of it, " + name);
    }
    for (Path above = place.getParent(); above.startsWith(directory); above = above.getParent()) {
      if (Files.isSymbolicLink(above) && !above.toRealPath().startsWith(directory.toRealPath())) {
        throw new IOException("it has a file for a place outside of it, behind a link, " + name);
      }
    }
    return place;
  }

  private static void link(Path place, String target) throws IOException {
    Files.createDirectories(place.getParent());
    Files.createSymbolicLink(place, Path.of(target));
  }

  private static void write(Path place, InputStream content, int mode) throws IOException {
    Files.createDirectories(place.getParent());
    Files.copy(content, place);
    // An archive from a system without permissions has none.
    if (mode != 0) {
      Files.setPosixFilePermissions(place, permissions(mode));
    }
  }

  /** What the lowest nine bits of a mode say, which the values of the enumeration have in order. */
  private static Set<PosixFilePermission> permissions(int mode) {
    PosixFilePermission[] all = PosixFilePermission.values();
    Set<PosixFilePermission> found = EnumSet.noneOf(PosixFilePermission.class);
    for (int bit = 0; bit < all.length; bit++) {
      if ((mode & 1 << (all.length - 1 - bit)) != 0) {
        found.add(all[bit]);
      }
    }
    return found;
  }
}
