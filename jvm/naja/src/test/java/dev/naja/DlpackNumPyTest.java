package dev.naja;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How an {@link NdArray} and NumPy exchange memory by DLPack, in both directions. */
class DlpackNumPyTest {
  private Namespace namespace;

  @BeforeEach
  void importNumPy() {
    namespace = TestPython.namespace("import sys");
    TestPython.assumePackages("numpy");
    namespace.exec(
        "import numpy as np\n"
            + "class Tensor:\n"
            + "    def __init__(self, array): self.array = array\n"
            + "    def __dlpack_device__(self): return self.array.__dlpack_device__()\n"
            + "    def __dlpack__(self, **asked): return self.array.__dlpack__(**asked)");
  }

  /** Whether this NumPy has a DLPack that can say that an array is read-only. */
  private boolean isVersioned() {
    return namespace.evalAs(
        boolean.class, "tuple(map(int, np.__version__.split('.')[:2])) >= (2, 1)");
  }

  @Test
  void tensorComesAsItsMemoryAndIsLetGoOf() {
    namespace.exec("a = np.array([[0.0, 1, 2], [3, 4, 5]])\nbefore = sys.getrefcount(a)");
    NdArray array = namespace.evalAs(NdArray.class, "Tensor(a[:, ::-1])");
    assertArrayEquals(new double[] {2, 1, 0, 5, 4, 3}, array.toDoubleArray());
    namespace.exec("a[0, 0] = 7");
    assertEquals(7, array.getDouble(0, 2));
    assertEquals(!isVersioned(), array.isReadOnly());
    assertTrue(namespace.evalAs(boolean.class, "sys.getrefcount(a) > before"));
    array.close();
    assertEquals(0L, namespace.evalAs(long.class, "sys.getrefcount(a) - before"));
  }

  @Test
  void readOnlyTensorComesReadOnlyOrNotAtAll() {
    namespace.exec("a = np.arange(3)\na.flags.writeable = False");
    if (isVersioned()) {
      assertTrue(namespace.evalAs(NdArray.class, "Tensor(a)").isReadOnly());
    }
    namespace.exec("a.flags.writeable = True");
    assertEquals(!isVersioned(), namespace.evalAs(NdArray.class, "Tensor(a)").isReadOnly());
  }

  @Test
  void tensorGoesBackAsAnArrayOverTheSameMemory() {
    namespace.exec("a = np.arange(3)");
    namespace.set("b", namespace.evalAs(NdArray.class, "Tensor(a)"));
    assertTrue(namespace.evalAs(boolean.class, "type(b) is np.ndarray and np.shares_memory(a, b)"));
  }

  @Test
  void arrayOfJavaIsTakenByDlpack() {
    NdArray array = NdArray.of(new float[] {1, 2, 3, 4}).reshape(2, 2);
    namespace.set("a", array.transpose());
    namespace.exec("b = np.from_dlpack(a)");
    assertEquals(List.of(List.of(1.0, 3.0), List.of(2.0, 4.0)), namespace.eval("b.tolist()"));
    assertTrue(namespace.evalAs(boolean.class, "np.shares_memory(a, b)"));
    array.setDouble(9, 0, 1);
    assertEquals(9.0, namespace.eval("float(b[1, 0])"));
  }

  @Test
  void readOnlyArrayOfJavaIsTakenByDlpackWhereThatCanSaySo() {
    namespace.set("a", NdArray.of(new int[] {1}).asReadOnly());
    namespace.exec(
        "try: b = np.from_dlpack(a)\n" + "except BufferError as failure: b = str(failure)");
    if (isVersioned()) {
      assertFalse(namespace.evalAs(boolean.class, "b.flags.writeable"));
    } else {
      assertTrue(namespace.evalAs(String.class, "b").contains("readonly"));
    }
  }

  /** What Python calls. */
  public static final class Host {
    /** Memory that Java has made and nobody else keeps. */
    public NdArray halves() {
      return NdArray.of(new float[] {0.5f, 1.5f});
    }
  }

  @Test
  void javaObjectThatIsAnArrayIsSeenAsOne() {
    namespace.set("host", new Host());
    namespace.exec("h = host.halves()\na = np.asarray(h)\na[0] = 4\nb = np.from_dlpack(h)");
    assertEquals("NdArray", namespace.eval("type(h).__name__"));
    assertEquals(
        List.of(4.0, 1.5, 5.5), namespace.eval("[h.getDouble(0), float(b[1]), float(np.sum(h))]"));
    assertTrue(namespace.evalAs(boolean.class, "np.shares_memory(a, b)"));
    assertEquals("float64", namespace.eval("str(np.asarray(h, np.float64).dtype)"));
    assertFalse(namespace.evalAs(boolean.class, "np.shares_memory(a, np.array(h))"));
    PythonException refused =
        assertThrows(PythonException.class, () -> namespace.exec("h.__array__('i4', copy=False)"));
    assertEquals(
        "a dev.naja.NdArray of float32 is no array of i4 without a copy", refused.pythonMessage());
  }

  @Test
  void takenArrayKeepsTheMemoryThatJavaForgets() throws InterruptedException {
    namespace.set("a", NdArray.of(new double[] {1, 2, 3}));
    namespace.exec("b = np.from_dlpack(a)\ndel a");
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(20);
      NdArray.of(new double[] {9, 9, 9});
    }
    assertEquals(List.of(1.0, 2.0, 3.0), namespace.eval("b.tolist()"));
  }
}
