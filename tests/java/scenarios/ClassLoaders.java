package scenarios;

import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Does naja work in several class loaders, and do they go when nobody needs them any more? */
public final class ClassLoaders {
  private static final String COUNT =
      "(lambda counts: counts.update(calls=counts.get('calls', 0) + 1) or counts['calls'])"
          + "(__import__('sys').modules['builtins'].__dict__.setdefault('naja_test_counts', {}))";

  private ClassLoaders() {}

  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "two":
        two();
        break;
      case "collected":
        collected();
        break;
      case "closed":
        closed();
        break;
      case "sequence":
        sequence(Integer.parseInt(arguments[1]));
        break;
      case "different":
        different(arguments[1]);
        break;
      default:
        throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void two() throws Exception {
    Function<String, String> one = guest(loader());
    Function<String, String> other = guest(loader());
    for (int i = 0; i < 2; i++) {
      System.out.println("one " + one.apply(COUNT));
      System.out.println("other " + other.apply(COUNT));
    }
    System.out.println(one.getClass() == other.getClass() ? "shared" : "apart");
  }

  private static void collected() throws Exception {
    URLClassLoader first = loader();
    System.out.println("first " + guest(first).apply(COUNT));
    WeakReference<ClassLoader> trace = new WeakReference<>(first);
    Function<String, String> second = guest(loader());
    System.out.println("second " + second.apply(COUNT));
    first.close();
    first = null;
    System.out.println(isCollected(trace) ? "collected" : "kept");
    System.out.println("second " + second.apply(COUNT));
    System.out.println("third " + guest(loader()).apply(COUNT));
  }

  private static void closed() throws Exception {
    URLClassLoader first = loader();
    Object python = first.loadClass("dev.naja.Python").getMethod("start").invoke(null);
    first.close();
    Function<String, String> second = guest(loader());
    System.out.println("second " + second.apply("1"));
    System.out.println(
        "second " + second.apply("__import__('logging').getLogger('x').warning('logged')"));
    System.out.println("first " + python.getClass().getMethod("handleCount").getReturnType());
  }

  private static void sequence(int times) throws Exception {
    List<WeakReference<ClassLoader>> traces = new ArrayList<>();
    long threads = 0;
    for (int i = 0; i < times; i++) {
      traces.add(once());
      if (i == 1) {
        collectAll(traces);
        threads = threads();
      }
    }
    System.out.println("kept " + collectAll(traces));
    for (int i = 0; i < 100 && threads() > threads; i++) {
      Thread.sleep(50);
    }
    System.out.println("threads " + threads + " then " + threads());
  }

  private static WeakReference<ClassLoader> once() throws Exception {
    try (URLClassLoader loader = loader()) {
      String result = guest(loader).apply("1 + 1");
      if (!result.equals("2 42 object")) {
        throw new AssertionError(result);
      }
      return new WeakReference<>(loader);
    }
  }

  private static void different(String executable) throws Exception {
    System.out.println("one " + guest(loader()).apply(COUNT));
    System.setProperty("python", executable);
    try {
      System.out.println("other " + guest(loader()).apply(COUNT));
    } catch (RuntimeException e) {
      System.out.println(e);
    }
  }

  private static long collectAll(List<WeakReference<ClassLoader>> traces)
      throws InterruptedException {
    return traces.stream().filter(trace -> !isCollected(trace)).count();
  }

  private static boolean isCollected(WeakReference<ClassLoader> trace) {
    try {
      for (int i = 0; i < 100 && trace.get() != null; i++) {
        System.gc();
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return trace.get() == null;
  }

  /** Threads that Java knows, and native ones of naja; the JVM's own come and go. */
  private static long threads() throws Exception {
    long own = 0;
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (Path task : tasks) {
        own += isNative(task) ? 1 : 0;
      }
    }
    return own + Thread.getAllStackTraces().size();
  }

  private static boolean isNative(Path task) {
    try {
      return Files.readString(task.resolve("comm")).equals("naja\n");
    } catch (IOException e) {
      return false; // The thread has ended meanwhile.
    }
  }

  /** A class loader of its own with the whole class path, as an application server makes one. */
  private static URLClassLoader loader() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
  }

  @SuppressWarnings("unchecked")
  private static Function<String, String> guest(ClassLoader loader) throws Exception {
    Class<?> guest = loader.loadClass("scenarios.Guest");
    return (Function<String, String>) guest.getConstructor().newInstance();
  }
}
