package dev.naja.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What is in a jar or directory of classes? A jar's packages are remembered by its path, size and
 * time, for as long as there is memory: names only, which keep no class loader. Thread-safe.
 */
abstract class ClassPlace {
  private static volatile SoftReference<Map<Path, Jar>> jars = new SoftReference<>(null);

  /** The place at a path, or null if there is nothing to be read. */
  static ClassPlace of(Path path) {
    try {
      BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
      if (file.isDirectory()) {
        return new Directory(path);
      }
      Map<Path, Jar> known = knownJars();
      Jar jar = known.get(path);
      if (jar == null || !jar.isCurrent(file)) {
        jar = new Jar(path, file);
        known.put(path, jar);
      }
      return jar;
    } catch (IOException e) {
      return null;
    }
  }

  private static Map<Path, Jar> knownJars() {
    Map<Path, Jar> known = jars.get();
    if (known == null) {
      known = new ConcurrentHashMap<>();
      jars = new SoftReference<>(known);
    }
    return known;
  }

  /** Whether it has classes of a package, or of one below it. */
  abstract boolean knows(String name);

  /** Adds the simple names of the public classes and of the packages right in a package. */
  abstract void addMembers(String name, Set<String> members);

  /** Other places that belong to this one, as URIs relative to it. */
  List<String> classPath() {
    return Collections.emptyList();
  }

  private static final class Jar extends ClassPlace {
    private final Path path;
    private final long size;
    private final long modified;
    private final NavigableSet<String> packages = new TreeSet<>();
    private final List<String> classPath = new ArrayList<>();

    Jar(Path path, BasicFileAttributes file) throws IOException {
      this.path = path;
      this.size = file.size();
      this.modified = file.lastModifiedTime().toMillis();
      try (ZipFile jar = new ZipFile(path.toFile())) {
        addPackages(jar);
        ZipEntry manifest = jar.getEntry(JarFile.MANIFEST_NAME);
        if (manifest != null) {
          addClassPath(jar.getInputStream(manifest));
        }
      }
    }

    private void addPackages(ZipFile jar) {
      String last = "";
      for (Enumeration<? extends ZipEntry> each = jar.entries(); each.hasMoreElements(); ) {
        String entry = each.nextElement().getName();
        int end = entry.lastIndexOf('/');
        // Classes of one package lie side by side.
        boolean again = end == last.length() && entry.startsWith(last);
        if (end > 0 && !again && entry.endsWith(".class") && !entry.startsWith("META-INF/")) {
          last = entry.substring(0, end);
          packages.add(last.replace('/', '.'));
        }
      }
    }

    private void addClassPath(InputStream manifest) throws IOException {
      try (InputStream in = manifest) {
        String value = new Manifest(in).getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
        if (value != null) {
          Collections.addAll(classPath, value.trim().split(" +"));
        }
      }
    }

    boolean isCurrent(BasicFileAttributes file) {
      return file.size() == size && file.lastModifiedTime().toMillis() == modified;
    }

    @Override
    List<String> classPath() {
      return classPath;
    }

    @Override
    boolean knows(String name) {
      String below = packages.ceiling(name + ".");
      return packages.contains(name) || below != null && below.startsWith(name + ".");
    }

    @Override
    void addMembers(String name, Set<String> members) {
      PackageIndex.addPackages(packages, name, members);
      if (!packages.contains(name)) {
        return;
      }
      String directory = name.replace('.', '/') + "/";
      try (ZipFile jar = new ZipFile(path.toFile())) {
        for (Enumeration<? extends ZipEntry> each = jar.entries(); each.hasMoreElements(); ) {
          ZipEntry entry = each.nextElement();
          if (PackageIndex.isRightIn(entry.getName(), directory)) {
            ClassFile.addIfPublic(entry.getName(), jar.getInputStream(entry), members);
          }
        }
      } catch (IOException e) {
        // What cannot be read cannot be loaded either.
      }
    }
  }

  private static final class Directory extends ClassPlace {
    private final Path root;

    Directory(Path root) {
      this.root = root;
    }

    @Override
    boolean knows(String name) {
      return hasClasses(root.resolve(name.replace('.', '/')));
    }

    private static boolean hasClasses(Path directory) {
      if (!Files.isDirectory(directory)) {
        return false;
      }
      try (Stream<Path> files = Files.walk(directory)) {
        return files.anyMatch(file -> file.toString().endsWith(".class"));
      } catch (IOException | UncheckedIOException e) {
        return false;
      }
    }

    @Override
    void addMembers(String name, Set<String> members) {
      Path directory = root.resolve(name.replace('.', '/'));
      if (!Files.isDirectory(directory)) {
        return;
      }
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
        for (Path file : files) {
          String simple = file.getFileName().toString();
          if (hasClasses(file)) {
            members.add(simple);
          } else if (!name.isEmpty() && Files.isRegularFile(file)) {
            String path = name.replace('.', '/') + "/" + simple;
            ClassFile.addIfPublic(path, Files.newInputStream(file), members);
          }
        }
      } catch (IOException e) {
        // What cannot be read cannot be loaded either.
      }
    }
  }
}
