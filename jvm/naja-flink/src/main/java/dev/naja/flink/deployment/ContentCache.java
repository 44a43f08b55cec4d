package dev.naja.flink.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.apache.flink.util.FileUtils;

/**
 * Where unpacked archives and installed packages lie on a worker: in directories that are named by
 * what is in them. Jobs that ship the same thing share it, and an interpreter that is shipped has
 * the same path in each job, so that they can share the running one. Nothing is ever deleted here:
 * CPython may have files open for as long as the process lives. Safe for use by any thread and
 * process.
 */
final class ContentCache {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private final Path root;

  /**
   * A cache below a directory.
   *
   * @param temporary where directories can be made
   */
  ContentCache(Path temporary) {
    this.root = temporary.resolve("naja-" + System.getProperty("user.name"));
  }

  /** Fills an empty directory. */
  @FunctionalInterface
  interface Filler {
    void fill(Path directory) throws IOException;
  }

  /**
   * The directory of a content; filled first if there is none yet.
   *
   * @param name what the content is, in a file name's characters
   * @param digest tells the content from every other
   * @param filler fills a directory with it
   * @return the directory
   * @throws IOException if it cannot be made, or the filler fails
   */
  Path directory(String name, String digest, Filler filler) throws IOException {
    Path directory = root.resolve(digest.substring(0, 32)).resolve(name);
    if (Files.isDirectory(directory)) {
      return directory;
    }
    prepareRoot();
    Files.createDirectories(directory.getParent());
    Path unfinished = Files.createTempDirectory(directory.getParent(), "unfinished-");
    try {
      filler.fill(unfinished);
      Files.move(unfinished, directory);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      FileUtils.deleteDirectoryQuietly(unfinished.toFile());
      if (!Files.isDirectory(directory)) {
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      FileUtils.deleteDirectoryQuietly(unfinished.toFile());
      throw e;
    }
    return directory;
  }

  /** Makes the root, which nobody else may write to: code is run from it. */
  private void prepareRoot() throws IOException {
    try {
      Files.createDirectory(root, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } catch (FileAlreadyExistsException e) {
      boolean ours =
          Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)
              && Files.getOwner(root).getName().equals(System.getProperty("user.name"))
              && Files.getPosixFilePermissions(root).equals(OWNER_ONLY);
      if (!ours) {
        throw new IOException(
            root
                + " is not a directory of this user's alone, so Python code cannot be unpacked there:"
                + " remove it, or name another place by -Ddev.naja.tmpdir=DIRECTORY",
            e);
      }
    }
  }

  /** The directory for what naja writes on this machine. */
  static Path temporary() {
    String own = System.getProperty("dev.naja.tmpdir");
    Path directory = Path.of(own == null ? System.getProperty("java.io.tmpdir") : own);
    try {
      return Files.createDirectories(directory).toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write to " + directory, e);
    }
  }
}
