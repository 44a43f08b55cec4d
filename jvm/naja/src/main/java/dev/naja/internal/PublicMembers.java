package dev.naja.internal;

import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which members of a class can be called or read? Its public ones, inherited ones too, each
 * signature and each field's name once.
 *
 * <p>Where a class names another in its signatures that is missing, reflection tells nothing about
 * that class; the members of its other ancestors are given nevertheless.
 */
final class PublicMembers {
  /** What stands for the name of constructors. */
  static final String CONSTRUCTOR = "<init>";

  private PublicMembers() {}

  /** The methods, or the constructors, of a name. */
  static List<Executable> named(Class<?> type, String name) {
    if (name.equals(CONSTRUCTOR)) {
      return constructors(type);
    }
    List<Method> found = methods(type, name);
    List<Executable> called = new ArrayList<>();
    for (Method method : found) {
      if (!isBridge(method, found)) {
        called.add(method);
      }
    }
    return called;
  }

  /**
   * Whether a method only leads to another with narrower parameters, as the compiler's {@code
   * compareTo(Object)} does to {@code compareTo(String)}.
   */
  private static boolean isBridge(Method method, List<Method> all) {
    if (!method.isBridge()) {
      return false;
    }
    for (Method other : all) {
      if (!other.isBridge()
          && other.getDeclaringClass() == method.getDeclaringClass()
          && isNarrower(other.getParameterTypes(), method.getParameterTypes())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNarrower(Class<?>[] narrow, Class<?>[] wide) {
    boolean narrower = narrow.length == wide.length;
    for (int i = 0; narrower && i < wide.length; i++) {
      narrower = wide[i].isAssignableFrom(narrow[i]);
    }
    return narrower;
  }

  /** The constructors. */
  static List<Executable> constructors(Class<?> type) {
    try {
      return Arrays.asList(type.getConstructors());
    } catch (LinkageError e) {
      return List.of();
    }
  }

  /** The methods; for an interface those of every object too. */
  static List<Method> methods(Class<?> type) {
    return methods(type, null);
  }

  /** The methods of a name, or all. */
  private static List<Method> methods(Class<?> type, String name) {
    List<Method> all = new ArrayList<>(inherited(type));
    if (type.isInterface()) {
      all.addAll(Arrays.asList(Object.class.getMethods()));
    }
    Map<List<Object>, Method> methods = new LinkedHashMap<>();
    for (Method method : all) {
      if (name == null || name.equals(method.getName())) {
        List<Object> signature = new ArrayList<>(Arrays.asList(method.getParameterTypes()));
        signature.add(method.getName());
        methods.merge(signature, method, PublicMembers::better);
      }
    }
    return new ArrayList<>(methods.values());
  }

  /** Which of two methods of the same signature says more. */
  private static Method better(Method known, Method method) {
    if (method.isBridge() != known.isBridge()) {
      return known.isBridge() ? method : known;
    }
    return known.getReturnType().isAssignableFrom(method.getReturnType()) ? method : known;
  }

  private static List<Method> inherited(Class<?> type) {
    try {
      return Arrays.asList(type.getMethods());
    } catch (LinkageError e) {
      List<Method> methods = new ArrayList<>();
      for (Class<?> ancestor : ancestors(type)) {
        addDeclared(type, ancestor, methods);
      }
      return methods;
    }
  }

  private static void addDeclared(Class<?> type, Class<?> ancestor, List<Method> methods) {
    try {
      for (Method method : ancestor.getDeclaredMethods()) {
        boolean inherited =
            type == ancestor
                || !ancestor.isInterface()
                || !Modifier.isStatic(method.getModifiers());
        if (inherited && Modifier.isPublic(method.getModifiers())) {
          methods.add(method);
        }
      }
    } catch (LinkageError e) {
      // Nothing can be told of this one.
    }
  }

  /** The fields, static ones included. */
  static List<Field> fields(Class<?> type) {
    Map<String, Field> fields = new LinkedHashMap<>();
    for (Class<?> ancestor : ancestors(type)) {
      for (Field field : declaredFields(ancestor)) {
        fields.putIfAbsent(field.getName(), field);
      }
    }
    return new ArrayList<>(fields.values());
  }

  private static List<Field> declaredFields(Class<?> type) {
    List<Field> fields = new ArrayList<>();
    try {
      for (Field field : type.getDeclaredFields()) {
        if (Modifier.isPublic(field.getModifiers())) {
          fields.add(field);
        }
      }
    } catch (LinkageError e) {
      // Nothing can be told of this one.
    }
    return fields;
  }

  /** The member classes and interfaces. */
  static List<Class<?>> classes(Class<?> type) {
    try {
      return Arrays.asList(type.getClasses());
    } catch (LinkageError e) {
      return Collections.emptyList();
    }
  }

  /** A class, its superclasses and all their interfaces, the class itself first. */
  static Set<Class<?>> ancestors(Class<?> type) {
    Set<Class<?>> ancestors = new LinkedHashSet<>();
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      addWithInterfaces(each, ancestors);
    }
    return ancestors;
  }

  private static void addWithInterfaces(Class<?> type, Set<Class<?>> ancestors) {
    if (ancestors.add(type)) {
      for (Class<?> each : type.getInterfaces()) {
        addWithInterfaces(each, ancestors);
      }
    }
  }
}
