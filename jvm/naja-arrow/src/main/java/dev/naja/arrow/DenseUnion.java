package dev.naja.arrow;

import org.apache.arrow.c.ArrowArray;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Which of its children's elements does a slice of a dense union use? arrow-java takes it that
 * these are all, from the first on and in their order.
 */
final class DenseUnion {
  private final long ids;
  private final long offsets;
  private final long length;
  private final int[] childById = new int[Byte.MAX_VALUE + 1];
  private final long[] first;
  private final long[] count;

  private DenseUnion(ArrowArray.Snapshot array, Field field, long from, long length) {
    this.length = length;
    ids = MemoryUtil.getLong(array.buffers) + from;
    offsets = MemoryUtil.getLong(array.buffers + Long.BYTES) + from * Integer.BYTES;
    int[] idsOfChildren = ((ArrowType.Union) field.getType()).getTypeIds();
    for (int i = 0; i < idsOfChildren.length; i++) {
      childById[idsOfChildren[i]] = i;
    }
    first = new long[idsOfChildren.length];
    count = new long[idsOfChildren.length];
    for (long i = 0; i < length; i++) {
      int child = child(i);
      if (count[child] == 0) {
        first[child] = offset(i);
      } else if (offset(i) != first[child] + count[child]) {
        throw new IllegalArgumentException(
            "the dense union '"
                + field.getName()
                + "' skips or repeats elements of its children, which arrow-java does not know:"
                + " copy it in Python, as by array.take(range(len(array)))");
      }
      count[child]++;
    }
  }

  /**
   * What some elements use, counted from the beginning of the buffers; null if it is no dense
   * union.
   *
   * @throws IllegalArgumentException if they skip or repeat elements of their children
   */
  static DenseUnion of(ArrowArray.Snapshot array, Field field, long from, long length) {
    ArrowType type = field.getType();
    return type instanceof ArrowType.Union && ((ArrowType.Union) type).getMode() == UnionMode.Dense
        ? new DenseUnion(array, field, from, length)
        : null;
  }

  /** Whether elements of a child lie before those in use. */
  boolean hasGaps() {
    for (long each : first) {
      if (each != 0) {
        return true;
      }
    }
    return false;
  }

  /** The first element of a child that is in use. */
  long first(int child) {
    return first[child];
  }

  /** How many elements of a child are in use. */
  long count(int child) {
    return count[child];
  }

  /** Puts the offsets, counted from the first element of each child that is in use. */
  void putOffsets(long address) {
    for (long i = 0; i < length; i++) {
      MemoryUtil.putInt(address + i * Integer.BYTES, (int) (offset(i) - first[child(i)]));
    }
  }

  private int child(long index) {
    return childById[MemoryUtil.getByte(ids + index)];
  }

  private long offset(long index) {
    return MemoryUtil.getInt(offsets + index * Integer.BYTES);
  }
}
