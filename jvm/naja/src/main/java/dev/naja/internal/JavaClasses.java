package dev.naja.internal;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which Java class or package does Python mean by a name? Whatever the calling thread's loaders
 * know; nothing is kept, since another thread has other loaders, and theirs are to be collected.
 */
final class JavaClasses {
  private static final Map<String, Class<?>> PRIMITIVES =
      Map.of(
          "boolean", boolean.class,
          "byte", byte.class,
          "short", short.class,
          "char", char.class,
          "int", int.class,
          "long", long.class,
          "float", float.class,
          "double", double.class);

  private JavaClasses() {}

  /** See {@link JavaUpcalls#find}. */
  static Object find(String name) {
    String element = name;
    int dimensions = 0;
    while (element.endsWith("[]")) {
      element = element.substring(0, element.length() - 2);
      dimensions++;
    }
    Class<?> type;
    try {
      type = PRIMITIVES.containsKey(element) ? PRIMITIVES.get(element) : named(element);
    } catch (LinkageError e) {
      return "the Java class " + element + " cannot be loaded: " + e;
    }
    if (type == null) {
      return unknown(element);
    }
    String refusal = ClassFilter.refusal(type);
    return refusal.isEmpty() ? array(name, type, dimensions) : refusal;
  }

  private static Object array(String name, Class<?> element, int dimensions) {
    Class<?> type = element;
    try {
      for (int i = 0; i < dimensions; i++) {
        type = Array.newInstance(type, 0).getClass();
      }
    } catch (IllegalArgumentException e) {
      return "there is no Java class " + name + ": an array has 255 dimensions at most";
    }
    return type;
  }

  /** The class of a name without brackets, or null. */
  private static Class<?> named(String name) {
    for (ClassLoader loader : CallingLoaders.all()) {
      StringBuilder candidate = new StringBuilder(name);
      int dot = name.length();
      while (dot > 0) {
        Class<?> found = load(candidate.toString(), loader);
        if (found != null) {
          return found;
        }
        dot = name.lastIndexOf('.', dot - 1);
        if (dot > 0) {
          candidate.setCharAt(dot, '$');
        }
      }
    }
    return inherited(name);
  }

  private static Class<?> load(String name, ClassLoader loader) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  /** A member class that the class before the last dot has of an ancestor. */
  private static Class<?> inherited(String name) {
    int end = Math.max(name.lastIndexOf('.'), name.lastIndexOf('$'));
    Class<?> outer = end <= 0 ? null : named(name.substring(0, end));
    if (outer != null) {
      for (Class<?> each : PublicMembers.classes(outer)) {
        if (each.getSimpleName().equals(name.substring(end + 1))) {
          return each;
        }
      }
    }
    return null;
  }

  /** What to say of a name that is no class: how far it leads, and what it may mean. */
  private static String unknown(String name) {
    String start = "there is no Java class " + name + ": ";
    int end = Math.max(name.lastIndexOf('.'), name.lastIndexOf('$'));
    String simple = name.substring(end + 1);
    if (end <= 0) {
      return start + "a class is named with its package" + meant(inJdk(simple));
    }
    String outer = name.substring(0, end);
    Class<?> outerClass = named(outer);
    if (outerClass != null) {
      Set<String> nested = JavaMembers.nested(outerClass);
      return start + outer + " has no such member class" + near(simple, nested, outer + ".");
    }
    if (isPackage(name)) {
      return start + "it is a package";
    }
    if (isPackage(outer)) {
      Set<String> members = packageMembers(outer);
      return start
          + "the package "
          + outer
          + " has no such class"
          + near(simple, members, outer + ".");
    }
    return start + unknownPackage(outer);
  }

  /** What to say of the outermost of a package and those that it is in that is none. */
  private static String unknownPackage(String name) {
    int end = name.lastIndexOf('.');
    String parent = end < 0 ? "" : name.substring(0, end);
    if (end >= 0 && !isPackage(parent)) {
      return unknownPackage(parent);
    }
    String prefix = end < 0 ? "" : parent + ".";
    return "there is no package "
        + name
        + near(name.substring(end + 1), packageMembers(parent), prefix);
  }

  /** The names in full of the JDK's public API's classes of a simple name. */
  private static List<String> inJdk(String simple) {
    List<String> names = new ArrayList<>();
    for (Module module : ModuleLayer.boot().modules()) {
      for (String each : module.getPackages()) {
        boolean api = each.startsWith("java.") && module.isExported(each);
        if (api && load(each + "." + simple, module.getClassLoader()) != null) {
          names.add(each + "." + simple);
        }
      }
    }
    Collections.sort(names);
    return names;
  }

  private static String near(String wrong, Collection<String> names, String prefix) {
    List<String> near = new ArrayList<>();
    for (String each : NearNames.of(wrong, names)) {
      near.add(prefix + each);
    }
    return meant(near);
  }

  private static String meant(List<String> near) {
    return near.isEmpty()
        ? ". Is it on the class path of the Java code that calls Python?"
        : "; did you mean " + String.join(", ", near) + "?";
  }

  /** See {@link JavaUpcalls#isPackage}. */
  static boolean isPackage(String name) {
    return !name.isEmpty() && new PackageIndex(CallingLoaders.withParents()).knows(name);
  }

  /** See {@link JavaUpcalls#packageMembers}. */
  static Set<String> packageMembers(String name) {
    return new PackageIndex(CallingLoaders.withParents()).members(name);
  }
}
