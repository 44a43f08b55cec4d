package dev.naja.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What if naja's class loader is closed while Python runs on? An application server, as Flink is
 * one, closes the loader of an application that has ended. It loads nothing any more then, and yet
 * its classes serve as long as anybody uses Java from Python, those of other loaders too. So a
 * loader that can be closed loads all of naja's classes when it starts or joins Python.
 */
final class OwnClasses {
  private static final String PLACE = OwnClasses.class.getPackageName().replace('.', '/');
  private static final String SUFFIX = ".class";

  private OwnClasses() {}

  /** Loads them, unless the class loader is one that is never closed. */
  static void load() {
    ClassLoader loader = OwnClasses.class.getClassLoader();
    Optional<Path> jar = loader instanceof Closeable ? OwnJar.path() : Optional.empty();
    if (jar.isPresent()) {
      try {
        load(loader, jar.get());
      } catch (IOException e) {
        throw new IllegalStateException("naja's own jar cannot be read: " + jar.get(), e);
      }
    }
  }

  private static void load(ClassLoader loader, Path jar) throws IOException {
    String publicPlace = PLACE.substring(0, PLACE.lastIndexOf('/') + 1);
    try (ZipFile entries = new ZipFile(jar.toFile())) {
      entries.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(SUFFIX))
          .filter(
              name ->
                  name.startsWith(PLACE)
                      || name.startsWith(publicPlace)
                          && name.indexOf('/', publicPlace.length()) < 0)
          .forEach(name -> load(loader, name));
    }
  }

  private static void load(ClassLoader loader, String entry) {
    String name = entry.substring(0, entry.length() - SUFFIX.length()).replace('/', '.');
    try {
      Class.forName(name, false, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      // It needs a library that is not here, which nobody will miss later either.
    }
  }
}
