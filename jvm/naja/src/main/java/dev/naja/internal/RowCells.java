package dev.naja.internal;

import dev.naja.PyTuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which cells has a row, and which rows fit one table? What is a tuple in Python has a cell for
 * each of its values, what is a dict has them by name, and everything else is one value.
 */
final class RowCells {
  private RowCells() {}

  /** Whether a row has cells, by name or not. */
  static boolean hasCells(Object row) {
    return row instanceof Object[] && !row.getClass().getComponentType().isArray()
        || row instanceof PyTuple
        || row instanceof Map
        || row instanceof Map.Entry
        || isRecord(row);
  }

  private static boolean isRecord(Object row) {
    return row != null && RecordShape.isRecord(row.getClass());
  }

  /** The names that a row gives its cells, in their order; none if it gives none. */
  static List<String> names(Object row) {
    if (row instanceof Map) {
      List<String> names = new ArrayList<>();
      for (Object key : ((Map<?, ?>) row).keySet()) {
        names.add(String.valueOf(key));
      }
      return names;
    }
    if (row instanceof PyTuple) {
      return ((PyTuple) row).names();
    }
    return isRecord(row) ? RecordShape.of(row.getClass()).componentNames() : List.of();
  }

  /** The cells of a row that has some; those of a map in the order of names. */
  static Object[] of(Object row, List<String> names) {
    if (row instanceof Object[]) {
      return (Object[]) row;
    }
    if (row instanceof PyTuple) {
      return ((PyTuple) row).toArray();
    }
    if (row instanceof Map.Entry) {
      Map.Entry<?, ?> entry = (Map.Entry<?, ?>) row;
      return new Object[] {entry.getKey(), entry.getValue()};
    }
    Object[] cells;
    if (row instanceof Map) {
      cells = new Object[names.size()];
      for (int i = 0; i < cells.length; i++) {
        cells[i] = ((Map<?, ?>) row).get(names.get(i));
      }
      return cells;
    }
    RecordShape shape = RecordShape.of(row.getClass());
    cells = new Object[shape.componentNames().size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = shape.component(row, i);
    }
    return cells;
  }

  /** Whether two rows fit one table: as many cells, each of the same kind where neither is null. */
  static boolean areAlike(Object one, Object other) {
    if (Cells.isVector(one) || !hasCells(one)) {
      return (Cells.isVector(other) || !hasCells(other)) && Cells.areAlike(one, other);
    }
    boolean comparable =
        one instanceof Map
            ? other instanceof Map
                && ((Map<?, ?>) one).keySet().equals(((Map<?, ?>) other).keySet())
            : hasCells(other) && !(other instanceof Map) && names(one).equals(names(other));
    if (!comparable) {
      return false;
    }
    List<String> names = one instanceof Map ? names(one) : List.of();
    Object[] cells = of(one, names);
    Object[] others = of(other, names);
    boolean alike = cells.length == others.length;
    for (int i = 0; i < cells.length && alike; i++) {
      alike = Cells.areAlike(cells[i], others[i]);
    }
    return alike;
  }
}
