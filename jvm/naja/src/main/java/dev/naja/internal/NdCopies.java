package dev.naja.internal;

import dev.naja.DType;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;

/**
 * What does an array hold, as single values, as a Java array or as memory of its own? Elements that
 * lie one after the other as Java has them are copied at once, others one by one. Each method holds
 * the memory open while it reads or writes.
 */
public final class NdCopies {
  private final NdView view;
  private final NdElements elements;

  /**
   * The copies of a view.
   *
   * @param view the view
   */
  public NdCopies(NdView view) {
    this.view = view;
    this.elements = new NdElements(view);
  }

  /**
   * The elements of a NumPy array.
   *
   * @param handle the array's, which is given back unless the result is null
   * @param type the class of a Java array
   * @return an array of that class with as many dimensions; null where the class is of no numbers,
   *     or the elements take a look at each, for they are no such numbers
   */
  static Object ofPython(long handle, Class<?> type) {
    int dimensions = 0;
    Class<?> component = type;
    while (component.isArray()) {
      component = component.getComponentType();
      dimensions++;
    }
    if (!component.isPrimitive() || component == char.class || component == byte.class) {
      return null;
    }
    NdView view = NdRecords.borrowed(handle);
    if (view == null || view.layout().dimensions() != dimensions) {
      return null;
    }
    try {
      Object copy = new NdCopies(view).array(type);
      Native.release(handle);
      return copy;
    } catch (ArithmeticException | UnsupportedOperationException e) {
      // Which element is wrong, or fits all the same, shows when they are taken one by one.
      return null;
    }
  }

  private Object array(Class<?> type) {
    Class<?> component = type.getComponentType();
    if (component.isArray()) {
      int length = (int) view.layout().length(0);
      Object[] rows = (Object[]) Array.newInstance(component, length);
      for (int i = 0; i < length; i++) {
        rows[i] = new NdCopies(view.of(view.layout().at(i))).array(component);
      }
      return rows;
    } else if (component == double.class) {
      return doubles();
    } else if (component == long.class) {
      return longs();
    } else if (component == int.class) {
      return ints();
    } else if (component == float.class) {
      return floats();
    }
    return component == short.class ? shorts() : booleans();
  }

  /** The element at an index, as the class that suits its type. */
  public Object get(long... index) {
    view.memory().begin();
    try {
      return elements.value(view.layout().offsetOfElement(index));
    } finally {
      view.memory().end();
    }
  }

  /** The number at an index. */
  public double getDouble(long... index) {
    view.memory().begin();
    try {
      return elements.toDouble(view.layout().offsetOfElement(index));
    } finally {
      view.memory().end();
    }
  }

  /** The whole number at an index. */
  public long getLong(long... index) {
    view.memory().begin();
    try {
      return elements.toLong(view.layout().offsetOfElement(index));
    } finally {
      view.memory().end();
    }
  }

  /** Sets the number at an index. */
  public void setDouble(double value, long... index) {
    beginWriting();
    try {
      elements.setDouble(view.layout().offsetOfElement(index), value);
    } finally {
      view.memory().end();
    }
  }

  /** Sets the whole number at an index. */
  public void setLong(long value, long... index) {
    beginWriting();
    try {
      elements.setLong(view.layout().offsetOfElement(index), value);
    } finally {
      view.memory().end();
    }
  }

  private void beginWriting() {
    if (view.isReadOnly()) {
      throw new UnsupportedOperationException(
          "This NdArray is read-only, as its owner is or asReadOnly() made it: copy() it and write"
              + " to the copy.");
    }
    view.memory().begin();
  }

  public boolean[] booleans() {
    boolean[] copy = new boolean[length()];
    each((index, at) -> copy[index] = elements.toBoolean(at));
    return copy;
  }

  public byte[] bytes() {
    byte[] copy = new byte[length()];
    if (lies(DType.INT8) || lies(DType.UINT8)) {
      whole(part -> part.get(copy));
    } else {
      each((index, at) -> copy[index] = elements.toByte(at));
    }
    return copy;
  }

  public short[] shorts() {
    short[] copy = new short[length()];
    if (lies(DType.INT16)) {
      whole(part -> part.asShortBuffer().get(copy));
    } else {
      each(
          (index, at) ->
              copy[index] = (short) elements.toLong(at, Short.MIN_VALUE, Short.MAX_VALUE, "short"));
    }
    return copy;
  }

  public int[] ints() {
    int[] copy = new int[length()];
    if (lies(DType.INT32)) {
      whole(part -> part.asIntBuffer().get(copy));
    } else {
      each(
          (index, at) ->
              copy[index] = (int) elements.toLong(at, Integer.MIN_VALUE, Integer.MAX_VALUE, "int"));
    }
    return copy;
  }

  public long[] longs() {
    long[] copy = new long[length()];
    if (lies(DType.INT64)) {
      whole(part -> part.asLongBuffer().get(copy));
    } else {
      each((index, at) -> copy[index] = elements.toLong(at));
    }
    return copy;
  }

  public float[] floats() {
    float[] copy = new float[length()];
    if (lies(DType.FLOAT32)) {
      whole(part -> part.asFloatBuffer().get(copy));
    } else {
      each((index, at) -> copy[index] = elements.toFloat(at));
    }
    return copy;
  }

  public double[] doubles() {
    double[] copy = new double[length()];
    if (lies(DType.FLOAT64)) {
      whole(part -> part.asDoubleBuffer().get(copy));
    } else {
      each((index, at) -> copy[index] = elements.toDouble(at));
    }
    return copy;
  }

  /** The same elements without gaps in memory of their own, the last index moving fastest. */
  public NdView copy() {
    int width = view.layout().width();
    NdLayout layout = NdLayout.rowMajor(width, view.layout().shape());
    ByteBuffer memory = ByteBuffer.allocateDirect(length() * width);
    if (view.layout().isRowMajor()) {
      whole(part -> memory.duplicate().put(part));
    } else {
      ByteBuffer data = view.data();
      each(
          (index, at) -> {
            for (int i = 0; i < width; i++) {
              memory.put(index * width + i, data.get(at + i));
            }
          });
    }
    return new NdView(NdMemory.of(memory), layout, view.type(), false);
  }

  /** The number of elements, as a Java array can have them. */
  private int length() {
    long size = view.layout().size();
    if (size > Integer.MAX_VALUE - 8) {
      throw new UnsupportedOperationException(
          "A Java array cannot have " + size + " elements: copy parts, as by slice(...).");
    }
    return (int) size;
  }

  /** Whether the elements lie one after the other, as numbers of a type do. */
  private boolean lies(DType type) {
    return view.layout().isRowMajor()
        && view.type().kind() == type.kind()
        && view.type().itemSize() == type.itemSize();
  }

  private interface Whole {
    void take(ByteBuffer part);
  }

  private interface Each {
    void take(int index, int at);
  }

  /** Hands over the memory from the first element to the last, in the elements' byte order. */
  private void whole(Whole taker) {
    view.memory().begin();
    try {
      ByteBuffer data = view.data();
      data.position(view.layout().offset());
      data.limit(data.position() + length() * view.layout().width());
      taker.take(data.slice().order(data.order()));
    } finally {
      view.memory().end();
    }
  }

  private void each(Each taker) {
    view.memory().begin();
    try {
      NdLayout.Cursor cursor = view.layout().cursor();
      int length = length();
      for (int index = 0; index < length; index++) {
        taker.take(index, cursor.next());
      }
    } finally {
      view.memory().end();
    }
  }
}
