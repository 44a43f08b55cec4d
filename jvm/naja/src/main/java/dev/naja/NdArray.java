package dev.naja;

import dev.naja.internal.NdCopies;
import dev.naja.internal.NdLayout;
import dev.naja.internal.NdMemory;
import dev.naja.internal.NdView;
import dev.naja.internal.NdViews;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;

/**
 * Numbers in memory that Java and Python share: an array of any number of dimensions, whose
 * elements are of one {@link DType}.
 *
 * <p>Passed to Python it is a {@code numpy.ndarray} over the same memory; the same {@code NdArray}
 * is always the same array there. Asked for by {@code callAs(NdArray.class, ...)}, {@code
 * as(NdArray.class)} or the return type of a bound interface, any object with the buffer protocol
 * (PEP 3118) is an {@code NdArray} over its memory: NumPy's arrays, {@code memoryview}, {@code
 * array.array}, {@code bytes}. What one side writes the other sees. {@code docs/data.md} is the
 * contract of aliasing and lifetime.
 *
 * <p>{@link #of} copies once; {@link #wrap} and everything that derives one array from another copy
 * nothing. The memory stays for as long as anybody can reach it: an array, a buffer of {@link
 * #asBuffer()}, an object in Python. {@link #close()} gives it back earlier.
 *
 * <p>Thread-safe, closing included; writes to elements are ordered as those to any buffer are, not
 * at all.
 */
public final class NdArray implements AutoCloseable {
  static {
    NdViews.set(
        new NdViews() {
          @Override
          public NdView of(NdArray array) {
            return array.view;
          }

          @Override
          public NdArray array(NdView view) {
            return new NdArray(view);
          }
        });
  }

  private final NdView view;
  private final NdCopies copies;

  private NdArray(NdView view) {
    this.view = view;
    this.copies = new NdCopies(view);
  }

  private static NdArray over(NdMemory memory, DType type, long... shape) {
    NdLayout layout = NdLayout.rowMajor(type.itemSize(), shape);
    long wanted = layout.size() * type.itemSize();
    int found = memory.root().capacity();
    if (wanted != found) {
      throw new IllegalArgumentException(
          String.format(
              "An array of type %s and shape %s takes %d bytes, but the buffer has %d between its"
                  + " position and its limit.",
              type, Arrays.toString(shape), wanted, found));
    }
    return new NdArray(new NdView(memory, layout, type, false));
  }

  /**
   * A new array of zeros.
   *
   * @param type the type of the elements
   * @param shape the lengths of the dimensions; none for an array of one element
   * @return a writable array, the last index moving fastest in memory
   * @throws IllegalArgumentException if a length is negative, or the array takes more than
   *     2147483647 bytes
   */
  public static NdArray zeros(DType type, long... shape) {
    long size = NdLayout.rowMajor(type.itemSize(), shape).size();
    return over(allocate(size, type.itemSize()), type, shape);
  }

  private static NdMemory allocate(long length, int width) {
    NdLayout layout = NdLayout.rowMajor(width, length);
    return NdMemory.of(ByteBuffer.allocateDirect((int) layout.size() * width));
  }

  private static ByteBuffer room(NdMemory memory) {
    return memory.root().duplicate().order(ByteOrder.nativeOrder());
  }

  /**
   * A copy of an array.
   *
   * @param values the elements
   * @return a writable array of one dimension and type {@link DType#BOOL}
   */
  public static NdArray of(boolean[] values) {
    NdMemory memory = allocate(values.length, 1);
    ByteBuffer room = room(memory);
    for (boolean value : values) {
      room.put((byte) (value ? 1 : 0));
    }
    return over(memory, DType.BOOL, values.length);
  }

  /**
   * A copy of an array.
   *
   * @param values the elements
   * @return a writable array of one dimension and type {@link DType#INT8}
   */
  public static NdArray of(byte[] values) {
    NdMemory memory = allocate(values.length, 1);
    room(memory).put(values);
    return over(memory, DType.INT8, values.length);
  }

  /**
   * A copy of an array.
   *
   * @param values the elements
   * @return a writable array of one dimension and type {@link DType#UINT16}: NumPy has no
   *     characters of 16 bits
   * @throws IllegalArgumentException if they take more than 2147483647 bytes
   */
  public static NdArray of(char[] values) {
    NdMemory memory = allocate(values.length, Character.BYTES);
    room(memory).asCharBuffer().put(values);
    return over(memory, DType.UINT16, values.length);
  }

  /**
   * A copy of an array.
   *
   * @param values the elements
   * @return a writable array of one dimension and type {@link DType#INT16}
   * @throws IllegalArgumentException if they take more than 2147483647 bytes
   */
  public static NdArray of(short[] values) {
    NdMemory memory = allocate(values.length, Short.BYTES);
    room(memory).asShortBuffer().put(values);
    return over(memory, DType.INT16, values.length);
  }

  /**
   * A copy of an array.
   *
   * @param values the elements
   * @return a writable array of one dimension and type {@link DType#INT32}
   * @throws IllegalArgumentException if they take more than 2147483647 bytes
   */
  public static NdArray of(int[] values) {
    NdMemory memory = allocate(values.length, Integer.BYTES);
    room(memory).asIntBuffer().put(values);
    return over(memory, DType.INT32, values.length);
  }

  /**
   * A copy of an array.
   *
   * @param values the elements
   * @return a writable array of one dimension and type {@link DType#INT64}
   * @throws IllegalArgumentException if they take more than 2147483647 bytes
   */
  public static NdArray of(long[] values) {
    NdMemory memory = allocate(values.length, Long.BYTES);
    room(memory).asLongBuffer().put(values);
    return over(memory, DType.INT64, values.length);
  }

  /**
   * A copy of an array.
   *
   * @param values the elements
   * @return a writable array of one dimension and type {@link DType#FLOAT32}
   * @throws IllegalArgumentException if they take more than 2147483647 bytes
   */
  public static NdArray of(float[] values) {
    NdMemory memory = allocate(values.length, Float.BYTES);
    room(memory).asFloatBuffer().put(values);
    return over(memory, DType.FLOAT32, values.length);
  }

  /**
   * A copy of an array.
   *
   * @param values the elements
   * @return a writable array of one dimension and type {@link DType#FLOAT64}
   * @throws IllegalArgumentException if they take more than 2147483647 bytes
   */
  public static NdArray of(double[] values) {
    NdMemory memory = allocate(values.length, Double.BYTES);
    room(memory).asDoubleBuffer().put(values);
    return over(memory, DType.FLOAT64, values.length);
  }

  /**
   * An array over the memory of a direct buffer, from its position to its limit. The last index
   * moves fastest; {@link #transpose()} gives the order of Fortran.
   *
   * <p>The buffer may be a {@code MemorySegment}'s {@code asByteBuffer()} (JDK 22 and later). Its
   * arena cannot be closed while Python has an array over it: close the {@code NdArray} first.
   *
   * @param buffer a direct buffer, whose own byte order does not count
   * @param type the type of the elements, byte order included
   * @param shape the lengths of the dimensions, which fill the memory; none for one element
   * @return an array that is writable if the buffer is
   * @throws IllegalArgumentException if the buffer is not direct, a length is negative, or the
   *     shape does not fill the memory exactly
   */
  public static NdArray wrap(ByteBuffer buffer, DType type, long... shape) {
    return over(memory(buffer), type, shape);
  }

  /**
   * An array over the memory of a direct buffer, with gaps or repetitions.
   *
   * @param buffer a direct buffer, at whose position the first element is
   * @param type the type of the elements, byte order included
   * @param shape the lengths of the dimensions
   * @param strides bytes from one element to the next in each dimension, zero or positive
   * @return an array that is writable if the buffer is
   * @throws IllegalArgumentException if the buffer is not direct, a length or stride is negative,
   *     or an element lies beyond the buffer's limit
   */
  public static NdArray wrap(ByteBuffer buffer, DType type, long[] shape, long[] strides) {
    NdMemory memory = memory(buffer);
    int bytes = memory.root().capacity();
    NdLayout layout = NdLayout.strided(type.itemSize(), bytes, shape, strides);
    return new NdArray(new NdView(memory, layout, type, false));
  }

  private static NdMemory memory(ByteBuffer buffer) {
    checkDirect(buffer);
    return NdMemory.of(buffer);
  }

  /**
   * An array over the memory of a direct buffer, from its position to its limit.
   *
   * @param buffer a direct buffer
   * @return an array of one dimension, of type {@link DType#INT16} in the buffer's byte order
   * @throws IllegalArgumentException if the buffer is not direct, or takes more than 2147483647
   *     bytes
   */
  public static NdArray wrap(ShortBuffer buffer) {
    return typed(buffer, DType.INT16.withOrder(buffer.order()));
  }

  /**
   * An array over the memory of a direct buffer, from its position to its limit.
   *
   * @param buffer a direct buffer
   * @return an array of one dimension, of type {@link DType#UINT16} in the buffer's byte order
   * @throws IllegalArgumentException if the buffer is not direct, or takes more than 2147483647
   *     bytes
   */
  public static NdArray wrap(CharBuffer buffer) {
    return typed(buffer, DType.UINT16.withOrder(buffer.order()));
  }

  /**
   * An array over the memory of a direct buffer, from its position to its limit.
   *
   * @param buffer a direct buffer
   * @return an array of one dimension, of type {@link DType#INT32} in the buffer's byte order
   * @throws IllegalArgumentException if the buffer is not direct, or takes more than 2147483647
   *     bytes
   */
  public static NdArray wrap(IntBuffer buffer) {
    return typed(buffer, DType.INT32.withOrder(buffer.order()));
  }

  /**
   * An array over the memory of a direct buffer, from its position to its limit.
   *
   * @param buffer a direct buffer
   * @return an array of one dimension, of type {@link DType#INT64} in the buffer's byte order
   * @throws IllegalArgumentException if the buffer is not direct, or takes more than 2147483647
   *     bytes
   */
  public static NdArray wrap(LongBuffer buffer) {
    return typed(buffer, DType.INT64.withOrder(buffer.order()));
  }

  /**
   * An array over the memory of a direct buffer, from its position to its limit.
   *
   * @param buffer a direct buffer
   * @return an array of one dimension, of type {@link DType#FLOAT32} in the buffer's byte order
   * @throws IllegalArgumentException if the buffer is not direct, or takes more than 2147483647
   *     bytes
   */
  public static NdArray wrap(FloatBuffer buffer) {
    return typed(buffer, DType.FLOAT32.withOrder(buffer.order()));
  }

  /**
   * An array over the memory of a direct buffer, from its position to its limit.
   *
   * @param buffer a direct buffer
   * @return an array of one dimension, of type {@link DType#FLOAT64} in the buffer's byte order
   * @throws IllegalArgumentException if the buffer is not direct, or takes more than 2147483647
   *     bytes
   */
  public static NdArray wrap(DoubleBuffer buffer) {
    return typed(buffer, DType.FLOAT64.withOrder(buffer.order()));
  }

  private static NdArray typed(Buffer buffer, DType type) {
    checkDirect(buffer);
    return over(NdMemory.of(buffer, type.itemSize()), type, buffer.remaining());
  }

  private static void checkDirect(Buffer buffer) {
    if (!buffer.isDirect()) {
      throw new IllegalArgumentException(
          "Only a direct buffer can be wrapped, whose memory does not move: make it by"
              + " ByteBuffer.allocateDirect, or copy a Java array by NdArray.of.");
    }
  }

  /**
   * The type of the elements.
   *
   * @return the type
   */
  public DType dtype() {
    return view.type();
  }

  /**
   * The lengths of the dimensions.
   *
   * @return a new array; empty for an array of one element without dimensions
   */
  public long[] shape() {
    return view.layout().shape();
  }

  /**
   * How far apart the elements lie.
   *
   * @return for each dimension the bytes from one element to the next, in a new array; negative
   *     where that lies before, zero where all are the same
   */
  public long[] strides() {
    return view.layout().strides();
  }

  /**
   * The number of dimensions.
   *
   * @return zero or more
   */
  public int dimensions() {
    return view.layout().dimensions();
  }

  /**
   * The number of elements.
   *
   * @return zero or more
   */
  public long size() {
    return view.layout().size();
  }

  /**
   * Whether nothing can be written through this array.
   *
   * @return true if its memory's owner is read-only, or {@link #asReadOnly()} made it
   */
  public boolean isReadOnly() {
    return view.isReadOnly();
  }

  /**
   * Whether the elements lie without gaps, the last index moving fastest: the order of C.
   *
   * @return true if they do
   */
  public boolean isRowMajor() {
    return view.layout().isRowMajor();
  }

  /**
   * Whether the elements lie without gaps, the first index moving fastest: the order of Fortran.
   *
   * @return true if they do
   */
  public boolean isColumnMajor() {
    return view.layout().transposed().isRowMajor();
  }

  /**
   * An element as the class that suits its type.
   *
   * @param index an index for each dimension, from 0
   * @return a {@code Boolean}; a {@code Long} for whole numbers and points in time, or a {@code
   *     BigInteger} beyond it; a {@code Double}; a {@code double[]} of real and imaginary part; or
   *     a {@code byte[]} without zeros at the end
   * @throws IndexOutOfBoundsException if there is no such element
   * @throws IllegalStateException if the array is closed
   */
  public Object get(long... index) {
    return copies.get(index);
  }

  /**
   * An element that is a number.
   *
   * @param index an index for each dimension, from 0
   * @return its value
   * @throws IndexOutOfBoundsException if there is no such element
   * @throws UnsupportedOperationException if the elements are no real numbers
   * @throws ArithmeticException if no double is exactly this number
   * @throws IllegalStateException if the array is closed
   */
  public double getDouble(long... index) {
    return copies.getDouble(index);
  }

  /**
   * An element that is a whole number or a point in time.
   *
   * @param index an index for each dimension, from 0
   * @return its value
   * @throws IndexOutOfBoundsException if there is no such element
   * @throws UnsupportedOperationException if the elements are of another kind
   * @throws ArithmeticException if it is 2^63 or more
   * @throws IllegalStateException if the array is closed
   */
  public long getLong(long... index) {
    return copies.getLong(index);
  }

  /**
   * Sets an element that is a number of 32 or 64 bits.
   *
   * @param value its value
   * @param index an index for each dimension, from 0
   * @throws IndexOutOfBoundsException if there is no such element
   * @throws UnsupportedOperationException if the array is read-only, or of another type
   * @throws ArithmeticException if the elements are of 32 bits and none is exactly this number
   * @throws IllegalStateException if the array is closed
   */
  public void setDouble(double value, long... index) {
    copies.setDouble(value, index);
  }

  /**
   * Sets an element that is a whole number or a point in time.
   *
   * @param value its value
   * @param index an index for each dimension, from 0
   * @throws IndexOutOfBoundsException if there is no such element
   * @throws UnsupportedOperationException if the array is read-only, or of another type
   * @throws ArithmeticException if the type does not hold the value
   * @throws IllegalStateException if the array is closed
   */
  public void setLong(long value, long... index) {
    copies.setLong(value, index);
  }

  /**
   * A part of the array, without a copy.
   *
   * @param axis the dimension, from 0
   * @param from the first index that is taken
   * @param to the index before which to stop
   * @return an array of the same number of dimensions
   * @throws IndexOutOfBoundsException if there is no such dimension or part
   */
  public NdArray slice(int axis, long from, long to) {
    return slice(axis, from, to, 1);
  }

  /**
   * A part of the array with gaps, without a copy.
   *
   * @param axis the dimension, from 0
   * @param from the first index that is taken
   * @param to the index before which to stop
   * @param step the distance between indices that are taken, at least 1
   * @return an array of the same number of dimensions
   * @throws IndexOutOfBoundsException if there is no such dimension or part
   */
  public NdArray slice(int axis, long from, long to, long step) {
    return new NdArray(view.of(view.layout().sliced(axis, from, to, step)));
  }

  /**
   * What is at an index of the first dimensions, without a copy: a row of a table.
   *
   * @param index an index for each of the first dimensions
   * @return an array of the dimensions that are left
   * @throws IndexOutOfBoundsException if there is nothing
   */
  public NdArray at(long... index) {
    return new NdArray(view.of(view.layout().at(index)));
  }

  /**
   * The array with its dimensions in reverse, without a copy.
   *
   * @return an array whose element {@code [i, j]} is this one's {@code [j, i]}
   */
  public NdArray transpose() {
    return new NdArray(view.of(view.layout().transposed()));
  }

  /**
   * The array with one dimension turned round, without a copy.
   *
   * @param axis the dimension, from 0
   * @return an array whose first element there is this one's last
   * @throws IndexOutOfBoundsException if there is no such dimension
   */
  public NdArray flip(int axis) {
    return new NdArray(view.of(view.layout().flipped(axis)));
  }

  /**
   * The same elements in other dimensions, without a copy.
   *
   * @param shape the lengths of the dimensions; one may be -1, which is found from the others
   * @return an array of that shape
   * @throws IllegalArgumentException if the elements do not fill the shape
   * @throws IllegalStateException if that needs a copy, as this array is not {@linkplain
   *     #isRowMajor() row-major}
   */
  public NdArray reshape(long... shape) {
    return new NdArray(view.of(view.layout().reshaped(shape)));
  }

  /**
   * The same elements for reading, without a copy.
   *
   * @return an array through which neither Java nor Python can write
   */
  public NdArray asReadOnly() {
    return new NdArray(new NdView(view.memory(), view.layout(), view.type(), true));
  }

  /**
   * The same elements in memory of their own.
   *
   * @return a writable array, the last index moving fastest in memory
   * @throws IllegalArgumentException if they take more than 2147483647 bytes, as repetitions can
   * @throws IllegalStateException if the array is closed
   */
  public NdArray copy() {
    return new NdArray(copies.copy());
  }

  /**
   * The memory of the elements, without a copy.
   *
   * @return a direct buffer of just the elements, in their byte order; read-only if the array is.
   *     It keeps the memory for as long as it is reachable, beyond {@link #close()} too
   * @throws IllegalStateException if the elements do not lie one after the other ({@link #copy()}
   *     it first), or the array is closed
   */
  public ByteBuffer asBuffer() {
    return view.buffer();
  }

  /**
   * The elements as a Java array, the last index moving fastest.
   *
   * @return a copy
   * @throws UnsupportedOperationException if they are no truth values, or too many
   * @throws IllegalStateException if the array is closed
   */
  public boolean[] toBooleanArray() {
    return copies.booleans();
  }

  /**
   * The elements as a Java array, the last index moving fastest. Unsigned bytes are taken by their
   * bits: 255 is -1.
   *
   * @return a copy
   * @throws UnsupportedOperationException if they are no whole numbers, or too many
   * @throws ArithmeticException if one does not fit
   * @throws IllegalStateException if the array is closed
   */
  public byte[] toByteArray() {
    return copies.bytes();
  }

  /**
   * The elements as a Java array, the last index moving fastest.
   *
   * @return a copy
   * @throws UnsupportedOperationException if they are no whole numbers, or too many
   * @throws ArithmeticException if one does not fit
   * @throws IllegalStateException if the array is closed
   */
  public short[] toShortArray() {
    return copies.shorts();
  }

  /**
   * The elements as a Java array, the last index moving fastest.
   *
   * @return a copy
   * @throws UnsupportedOperationException if they are no whole numbers, or too many
   * @throws ArithmeticException if one does not fit
   * @throws IllegalStateException if the array is closed
   */
  public int[] toIntArray() {
    return copies.ints();
  }

  /**
   * The elements as a Java array, the last index moving fastest.
   *
   * @return a copy
   * @throws UnsupportedOperationException if they are neither whole numbers nor points in time, or
   *     too many
   * @throws ArithmeticException if one does not fit
   * @throws IllegalStateException if the array is closed
   */
  public long[] toLongArray() {
    return copies.longs();
  }

  /**
   * The elements as a Java array, the last index moving fastest.
   *
   * @return a copy
   * @throws UnsupportedOperationException if they are no real numbers, or too many
   * @throws ArithmeticException if no float is exactly one of them
   * @throws IllegalStateException if the array is closed
   */
  public float[] toFloatArray() {
    return copies.floats();
  }

  /**
   * The elements as a Java array, the last index moving fastest.
   *
   * @return a copy
   * @throws UnsupportedOperationException if they are no real numbers, or too many
   * @throws ArithmeticException if no double is exactly one of them
   * @throws IllegalStateException if the array is closed
   */
  public double[] toDoubleArray() {
    return copies.doubles();
  }

  /**
   * Gives the memory up. Later use of this array, or of a view of the same memory, throws {@link
   * IllegalStateException}; twice is harmless. Buffers of {@link #asBuffer()} and arrays that
   * Python holds stay valid, and the memory with them.
   */
  @Override
  public void close() {
    view.close();
  }

  /**
   * What the array is, not its elements.
   *
   * @return such as {@code NdArray(<f8, [2, 3])}
   */
  @Override
  public String toString() {
    return "NdArray(" + dtype() + ", " + Arrays.toString(shape()) + ")";
  }
}
