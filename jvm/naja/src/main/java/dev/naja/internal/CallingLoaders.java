package dev.naja.internal;

import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which class loaders know the classes that Python means? That of the Java code which called
 * Python, the thread's context loader, the system's, in this order.
 */
final class CallingLoaders {
  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private CallingLoaders() {}

  /** The loaders, each once. */
  static List<ClassLoader> all() {
    Set<ClassLoader> loaders = new LinkedHashSet<>();
    loaders.add(WALKER.walk(new CallingCode()));
    loaders.add(Thread.currentThread().getContextClassLoader());
    loaders.add(ClassLoader.getSystemClassLoader());
    loaders.remove(null);
    return new ArrayList<>(loaders);
  }

  /** The loaders and all their parents, each once. */
  static List<ClassLoader> withParents() {
    Set<ClassLoader> loaders = new LinkedHashSet<>();
    for (ClassLoader each : all()) {
      for (ClassLoader loader = each; loader != null; loader = loader.getParent()) {
        loaders.add(loader);
      }
    }
    return new ArrayList<>(loaders);
  }

  /**
   * Finds the loader of the innermost code that is neither this library's nor the JDK's, which may
   * stand between the two, as in {@code list.forEach(bound)}. Null if there is none.
   */
  private static final class CallingCode implements Function<Stream<StackFrame>, ClassLoader> {
    private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

    @Override
    public ClassLoader apply(Stream<StackFrame> frames) {
      for (Iterator<StackFrame> each = frames.iterator(); each.hasNext(); ) {
        Class<?> type = each.next().getDeclaringClass();
        ClassLoader loader = type.getClassLoader();
        if (loader != null && loader != PLATFORM && !isOwn(type)) {
          return loader;
        }
      }
      return null;
    }

    private static boolean isOwn(Class<?> type) {
      return type.getName().startsWith("dev.naja.")
          || type.getName().startsWith("pemja.")
          || Bound.class.isAssignableFrom(type);
    }
  }
}
