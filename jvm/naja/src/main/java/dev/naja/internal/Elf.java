package dev.naja.internal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What machine and which C library was a file built for? Reads the ELF header, the program
 * interpreter and the names of needed libraries (System V ABI, chapters 4 and 5).
 */
final class Elf {
  private static final int MAGIC = 0x7f454c46;
  private static final int PT_LOAD = 1;
  private static final int PT_DYNAMIC = 2;
  private static final int PT_INTERP = 3;
  private static final int DT_NEEDED = 1;
  private static final int DT_STRTAB = 5;
  private static final int MOST_BYTES = 1 << 16;

  private final boolean wide;
  private final ByteOrder order;
  private final int machine;
  private String interpreter;
  private final List<String> needed = new ArrayList<>();

  private Elf(boolean wide, ByteOrder order, int machine) {
    this.wide = wide;
    this.order = order;
    this.machine = machine;
  }

  /** Reads a file; empty when it is not ELF. Damage beyond the header leaves the rest unknown. */
  static Optional<Elf> read(Path file) throws IOException {
    try (RandomAccessFile input = new RandomAccessFile(file.toFile(), "r")) {
      ByteBuffer header = bytes(input, 0, 64);
      if (header.remaining() < 20 || header.getInt(0) != MAGIC) {
        return Optional.empty();
      }
      ByteOrder order = header.get(5) == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
      header.order(order);
      Elf elf = new Elf(header.get(4) == 2, order, Short.toUnsignedInt(header.getShort(18)));
      try {
        elf.readSegments(input, header);
      } catch (IOException | IndexOutOfBoundsException | NegativeArraySizeException e) {
        elf.needed.clear();
      }
      return Optional.of(elf);
    }
  }

  /** The machine by the name the JVM's platform has here, such as {@code x86_64}. */
  String architecture() {
    switch (machine) {
      case 3:
        return "i386";
      case 21:
        return order == ByteOrder.LITTLE_ENDIAN ? "ppc64le" : "ppc64";
      case 22:
        return "s390x";
      case 40:
        return "arm";
      case 62:
        return wide ? "x86_64" : "x32";
      case 183:
        return wide ? "aarch64" : "aarch64_32";
      case 243:
        return wide ? "riscv64" : "riscv32";
      default:
        return "ELF machine " + machine;
    }
  }

  /** The C library it is linked to: {@code glibc}, {@code musl}, or empty when it names neither. */
  Optional<String> libc() {
    for (String name : needed) {
      if (name.startsWith("libc.musl") || name.startsWith("ld-musl")) {
        return Optional.of("musl");
      }
      if (name.equals("libc.so.6")) {
        return Optional.of("glibc");
      }
    }
    if (interpreter == null) {
      return Optional.empty();
    }
    return Optional.of(interpreter.contains("ld-musl") ? "musl" : "glibc");
  }

  private void readSegments(RandomAccessFile input, ByteBuffer header) throws IOException {
    long start = wide ? header.getLong(32) : Integer.toUnsignedLong(header.getInt(28));
    int size = Short.toUnsignedInt(header.getShort(wide ? 54 : 42));
    int count = Short.toUnsignedInt(header.getShort(wide ? 56 : 44));
    ByteBuffer table = bytes(input, start, (long) size * count).order(order);
    long[] dynamic = null;
    List<long[]> loads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int at = i * size;
      long offset = word(table, at, 8, 4);
      long address = word(table, at, 16, 8);
      long length = word(table, at, 32, 16);
      switch (table.getInt(at)) {
        case PT_LOAD:
          loads.add(new long[] {address, offset, length});
          break;
        case PT_DYNAMIC:
          dynamic = new long[] {offset, length};
          break;
        case PT_INTERP:
          interpreter = text(bytes(input, offset, length));
          break;
        default:
          break;
      }
    }
    if (dynamic != null) {
      readNeeded(input, bytes(input, dynamic[0], dynamic[1]).order(order), loads);
    }
  }

  private void readNeeded(RandomAccessFile input, ByteBuffer entries, List<long[]> loads)
      throws IOException {
    List<Long> names = new ArrayList<>();
    long strings = 0;
    int size = wide ? 16 : 8;
    for (int at = 0; at + size <= entries.limit(); at += size) {
      long tag = word(entries, at, 0, 0);
      long value = word(entries, at, 8, 4);
      if (tag == DT_NEEDED) {
        names.add(value);
      } else if (tag == DT_STRTAB) {
        strings = value;
      }
    }
    for (long[] load : loads) {
      if (strings >= load[0] && strings < load[0] + load[2]) {
        for (long name : names) {
          needed.add(text(bytes(input, strings - load[0] + load[1] + name, 256)));
        }
      }
    }
  }

  private long word(ByteBuffer buffer, int base, int wideOffset, int narrowOffset) {
    return wide
        ? buffer.getLong(base + wideOffset)
        : Integer.toUnsignedLong(buffer.getInt(base + narrowOffset));
  }

  private static String text(ByteBuffer bytes) {
    int end = 0;
    while (end < bytes.limit() && bytes.get(end) != 0) {
      end++;
    }
    return new String(bytes.array(), 0, end, StandardCharsets.UTF_8);
  }

  private static ByteBuffer bytes(RandomAccessFile input, long offset, long length)
      throws IOException {
    byte[] bytes = new byte[(int) Math.min(length, MOST_BYTES)];
    input.seek(offset);
    int count = 0;
    for (int more = 0; more >= 0 && count < bytes.length; count += Math.max(more, 0)) {
      more = input.read(bytes, count, bytes.length - count);
    }
    return ByteBuffer.wrap(bytes, 0, count);
  }
}
