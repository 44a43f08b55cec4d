package dev.naja.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Builds tiny ELF files: a header, and optionally a program interpreter and needed libraries. */
final class ElfFile {
  static final int X86_64 = 62;
  static final int AARCH64 = 183;

  private static final int PROGRAM_HEADERS = 64;
  private static final int INTERPRETER = 0x200;
  private static final int DYNAMIC = 0x300;
  private static final int STRINGS = 0x400;
  private static final int ADDRESS = 0x10000;

  private ElfFile() {}

  /** The machine of this JVM. */
  static int ours() {
    return Platform.architecture().equals("aarch64") ? AARCH64 : X86_64;
  }

  /** Another machine than this JVM's. */
  static int other() {
    return ours() == X86_64 ? AARCH64 : X86_64;
  }

  /** A 64-bit little-endian file; a null interpreter or an empty list leaves that part out. */
  static byte[] of(int machine, String interpreter, String... needed) {
    ByteBuffer file = ByteBuffer.allocate(0x500).order(ByteOrder.LITTLE_ENDIAN);
    file.put(0, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
    file.putShort(18, (short) machine);
    file.putLong(32, PROGRAM_HEADERS);
    file.putShort(54, (short) 56);
    file.putShort(56, (short) 3);
    segment(file, 0, 1, 0, ADDRESS, file.capacity());
    if (interpreter != null) {
      text(file, INTERPRETER, interpreter);
      segment(file, 1, 3, INTERPRETER, ADDRESS + INTERPRETER, interpreter.length() + 1);
    }
    int name = STRINGS + 1;
    int entry = DYNAMIC;
    for (String library : needed) {
      text(file, name, library);
      file.putLong(entry, 1).putLong(entry + 8, name - STRINGS);
      name += library.length() + 1;
      entry += 16;
    }
    if (needed.length > 0) {
      file.putLong(entry, 5).putLong(entry + 8, ADDRESS + STRINGS);
      segment(file, 2, 2, DYNAMIC, ADDRESS + DYNAMIC, 0x100);
    }
    return file.array();
  }

  /** A 32-bit file of the given byte order, with nothing but its header. */
  static byte[] narrow(ByteOrder order, int machine) {
    ByteBuffer file = ByteBuffer.allocate(52).order(order);
    byte data = (byte) (order == ByteOrder.BIG_ENDIAN ? 2 : 1);
    file.put(0, new byte[] {0x7f, 'E', 'L', 'F', 1, data, 1});
    file.putShort(18, (short) machine);
    return file.array();
  }

  private static void segment(
      ByteBuffer file, int index, int type, int offset, int address, int size) {
    int at = PROGRAM_HEADERS + 56 * index;
    file.putInt(at, type).putLong(at + 8, offset).putLong(at + 16, address).putLong(at + 32, size);
  }

  private static void text(ByteBuffer file, int at, String text) {
    file.put(at, text.getBytes(StandardCharsets.US_ASCII));
  }
}
