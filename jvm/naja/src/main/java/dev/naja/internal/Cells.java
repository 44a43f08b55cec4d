package dev.naja.internal;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Map;

/** What does a column of cells become on its way to Python? */
final class Cells {
  /** Arrays with more elements than this go to Python one by one: they are copied only once. */
  private static final int LONG = 1024;

  /** The kind of cells that are no numbers, as NumPy calls it. */
  static final char OBJECT = 'O';

  /** The kinds of numbers by their classes, as NumPy calls them, alone and as arrays. */
  private static final Map<Class<?>, Character> KINDS =
      Map.ofEntries(
          Map.entry(Boolean.class, '?'),
          Map.entry(Byte.class, 'b'),
          Map.entry(Short.class, 'h'),
          Map.entry(Integer.class, 'i'),
          Map.entry(Long.class, 'q'),
          Map.entry(Float.class, 'f'),
          Map.entry(Double.class, 'd'),
          Map.entry(boolean[].class, '?'),
          Map.entry(short[].class, 'h'),
          Map.entry(int[].class, 'i'),
          Map.entry(long[].class, 'q'),
          Map.entry(float[].class, 'f'),
          Map.entry(double[].class, 'd'));

  private Cells() {}

  /** The kind of the first cell that is not null. */
  static char kind(Object[] cells) {
    for (Object cell : cells) {
      if (cell != null) {
        return kind(cell);
      }
    }
    return OBJECT;
  }

  private static char kind(Object cell) {
    return KINDS.getOrDefault(cell.getClass(), OBJECT);
  }

  /** Whether two cells fit one column: numbers of one class, or arrays of one length. */
  static boolean areAlike(Object one, Object other) {
    if (one == null || other == null) {
      return !isVector(one) && !isVector(other);
    }
    if (one.getClass() == other.getClass()) {
      return !isVector(one) || Array.getLength(one) == Array.getLength(other);
    }
    boolean plain = !isVector(one) && !isVector(other);
    return plain && kind(one) == kind(other) && isText(one) == isText(other);
  }

  private static boolean isText(Object cell) {
    return cell instanceof CharSequence;
  }

  /** Whether a cell is an array of numbers; bytes and characters are none. */
  static boolean isVector(Object cell) {
    if (cell == null || !cell.getClass().isArray()) {
      return false;
    }
    Class<?> element = cell.getClass().getComponentType();
    return element.isPrimitive() && element != byte.class && element != char.class;
  }

  /** A column: a primitive array of numbers, or else a list, as it is where a cell is null. */
  static Object column(Object[] cells, char kind) {
    if (kind == OBJECT || !areOfOneClass(cells)) {
      return Arrays.asList(cells);
    }
    Class<?> type = cells[0].getClass();
    switch (kind) {
      case 'd':
        return doubles(cells);
      case 'q':
        return longs(cells);
      default:
        // A byte[] would be bytes in Python.
        Class<?> element = type == Byte.class ? short.class : Primitive.unboxed(type);
        Object column = Array.newInstance(element, cells.length);
        for (int i = 0; i < cells.length; i++) {
          Array.set(column, i, cells[i]);
        }
        return column;
    }
  }

  /**
   * A column of arrays, which are alike: all their elements in one array, where that costs less
   * than to pass one after the other, else an array of them.
   *
   * @param used an array that may be filled if it fits, or null
   */
  static Object vectors(Object[] cells, Object used) {
    Class<?> type = cells[0].getClass();
    int length = Array.getLength(cells[0]);
    if (length > LONG) {
      Object[] vectors = (Object[]) Array.newInstance(type, cells.length);
      System.arraycopy(cells, 0, vectors, 0, cells.length);
      return vectors;
    }
    int all = Math.multiplyExact(length, cells.length);
    boolean fits = used != null && used.getClass() == type && Array.getLength(used) == all;
    Object flat = fits ? used : Array.newInstance(type.getComponentType(), all);
    for (int i = 0; i < cells.length; i++) {
      System.arraycopy(cells[i], 0, flat, i * length, length);
    }
    return flat;
  }

  private static boolean areOfOneClass(Object[] cells) {
    for (Object cell : cells) {
      if (cell == null || cell.getClass() != cells[0].getClass()) {
        return false;
      }
    }
    return true;
  }

  private static double[] doubles(Object[] cells) {
    double[] column = new double[cells.length];
    for (int i = 0; i < cells.length; i++) {
      column[i] = (Double) cells[i];
    }
    return column;
  }

  private static long[] longs(Object[] cells) {
    long[] column = new long[cells.length];
    for (int i = 0; i < cells.length; i++) {
      column[i] = (Long) cells[i];
    }
    return column;
  }
}
