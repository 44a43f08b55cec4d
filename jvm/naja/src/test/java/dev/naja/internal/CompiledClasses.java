package dev.naja.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Classes that no loader of the test run knows, compiled from text into a directory. */
final class CompiledClasses {
  /** A class outside of this library that calls whatever it is given. */
  static final String CALLER =
      "package com.acme; public class Caller {"
          + " public static Object call(java.util.concurrent.Callable<?> code) throws Exception {"
          + " return code.call(); } }";

  final Path directory;

  private CompiledClasses(Path directory) {
    this.directory = directory;
  }

  /** Compiles public classes of the package {@code com.acme}. */
  static CompiledClasses of(Path directory, String... sources) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-d", directory.toString()));
    Path texts = Files.createDirectories(directory.resolve("source/com/acme"));
    for (String source : sources) {
      String name = source.replaceAll("(?s).*?public [a-z ]*(?:class|interface) (\\w+).*", "$1");
      arguments.add(Files.writeString(texts.resolve(name + ".java"), source).toString());
    }
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, System.out, System.err, arguments.toArray(new String[0]));
    if (status != 0) {
      throw new AssertionError("these do not compile: " + String.join("\n", sources));
    }
    return new CompiledClasses(directory);
  }

  /** Removes a class, as if it had been left out of a jar. */
  void remove(String name) throws IOException {
    Files.delete(directory.resolve("com/acme").resolve(name + ".class"));
  }

  /** A loader of these classes that is nobody's parent. */
  URLClassLoader loader() throws MalformedURLException {
    return loader(directory);
  }

  /** A loader of a directory's or jar's classes. */
  static URLClassLoader loader(Path place) throws MalformedURLException {
    return new URLClassLoader(
        new URL[] {place.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
  }

  /** A jar of these classes that lists no directories. */
  Path jar(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out);
        Stream<Path> files = Files.walk(directory)) {
      for (Path each :
          files.filter(path -> path.toString().endsWith(".class")).collect(Collectors.toList())) {
        jar.putNextEntry(new JarEntry(directory.relativize(each).toString()));
        Files.copy(each, jar);
      }
    }
    return file;
  }

  /** A jar that has nothing but a reference to another. */
  static Path reference(Path file, String to) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, to);
    try (OutputStream out = Files.newOutputStream(file)) {
      new JarOutputStream(out, manifest).close();
    }
    return file;
  }

  /** Runs code that the class {@link #CALLER} of a loader calls. */
  static Object calledFrom(ClassLoader loader, Callable<?> code) throws Exception {
    return loader.loadClass("com.acme.Caller").getMethod("call", Callable.class).invoke(null, code);
  }
}
