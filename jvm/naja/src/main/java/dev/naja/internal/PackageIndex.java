package dev.naja.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleReader;
import java.lang.module.ResolvedModule;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which packages are there, and what is in them? Java's loaders do not tell, so this looks where
 * they look: into the modules, jars and directories, and at what they have loaded already.
 */
final class PackageIndex {
  private static final int LONGEST_DOMAIN = 3;

  private final List<ClassLoader> loaders;

  /** Looks by these loaders, which are their own parents too. */
  PackageIndex(List<ClassLoader> loaders) {
    this.loaders = loaders;
  }

  /**
   * Whether there is a package, or one below it. Each import that fails in Python asks this, so a
   * name that has no dot and is longer than most domains is only looked for in jars if a loader has
   * such a directory.
   */
  boolean knows(String name) {
    for (Module module : ModuleLayer.boot().modules()) {
      if (contains(module.getPackages(), name)) {
        return true;
      }
    }
    for (ClassLoader loader : loaders) {
      if (isDefined(loader, name)) {
        return true;
      }
    }
    boolean unlikely = name.indexOf('.') < 0 && name.length() > LONGEST_DOMAIN;
    if (unlikely && !hasDirectory(loaders, name)) {
      return false;
    }
    ClassPath classPath = new ClassPath(loaders);
    for (ClassPlace place : classPath.places()) {
      if (place.knows(name)) {
        return true;
      }
    }
    return hasDirectory(classPath.others(), name);
  }

  private static boolean hasDirectory(List<ClassLoader> loaders, String name) {
    for (ClassLoader loader : loaders) {
      if (loader.getResource(name.replace('.', '/') + "/") != null) {
        return true;
      }
    }
    return false;
  }

  private static boolean contains(Iterable<String> packages, String name) {
    String prefix = name + ".";
    for (String each : packages) {
      if (each.equals(name) || each.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDefined(ClassLoader loader, String name) {
    for (Package each : loader.getDefinedPackages()) {
      if (contains(List.of(each.getName()), name)) {
        return true;
      }
    }
    return false;
  }

  /** The simple names of the public top-level classes and of the packages right in a package. */
  Set<String> members(String name) {
    Set<String> members = new TreeSet<>();
    for (ResolvedModule module : ModuleLayer.boot().configuration().modules()) {
      Set<String> packages = module.reference().descriptor().packages();
      addPackages(packages, name, members);
      if (packages.contains(name)) {
        addModuleClasses(module, name, members);
      }
    }
    for (ClassLoader loader : loaders) {
      for (Package each : loader.getDefinedPackages()) {
        addPackages(List.of(each.getName()), name, members);
      }
    }
    for (ClassPlace place : new ClassPath(loaders).places()) {
      place.addMembers(name, members);
    }
    return members;
  }

  /** Adds the simple names of those packages that are right in another. */
  static void addPackages(Iterable<String> packages, String parent, Set<String> members) {
    String prefix = parent.isEmpty() ? "" : parent + ".";
    for (String each : packages) {
      if (each.length() > prefix.length() && each.startsWith(prefix)) {
        int end = each.indexOf('.', prefix.length());
        members.add(each.substring(prefix.length(), end < 0 ? each.length() : end));
      }
    }
  }

  /** Whether a path is of a file that is right in a directory, which ends with a slash. */
  static boolean isRightIn(String path, String directory) {
    return path.startsWith(directory)
        && path.length() > directory.length()
        && path.indexOf('/', directory.length()) < 0;
  }

  private static void addModuleClasses(ResolvedModule module, String name, Set<String> members) {
    String directory = name.replace('.', '/') + "/";
    try (ModuleReader reader = module.reference().open();
        Stream<String> resources = reader.list()) {
      for (Iterator<String> each = resources.iterator(); each.hasNext(); ) {
        String resource = each.next();
        if (isRightIn(resource, directory)) {
          Optional<InputStream> file = reader.open(resource);
          if (file.isPresent()) {
            ClassFile.addIfPublic(resource, file.get(), members);
          }
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // What cannot be read cannot be loaded either.
    }
  }
}
