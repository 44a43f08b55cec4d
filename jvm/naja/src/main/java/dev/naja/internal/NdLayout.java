package dev.naja.internal;

import java.util.Arrays;

/**
 * Where in its memory does each element of an array lie? The element at {@code index} is at {@code
 * offset} plus the sum of {@code index[i] * strides[i]}, in bytes, as in NumPy. Immutable.
 */
public final class NdLayout {
  private final long[] shape;
  private final long[] strides;
  private final int offset;
  private final int width;

  NdLayout(long[] shape, long[] strides, int offset, int width) {
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
    this.width = width;
  }

  /**
   * The layout without gaps whose last index moves fastest.
   *
   * @param width bytes that an element takes
   * @param shape the lengths of the dimensions
   * @return the layout
   * @throws IllegalArgumentException if a length is negative, or the array too large for a buffer
   */
  public static NdLayout rowMajor(int width, long... shape) {
    long bytes = width;
    for (long length : shape) {
      if (length < 0) {
        throw new IllegalArgumentException(
            "The shape " + Arrays.toString(shape) + " has a negative length.");
      }
    }
    if (Arrays.stream(shape).noneMatch(length -> length == 0)) {
      for (long length : shape) {
        bytes = length > Integer.MAX_VALUE ? Long.MAX_VALUE : bytes * length;
        if (bytes > Integer.MAX_VALUE) {
          throw tooLarge(
              "An array of shape "
                  + Arrays.toString(shape)
                  + " and "
                  + width
                  + " bytes an element");
        }
      }
    }
    return new NdLayout(shape.clone(), packed(shape, width), 0, width);
  }

  /**
   * A layout of given strides.
   *
   * @param width bytes that an element takes
   * @param bytes the size of the memory
   * @param shape the lengths of the dimensions
   * @param strides bytes from one element to the next in each dimension, not negative
   * @return the layout
   * @throws IllegalArgumentException if it does not fit the memory
   */
  public static NdLayout strided(int width, int bytes, long[] shape, long[] strides) {
    String what =
        "An array of shape "
            + Arrays.toString(shape)
            + ", strides "
            + Arrays.toString(strides)
            + " and "
            + width
            + " bytes an element";
    if (shape.length != strides.length) {
      throw new IllegalArgumentException(what + " needs one stride for each dimension.");
    }
    long reach = width;
    boolean empty = false;
    for (int i = 0; i < shape.length; i++) {
      if (shape[i] < 0 || strides[i] < 0) {
        throw new IllegalArgumentException(
            what + " has a negative length or stride; flip() turns a dimension round.");
      }
      empty |= shape[i] == 0;
    }
    for (int i = 0; i < shape.length && !empty; i++) {
      try {
        reach = Math.addExact(reach, Math.multiplyExact(shape[i] - 1, strides[i]));
      } catch (ArithmeticException e) {
        reach = Long.MAX_VALUE;
        break;
      }
    }
    if (!empty && reach > bytes) {
      throw new IllegalArgumentException(
          what + " reaches beyond the " + bytes + " bytes of the buffer.");
    }
    return new NdLayout(shape.clone(), strides.clone(), 0, width);
  }

  static IllegalArgumentException tooLarge(String what) {
    return new IllegalArgumentException(
        what + " takes more than a Java buffer holds, 2147483647 bytes: split it.");
  }

  private static long[] packed(long[] shape, int width) {
    long[] strides = new long[shape.length];
    long stride = width;
    for (int i = shape.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= Math.max(shape[i], 1);
    }
    return strides;
  }

  public long[] shape() {
    return shape.clone();
  }

  public long[] strides() {
    return strides.clone();
  }

  long length(int axis) {
    return shape[axis];
  }

  long stride(int axis) {
    return strides[axis];
  }

  public int dimensions() {
    return shape.length;
  }

  /** Where the first element is. */
  public int offset() {
    return offset;
  }

  int width() {
    return width;
  }

  /** The number of elements. */
  public long size() {
    long size = 1;
    for (long length : shape) {
      size *= length;
    }
    return size;
  }

  /** Whether the elements lie without gaps, the last index moving fastest. */
  public boolean isRowMajor() {
    long stride = width;
    for (int i = shape.length - 1; i >= 0; i--) {
      if (shape[i] > 1 && strides[i] != stride) {
        return size() == 0;
      }
      stride *= shape[i];
    }
    return true;
  }

  /** The layout with the dimensions in reverse. */
  public NdLayout transposed() {
    long[] lengths = new long[shape.length];
    long[] steps = new long[shape.length];
    for (int i = 0; i < shape.length; i++) {
      lengths[i] = shape[shape.length - 1 - i];
      steps[i] = strides[shape.length - 1 - i];
    }
    return new NdLayout(lengths, steps, offset, width);
  }

  /** Every {@code step}th element of a dimension, {@code from} included, {@code to} not. */
  public NdLayout sliced(int axis, long from, long to, long step) {
    checkAxis(axis);
    if (from < 0 || from > to || to > shape[axis] || step < 1) {
      throw new IndexOutOfBoundsException(
          String.format(
              "Elements %d to %d by steps of %d are no slice of dimension %d of the shape %s.",
              from, to, step, axis, Arrays.toString(shape)));
    }
    long[] lengths = shape();
    long[] steps = strides();
    lengths[axis] = to == from ? 0 : (to - from - 1) / step + 1;
    steps[axis] = lengths[axis] > 1 ? strides[axis] * step : strides[axis];
    boolean empty = lengths[axis] == 0 || size() == 0;
    int start = empty ? offset : offset + (int) (from * strides[axis]);
    return new NdLayout(lengths, steps, start, width);
  }

  /** A dimension turned round. */
  public NdLayout flipped(int axis) {
    checkAxis(axis);
    long[] steps = strides();
    steps[axis] = -steps[axis];
    int start = size() == 0 ? offset : offset + (int) ((shape[axis] - 1) * strides[axis]);
    return new NdLayout(shape, steps, start, width);
  }

  /** What is at an index of the first dimensions: the layout of the others. */
  public NdLayout at(long... index) {
    if (index.length > shape.length) {
      throw wrongIndex(index);
    }
    int start = offsetOf(index);
    return new NdLayout(
        Arrays.copyOfRange(shape, index.length, shape.length),
        Arrays.copyOfRange(strides, index.length, shape.length),
        start,
        width);
  }

  /** Other dimensions of the same elements in the same order; one length may be -1. */
  public NdLayout reshaped(long... wanted) {
    long[] lengths = wanted.clone();
    long known = 1;
    int open = -1;
    boolean possible = true;
    for (int i = 0; i < lengths.length; i++) {
      if (lengths[i] == -1 && open < 0) {
        open = i;
      } else {
        possible &= lengths[i] >= 0;
        known = Math.multiplyHigh(known, lengths[i]) == 0 ? known * lengths[i] : -1;
        possible &= known >= 0;
      }
    }
    long size = size();
    if (possible && open >= 0 && known > 0 && size % known == 0) {
      lengths[open] = size / known;
      known = size;
    }
    if (!possible || known != size || open >= 0 && lengths[open] < 0) {
      throw new IllegalArgumentException(
          String.format(
              "An array of shape %s has %d elements, which do not fill the shape %s.",
              Arrays.toString(shape), size, Arrays.toString(wanted)));
    }
    if (!isRowMajor()) {
      throw new IllegalStateException(
          "An array whose elements do not lie one after the other (shape "
              + Arrays.toString(shape)
              + ", strides "
              + Arrays.toString(strides)
              + ") cannot be reshaped without a copy: copy() it first.");
    }
    return new NdLayout(lengths, packed(lengths, width), offset, width);
  }

  /**
   * Where an element is.
   *
   * @throws IndexOutOfBoundsException if there is none at the index
   */
  public int offsetOfElement(long... index) {
    if (index.length != shape.length) {
      throw wrongIndex(index);
    }
    return offsetOf(index);
  }

  private int offsetOf(long[] index) {
    long at = offset;
    for (int i = 0; i < index.length; i++) {
      if (index[i] < 0 || index[i] >= shape[i]) {
        throw wrongIndex(index);
      }
      at += index[i] * strides[i];
    }
    return (int) at;
  }

  private IndexOutOfBoundsException wrongIndex(long[] index) {
    return new IndexOutOfBoundsException(
        "There is no element "
            + Arrays.toString(index)
            + " in an array of shape "
            + Arrays.toString(shape)
            + ".");
  }

  private void checkAxis(int axis) {
    if (axis < 0 || axis >= shape.length) {
      throw new IndexOutOfBoundsException(
          "There is no dimension "
              + axis
              + " in an array of shape "
              + Arrays.toString(shape)
              + ".");
    }
  }

  /** Goes through the places of the elements, the last index moving fastest. */
  Cursor cursor() {
    return new Cursor();
  }

  /** The place of one element after the other. */
  final class Cursor {
    private final long[] index = new long[shape.length];
    private long at = offset;

    /** The place of the next element, of which there must be one. */
    int next() {
      int place = (int) at;
      for (int i = shape.length - 1; i >= 0; i--) {
        at += strides[i];
        if (++index[i] < shape[i]) {
          break;
        }
        at -= strides[i] * shape[i];
        index[i] = 0;
      }
      return place;
    }
  }
}
