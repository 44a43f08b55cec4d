package dev.naja.internal;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Which Java class does Python mean by a name? */
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
          "double", double.class,
          "void", void.class);

  private static volatile Predicate<String> filter;

  private JavaClasses() {}

  /** Sets which classes Python may touch, by their binary names. */
  static void setFilter(Predicate<String> allowed) {
    filter = allowed;
  }

  /** See {@link JavaUpcalls#find}. */
  static Object find(String name) {
    int dimensions = 0;
    String element = name;
    while (element.endsWith("[]")) {
      element = element.substring(0, element.length() - 2);
      dimensions++;
    }
    Class<?> type = PRIMITIVES.get(element);
    List<String> names = binaryNames(element);
    for (ClassLoader loader : CallingLoaders.all()) {
      for (int i = 0; type == null && i < names.size(); i++) {
        try {
          type = Class.forName(names.get(i), false, loader);
        } catch (ClassNotFoundException e) {
          continue;
        } catch (LinkageError e) {
          return "cannot load the Java class " + name + ": " + e;
        }
      }
    }
    if (type == null) {
      return "no Java class " + name;
    }
    String refusal = refusal(type);
    if (!refusal.isEmpty()) {
      return refusal;
    }
    for (int i = 0; i < dimensions; i++) {
      type = Array.newInstance(type, 0).getClass();
    }
    return type;
  }

  /** The names that a class may have whose name is written with dots only. */
  private static List<String> binaryNames(String name) {
    List<String> names = new ArrayList<>();
    StringBuilder candidate = new StringBuilder(name);
    names.add(name);
    for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
      candidate.setCharAt(dot, '$');
      names.add(candidate.toString());
    }
    return names;
  }

  /** Why Python may not touch a class; empty if it may. */
  static String refusal(Class<?> type) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    Predicate<String> allowed = filter;
    if (allowed == null || element.isPrimitive() || allowed.test(element.getName())) {
      return "";
    }
    return "the Java class "
        + element.getName()
        + " is refused by the class filter: PythonConfig.withClassFilter decides which classes"
        + " Python may touch";
  }

  /** See {@link JavaUpcalls#isPackage}. */
  static boolean isPackage(String name) {
    for (Module module : ModuleLayer.boot().modules()) {
      for (String each : module.getPackages()) {
        if (each.equals(name) || each.startsWith(name + ".")) {
          return true;
        }
      }
    }
    for (ClassLoader loader : CallingLoaders.all()) {
      if (loader.getDefinedPackage(name) != null
          || loader.getResource(name.replace('.', '/') + "/") != null) {
        return true;
      }
    }
    return false;
  }

  /** See {@link JavaUpcalls#packageMembers}. */
  static List<String> packageMembers(String name) {
    return List.of();
  }
}
