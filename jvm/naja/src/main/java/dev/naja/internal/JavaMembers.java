package dev.naja.internal;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.BaseStream;

/** What does Python see of a Java class? Keeps nothing, so that no class is kept. */
final class JavaMembers {
  /** What stands for the name of constructors. */
  static final String CONSTRUCTOR = "<init>";

  /** The interfaces that Python has protocols for, by the trait that says so. */
  private static final Map<String, Class<?>> PROTOCOLS = protocols();

  private JavaMembers() {}

  private static Map<String, Class<?>> protocols() {
    Map<String, Class<?>> protocols = new LinkedHashMap<>();
    protocols.put("Iterable", Iterable.class);
    protocols.put("Iterator", Iterator.class);
    protocols.put("Collection", Collection.class);
    protocols.put("List", List.class);
    protocols.put("Set", Set.class);
    protocols.put("Map", Map.class);
    protocols.put("Entry", Map.Entry.class);
    protocols.put("Comparable", Comparable.class);
    protocols.put("AutoCloseable", AutoCloseable.class);
    protocols.put("CompletionStage", CompletionStage.class);
    protocols.put("Stream", BaseStream.class);
    protocols.put("CharSequence", CharSequence.class);
    protocols.put("Number", Number.class);
    return protocols;
  }

  /** See {@link JavaUpcalls#describe}. */
  static Object[] describe(Class<?> type) {
    String refusal = JavaClasses.refusal(type);
    boolean refused = !refusal.isEmpty();
    List<String> interfaces = new ArrayList<>();
    for (Class<?> each : type.getInterfaces()) {
      interfaces.add(each.getName());
    }
    return new Object[] {
      type.getName(),
      type.getSuperclass(),
      interfaces.toArray(new String[0]),
      traits(type, refused).toArray(new String[0]),
      refused ? new String[0] : methodNames(type).toArray(new String[0]),
      refused ? new Field[0] : fields(type).toArray(new Field[0]),
      refused ? null : FunctionalMethod.name(type),
      refused ? new String[0] : nested(type).toArray(new String[0]),
      refusal
    };
  }

  private static List<String> traits(Class<?> type, boolean refused) {
    List<String> traits = new ArrayList<>();
    add(traits, type.isInterface(), "interface");
    add(traits, Modifier.isAbstract(type.getModifiers()) && !type.isArray(), "abstract");
    add(traits, type.isArray(), "array");
    add(traits, Enum.class.isAssignableFrom(type) && type != Enum.class, "enum");
    add(traits, Throwable.class.isAssignableFrom(type), "throwable");
    add(traits, Bound.class.isAssignableFrom(type), "bound");
    add(traits, refused, "refused");
    add(traits, isPermanent(type), "permanent");
    for (Map.Entry<String, Class<?>> protocol : PROTOCOLS.entrySet()) {
      add(traits, protocol.getValue().isAssignableFrom(type), protocol.getKey());
    }
    return traits;
  }

  /** Whether a class lives as long as the JVM does. */
  private static boolean isPermanent(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    boolean hidden = type.getName().indexOf('/') >= 0;
    return !hidden
        && (loader == null
            || loader == ClassLoader.getPlatformClassLoader()
            || loader == ClassLoader.getSystemClassLoader());
  }

  private static void add(List<String> traits, boolean has, String trait) {
    if (has) {
      traits.add(trait);
    }
  }

  private static Set<String> methodNames(Class<?> type) {
    Set<String> names = new LinkedHashSet<>();
    if (!Modifier.isAbstract(type.getModifiers()) && !constructors(type).isEmpty()) {
      names.add(CONSTRUCTOR);
    }
    for (Method method : methods(type)) {
      names.add(method.getName());
    }
    return names;
  }

  /** The public constructors, or those methods, of a name. */
  static List<Executable> named(Class<?> type, String name) {
    if (name.equals(CONSTRUCTOR)) {
      return new ArrayList<>(constructors(type));
    }
    // Of methods that differ in their results alone, as bridge methods do, the closest result counts.
    Map<List<Class<?>>, Method> found = new LinkedHashMap<>();
    for (Method method : methods(type)) {
      if (method.getName().equals(name)) {
        found.merge(Arrays.asList(method.getParameterTypes()), method, JavaMembers::closer);
      }
    }
    return new ArrayList<>(found.values());
  }

  private static Method closer(Method one, Method other) {
    return one.getReturnType().isAssignableFrom(other.getReturnType()) ? other : one;
  }

  private static List<Constructor<?>> constructors(Class<?> type) {
    try {
      return Arrays.asList(type.getConstructors());
    } catch (LinkageError e) {
      return List.of();
    }
  }

  /** The public methods; for an interface those of every object too. */
  private static List<Method> methods(Class<?> type) {
    List<Method> methods = new ArrayList<>(Arrays.asList(type.getMethods()));
    if (type.isInterface()) {
      methods.addAll(Arrays.asList(Object.class.getMethods()));
    }
    return methods;
  }

  private static List<Field> fields(Class<?> type) {
    return Arrays.asList(type.getFields());
  }

  private static List<String> nested(Class<?> type) {
    List<String> names = new ArrayList<>();
    for (Class<?> each : type.getClasses()) {
      names.add(each.getSimpleName());
    }
    return names;
  }

  /** See {@link JavaUpcalls#signatures}. */
  static List<String> signatures(Class<?> type, String name) {
    List<String> signatures = new ArrayList<>();
    for (Executable each : named(type, name)) {
      signatures.add(Signature.of(each));
    }
    return signatures;
  }

  /** See {@link JavaUpcalls#near}. */
  static List<String> near(Class<?> type, String name) {
    Set<String> names = methodNames(type);
    for (Field field : fields(type)) {
      names.add(field.getName());
    }
    names.addAll(nested(type));
    names.remove(CONSTRUCTOR);
    return NearNames.of(name, names);
  }
}
