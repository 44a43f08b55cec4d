package dev.naja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class PythonConfigTest {
  private static final String HERE = System.getProperty("user.dir");

  private static final Predicate<String> ALL_BUT_FILES =
      new Predicate<>() {
        @Override
        public boolean test(String name) {
          return !name.startsWith("java.io.");
        }

        @Override
        public String toString() {
          return "all but java.io";
        }
      };

  @Test
  void defaultsToTheEnvironmentAndToJavasOutput() {
    PythonConfig config = PythonConfig.of();
    assertEquals(Optional.empty(), config.executable());
    assertEquals(List.of(), config.path());
    assertEquals(Optional.empty(), config.requiredVersion());
    assertEquals(List.of(), config.requiredPackages());
    assertEquals(PythonConfig.Output.JAVA, config.output());
    assertTrue(config.logging());
    assertFalse(config.leakTracing());
    assertEquals(Optional.empty(), config.classFilter());
  }

  @Test
  void keepsTheExecutableAsItIsGiven() {
    assertEquals(Optional.of("venv/bin/python"), PythonConfig.of("venv/bin/python").executable());
    assertEquals(Optional.of("python3.12"), PythonConfig.of("python3.12").executable());
  }

  @Test
  void takesAPathAgainstTheWorkingDirectory() {
    assertEquals(Optional.of(HERE + "/venv"), PythonConfig.of(Path.of("venv")).executable());
    assertEquals(Optional.of("/opt/venv"), PythonConfig.of(Path.of("/opt/venv")).executable());
  }

  @Test
  void addsPathEntriesInOrderOverAllCalls() {
    PythonConfig config =
        PythonConfig.of().withPath("/a", "b").withPath(Path.of("/c")).withPath("/a");
    assertEquals(List.of("/a", HERE + "/b", "/c", "/a"), config.path());
  }

  @Test
  void keepsPathEntriesOfAnyScript() {
    assertEquals(List.of("/Modèle 模型 🐍"), PythonConfig.of().withPath("/Modèle 模型 🐍").path());
  }

  @Test
  void addsRequiredPackagesInOrderOverAllCalls() {
    PythonConfig config =
        PythonConfig.of().withRequiredPackages("numpy>=1.24", "pandas").withRequiredPackages("pip");
    assertEquals(List.of("numpy>=1.24", "pandas", "pip"), config.requiredPackages());
  }

  @Test
  void replacesWhatThereIsOneOf() {
    PythonConfig config =
        PythonConfig.of("p")
            .withRequiredVersion(">=3.9")
            .withRequiredVersion("==3.11.*")
            .withOutput(PythonConfig.Output.INHERIT)
            .withLogging(false)
            .withLeakTracing(true)
            .withClassFilter(name -> true)
            .withClassFilter(ALL_BUT_FILES)
            .withArrays(PythonConfig.Arrays.LISTS);
    assertEquals(Optional.of(ALL_BUT_FILES), config.classFilter());
    assertTrue(config.leakTracing());
    assertEquals(Optional.of("==3.11.*"), config.requiredVersion());
    assertEquals(PythonConfig.Output.INHERIT, config.output());
    assertFalse(config.logging());
    assertEquals(Optional.of("p"), config.executable());
  }

  @Test
  void leavesTheOriginalAsItWas() {
    PythonConfig original = PythonConfig.of("p");
    original.withPath("/a").withRequiredVersion(">=3.9").withRequiredPackages("numpy");
    assertEquals(PythonConfig.of("p"), original);
  }

  @Test
  void givesUnmodifiableLists() {
    PythonConfig config = PythonConfig.of().withPath("/a").withRequiredPackages("numpy");
    assertThrows(UnsupportedOperationException.class, () -> config.path().add("/b"));
    assertThrows(UnsupportedOperationException.class, () -> config.requiredPackages().clear());
  }

  @Test
  void refusesEmptyTexts() {
    assertRefused("The executable is empty", () -> PythonConfig.of(" "));
    assertRefused("The path entry is empty", () -> PythonConfig.of().withPath("/a", ""));
    assertRefused(
        "The version specifier is empty", () -> PythonConfig.of().withRequiredVersion(""));
    assertRefused("The requirement is empty", () -> PythonConfig.of().withRequiredPackages("\t"));
  }

  @Test
  void refusesNull() {
    NullPointerException e =
        assertThrows(NullPointerException.class, () -> PythonConfig.of((String) null));
    assertEquals("executable", e.getMessage());
    assertThrows(NullPointerException.class, () -> PythonConfig.of().withOutput(null));
    assertThrows(NullPointerException.class, () -> PythonConfig.of().withClassFilter(null));
    assertThrows(NullPointerException.class, () -> PythonConfig.of().withArrays(null));
  }

  @Test
  void isEqualByValue() {
    PythonConfig one = full();
    assertEquals(one, full());
    assertEquals(one.hashCode(), full().hashCode());
    for (PythonConfig other :
        List.of(
            PythonConfig.of("q"),
            one.withPath("/b"),
            one.withRequiredVersion(">=3.10"),
            one.withRequiredPackages("pandas"),
            one.withOutput(PythonConfig.Output.JAVA),
            one.withLogging(true),
            one.withLeakTracing(true),
            one.withClassFilter(name -> true),
            one.withArrays(PythonConfig.Arrays.AUTO))) {
      assertNotEquals(one, other);
    }
    assertNotEquals(one, "PythonConfig");
  }

  @Test
  void printsAllItHolds() {
    assertEquals(
        "PythonConfig[executable=p, path=[/a], requiredVersion=>=3.9, requiredPackages=[numpy],"
            + " output=INHERIT, logging=false, leakTracing=false, classFilter=all but java.io,"
            + " arrays=LISTS]",
        full().toString());
    assertEquals(
        "PythonConfig[executable=from the environment, path=[], requiredVersion=any,"
            + " requiredPackages=[], output=JAVA, logging=true, leakTracing=false,"
            + " classFilter=none, arrays=none]",
        PythonConfig.of().toString());
  }

  private static PythonConfig full() {
    return PythonConfig.of("p")
        .withPath("/a")
        .withRequiredVersion(">=3.9")
        .withRequiredPackages("numpy")
        .withOutput(PythonConfig.Output.INHERIT)
        .withLogging(false)
        .withClassFilter(ALL_BUT_FILES)
        .withArrays(PythonConfig.Arrays.LISTS);
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
