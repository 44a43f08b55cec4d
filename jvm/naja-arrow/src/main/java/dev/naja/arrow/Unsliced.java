package dev.naja.arrow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.c.ArrowArray;
import org.apache.arrow.c.NativeUtil;
import org.apache.arrow.c.jni.JniWrapper;
import org.apache.arrow.c.jni.PrivateData;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.BufferLayout;
import org.apache.arrow.vector.BufferLayout.BufferType;
import org.apache.arrow.vector.TypeLayout;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * How does a slice become an array that arrow-java can import? Its importer takes every buffer from
 * the beginning, whatever the array's offset, and wants what the C data interface leaves to the
 * producer: a count of nulls, and an offset for arrays without elements.
 *
 * <p>What has an offset is described anew: buffers begin at the first element of the slice, and no
 * element is copied, only bitmaps that begin in the middle of a byte and the ends of runs. The new
 * description owns the old.
 */
final class Unsliced {
  private final BufferAllocator allocator;
  private final DictionaryProvider dictionaries;
  private final List<AutoCloseable> owned = new ArrayList<>();

  private Unsliced(BufferAllocator allocator, DictionaryProvider dictionaries) {
    this.allocator = allocator;
    this.dictionaries = dictionaries;
  }

  /**
   * An array of the same elements that can be imported.
   *
   * @param source an array, which is moved from if it has to be described anew
   * @param field its type; that of rows is a struct
   * @param dictionaries the types of the dictionaries
   * @return the source if it is fit, else a new array that owns what the source did
   */
  static ArrowArray of(
      BufferAllocator allocator, ArrowArray source, Field field, DictionaryProvider dictionaries) {
    Unsliced unsliced = new Unsliced(allocator, dictionaries);
    ArrowArray.Snapshot array = source.snapshot();
    if (unsliced.isFit(array, field, array.length)) {
      return source;
    }
    ArrowArray kept = ArrowArray.allocateNew(allocator);
    kept.save(array);
    source.markReleased();
    unsliced.owned.add(kept::close);
    unsliced.owned.add(kept::release);
    try {
      return unsliced.describe(array, field, 0, array.length, unsliced::close);
    } catch (RuntimeException | Error e) {
      unsliced.close();
      throw e;
    }
  }

  /**
   * Refuses rows that are null themselves, which no root can have.
   *
   * @throws IllegalArgumentException if there are any
   */
  static void checkRows(ArrowArray rows) {
    ArrowArray.Snapshot array = rows.snapshot();
    if (array.n_buffers == 0 || array.null_count == 0) {
      return;
    }
    long bitmap = MemoryUtil.getLong(array.buffers);
    for (long i = array.offset; bitmap != 0 && i < array.offset + array.length; i++) {
      if ((MemoryUtil.getByte(bitmap + (i >> 3)) >> (i & 7) & 1) == 0) {
        throw new IllegalArgumentException(
            "its row "
                + (i - array.offset)
                + " is null as a whole, which no table knows: take it"
                + " as a vector, or drop such rows");
      }
    }
  }

  /** Whether arrow-java imports an array of this length as it is, children and all. */
  private boolean isFit(ArrowArray.Snapshot array, Field field, long length) {
    if (array.offset != 0 || array.length != length) {
      return false;
    }
    if (KnownTypes.isSparse(field.getType()) && !Arrays.equals(ids(field), KnownTypes.ids(field))) {
      return false;
    }
    List<BufferLayout> layout = layout(field);
    for (int i = 0; i < layout.size(); i++) {
      BufferType type = layout.get(i).getType();
      boolean absent = MemoryUtil.getLong(array.buffers + 8L * i) == 0;
      if (absent && type == BufferType.VALIDITY && array.null_count != 0
          || absent && type == BufferType.OFFSET && array.length == 0) {
        return false;
      }
    }
    List<Field> children = field.getChildren();
    DenseUnion union = DenseUnion.of(array, field, 0, length);
    if (union != null && union.hasGaps()) {
      return false;
    }
    for (int i = 0; i < children.size(); i++) {
      ArrowArray.Snapshot child = child(array, i);
      long wanted =
          union != null ? union.count(i) : sharesRows(field) ? length * width(field) : child.length;
      if (!isFit(child, children.get(i), wanted)) {
        return false;
      }
    }
    if (array.dictionary == 0) {
      return true;
    }
    ArrowArray.Snapshot dictionary = ArrowArray.wrap(array.dictionary).snapshot();
    return isFit(dictionary, dictionary(field), dictionary.length);
  }

  /** Describes some elements of an array, counted from its own offset. */
  private ArrowArray describe(
      ArrowArray.Snapshot array, Field field, long from, long length, PrivateData owner) {
    long first = array.offset + from;
    boolean all = from == 0 && length == array.length;
    ArrowArray.Snapshot plain = new ArrowArray.Snapshot();
    plain.length = length;
    plain.null_count = all ? array.null_count : -1;
    plain.n_buffers = array.n_buffers;
    long[] buffers = NativeUtil.toJavaArray(array.buffers, (int) array.n_buffers);
    List<BufferLayout> layout = layout(field);
    for (int i = 0; i < layout.size(); i++) {
      buffers[i] = buffer(layout, i, buffers[i], first, length);
      if (KnownTypes.isSparse(field.getType())) {
        buffers[i] = knownIds(buffers[i], field, length);
      }
      if (layout.get(i).getType() == BufferType.VALIDITY && buffers[i] == 0) {
        plain.null_count = 0;
      }
    }
    DenseUnion union = DenseUnion.of(array, field, first, length);
    if (union != null) {
      ArrowBuf offsets = buffer(length * Integer.BYTES);
      union.putOffsets(offsets.memoryAddress());
      buffers[1] = offsets.memoryAddress();
    }
    plain.buffers = addresses(buffers);
    boolean runs = storage(field) instanceof ArrowType.RunEndEncoded;
    long[] children =
        runs ? runs(array, field, first, length) : children(array, field, first, length, union);
    plain.n_children = children.length;
    plain.children = addresses(children);
    if (array.dictionary != 0) {
      ArrowArray.Snapshot dictionary = ArrowArray.wrap(array.dictionary).snapshot();
      Field values = dictionary(field);
      plain.dictionary = node(dictionary, values, 0, dictionary.length);
    }
    ArrowArray described = ArrowArray.allocateNew(allocator);
    described.save(plain);
    JniWrapper.get().exportArray(described.memoryAddress(), owner);
    return described;
  }

  /** Describes an array that belongs to another, and gives its address. */
  private long node(ArrowArray.Snapshot array, Field field, long from, long length) {
    ArrowArray described = describe(array, field, from, length, () -> {});
    owned.add(described::close);
    return described.memoryAddress();
  }

  private long[] children(
      ArrowArray.Snapshot array, Field field, long first, long length, DenseUnion union) {
    List<Field> fields = field.getChildren();
    long[] children = new long[fields.size()];
    for (int i = 0; i < children.length; i++) {
      ArrowArray.Snapshot child = child(array, i);
      long from = 0;
      long count = child.length;
      if (union != null) {
        from = union.first(i);
        count = union.count(i);
      } else if (sharesRows(field)) {
        from = first * width(field);
        count = length * width(field);
      }
      children[i] = node(child, fields.get(i), from, count);
    }
    return children;
  }

  /** The ends and values of the runs that reach into a slice; ends count from its beginning. */
  private long[] runs(ArrowArray.Snapshot array, Field field, long first, long length) {
    ArrowArray.Snapshot ends = child(array, 0);
    int width = ((ArrowType.Int) storage(field.getChildren().get(0))).getBitWidth() / 8;
    long data = MemoryUtil.getLong(ends.buffers + 8) + ends.offset * width;
    long from = 0;
    while (from < ends.length && whole(data + from * width, width) <= first) {
      from++;
    }
    long to = from;
    while (length > 0
        && to < ends.length
        && (to == from || whole(data + (to - 1) * width, width) < first + length)) {
      to++;
    }
    ArrowBuf moved = buffer((to - from) * width);
    for (long i = from; i < to; i++) {
      long end = Math.min(whole(data + i * width, width) - first, length);
      put(moved.memoryAddress() + (i - from) * width, width, end);
    }
    ArrowArray.Snapshot plain = new ArrowArray.Snapshot();
    plain.length = to - from;
    plain.n_buffers = 2;
    plain.buffers = addresses(new long[] {0, moved.memoryAddress()});
    List<Field> fields = field.getChildren();
    return new long[] {
      node(plain, fields.get(0), 0, to - from),
      node(child(array, 1), fields.get(1), from, to - from)
    };
  }

  /** Where a buffer's part for some elements begins; an empty one gets memory if it needs some. */
  private long buffer(List<BufferLayout> layout, int index, long address, long first, long length) {
    BufferType type = layout.get(index).getType();
    if (address == 0) {
      return type == BufferType.OFFSET && length == 0 ? buffer(8).memoryAddress() : 0;
    }
    if (type == BufferType.DATA && layout.get(index - 1).getType() == BufferType.OFFSET) {
      return address;
    }
    long bits = bits(layout.get(index));
    return bits == 1 ? bitmap(address, first, length) : address + first * bits / 8;
  }

  /** The ids of a sparse union's elements as its vector has them. */
  private long knownIds(long address, Field field, long length) {
    int[] ids = ids(field);
    int[] known = KnownTypes.ids(field);
    byte[] byId = new byte[Byte.MAX_VALUE + 1];
    for (int i = 0; i < ids.length; i++) {
      byId[ids[i]] = (byte) known[i];
    }
    ArrowBuf moved = buffer(length);
    for (long i = 0; i < length; i++) {
      moved.setByte(i, byId[MemoryUtil.getByte(address + i)]);
    }
    return moved.memoryAddress();
  }

  private static int[] ids(Field union) {
    return ((ArrowType.Union) union.getType()).getTypeIds();
  }

  private long bitmap(long address, long first, long length) {
    int shift = (int) (first & 7);
    long start = address + (first >> 3);
    if (shift == 0 || length == 0) {
      return start;
    }
    long last = (shift + length - 1) >> 3;
    long bytes = (length + 7) >> 3;
    ArrowBuf moved = buffer(bytes);
    for (long i = 0; i < bytes; i++) {
      int low = MemoryUtil.getByte(start + i) & 0xff;
      int high = i < last ? MemoryUtil.getByte(start + i + 1) & 0xff : 0;
      moved.setByte(i, low >> shift | high << (8 - shift));
    }
    return moved.memoryAddress();
  }

  /** Arrow's layouts give views and types a width that they do not have in memory. */
  private static long bits(BufferLayout layout) {
    switch (layout.getType()) {
      case VIEWS:
        return 128;
      case TYPE:
        return 8;
      default:
        return layout.getTypeBitWidth();
    }
  }

  private long addresses(long[] addresses) {
    if (addresses == null || addresses.length == 0) {
      return 0;
    }
    ArrowBuf buffer = buffer(8L * addresses.length);
    for (int i = 0; i < addresses.length; i++) {
      buffer.setLong(8L * i, addresses[i]);
    }
    return buffer.memoryAddress();
  }

  /** Memory that the new description owns, all zeros. */
  private ArrowBuf buffer(long bytes) {
    ArrowBuf buffer = allocator.buffer(Math.max(8, bytes));
    buffer.setZero(0, buffer.capacity());
    owned.add(buffer);
    return buffer;
  }

  private void close() {
    Collections.reverse(owned);
    for (AutoCloseable each : owned) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IllegalStateException("Arrow memory could not be released", e);
      }
    }
    owned.clear();
  }

  private static ArrowArray.Snapshot child(ArrowArray.Snapshot array, int index) {
    return ArrowArray.wrap(MemoryUtil.getLong(array.children + 8L * index)).snapshot();
  }

  private Field dictionary(Field field) {
    return dictionaries.lookup(field.getDictionary().getId()).getVector().getField();
  }

  private static List<BufferLayout> layout(Field field) {
    return TypeLayout.getTypeLayout(field.getType()).getBufferLayouts();
  }

  private static ArrowType storage(Field field) {
    ArrowType type = field.getType();
    return type instanceof ArrowType.ExtensionType
        ? ((ArrowType.ExtensionType) type).storageType()
        : type;
  }

  /** Whether a slice of the array is a slice of its children, rather than of what points there. */
  private static boolean sharesRows(Field field) {
    ArrowType type = storage(field);
    return type instanceof ArrowType.Struct
        || type instanceof ArrowType.FixedSizeList
        || KnownTypes.isSparse(type);
  }

  /** How many elements of a child belong to one of the array. */
  private static long width(Field field) {
    ArrowType type = storage(field);
    return type instanceof ArrowType.FixedSizeList
        ? ((ArrowType.FixedSizeList) type).getListSize()
        : 1;
  }

  private static long whole(long address, int width) {
    switch (width) {
      case 2:
        return MemoryUtil.getShort(address);
      case 4:
        return MemoryUtil.getInt(address);
      default:
        return MemoryUtil.getLong(address);
    }
  }

  private static void put(long address, int width, long value) {
    switch (width) {
      case 2:
        MemoryUtil.putShort(address, (short) value);
        break;
      case 4:
        MemoryUtil.putInt(address, (int) value);
        break;
      default:
        MemoryUtil.putLong(address, value);
    }
  }
}
