package dev.naja;

import static dev.naja.SameValue.assertSameValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How Java's arrays become NumPy's, and NumPy's become Java's. */
class JavaArraysNumPyTest {
  private Namespace namespace;

  @BeforeEach
  void importNumPy() {
    namespace = TestPython.namespace();
    TestPython.assumePackages("numpy");
    namespace.exec("import numpy as np\ndef same(x): return x");
  }

  private PyObject same() {
    return namespace.get("same", PyObject.class);
  }

  private String refusal(Object array) {
    return assertThrows(PythonConversionException.class, () -> same().call(new Object[] {array}))
        .getMessage();
  }

  // Java to Python.

  @Test
  void arrayIsACopyOfItsOwn() {
    double[] numbers = {1, 2, 3};
    namespace.set("a", numbers);
    numbers[0] = 10;
    assertEquals("[1.0, 2.0, 3.0]", namespace.eval("str(a.tolist())"));
    namespace.exec("a[1] = 20");
    assertArrayEquals(new double[] {10, 2, 3}, numbers);
    assertTrue(
        namespace.evalAs(
            boolean.class,
            "a.flags.owndata and a.flags.writeable and a.flags.aligned and a.flags.c_contiguous"));
  }

  @Test
  void largeArrayHasEveryElement() {
    double[] numbers = new double[1_000_000];
    Arrays.setAll(numbers, i -> i / 2.0);
    namespace.set("a", numbers);
    assertEquals(249999750000.0, namespace.evalAs(double.class, "float(a.sum())"));
    assertSameValue(numbers, namespace.evalAs(double[].class, "a"));
  }

  @Test
  void arraysInsideOfOtherValuesAreArrays() {
    namespace.set("a", Map.of("x", List.of(new int[] {1}, new float[][] {{2}})));
    assertEquals(
        "int32 (1,) float32 (1, 1)",
        namespace.eval(
            "f\"{a['x'][0].dtype} {a['x'][0].shape} {a['x'][1].dtype} {a['x'][1].shape}\""));
  }

  @Test
  void rowsLieOneAfterTheOther() {
    long[][][] cube = new long[3][4][5];
    long next = 0;
    for (long[][] table : cube) {
      for (long[] row : table) {
        for (int i = 0; i < row.length; i++) {
          row[i] = next++;
        }
      }
    }
    namespace.set("a", cube);
    assertTrue(
        namespace.evalAs(
            boolean.class,
            "a.shape == (3, 4, 5) and a.flags.c_contiguous"
                + " and (a == np.arange(60).reshape(3, 4, 5)).all()"));
    assertSameValue(cube, namespace.evalAs(long[][][].class, "a"));
  }

  @Test
  void raggedRowIsNamed() {
    String message = refusal(new double[][] {{1, 2}, {3, 4}, {5}});
    assertTrue(
        message.contains("row [2] has 1 elements where others have 2") && message.contains("LISTS"),
        message);
    message = refusal(new int[][][] {{{1}, {2}}, {{3}, {4, 5}}});
    assertTrue(message.contains("row [1][1] has 2 elements where others have 1"), message);
    message = refusal(new int[][][] {{{1}, {2}}, {{3}}});
    assertTrue(message.contains("row [1] has 1 elements where others have 2"), message);
  }

  @Test
  void nullRowIsNamed() {
    assertTrue(refusal(new double[][] {{1}, null}).contains("row [1] is null"));
    assertTrue(refusal(new double[][] {null}).contains("row [0] is null"));
    assertTrue(refusal(new double[][][] {{{1}}, {null}}).contains("row [1][0] is null"));
  }

  @Test
  void moreDimensionsThanNumPyKnowsAreItsError() {
    long[] shape = new long[300];
    Arrays.fill(shape, 1);
    NdArray array = NdArray.zeros(DType.INT8, shape);
    PythonException refused = assertThrows(PythonException.class, () -> same().call(array));
    assertEquals("ValueError", refused.pythonType());
    assertTrue(refused.pythonMessage().contains("dimension"), refused.pythonMessage());
  }

  @Test
  void emptyArraysKeepTheirShape() {
    namespace.set("a", new float[0][3]);
    namespace.set("b", new boolean[3][0]);
    assertEquals("(0, 0) (3, 0)", namespace.eval("f'{a.shape} {b.shape}'"));
    assertSameValue(new float[0][], namespace.evalAs(float[][].class, "a"));
    assertSameValue(new boolean[3][0], namespace.evalAs(boolean[][].class, "b"));
  }

  @Test
  void callbackAnswersWithAnArray() {
    interface Source {
      double[] numbers();
    }
    namespace.set("source", (Source) () -> new double[] {1, 2});
    assertEquals(
        "ndarray [1.0, 2.0]",
        namespace.eval(
            "(lambda v: f'{type(v).__name__} {v.tolist()}')"
                + "(__import__('naja').value(source.numbers()))"));
  }

  // Python to Java.

  @Test
  void arrayComesBackByReference() {
    try (PyObject array = (PyObject) namespace.eval("np.arange(3.0)")) {
      assertEquals("numpy.ndarray", array.typeName());
      assertArrayEquals(new double[] {0, 1, 2}, array.as(double[].class));
    }
  }

  @Test
  void arrayIsCopiedAsTheClassThatIsNamed() {
    assertSameValue(new double[] {1, 2.5}, namespace.evalAs(double[].class, "np.array([1, 2.5])"));
    assertSameValue(
        new float[] {1, 2.5f}, namespace.evalAs(float[].class, "np.array([1, 2.5], 'f4')"));
    assertSameValue(new long[] {1, -2}, namespace.evalAs(long[].class, "np.array([1, -2])"));
    assertSameValue(new int[] {1, -2}, namespace.evalAs(int[].class, "np.array([1, -2], 'i4')"));
    assertSameValue(
        new short[] {1, -2}, namespace.evalAs(short[].class, "np.array([1, -2], 'i2')"));
    assertSameValue(
        new boolean[] {true, false}, namespace.evalAs(boolean[].class, "np.array([True, False])"));
  }

  @Test
  void numbersOfOtherTypesAreTheSameExactlyOrRefused() {
    assertSameValue(new double[] {1, 2}, namespace.evalAs(double[].class, "np.array([1, 2])"));
    assertSameValue(new int[] {1, 2}, namespace.evalAs(int[].class, "np.array([1.0, 2.0])"));
    assertSameValue(new long[] {1, 2}, namespace.evalAs(long[].class, "np.array([1, 2], '>u2')"));
    assertSameValue(new float[] {0.5f}, namespace.evalAs(float[].class, "np.array([0.5], 'f2')"));
    for (String refused : List.of("[1.5]", "[2**31]", "['a']", "[[1, 2]]", "[None]")) {
      assertThrows(
          PythonConversionException.class,
          () -> namespace.evalAs(int[].class, "np.array(" + refused + ")"),
          refused);
    }
  }

  @Test
  void viewsWithGapsAreCopiedInTheirOrder() {
    assertSameValue(
        new double[] {4, 2, 0}, namespace.evalAs(double[].class, "np.arange(6.0)[4::-2]"));
    assertSameValue(
        new int[][] {{0, 2}, {1, 3}},
        namespace.evalAs(int[][].class, "np.arange(4, dtype='i4').reshape(2, 2).T"));
    assertSameValue(
        new double[] {7, 7}, namespace.evalAs(double[].class, "np.broadcast_to(7.0, 2)"));
  }

  @Test
  void arraysInsideOfOtherValuesAreCopied() {
    Map<String, double[]> columns =
        namespace.evalAs(new TypeRef<Map<String, double[]>>() {}, "{'x': np.ones(2), 'y': [3, 4]}");
    assertArrayEquals(new double[] {1, 1}, columns.get("x"));
    assertArrayEquals(new double[] {3, 4}, columns.get("y"));
    List<int[]> rows =
        namespace.evalAs(new TypeRef<List<int[]>>() {}, "[np.array([1], 'i4'), (2,)]");
    assertArrayEquals(new int[] {1}, rows.get(0));
    assertArrayEquals(new int[] {2}, rows.get(1));
  }

  @Test
  void noHandleIsLeft() {
    double[] numbers = new double[200];
    try (PyObject same = same()) {
      long before = TestPython.get().handleCount();
      for (int i = 0; i < 100; i++) {
        assertArrayEquals(numbers, same.callAs(double[].class, numbers));
        assertThrows(
            PythonConversionException.class,
            () -> namespace.evalAs(int[].class, "np.array([1.5])"));
      }
      // Handles of earlier tests may be collected meanwhile.
      assertTrue(TestPython.get().handleCount() < before + 100);
    }
  }
}
