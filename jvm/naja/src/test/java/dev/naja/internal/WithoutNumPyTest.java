package dev.naja.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.naja.Namespace;
import dev.naja.NdArray;
import dev.naja.PyObject;
import dev.naja.Python;
import dev.naja.PythonConfig;
import dev.naja.PythonException;
import dev.naja.TestPython;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What arrays become where NumPy cannot be imported, in a JVM that hides it. */
class WithoutNumPyTest {
  private static List<String> lines;

  @BeforeAll
  static void run() throws Exception {
    String python = TestPython.get().executable().toString();
    ChildJvm.Result child = new ChildJvm().run(Hiding.class, Map.of("NAJA_PYTHON", python));
    assertEquals(0, child.status, child.output);
    lines = List.of(child.output.split("\n"));
  }

  @Test
  void arraysAreLists() {
    assertEquals("[1.5, -0.0]", lines.get(0));
    assertEquals("[[1], [], None]", lines.get(1));
  }

  @Test
  void ndArrayIsRefused() {
    assertRefused(lines.get(2));
  }

  @Test
  void arrayThatHasToBeNumPySIsRefused() {
    assertRefused(lines.get(3));
  }

  @Test
  void bufferOfPythonIsAnNdArray() {
    assertEquals("NdArray(<f8, [2])", lines.get(4));
  }

  @Test
  void numPyThatIsThereLaterIsFound() {
    assertEquals("found", lines.get(5));
  }

  private static void assertRefused(String line) {
    assertTrue(
        line.startsWith(
                "ImportError an array of Java's is a numpy.ndarray in Python, but NumPy cannot be"
                    + " imported (")
            && line.endsWith(" -m pip install numpy"),
        line);
  }

  /** Hides NumPy and prints what arrays become, a line each. */
  static final class Hiding {
    private static PyObject repr;

    public static void main(String[] arguments) {
      Python python = Python.start();
      Namespace namespace = python.namespace();
      namespace.exec("import sys, array\nsys.modules['numpy'] = None");
      repr = namespace.evalAs(PyObject.class, "repr");
      print(new double[] {1.5, -0.0});
      print(new long[][] {{1}, {}, null});
      print(NdArray.of(new double[] {1}));
      Python.start(PythonConfig.of().withArrays(PythonConfig.Arrays.NUMPY));
      print(new int[] {1});
      Python.start(PythonConfig.of().withArrays(PythonConfig.Arrays.AUTO));
      System.out.println(namespace.evalAs(NdArray.class, "array.array('d', [1, 2])"));
      namespace.exec("del sys.modules['numpy']");
      boolean installed =
          namespace.evalAs(
              boolean.class, "__import__('importlib.util').util.find_spec('numpy') is not None");
      if (installed) {
        namespace.exec("import numpy");
      }
      namespace.set("a", new double[] {1});
      String wanted = installed ? "numpy.ndarray" : "list";
      String type = namespace.evalAs(PyObject.class, "a").typeName();
      System.out.println(type.equals(wanted) ? "found" : type);
    }

    private static void print(Object array) {
      try {
        System.out.println(repr.callAs(String.class, new Object[] {array}));
      } catch (PythonException e) {
        System.out.println(e.pythonType() + " " + e.pythonMessage());
      }
    }
  }
}
