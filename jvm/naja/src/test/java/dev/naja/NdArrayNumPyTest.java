package dev.naja;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How an {@link NdArray} and a {@code numpy.ndarray} share memory. {@code tests/test_matrix.py}
 * runs it with NumPy and takes no excuse.
 */
class NdArrayNumPyTest {
  private Namespace namespace;

  @BeforeEach
  void importNumPy() {
    namespace = TestPython.namespace("import sys, gc");
    TestPython.assumePackages("numpy");
    namespace.exec("import numpy as np");
  }

  private NdArray of(String expression) {
    return namespace.evalAs(NdArray.class, expression);
  }

  private String repr(NdArray array) {
    return namespace.evalAs(PyObject.class, "repr").callAs(String.class, array);
  }

  private String refusal(String expression) {
    return assertThrows(PythonConversionException.class, () -> of(expression)).getMessage();
  }

  // Java to Python.

  @Test
  void arrayArrivesAsAnArrayOverTheSameMemory() {
    NdArray array = NdArray.of(new double[] {1, 2, 3, 4, 5, 6}).reshape(2, 3);
    namespace.set("a", array);
    assertEquals("numpy.ndarray", namespace.evalAs(PyObject.class, "a").typeName());
    assertEquals("array([[1., 2., 3.],\n       [4., 5., 6.]])", repr(array));
    namespace.exec("a[1, 2] = 60");
    assertEquals(60, array.getDouble(1, 2));
    array.setDouble(10, 0, 0);
    assertEquals(10.0, namespace.evalAs(double.class, "a[0, 0]"));
    assertTrue(namespace.evalAs(boolean.class, "a.flags.c_contiguous and a.flags.writeable"));
    namespace.set("again", array);
    assertTrue(namespace.evalAs(boolean.class, "a is again"));
  }

  @Test
  void everyTypeArrivesAsItsOwn() {
    for (String type :
        new String[] {
          "|b1",
          "|i1",
          "<i2",
          "<i4",
          "<i8",
          "|u1",
          "<u2",
          "<u4",
          "<u8",
          "<f2",
          "<f4",
          "<f8",
          "<c8",
          "<c16",
          "<M8[ns]",
          "<M8[15m]",
          "<M8",
          "<m8[ns]",
          "<m8[M]",
          "|S5",
          ">i4",
          ">f8",
          ">c16",
          ">M8[s]"
        }) {
      NdArray array = NdArray.zeros(DType.of(type), 2);
      namespace.set("a", array);
      assertEquals(type, namespace.eval("a.dtype.str"));
      namespace.exec("a = a.copy()");
      NdArray back = namespace.get("a", NdArray.class);
      assertEquals(DType.of(type), back.dtype());
      assertEquals(0, back.asBuffer().compareTo(array.asBuffer()), type);
    }
  }

  @Test
  void viewsArriveWithTheirStrides() {
    NdArray table = NdArray.of(new int[] {0, 1, 2, 3, 4, 5}).reshape(2, 3);
    assertEquals(
        "array([[0, 3],\n       [1, 4],\n       [2, 5]], dtype=int32)", repr(table.transpose()));
    assertEquals("array([5, 4, 3], dtype=int32)", repr(table.at(1).flip(0)));
    assertEquals("array([[0, 2],\n       [3, 5]], dtype=int32)", repr(table.slice(1, 0, 3, 2)));
    assertEquals("array(4, dtype=int32)", repr(table.at(1, 1)));
    namespace.set("a", table.transpose());
    assertTrue(namespace.evalAs(boolean.class, "a.flags.f_contiguous"));
  }

  @Test
  void emptyArraysArrive() {
    assertEquals("array([], dtype=float64)", repr(NdArray.of(new double[0])));
    assertEquals(
        "array([], shape=(0, 3), dtype=float32)", repr(NdArray.zeros(DType.FLOAT32, 0, 3)));
    assertEquals("array(0.)", repr(NdArray.zeros(DType.FLOAT64)));
  }

  @Test
  void readOnlyArrayIsNotWrittenInPython() {
    namespace.set("a", NdArray.of(new long[] {1}).asReadOnly());
    PythonException refused = assertThrows(PythonException.class, () -> namespace.exec("a[0] = 2"));
    assertEquals("assignment destination is read-only", refused.pythonMessage());
    PythonException again =
        assertThrows(PythonException.class, () -> namespace.exec("a.flags.writeable = True"));
    assertEquals("ValueError", again.pythonType());
  }

  @Test
  void otherByteOrderIsReadAndWritten() {
    ByteBuffer big = ByteBuffer.allocateDirect(8).order(ByteOrder.BIG_ENDIAN);
    NdArray array = NdArray.wrap(big.asIntBuffer());
    namespace.set("a", array);
    namespace.exec("a[:] = [1, -2]");
    assertEquals(-2, big.getInt(4));
    assertArrayEquals(new int[] {1, -2}, array.toIntArray());
    assertArrayEquals(new double[] {1, 0.5}, of("np.array([1, .5], '>f8')").toDoubleArray());
  }

  @Test
  void pythonKeepsTheMemoryOfAnArrayThatJavaForgets() throws InterruptedException {
    namespace.set("kept", NdArray.of(new double[] {1, 2, 3}).slice(0, 1, 3));
    NdArray closed = NdArray.of(new double[] {4});
    namespace.set("closed", closed);
    closed.close();
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(20);
      NdArray.of(new double[] {9, 9, 9});
    }
    assertEquals(List.of(2.0, 3.0), namespace.eval("kept.tolist()"));
    assertEquals(List.of(4.0), namespace.eval("closed.tolist()"));
  }

  @Test
  void memoryGoesWhenNobodyHoldsIt() throws InterruptedException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(8);
    namespace.set("a", NdArray.wrap(buffer, DType.INT64, 1));
    java.lang.ref.WeakReference<ByteBuffer> watched = new java.lang.ref.WeakReference<>(buffer);
    buffer = null;
    namespace.exec("del a");
    for (int i = 0; i < 100 && watched.get() != null; i++) {
      System.gc();
      Thread.sleep(20);
      TestPython.get().handleCount();
    }
    assertSame(null, watched.get());
  }

  @Test
  void bytesThatCameFromPythonArriveAsAReadOnlyArray() {
    namespace.set("a", of("b'abc'"));
    assertEquals(List.of(97L, 98L, 99L), namespace.eval("a.tolist()"));
    assertFalse(namespace.evalAs(boolean.class, "a.flags.writeable"));
  }

  /** What Python calls. */
  public static final class Host {
    /** The sum of an array's elements. */
    public double sum(NdArray array) {
      double sum = 0;
      for (double each : array.toDoubleArray()) {
        sum += each;
      }
      return sum;
    }

    /** Two zeros. */
    public NdArray zeros() {
      return NdArray.zeros(DType.INT32, 2);
    }
  }

  @Test
  void methodsOfJavaTakeArraysFromPython() {
    namespace.set("host", new Host());
    assertEquals(6.5, namespace.evalAs(double.class, "host.sum(np.array([1.5, 5]))"));
    assertEquals(197.0, namespace.evalAs(double.class, "host.sum(b'bc')"));
    assertEquals(197.0, namespace.evalAs(double.class, "host.sum(memoryview(bytearray(b'bc')))"));
  }

  @Test
  void arrayThatJavaReturnsIsAJavaObjectWhoseValueIsAnArray() {
    namespace.set("host", new Host());
    namespace.exec("import naja\na = host.zeros()\nv = naja.value(a)\nv[1] = 5");
    assertEquals(
        List.of(0L, 5L, 5L, "ndarray"),
        namespace.eval("[*v.tolist(), a.getLong(1), type(v).__name__]"));
  }

  // Python to Java.

  @Test
  void arrayComesAsItsMemoryAndGoesBackAsItself() {
    namespace.exec("b = np.arange(6.0).reshape(2, 3)");
    NdArray array = namespace.get("b", NdArray.class);
    assertEquals("NdArray(<f8, [2, 3])", array.toString());
    assertFalse(array.isReadOnly());
    array.setDouble(70, 1, 1);
    assertEquals(70.0, namespace.evalAs(double.class, "b[1, 1]"));
    assertTrue((boolean) namespace.evalAs(PyObject.class, "lambda x: x is b").call(array));
    namespace.set("row", array.at(1));
    assertEquals(List.of(3.0, 70.0, 5.0), namespace.eval("row.tolist()"));
    assertTrue(namespace.evalAs(boolean.class, "np.shares_memory(row, b)"));
  }

  @Test
  void viewsComeWithTheirStrides() {
    assertArrayEquals(new double[] {5, 3, 1}, of("np.arange(6.0)[::-2]").toDoubleArray());
    NdArray column = of("np.asfortranarray(np.arange(6).reshape(2, 3))");
    assertTrue(column.isColumnMajor());
    assertArrayEquals(new long[] {0, 1, 2, 3, 4, 5}, column.toLongArray());
    assertEquals(48, column.asBuffer().capacity());
    assertArrayEquals(
        new long[] {5, 4, 3, 2, 1, 0}, of("np.arange(6).reshape(2, 3)[::-1, ::-1]").toLongArray());
    NdArray repeated = of("np.broadcast_to(np.float32(1.5), (2, 2))");
    assertArrayEquals(new float[] {1.5f, 1.5f, 1.5f, 1.5f}, repeated.toFloatArray());
    assertTrue(repeated.isReadOnly());
    assertEquals(2.5, of("np.array(2.5)").getDouble());
    assertArrayEquals(new long[] {0, 4}, of("np.zeros((0, 4))").shape());
  }

  @Test
  void pointsInTimeAndHalvesAndBytesCome() {
    NdArray lengths = of("np.array([-1, 'NaT'], 'm8[ms]')");
    assertEquals(DType.timedelta64("ms"), lengths.dtype());
    assertArrayEquals(new long[] {-1, Long.MIN_VALUE}, lengths.toLongArray());
    lengths.setLong(7, 1);
    assertEquals(7L, lengths.get(1));
    NdArray days = of("np.array(['1970-01-02', 'NaT'], 'M8[D]')");
    assertEquals("D", days.dtype().unit());
    assertArrayEquals(new long[] {1, Long.MIN_VALUE}, days.toLongArray());
    assertArrayEquals(new double[] {0.5, -2}, of("np.array([.5, -2], 'f2')").toDoubleArray());
    assertArrayEquals("ab".getBytes(), (byte[]) of("np.array([b'abc', b'ab'])").get(1));
  }

  @Test
  void arraysInsideOfAListCome() {
    namespace.exec("arrays = [np.ones(2), np.zeros(1)]");
    List<NdArray> arrays = namespace.evalAs(new TypeRef<List<NdArray>>() {}, "arrays");
    assertArrayEquals(new double[] {1, 1}, arrays.get(0).toDoubleArray());
    assertEquals(1, arrays.get(1).size());
  }

  @Test
  void arraysOfOtherElementsAreRefused() {
    assertTrue(
        refusal("np.array([1, 'a', None], object)")
            .endsWith(
                "to dev.naja.NdArray: its elements are Python objects (dtype object): make them"
                    + " numbers first, as by .astype('float64'), or take a List"));
    assertTrue(
        refusal("np.array(['a'])")
            .endsWith("its elements are str: take .tolist() as a List<String>"));
    assertTrue(
        refusal("np.zeros(1, [('x', 'f8')])")
            .endsWith("its elements are structures: take one field of it, as by array['name']"));
    assertTrue(refusal("np.zeros(1, 'g')").endsWith("Java has no elements of type '<f16'"));
    assertTrue(
        refusal("np.ma.array([1], mask=[True])")
            .endsWith("it has a mask, which would get lost: take .filled(...) or .data"));
  }

  @Test
  void arrayBeyondTheEndOfBuffersIsRefused() {
    // The memory is not touched, so that it takes none of the machine's.
    assertTrue(
        refusal("np.empty(3 * 2**30, 'u1')")
            .endsWith(
                "it takes 3221225472 bytes, and a Java buffer ends at 2147483647: take it in parts,"
                    + " as array[a:b]"));
    namespace.exec("large = np.empty(3 * 2**30, 'u1')\nlarge[-1] = 7");
    assertEquals(7, of("large[2**31:]").getLong((1 << 30) - 1));
    namespace.exec("del large");
  }

  @Test
  void ownerGoesWhenTheArrayIsClosed() {
    namespace.exec("c = np.ones(3)\nbefore = sys.getrefcount(c)");
    NdArray array = namespace.get("c", NdArray.class);
    assertEquals(1L, namespace.evalAs(long.class, "sys.getrefcount(c) - before"));
    array.close();
    assertEquals(0L, namespace.evalAs(long.class, "sys.getrefcount(c) - before"));
  }
}
