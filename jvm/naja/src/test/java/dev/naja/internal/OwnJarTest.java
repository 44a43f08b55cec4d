package dev.naja.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where naja's classes come from, and what lies beside them. */
class OwnJarTest {
  private static final String CLASS = OwnJar.class.getName().replace('.', '/') + ".class";

  private static void add(ZipOutputStream jar, String name, byte[] content) throws IOException {
    jar.putNextEntry(new ZipEntry(name));
    jar.write(content);
    jar.closeEntry();
  }

  private static Method method(Class<?> type, String name, Class<?>... parameters)
      throws ReflectiveOperationException {
    Method method = type.getDeclaredMethod(name, parameters);
    method.setAccessible(true);
    return method;
  }

  @Test
  void aDirectoryOfClassesIsNoJar(@TempDir Path classes) throws Exception {
    byte[] own = OwnJar.read("/" + CLASS);
    assertArrayEquals(new byte[] {(byte) 0xca, (byte) 0xfe}, new byte[] {own[0], own[1]});
    Files.createDirectories(classes.resolve(CLASS).getParent());
    Files.write(classes.resolve(CLASS), own);
    URL[] places = {classes.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(places, null)) {
      Class<?> type = loader.loadClass(OwnJar.class.getName());
      assertEquals(Optional.empty(), method(type, "path").invoke(null));
      Method read = method(type, "read", String.class);
      assertArrayEquals(own, (byte[]) read.invoke(null, "/" + CLASS));
      assertNull(read.invoke(null, "/natives/of/no/platform"));
    }
  }

  @Test
  void theJarIsReadAndThenTheClassPath(@TempDir Path temporary) throws Exception {
    Path file = temporary.resolve("a jar+100%.jar");
    byte[] native0 = {1, 2, 3};
    try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(file))) {
      add(jar, CLASS, OwnJar.read("/" + CLASS));
      add(jar, "natives/some", native0);
    }
    Path beside = Files.createDirectories(temporary.resolve("beside"));
    Files.write(beside.resolve("other"), new byte[] {4});
    URL[] places = {file.toUri().toURL(), beside.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(places, null)) {
      Class<?> type = loader.loadClass(OwnJar.class.getName());
      assertEquals(Optional.of(file), method(type, "path").invoke(null));
      Method read = method(type, "read", String.class);
      assertArrayEquals(native0, (byte[]) read.invoke(null, "/natives/some"));
      assertArrayEquals(new byte[] {4}, (byte[]) read.invoke(null, "/other"));
      assertNull(read.invoke(null, "/missing"));
      // Nothing keeps the jar open.
      assertTrue(Files.deleteIfExists(file));
    }
  }
}
