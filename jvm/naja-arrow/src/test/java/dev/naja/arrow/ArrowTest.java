package dev.naja.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.naja.Namespace;
import dev.naja.PyObject;
import dev.naja.Python;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ValueVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What every test of this module has: a Python with pyarrow, and an allocator that must close
 * clean. {@code tests/test_matrix.py} runs them with pyarrow and takes no excuse.
 */
abstract class ArrowTest {
  private static final Python PYTHON = Python.start();

  RootAllocator allocator;
  Namespace namespace;

  @BeforeEach
  void start() {
    namespace = PYTHON.namespace();
    namespace.exec("from importlib.util import find_spec");
    assumeTrue(
        namespace.evalAs(boolean.class, "find_spec('pyarrow') is not None"),
        () -> "pyarrow is not in " + PYTHON.executable());
    namespace.exec("import gc, pyarrow as pa");
    allocator = new RootAllocator();
    Arrow.setAllocator(allocator);
  }

  /** Nothing may be left in Java's allocator when Python has dropped what it had. */
  @AfterEach
  void end() {
    if (allocator == null) {
      return;
    }
    Arrow.setAllocator(null);
    drop();
    assertEquals(0, allocator.getAllocatedMemory(), allocator::toVerboseString);
    allocator.close();
  }

  /** Has Python forget all variables of the test. */
  void drop() {
    namespace.exec(
        "for _ in [each for each in globals() if each not in ('gc', 'pa', '__name__')]:\n"
            + "  del globals()[_]\n"
            + "gc.collect()");
    PYTHON.handleCount();
  }

  /** Runs a file of Python that lies beside the tests. */
  void run(String file) {
    try (InputStream source = ArrowTest.class.getResourceAsStream(file)) {
      namespace.exec(new String(source.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Sets a variable to an object that Java has no more use for. */
  void give(String name, PyObject object) {
    try (object) {
      namespace.set(name, object);
    }
  }

  PyObject eval(String expression) {
    return namespace.evalAs(PyObject.class, expression);
  }

  boolean holds(String expression) {
    return namespace.evalAs(boolean.class, expression);
  }

  /** What a vector's values look like in Java. */
  static List<String> texts(ValueVector vector) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < vector.getValueCount(); i++) {
      Object value = vector.getObject(i);
      texts.add(
          value instanceof byte[]
              ? HexFormat.of().formatHex((byte[]) value)
              : String.valueOf(value));
    }
    return texts;
  }
}
