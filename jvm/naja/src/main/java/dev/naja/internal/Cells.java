package dev.naja.internal;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Map;

/** What does a column of cells become on its way to Python? */
final class Cells {
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
    if (isVector(one)) {
      return one.getClass() == other.getClass() && Array.getLength(one) == Array.getLength(other);
    }
    return one.getClass() == other.getClass()
        || !isVector(other) && kind(one) == kind(other) && isText(one) == isText(other);
  }

  private static boolean isText(Object cell) {
    return cell instanceof CharSequence;
  }

  private static boolean isVector(Object cell) {
    return cell != null && cell.getClass().isArray() && kind(cell) != OBJECT;
  }

  /**
   * A column: a primitive array of numbers, an array of arrays, or else a list, as it is where a
   * cell is null.
   */
  static Object column(Object[] cells, char kind) {
    if (kind == OBJECT || !areOfOneClass(cells)) {
      return Arrays.asList(cells);
    }
    Class<?> type = cells[0].getClass();
    if (type.isArray()) {
      Object[] vectors = (Object[]) Array.newInstance(type, cells.length);
      System.arraycopy(cells, 0, vectors, 0, cells.length);
      return vectors;
    }
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
