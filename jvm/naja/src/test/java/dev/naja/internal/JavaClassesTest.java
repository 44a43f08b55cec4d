package dev.naja.internal;

import static dev.naja.internal.CompiledClasses.CALLER;
import static dev.naja.internal.CompiledClasses.calledFrom;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which class or package a name means, by which loader, and what is said of an unknown one. */
class JavaClassesTest {
  private static final String WHO = "package com.acme; public class Who { public class In {} }";

  @TempDir private Path directory;

  private final ClassLoader context = Thread.currentThread().getContextClassLoader();

  @AfterEach
  void restore() {
    ClassFilter.set(null);
    Thread.currentThread().setContextClassLoader(context);
  }

  private CompiledClasses compile(String name, String... sources) throws IOException {
    return CompiledClasses.of(Files.createDirectory(directory.resolve(name)), sources);
  }

  @Test
  void findsClassesByAnyOfTheirNames() {
    assertSame(ArrayList.class, JavaUpcalls.find("java.util.ArrayList"));
    assertSame(Map.Entry.class, JavaUpcalls.find("java.util.Map.Entry"));
    assertSame(Map.Entry.class, JavaUpcalls.find("java.util.Map$Entry"));
    assertSame(int.class, JavaUpcalls.find("int"));
    assertSame(double[].class, JavaUpcalls.find("double[]"));
    assertSame(String[][].class, JavaUpcalls.find("java.lang.String[][]"));
    assertSame(Map.Entry[].class, JavaUpcalls.find("java.util.Map.Entry[]"));
    assertSame(
        Nested.Deep.class, JavaUpcalls.find("dev.naja.internal.JavaClassesTest.Nested.Deep"));
  }

  /** A class in a class. */
  static final class Nested {
    /** A class in it. */
    static final class Deep {}
  }

  @Test
  void findsInheritedMemberClasses() {
    assertSame(AbstractMap.SimpleEntry.class, JavaUpcalls.find("java.util.HashMap.SimpleEntry"));
    assertSame(AbstractMap.SimpleEntry.class, JavaUpcalls.find("java.util.HashMap$SimpleEntry"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "java.util.ArayList   | the package java.util has no such class; did you mean"
            + " java.util.ArrayList?",
        "java.utl.List        | there is no package java.utl; did you mean java.util?",
        "jav.util.List        | there is no package jav; did you mean java?",
        "java.util.Map.Entri  | java.util.Map has no such member class; did you mean"
            + " java.util.Map.Entry?",
        "java.util.Map$Entri  | java.util.Map has no such member class; did you mean"
            + " java.util.Map.Entry?",
        "java.util            | it is a package",
        "ArrayList            | a class is named with its package; did you mean"
            + " java.util.ArrayList?",
        "List                 | a class is named with its package; did you mean java.awt.List,"
            + " java.util.List?",
        "Zebra                | a class is named with its package. Is it on the class path of the"
            + " Java code that calls Python?",
        "org.zebra.Stripes    | there is no package org.zebra. Is it on the class path of the Java"
            + " code that calls Python?",
        "java.util.Zebra      | the package java.util has no such class. Is it on the class path of"
            + " the Java code that calls Python?",
        "a..b                 | there is no package a. Is it on the class path of the Java code"
            + " that calls Python?",
        "''                   | a class is named with its package. Is it on the class path of the"
            + " Java code that calls Python?",
      })
  void saysHowFarAnUnknownNameLeads(String name, String why) {
    assertEquals("there is no Java class " + name + ": " + why, JavaUpcalls.find(name));
  }

  @Test
  void saysThatArraysHaveFewDimensions() {
    String name = "int" + "[]".repeat(256);
    assertEquals(
        "there is no Java class " + name + ": an array has 255 dimensions at most",
        JavaUpcalls.find(name));
  }

  @Test
  void asksTheCallersLoaderThenTheContextsThenTheSystems() throws Exception {
    URLClassLoader first = compile("first", CALLER, WHO).loader();
    URLClassLoader second =
        compile("second", WHO, "package com.acme; public class Second {}").loader();
    Thread.currentThread().setContextClassLoader(second);

    assertSame(
        first.loadClass("com.acme.Who"), calledFrom(first, () -> JavaUpcalls.find("com.acme.Who")));
    assertSame(
        first.loadClass("com.acme.Who$In"),
        calledFrom(first, () -> JavaUpcalls.find("com.acme.Who.In")));
    assertSame(
        second.loadClass("com.acme.Second"),
        calledFrom(first, () -> JavaUpcalls.find("com.acme.Second")));
    assertSame(
        Nested.class,
        calledFrom(first, () -> JavaUpcalls.find("dev.naja.internal.JavaClassesTest$Nested")));
    assertSame(second.loadClass("com.acme.Who"), JavaUpcalls.find("com.acme.Who"));
  }

  @Test
  void looksPastTheJdksFramesForTheCaller() throws Exception {
    URLClassLoader loader = compile("first", CALLER, WHO).loader();
    List<Object> found = new ArrayList<>();
    calledFrom(
        loader,
        () -> {
          List.of("com.acme.Who").forEach(name -> found.add(JavaUpcalls.find(name)));
          return null;
        });
    assertEquals(List.of(loader.loadClass("com.acme.Who")), found);
  }

  @Test
  void findsWithoutAContextLoader() {
    Thread.currentThread().setContextClassLoader(null);
    assertSame(Nested.class, JavaUpcalls.find("dev.naja.internal.JavaClassesTest.Nested"));
  }

  @Test
  void doesNotInitializeWhatItFinds() throws Exception {
    URLClassLoader loader =
        compile(
                "first",
                CALLER,
                "package com.acme; public class Failing { static int x = 1 / Failing.zero();"
                    + " static int zero() { System.setProperty(\"com.acme.failing\", \"\");"
                    + " return 0; } }")
            .loader();
    Class<?> found = (Class<?>) calledFrom(loader, () -> JavaUpcalls.find("com.acme.Failing"));
    JavaUpcalls.describe(found);
    assertEquals("com.acme.Failing", found.getName());
    assertNull(System.getProperty("com.acme.failing"));
  }

  @Test
  void saysWhatKeepsAClassFromBeingLoaded() throws Exception {
    CompiledClasses classes =
        compile(
            "first",
            CALLER,
            "package com.acme; public class Base {}",
            "package com.acme; public class Derived extends Base {}");
    classes.remove("Base");
    assertEquals(
        "the Java class com.acme.Derived cannot be loaded: java.lang.NoClassDefFoundError:"
            + " com/acme/Base",
        calledFrom(classes.loader(), () -> JavaUpcalls.find("com.acme.Derived")));
  }

  @Test
  void filterRefusesAClassAndItsArrays() {
    ClassFilter.set(name -> !name.equals("java.util.Map$Entry"));
    String refusal =
        "Python may not touch the Java class java.util.Map$Entry: the filter that"
            + " PythonConfig.withClassFilter was given refuses it";
    assertEquals(refusal, JavaUpcalls.find("java.util.Map.Entry"));
    assertEquals(refusal, JavaUpcalls.find("java.util.Map.Entry[][]"));
    assertSame(Map.class, JavaUpcalls.find("java.util.Map"));
  }

  @Test
  void filterHidesClassesOfPackages() {
    ClassFilter.set(name -> !name.equals("java.util.ArrayList"));
    List<String> members = Arrays.asList(JavaUpcalls.packageMembers("java.util"));
    assertFalse(members.contains("ArrayList"));
    assertTrue(members.contains("LinkedList"));
  }

  @Test
  void filterLeavesPrimitivesAndTheLibrarysOwnClasses() {
    ClassFilter.set(name -> false);
    assertSame(int[].class, JavaUpcalls.find("int[]"));
    assertSame(PythonFaces.class, JavaUpcalls.find("dev.naja.internal.PythonFaces"));
  }

  @Test
  void foundClassesLetTheirLoaderGo() throws Exception {
    WeakReference<ClassLoader> loader = useAndForget();
    for (int i = 0; i < 100 && loader.get() != null; i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertNull(loader.get());
  }

  private WeakReference<ClassLoader> useAndForget() throws Exception {
    try (URLClassLoader loader =
        compile(
                "first",
                CALLER,
                "package com.acme; public class Who { public static void take("
                    + "java.util.List<Who> all, Runnable last) {} }")
            .loader()) {
      Class<?> found = (Class<?>) calledFrom(loader, () -> JavaUpcalls.find("com.acme.Who"));
      assertSame(loader, found.getClassLoader());
      calledFrom(loader, () -> JavaUpcalls.packageMembers("com.acme"));
      JavaUpcalls.describe(found);
      Object[] chosen =
          (Object[])
              JavaUpcalls.choose(found, "take", false, new Object[] {"list:empty", "callable"});
      assertEquals("XX", chosen[1]);
      return new WeakReference<>(loader);
    }
  }

  @Test
  void knowsPackagesOfModules() {
    assertTrue(JavaUpcalls.isPackage("java"));
    assertTrue(JavaUpcalls.isPackage("java.util"));
    assertTrue(JavaUpcalls.isPackage("java.util.concurrent.atomic"));
    assertFalse(JavaUpcalls.isPackage("java.ut"));
    assertFalse(JavaUpcalls.isPackage("java.util.ArrayList"));
    assertFalse(JavaUpcalls.isPackage("numpy"));
    assertFalse(JavaUpcalls.isPackage(""));
  }

  @Test
  void knowsPackagesOfTheClassPath() {
    assertTrue(JavaUpcalls.isPackage("dev"));
    assertTrue(JavaUpcalls.isPackage("org.junit.jupiter.api"));
  }

  @Test
  void knowsPackagesOfTheCallersDirectoriesAndJars() throws Exception {
    CompiledClasses classes = compile("first", CALLER, WHO + " class Hidden {}");
    Path jar = classes.jar(directory.resolve("some classes.jar"));
    Path reference =
        CompiledClasses.reference(directory.resolve("reference.jar"), "some%20classes.jar");
    for (Path place : List.of(classes.directory, jar, reference)) {
      try (URLClassLoader loader = CompiledClasses.loader(place)) {
        for (String name : List.of("com", "com.acme")) {
          assertEquals(true, calledFrom(loader, () -> JavaUpcalls.isPackage(name)), name);
        }
        for (String name : List.of("com.acm", "com.acme.Who", "source")) {
          assertEquals(false, calledFrom(loader, () -> JavaUpcalls.isPackage(name)), name);
        }
        assertEquals(
            List.of("Caller", "Who"),
            Arrays.asList(
                (String[]) calledFrom(loader, () -> JavaUpcalls.packageMembers("com.acme"))));
        assertTrue(
            Arrays.asList((String[]) calledFrom(loader, () -> JavaUpcalls.packageMembers("com")))
                .contains("acme"));
      }
    }
  }

  @Test
  void seesAJarThatIsReplaced() throws Exception {
    Path jar = directory.resolve("classes.jar");
    compile("first", CALLER).jar(jar);
    Thread.currentThread().setContextClassLoader(CompiledClasses.loader(jar));
    assertFalse(JavaUpcalls.isPackage("com.acme.more"));
    compile("second", CALLER, "package com.acme.more; public class Added {}").jar(jar);
    assertTrue(JavaUpcalls.isPackage("com.acme.more"));
    assertEquals(List.of("Added"), Arrays.asList(JavaUpcalls.packageMembers("com.acme.more")));
  }

  @Test
  void directoryWithoutClassesIsNoPackage() throws Exception {
    Files.createDirectories(directory.resolve("templates/mail"));
    Files.writeString(directory.resolve("templates/mail/hello.txt"), "hello");
    Thread.currentThread().setContextClassLoader(CompiledClasses.loader(directory));
    assertFalse(JavaUpcalls.isPackage("templates"));
  }

  @Test
  void listsPublicClassesAndPackages() {
    List<String> members = Arrays.asList(JavaUpcalls.packageMembers("java.util"));
    assertTrue(members.containsAll(List.of("ArrayList", "Map", "concurrent", "stream")));
    assertFalse(members.contains("Comparators"), "it is not public");
    assertFalse(members.contains("Map$Entry"));
    assertEquals(List.of(), Arrays.asList(JavaUpcalls.packageMembers("org.zebra")));
  }
}
