package dev.naja.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElfTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "62,x86_64",
    "183,aarch64",
    "243,riscv64",
    "22,s390x",
    "21,ppc64le",
    "9,ELF machine 9"
  })
  void namesTheMachine(int machine, String name) throws IOException {
    assertEquals(name, read(ElfFile.of(machine, null)).architecture());
  }

  @ParameterizedTest
  @CsvSource({"3,i386", "40,arm", "62,x32", "183,aarch64_32"})
  void namesTheMachineOfNarrowFiles(int machine, String name) throws IOException {
    assertEquals(name, read(ElfFile.narrow(ByteOrder.LITTLE_ENDIAN, machine)).architecture());
  }

  @Test
  void readsBigEndianHeaders() throws IOException {
    assertEquals("ppc64", read(ElfFile.narrow(ByteOrder.BIG_ENDIAN, 21)).architecture());
  }

  @ParameterizedTest
  @CsvSource({"libc.so.6,glibc", "libc.musl-x86_64.so.1,musl", "ld-musl-aarch64.so.1,musl"})
  void knowsTheLibcByWhatIsNeeded(String needed, String libc) throws IOException {
    Elf elf = read(ElfFile.of(ElfFile.X86_64, null, "libm.so", needed));
    assertEquals(Optional.of(libc), elf.libc());
  }

  @ParameterizedTest
  @CsvSource({"/lib/ld-musl-x86_64.so.1,musl", "/lib64/ld-linux-x86-64.so.2,glibc"})
  void knowsTheLibcByTheProgramInterpreter(String interpreter, String libc) throws IOException {
    assertEquals(Optional.of(libc), read(ElfFile.of(ElfFile.X86_64, interpreter)).libc());
  }

  @Test
  void knowsNoLibcWhereNoneIsNamed() throws IOException {
    assertEquals(Optional.empty(), read(ElfFile.of(ElfFile.X86_64, null, "libz.so.1")).libc());
  }

  @Test
  void readsTheLibraryOfThisJvm() throws IOException {
    Elf elf = Elf.read(Path.of(System.getProperty("java.home"), "lib", "libjava.so")).orElseThrow();
    assertEquals(Platform.architecture(), elf.architecture());
    assertEquals(Platform.libc(), elf.libc());
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 64, 100, 0x250, 0x310, 0x405})
  void survivesCutFiles(int length) throws IOException {
    byte[] whole = ElfFile.of(ElfFile.AARCH64, "/lib/ld-musl-aarch64.so.1", "libc.musl.so.1");
    assertEquals("aarch64", read(Arrays.copyOf(whole, length)).architecture());
  }

  @Test
  void survivesOffsetsBeyondTheFile() throws IOException {
    byte[] damaged = ElfFile.of(ElfFile.X86_64, null, "libc.so.6");
    Arrays.fill(damaged, 32, 40, (byte) 0xff);
    Elf elf = read(damaged);
    assertEquals("x86_64", elf.architecture());
    assertEquals(Optional.empty(), elf.libc());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "#!/bin/sh\n", "plain text that is longer than any header of ELF"})
  void isEmptyForOtherFiles(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("file"), text);
    assertEquals(Optional.empty(), Elf.read(file).map(Elf::architecture));
  }

  private Elf read(byte[] content) throws IOException {
    return Elf.read(Files.write(directory.resolve("file"), content)).orElseThrow();
  }
}
