package dev.naja.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;

/**
 * The natives of {@code libnaja_loader}: what is needed of the operating system before there is a
 * Python, and Java does not offer or not soon enough. {@link NativeLoader} loads them.
 */
final class Loader {
  private Loader() {}

  /**
   * Opens a library with global symbols ({@code RTLD_GLOBAL}) for the rest of the process's life.
   *
   * @param path its file name, see {@link #bytes}
   * @return null, or what the dynamic linker says went wrong
   */
  static native String open(byte[] path);

  /**
   * Keeps a loaded library mapped ({@code RTLD_NODELETE}) even after its class loader is collected.
   *
   * @param path its file name, see {@link #bytes}
   * @return null, or what the dynamic linker says went wrong
   */
  static native String pin(byte[] path);

  /**
   * Lists the libraries in the process.
   *
   * @return their file names, each ended by a NUL byte
   */
  static native byte[] loaded();

  /**
   * The number of this process. Natively, because {@link ProcessHandle} brings a thread pool along.
   */
  static native long process();

  /**
   * Runs a program with no input until it closes its output. Natively, because the classes behind
   * {@link ProcessBuilder} take longer to load than CPython takes to start.
   *
   * @param words the program and its arguments, see {@link #bytes(List)}
   * @param limit milliseconds after which it is killed with all that it started
   * @param most after how many bytes of output it is killed
   * @return what it printed to stdout and stderr, at most {@code most} bytes; null after the limit
   * @throws IOException if the program cannot be run
   */
  static native byte[] run(byte[] words, long limit, long most) throws IOException;

  /** Words as the operating system knows them, each ended by a NUL byte. */
  static byte[] bytes(List<String> words) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String word : words) {
      bytes.writeBytes(word.getBytes(fileNames()));
      bytes.write(0);
    }
    return bytes.toByteArray();
  }

  /** A file name as the operating system knows it, in the encoding that Java itself opens it by. */
  static byte[] bytes(Path path) {
    return path.toString().getBytes(fileNames());
  }

  /** The encoding of file names. */
  static Charset fileNames() {
    return Charset.forName(System.getProperty("sun.jnu.encoding"));
  }
}
