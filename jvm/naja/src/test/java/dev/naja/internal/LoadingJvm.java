package dev.naja.internal;

import dev.naja.PythonConfig;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@link NativeLoaderTest} does in JVMs of their own: one method a command. */
public final class LoadingJvm {
  private LoadingJvm() {}

  /** Runs the command that the first argument names; prints the message of what it throws. */
  public static void main(String[] arguments) throws Exception {
    try {
      switch (arguments[0]) {
        case "load":
          load(arguments[1]);
          break;
        case "both":
          load(arguments[1]);
          NativeLoader.openLibpython(Interpreter.inspect(Path.of(arguments[2])));
          break;
        case "extension":
          extension(arguments[1], Path.of(arguments[2]));
          break;
        case "loaders":
          loaders(arguments[1]);
          break;
        default:
          throw new AssertionError(arguments[0]);
      }
    } catch (Refusal e) {
      System.out.println(e.getMessage() + "\nmend: " + e.mend());
    } catch (RuntimeException e) {
      System.out.println(e.getMessage());
    }
  }

  /** Loads twice, and prints which natives are mapped and what is left in the directory. */
  static void load(String python) throws IOException {
    Interpreter interpreter = Interpreter.find(PythonConfig.of(python));
    NativeLoader.load(interpreter);
    NativeLoader.load(interpreter);
    System.out.println("mapped " + mapped("libnaja-") + " " + mapped("libnaja_loader-"));
    try (Stream<Path> files = Files.list(NativeLoader.directory())) {
      List<Path> left = files.collect(Collectors.toList());
      System.out.println("left " + left.stream().filter(LoadingJvm::isNative).count());
    }
  }

  /** Opens an extension module that finds CPython's symbols only if libpython's are global. */
  static void extension(String python, Path extension) throws Refusal {
    NativeLoader.loadLoader();
    String before = Loader.open(Loader.bytes(extension));
    System.out.println("before: " + before.substring(before.indexOf("undefined symbol: ")));
    NativeLoader.openLibpython(Interpreter.find(PythonConfig.of(python)));
    System.out.println("after: " + Loader.open(Loader.bytes(extension)));
  }

  /** Loads in two class loaders, drops both and prints how many copies stay mapped. */
  static void loaders(String python) throws Exception {
    WeakReference<ClassLoader> one = loadApart(python);
    WeakReference<ClassLoader> other = loadApart(python);
    System.out.println("mapped " + mapped("libnaja-"));
    for (int i = 0; (one.get() != null || other.get() != null) && i < 200; i++) {
      System.gc();
      Thread.sleep(10);
    }
    System.out.println("collected " + (one.get() == null) + " " + (other.get() == null));
    System.out.println("mapped " + mapped("libnaja-"));
  }

  private static WeakReference<ClassLoader> loadApart(String python) throws Exception {
    String[] entries = System.getProperty("java.class.path").split(":");
    URL[] urls = new URL[entries.length];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = Path.of(entries[i]).toUri().toURL();
    }
    URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    Class<?> type = loader.loadClass(LoadingJvm.class.getName());
    Method load = type.getDeclaredMethod("loadQuietly", String.class);
    load.invoke(null, python);
    loader.close();
    return new WeakReference<>(loader);
  }

  /** Loads without printing. */
  public static void loadQuietly(String python) {
    NativeLoader.load(Interpreter.find(PythonConfig.of(python)));
  }

  private static boolean isNative(Path file) {
    return file.getFileName().toString().startsWith("libnaja");
  }

  private static long mapped(String name) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
      return lines
          .filter(line -> line.contains("/" + name))
          .map(line -> line.substring(line.indexOf('/')))
          .distinct()
          .count();
    }
  }
}
