package dev.naja.internal;

import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** In which jars and directories do class loaders look? Those that can be known from outside. */
final class ClassPath {
  private final Map<Path, ClassPlace> places = new LinkedHashMap<>();

  /** The loaders whose places cannot be known. */
  private final List<ClassLoader> others = new ArrayList<>();

  /** The class path of these loaders. */
  ClassPath(List<ClassLoader> loaders) {
    for (ClassLoader loader : loaders) {
      if (loader == ClassLoader.getSystemClassLoader()) {
        addSystem();
      } else if (loader instanceof URLClassLoader) {
        addUrls((URLClassLoader) loader);
      } else if (loader != ClassLoader.getPlatformClassLoader()) {
        others.add(loader);
      }
    }
  }

  /** The places, each once, in the order of the loaders. */
  Iterable<ClassPlace> places() {
    return places.values();
  }

  /** The loaders of whose classes nothing but resources can be asked. */
  List<ClassLoader> others() {
    return others;
  }

  private void addSystem() {
    for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
      add(Path.of(entry));
    }
  }

  private void addUrls(URLClassLoader loader) {
    URL[] urls = loader.getURLs();
    for (URL url : urls == null ? new URL[0] : urls) {
      try {
        addUri(url.toURI());
      } catch (URISyntaxException e) {
        // With characters that were not escaped, which loaders take as they are.
        add(Path.of(url.getPath()));
      }
    }
  }

  private void addUri(URI uri) {
    if ("file".equals(uri.getScheme()) && uri.getPath() != null) {
      add(Path.of(uri.getPath()));
    }
  }

  private void add(Path entry) {
    Path path = entry.toAbsolutePath();
    ClassPlace place = places.containsKey(path) ? null : ClassPlace.of(path);
    if (place != null) {
      places.put(path, place);
      for (String each : place.classPath()) {
        addReference(path, each);
      }
    }
  }

  /** Adds what a manifest's {@code Class-Path} names. */
  private void addReference(Path jar, String reference) {
    try {
      addUri(jar.toUri().resolve(reference));
    } catch (IllegalArgumentException e) {
      // No URI, so nothing is loaded from there.
    }
  }
}
