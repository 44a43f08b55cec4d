package dev.naja;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What an {@link NdArray} is in Java, and what of Python's becomes one without NumPy. */
class NdArrayTest {

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  private static NdArray table() {
    return NdArray.of(new int[] {0, 1, 2, 3, 4, 5}).reshape(2, 3);
  }

  private static void refuses(Class<? extends Exception> type, String message, Executable code) {
    assertEquals(message, assertThrows(type, code).getMessage());
  }

  // Of Java arrays and buffers.

  @Test
  void primitiveArraysAreCopied() {
    double[] values = {1.5, -0.0, Double.NaN};
    NdArray array = NdArray.of(values);
    values[0] = 9;
    assertEquals("NdArray(<f8, [3])", array.toString());
    assertArrayEquals(new double[] {1.5, -0.0, Double.NaN}, array.toDoubleArray());
    assertArrayEquals(new float[] {0.1f}, NdArray.of(new float[] {0.1f}).toFloatArray());
    assertArrayEquals(new long[] {1L << 62}, NdArray.of(new long[] {1L << 62}).toLongArray());
    assertArrayEquals(new int[] {-7}, NdArray.of(new int[] {-7}).toIntArray());
    assertArrayEquals(new short[] {-8}, NdArray.of(new short[] {-8}).toShortArray());
    assertArrayEquals(new byte[] {-9}, NdArray.of(new byte[] {-9}).toByteArray());
    assertArrayEquals(new int[] {65_535}, NdArray.of(new char[] {'\uffff'}).toIntArray());
    assertArrayEquals(
        new boolean[] {true, false}, NdArray.of(new boolean[] {true, false}).toBooleanArray());
  }

  @Test
  void directBufferIsWrappedFromPositionToLimit() {
    ByteBuffer buffer = direct(32);
    buffer.position(8).limit(24);
    NdArray array = NdArray.wrap(buffer, DType.INT64, 2);
    buffer.putLong(16, 7);
    assertEquals(7, array.getLong(1));
    array.setLong(5, 0);
    assertEquals(5, buffer.getLong(8));
  }

  @Test
  void typedBuffersAreWrappedInTheirByteOrder() {
    ByteBuffer big = ByteBuffer.allocateDirect(12).order(ByteOrder.BIG_ENDIAN);
    IntBuffer ints = big.asIntBuffer().put(1, 258);
    ints.position(1);
    NdArray array = NdArray.wrap(ints);
    assertEquals(DType.of(">i4"), array.dtype());
    assertArrayEquals(new int[] {258, 0}, array.toIntArray());
    array.setLong(-1, 1);
    assertEquals(-1, big.getInt(8));
    assertTrue(NdArray.wrap(ints.asReadOnlyBuffer()).isReadOnly());
    assertEquals(0, NdArray.wrap(direct(0).asDoubleBuffer()).size());
  }

  @Test
  void typedBufferStaysForAsLongAsABufferOfItsArray() throws InterruptedException {
    ByteBuffer last = NdArray.wrap(filled()).slice(0, 1, 3).asBuffer();
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(20);
      filled();
    }
    assertEquals(7.0, last.getDouble(8));
  }

  private static DoubleBuffer filled() {
    return direct(24).asDoubleBuffer().put(new double[] {5, 6, 7}).rewind();
  }

  @Test
  void heapBufferIsRefused() {
    refuses(
        IllegalArgumentException.class,
        "Only a direct buffer can be wrapped, whose memory does not move: make it by"
            + " ByteBuffer.allocateDirect, or copy a Java array by NdArray.of.",
        () -> NdArray.wrap(ByteBuffer.allocate(8), DType.INT64, 1));
  }

  @Test
  void shapeThatDoesNotFillTheBufferIsRefused() {
    refuses(
        IllegalArgumentException.class,
        "An array of type <f8 and shape [2, 3] takes 48 bytes, but the buffer has 40 between its"
            + " position and its limit.",
        () -> NdArray.wrap(direct(40), DType.FLOAT64, 2, 3));
  }

  @Test
  void impossibleShapesAreRefused() {
    refuses(
        IllegalArgumentException.class,
        "The shape [2, -1] has a negative length.",
        () -> NdArray.zeros(DType.INT8, 2, -1));
    refuses(
        IllegalArgumentException.class,
        "An array of shape [1000000, 1000000] and 8 bytes an element takes more than a Java buffer"
            + " holds, 2147483647 bytes: split it.",
        () -> NdArray.zeros(DType.FLOAT64, 1_000_000, 1_000_000));
    refuses(
        IllegalArgumentException.class,
        "An array of shape [4611686018427387904, 4] and 1 bytes an element takes more than a Java"
            + " buffer holds, 2147483647 bytes: split it.",
        () -> NdArray.zeros(DType.INT8, 1L << 62, 4));
  }

  @Test
  void stridesMayLeaveGapsAndRepeat() {
    ByteBuffer buffer = direct(24);
    for (int i = 0; i < 6; i++) {
      buffer.putInt(4 * i, i);
    }
    long[] shape = {2, 3};
    NdArray columns = NdArray.wrap(buffer, DType.INT32, shape, new long[] {4, 8});
    assertArrayEquals(new int[] {0, 2, 4, 1, 3, 5}, columns.toIntArray());
    assertTrue(columns.isColumnMajor());
    assertFalse(columns.isRowMajor());
    NdArray repeated = NdArray.wrap(buffer, DType.INT32, shape, new long[] {0, 4});
    assertArrayEquals(new int[] {0, 1, 2, 0, 1, 2}, repeated.toIntArray());
    refuses(
        IllegalArgumentException.class,
        "An array of shape [2, 3], strides [16, 4] and 4 bytes an element reaches beyond the 24"
            + " bytes of the buffer.",
        () -> NdArray.wrap(buffer, DType.INT32, shape, new long[] {16, 4}));
    refuses(
        IllegalArgumentException.class,
        "An array of shape [2, 3], strides [4611686018427387904, 4611686018427387904] and 4 bytes"
            + " an element reaches beyond the 24 bytes of the buffer.",
        () -> NdArray.wrap(buffer, DType.INT32, shape, new long[] {1L << 62, 1L << 62}));
  }

  // Views.

  @Test
  void viewsShareMemory() {
    NdArray table = table();
    table.slice(1, 1, 3).at(1).setLong(50, 1);
    assertEquals(50L, table.get(1, 2));
    assertArrayEquals(new int[] {0, 3, 1, 4, 2, 50}, table.transpose().toIntArray());
    assertArrayEquals(new int[] {3, 4, 50, 0, 1, 2}, table.flip(0).toIntArray());
    assertArrayEquals(new int[] {0, 2, 3, 50}, table.slice(1, 0, 3, 2).toIntArray());
    assertArrayEquals(new int[] {50, 2}, table.flip(1).flip(0).slice(1, 0, 1).toIntArray());
    assertArrayEquals(new long[] {3, 2}, table.reshape(3, -1).shape());
    assertArrayEquals(new long[] {12, 4}, table.strides());
  }

  @Test
  void copyOfAViewHasNoGaps() {
    NdArray copy = table().transpose().copy();
    assertTrue(copy.isRowMajor());
    assertArrayEquals(new int[] {0, 3, 1, 4, 2, 5}, copy.toIntArray());
    assertArrayEquals(new int[] {3, 4, 5}, table().at(1).copy().toIntArray());
  }

  @Test
  void arrayWithoutDimensionsHasOneElement() {
    NdArray one = NdArray.zeros(DType.FLOAT64);
    one.setDouble(2.5);
    assertEquals(2.5, one.getDouble());
    assertEquals(1, one.size());
    assertEquals(0, one.dimensions());
    assertArrayEquals(new double[] {2.5}, one.transpose().reshape(1, 1).toDoubleArray());
  }

  @Test
  void emptyArraysAreArrays() {
    NdArray empty = NdArray.zeros(DType.FLOAT32, 0, 3);
    assertEquals(0, empty.size());
    assertEquals(0, empty.toFloatArray().length);
    assertEquals(0, empty.asBuffer().capacity());
    assertEquals(0, empty.transpose().flip(0).copy().size());
    assertArrayEquals(new long[] {0, 2}, empty.slice(1, 1, 3).shape());
    assertArrayEquals(new long[] {2, 0}, empty.reshape(2, 0).shape());
    assertArrayEquals(new long[] {2, 0}, table().slice(1, 3, 3).shape());
    assertEquals(0, NdArray.of(new long[0]).size());
  }

  @Test
  void impossibleViewsAreRefused() {
    refuses(
        IllegalArgumentException.class,
        "An array of shape [2, 3] has 6 elements, which do not fill the shape [4, -1].",
        () -> table().reshape(4, -1));
    assertThrows(IllegalArgumentException.class, () -> table().reshape(1L << 32, 1L << 32));
    assertThrows(IllegalArgumentException.class, () -> table().reshape(-1, -6));
    assertThrows(IllegalArgumentException.class, () -> table().reshape(-1, 0));
    refuses(
        IllegalStateException.class,
        "An array whose elements do not lie one after the other (shape [3, 2], strides [4, 12])"
            + " cannot be reshaped without a copy: copy() it first.",
        () -> table().transpose().reshape(6));
    refuses(
        IndexOutOfBoundsException.class,
        "Elements 1 to 4 by steps of 1 are no slice of dimension 1 of the shape [2, 3].",
        () -> table().slice(1, 1, 4));
    refuses(
        IndexOutOfBoundsException.class,
        "There is no dimension 2 in an array of shape [2, 3].",
        () -> table().flip(2));
    refuses(
        IndexOutOfBoundsException.class,
        "There is no element [2, 0] in an array of shape [2, 3].",
        () -> table().get(2, 0));
    refuses(
        IndexOutOfBoundsException.class,
        "There is no element [1] in an array of shape [2, 3].",
        () -> table().get(1));
  }

  @Test
  void bufferHoldsJustTheElements() {
    NdArray table = table();
    ByteBuffer row = table.at(1).asBuffer();
    assertEquals(12, row.capacity());
    row.putInt(0, 30);
    assertEquals(30, table.getLong(1, 0));
    assertEquals(24, table.transpose().asBuffer().capacity());
    NdArray big = NdArray.zeros(DType.INT32.withOrder(ByteOrder.BIG_ENDIAN), 1);
    assertEquals(ByteOrder.BIG_ENDIAN, big.asBuffer().order());
    refuses(
        IllegalStateException.class,
        "The elements do not lie one after the other, so no buffer holds just them: copy() the"
            + " array first.",
        () -> table.slice(1, 0, 2).asBuffer());
  }

  @Test
  void readOnlyArrayIsNotWritten() {
    NdArray array = NdArray.of(new double[] {1, 2}).asReadOnly().slice(0, 1, 2);
    refuses(
        UnsupportedOperationException.class,
        "This NdArray is read-only, as its owner is or asReadOnly() made it: copy() it and write to"
            + " the copy.",
        () -> array.setDouble(5, 0));
    assertThrows(ReadOnlyBufferException.class, () -> array.asBuffer().putDouble(0, 5));
    assertTrue(NdArray.wrap(direct(8).asReadOnlyBuffer(), DType.INT64, 1).transpose().isReadOnly());
    assertEquals(2, array.copy().getDouble(0));
    assertFalse(array.copy().isReadOnly());
  }

  // Elements.

  @Test
  void elementsOfEveryTypeAreRead() {
    ByteBuffer memory = direct(16);
    memory.putLong(0, -2).putLong(8, 3);
    assertEquals(-2L, NdArray.wrap(memory, DType.INT64, 2).get(0));
    assertEquals(
        BigInteger.TWO.pow(64).subtract(BigInteger.TWO),
        NdArray.wrap(memory, DType.UINT64, 2).get(0));
    assertEquals(0xffff_fffeL, NdArray.wrap(memory, DType.UINT32, 4).get(0));
    assertEquals(-2L, NdArray.wrap(memory, DType.INT16, 8).get(0));
    assertEquals(254L, NdArray.wrap(memory, DType.UINT8, 16).get(0));
    assertEquals(true, NdArray.wrap(memory, DType.BOOL, 16).get(0));
    assertEquals(3L, NdArray.wrap(memory, DType.datetime64("ms"), 2).get(1));
    assertArrayEquals(new byte[] {3}, (byte[]) NdArray.wrap(memory, DType.fixedBytes(8), 2).get(1));
    memory.putDouble(0, 0.5).putDouble(8, -1);
    assertArrayEquals(
        new double[] {0.5, -1}, (double[]) NdArray.wrap(memory, DType.COMPLEX128, 1).get(0));
    memory.putFloat(0, 2).putFloat(4, 3);
    assertArrayEquals(
        new double[] {2, 3}, (double[]) NdArray.wrap(memory, DType.COMPLEX64, 2).get(0));
  }

  @Test
  void halfPrecisionNumbersAreRead() {
    short[] bits = {0x3c00, (short) 0xc000, 0x7bff, 1, (short) 0x8000, 0x7c00, 0x7e00, 0x3555};
    ByteBuffer memory = direct(16);
    memory.asShortBuffer().put(bits);
    float[] values = NdArray.wrap(memory, DType.FLOAT16, 8).toFloatArray();
    float[] wanted = {
      1, -2, 65_504, 0x1p-24f, -0.0f, Float.POSITIVE_INFINITY, Float.NaN, 0x1.554p-2f
    };
    assertArrayEquals(wanted, values);
  }

  @Test
  void numbersAreCopiedToWiderTypesAndRefusedWhereTheyDoNotFit() {
    NdArray longs = NdArray.of(new long[] {1, 1L << 53, Long.MIN_VALUE});
    assertArrayEquals(new double[] {1, 0x1p53, -0x1p63}, longs.toDoubleArray());
    assertArrayEquals(new float[] {1, 0x1p53f, -0x1p63f}, longs.toFloatArray());
    assertArrayEquals(new long[] {-3}, NdArray.of(new byte[] {-3}).toLongArray());
    refuses(
        ArithmeticException.class,
        "9007199254740993, an element of type <i8, is no double without loss.",
        () -> NdArray.of(new long[] {(1L << 53) + 1}).toDoubleArray());
    refuses(
        ArithmeticException.class,
        "9223372036854775807, an element of type <i8, is no double without loss.",
        () -> NdArray.of(new long[] {Long.MAX_VALUE}).toDoubleArray());
    refuses(
        ArithmeticException.class,
        "0.1, an element of type <f8, is no float without loss.",
        () -> NdArray.of(new double[] {0.1}).toFloatArray());
    refuses(
        ArithmeticException.class,
        "300, an element of type <i4, is no byte without loss.",
        () -> NdArray.of(new int[] {300}).toByteArray());
    refuses(
        UnsupportedOperationException.class,
        "Elements of type <f8 are no whole numbers: take get(...) or asBuffer().",
        () -> NdArray.of(new double[] {1}).toLongArray());
    refuses(
        UnsupportedOperationException.class,
        "Elements of type |i1 are no truth values: take get(...) or asBuffer().",
        () -> NdArray.of(new byte[] {1}).toBooleanArray());
  }

  @Test
  void numbersThatDoNotFitAreNotSet() {
    NdArray bytes = NdArray.zeros(DType.UINT8, 1);
    bytes.setLong(255, 0);
    assertEquals(255, bytes.getLong(0));
    assertArrayEquals(new byte[] {-1}, bytes.toByteArray());
    refuses(
        ArithmeticException.class,
        "256, an element of type |u1, is no uint8 without loss.",
        () -> bytes.setLong(256, 0));
    assertThrows(ArithmeticException.class, () -> bytes.setLong(-1, 0));
    assertThrows(ArithmeticException.class, () -> table().setLong(1L << 31, 0, 0));
    assertThrows(
        ArithmeticException.class, () -> NdArray.zeros(DType.FLOAT32, 1).setDouble(0.1, 0));
    NdArray longs = NdArray.zeros(DType.INT64, 1);
    longs.setLong(Long.MIN_VALUE, 0);
    assertEquals(Long.MIN_VALUE, longs.getLong(0));
  }

  @Test
  void closedArrayAndItsViewsAreOfNoUse() {
    NdArray array = table();
    NdArray row = array.at(0);
    ByteBuffer buffer = row.asBuffer();
    array.close();
    array.close();
    String message =
        "This NdArray is closed: close() was called on it or on a view of the same memory. Close an"
            + " array after its last use, or copy() what is needed longer.";
    refuses(IllegalStateException.class, message, () -> row.get(0));
    refuses(IllegalStateException.class, message, array::toIntArray);
    refuses(IllegalStateException.class, message, row::asBuffer);
    refuses(IllegalStateException.class, message, () -> row.setLong(1, 0));
    refuses(IllegalStateException.class, message, () -> TestPython.eval("len").call(row));
    assertEquals(2, buffer.getInt(8));
  }

  // Types.

  @Test
  void typesAreNamedAsInNumPy() {
    for (String text :
        new String[] {
          "|b1", "|i1", ">i2", "<u4", "<f2", ">f8", "<c16", "<M8[ns]", "<M8", "<m8[s]", "|S5"
        }) {
      assertEquals(text, DType.of(text).toString());
      assertEquals(DType.of(text), DType.of(text));
    }
    assertEquals("<M8[15m]", DType.datetime64("15m").toString());
    assertEquals("ns", DType.of("<M8[ns]").unit());
    assertEquals("<m8[15m]", DType.timedelta64("15m").toString());
    assertSame(DType.INT8, DType.INT8.withOrder(ByteOrder.BIG_ENDIAN));
    for (String text : new String[] {"|O", "<U3", "<f16", "|S0", "f8", "<i4[s]", ""}) {
      assertThrows(IllegalArgumentException.class, () -> DType.of(text));
    }
    refuses(
        IllegalArgumentException.class,
        "\"hours\" is no unit of time: take one of Y, M, W, D, h, m, s, ms, us, ns, ps, fs, as,"
            + " with a number before it or without.",
        () -> DType.datetime64("hours"));
    assertThrows(IllegalArgumentException.class, () -> DType.fixedBytes(0));
  }

  // From Python.

  private static NdArray of(String expression) {
    try (PyObject object =
        TestPython.namespace("from array import array").evalAs(PyObject.class, expression)) {
      return object.as(NdArray.class);
    }
  }

  @Test
  void bytesAreReadOnlyUnsignedBytes() {
    NdArray bytes = of("b'\\x00\\xff'");
    assertEquals("NdArray(|u1, [2])", bytes.toString());
    assertArrayEquals(new byte[] {0, -1}, bytes.toByteArray());
    assertTrue(bytes.isReadOnly());
    assertThrows(UnsupportedOperationException.class, () -> bytes.setLong(1, 0));
    assertThrows(ReadOnlyBufferException.class, () -> bytes.asBuffer().put(0, (byte) 1));
  }

  @Test
  void writingIsSeenInPython() {
    Namespace namespace = TestPython.namespace("from array import array", "a = array('d', [1, 2])");
    NdArray array = namespace.get("a", NdArray.class);
    assertFalse(array.isReadOnly());
    array.setDouble(7.5, 1);
    array.asBuffer().putDouble(0, 3);
    assertEquals("array('d', [3.0, 7.5])", namespace.eval("repr(a)"));
    namespace.exec("a[0] = 4.5");
    assertEquals(4.5, array.getDouble(0));
  }

  @Test
  void everyFormatOfMemoryViewsIsKnown() {
    assertEquals(DType.INT32, of("array('i', [1])").dtype());
    assertEquals(DType.UINT64, of("array('L', [1])").dtype());
    assertEquals(DType.FLOAT32, of("array('f', [1])").dtype());
    assertEquals(DType.BOOL, of("memoryview(b'ab').cast('?')").dtype());
    assertEquals(DType.fixedBytes(1), of("memoryview(b'ab').cast('c')").dtype());
    NdArray reversed = of("memoryview(array('h', range(6)))[::-2]");
    assertArrayEquals(new short[] {5, 3, 1}, reversed.toShortArray());
    assertArrayEquals(new long[] {-4}, reversed.strides());
    NdArray table = of("memoryview(bytes(range(6))).cast('B', [2, 3])");
    assertArrayEquals(new long[] {2, 3}, table.shape());
    assertEquals(5, table.getLong(1, 2));
  }

  @Test
  void emptyBuffersAreEmptyArrays() {
    assertEquals(0, of("b''").size());
    assertEquals(0, of("bytearray()").toByteArray().length);
    assertEquals(0, of("array('d')").asBuffer().capacity());
    assertEquals(0, of("memoryview(b'')[::-1]").toByteArray().length);
  }

  @Test
  void noneIsNullAndAHeldArrayIsItself() {
    assertEquals(null, TestPython.eval("None").as(NdArray.class));
    NdArray array = table();
    try (PyObject held = TestPython.get().of(PyRef.of(array))) {
      assertSame(array, held.as(NdArray.class));
    }
  }

  interface Source {
    NdArray bytes(int count);
  }

  @Test
  void boundMethodReturnsAnArray() {
    Source source =
        TestPython.define("Source", "class Source:", "    def bytes(self, n): return bytes(n)")
            .invoke()
            .bind(Source.class);
    assertEquals(3, source.bytes(3).size());
    assertEquals(
        4, TestPython.eval("lambda: bytearray(4)").callAs(NdArray.class).toByteArray().length);
  }

  @Test
  void whatHasNoMemoryToBeSeenIsRefused() {
    String prefix = "cannot convert ";
    refuses(
        PythonConversionException.class,
        prefix
            + "[1, 2] (Python list) to dev.naja.NdArray: it is no array, for it has neither the"
            + " buffer protocol nor __dlpack__: take numpy.asarray(...) of it",
        () -> of("[1, 2]"));
    refuses(
        PythonConversionException.class,
        prefix
            + "7 (Python int) to dev.naja.NdArray: it is no array, for it has neither the buffer"
            + " protocol nor __dlpack__: take numpy.asarray(...) of it",
        () -> of("7"));
    refuses(
        PythonConversionException.class,
        prefix
            + "array('u', 'a') (Python array.array) to dev.naja.NdArray: Java has no elements of"
            + " type 'w'",
        () -> of("array('u', 'a')"));
    Namespace namespace = TestPython.namespace("m = memoryview(b'a')", "m.release()");
    String message =
        assertThrows(PythonConversionException.class, () -> namespace.get("m", NdArray.class))
            .getMessage();
    assertTrue(
        message.endsWith(
            "its memory cannot be seen: operation forbidden on released memoryview object"),
        message);
  }

  @Test
  void ownerIsNotResizedWhileItIsSeen() {
    Namespace namespace = TestPython.namespace("b = bytearray(4)");
    NdArray array = namespace.get("b", NdArray.class);
    String message =
        assertThrows(PythonException.class, () -> namespace.exec("b.append(1)")).pythonMessage();
    assertEquals("Existing exports of data: object cannot be re-sized", message);
    array.close();
    namespace.exec("b.append(1)");
    assertEquals(5L, namespace.evalAs(long.class, "len(b)"));
  }

  @Test
  void ownerStaysWhileABufferIsReachable() throws InterruptedException {
    Namespace namespace = TestPython.namespace("import gc", "b = bytearray(b'abc')");
    ByteBuffer buffer = namespace.get("b", NdArray.class).asBuffer().slice();
    collect();
    assertThrows(PythonException.class, () -> namespace.exec("b.clear()"));
    assertEquals('c', buffer.get(2));
    buffer = null;
    for (int i = 0; i < 100 && namespace.evalAs(long.class, "len(b)") > 0; i++) {
      collect();
      namespace.exec("try: b.clear()\nexcept BufferError: pass");
    }
    assertEquals(0L, namespace.evalAs(long.class, "len(b)"));
  }

  @Test
  void closingLeavesABufferThatIsAbout() throws InterruptedException {
    Namespace namespace = TestPython.namespace("b = bytearray(b'abc')");
    NdArray array = namespace.get("b", NdArray.class);
    ByteBuffer buffer = array.asBuffer();
    array.close();
    collect();
    assertThrows(PythonException.class, () -> namespace.exec("b.clear()"));
    assertEquals('a', buffer.get(0));
  }

  @Test
  void closingWaitsForReadersAndThenGivesTheMemoryBack() throws InterruptedException {
    byte[] ones = new byte[1 << 16];
    Arrays.fill(ones, (byte) 1);
    for (int round = 0; round < 50; round++) {
      Namespace namespace = TestPython.namespace("b = bytearray(b'\\x01') * 65536");
      NdArray array = namespace.get("b", NdArray.class);
      AtomicReference<Throwable> end = new AtomicReference<>();
      CountDownLatch reading = new CountDownLatch(1);
      Thread reader =
          new Thread(
              () -> {
                while (end.get() == null) {
                  try {
                    assertArrayEquals(ones, array.toByteArray());
                  } catch (Throwable e) {
                    end.set(e);
                  }
                  reading.countDown();
                }
              });
      reader.start();
      reading.await();
      array.close();
      reader.join();
      assertEquals(IllegalStateException.class, end.get().getClass());
      namespace.exec("b.clear()");
    }
  }

  private static void collect() throws InterruptedException {
    System.gc();
    Thread.sleep(20);
    TestPython.get().handleCount();
  }
}
