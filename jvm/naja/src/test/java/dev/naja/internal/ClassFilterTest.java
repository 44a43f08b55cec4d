package dev.naja.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.naja.Python;
import dev.naja.PythonConfig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a filter holds, and what it is asked for. */
class ClassFilterTest {

  @AfterEach
  void restore() {
    ClassFilter.set(null);
  }

  @Test
  void allowsAllUnlessTold() {
    assertTrue(ClassFilter.allows("java.io.File"));
  }

  @Test
  void startWithoutAFilterKeepsTheOneThatWasGiven() {
    Python.start(PythonConfig.of().withClassFilter(name -> !name.startsWith("java.io.")));
    assertFalse(ClassFilter.allows("java.io.File"));
    Python.start();
    assertFalse(ClassFilter.allows("java.io.File"));
    assertTrue(ClassFilter.allows("java.nio.file.Path"));
  }

  @Test
  void startWithAFilterReplacesTheOneThatWasGiven() {
    Python.start(PythonConfig.of().withClassFilter(name -> !name.startsWith("java.io.")));
    Python.start(PythonConfig.of().withClassFilter(name -> !name.startsWith("java.nio.")));
    assertTrue(ClassFilter.allows("java.io.File"));
    assertFalse(ClassFilter.allows("java.nio.file.Path"));
  }

  @Test
  void isAskedForBinaryNamesOfElements() {
    List<String> asked = new ArrayList<>();
    ClassFilter.set(asked::add);
    JavaUpcalls.find("java.util.Map.Entry[]");
    JavaUpcalls.find("long[][]");
    JavaUpcalls.describe(Thread.State[].class);
    assertEquals(List.of("java.util.Map$Entry", "java.lang.Thread$State"), asked);
  }
}
