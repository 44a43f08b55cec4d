package dev.naja.internal;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Set;

/** Is a class public that is not loaded? Its file says so; the Java VM Specification, chapter 4. */
final class ClassFile {
  private static final String SUFFIX = ".class";

  private ClassFile() {}

  /**
   * Adds a class's simple name if the class is public, at the top level, and not refused.
   *
   * @param path the file's path below the root, with slashes
   * @param file the file, which is closed
   */
  static void addIfPublic(String path, InputStream file, Set<String> names) throws IOException {
    try (InputStream in = file) {
      String simple = path.substring(path.lastIndexOf('/') + 1);
      if (isTopLevel(simple)) {
        String name = path.substring(0, path.length() - SUFFIX.length()).replace('/', '.');
        if (ClassFilter.allows(name) && isPublic(ByteBuffer.wrap(in.readAllBytes()))) {
          names.add(simple.substring(0, simple.length() - SUFFIX.length()));
        }
      }
    }
  }

  private static boolean isTopLevel(String file) {
    return file.endsWith(SUFFIX)
        && file.indexOf('$') < 0
        && !file.equals("module-info.class")
        && !file.equals("package-info.class");
  }

  private static boolean isPublic(ByteBuffer file) {
    try {
      file.position(8);
      int constants = Short.toUnsignedInt(file.getShort());
      for (int i = 1; i < constants; i++) {
        int tag = file.get();
        // A long or double takes two places.
        i += tag == 5 || tag == 6 ? 1 : 0;
        int length = tag == 1 ? Short.toUnsignedInt(file.getShort()) : length(tag);
        file.position(file.position() + length);
      }
      return Modifier.isPublic(file.getShort());
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      // Not a class file, whatever it is called.
      return false;
    }
  }

  /** The bytes of a constant other than text. */
  private static int length(int tag) {
    switch (tag) {
      case 5: // Long
      case 6: // Double
        return 8;
      case 7: // Class
      case 8: // String
      case 16: // MethodType
      case 19: // Module
      case 20: // Package
        return 2;
      case 15: // MethodHandle
        return 3;
      default:
        return 4;
    }
  }
}
