package dev.naja.internal;

import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
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
  private static final String[] NONE = {};

  /** The types that Python has protocols for, by the trait that says so. */
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
    String refusal = ClassFilter.refusal(type);
    boolean refused = !refusal.isEmpty();
    return new Object[] {
      type.getName(),
      type.getSuperclass(),
      refused ? NONE : strings(staticNames(type)),
      traits(type, refused),
      refused ? NONE : strings(methodNames(type)),
      refused ? new Field[0] : PublicMembers.fields(type).toArray(new Field[0]),
      refused ? null : FunctionalMethod.name(type),
      refused ? NONE : strings(nested(type)),
      refusal
    };
  }

  private static String[] strings(Collection<String> texts) {
    return texts.toArray(NONE);
  }

  private static String[] traits(Class<?> type, boolean refused) {
    List<String> traits = new ArrayList<>();
    add(traits, type.isInterface(), "interface");
    add(traits, isAbstract(type), "abstract");
    add(traits, type.isArray(), "array");
    add(traits, Enum.class.isAssignableFrom(type) && type != Enum.class, "enum");
    add(traits, Throwable.class.isAssignableFrom(type), "throwable");
    add(traits, PythonFaces.isFace(type), "bound");
    add(traits, refused, "refused");
    add(traits, isPermanent(type), "permanent");
    for (Map.Entry<String, Class<?>> protocol : PROTOCOLS.entrySet()) {
      add(traits, protocol.getValue().isAssignableFrom(type), protocol.getKey());
    }
    return strings(traits);
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

  /** Whether a class cannot have instances of its own; arrays and primitive types do not count. */
  static boolean isAbstract(Class<?> type) {
    return Modifier.isAbstract(type.getModifiers()) && !type.isArray() && !type.isPrimitive();
  }

  private static Set<String> methodNames(Class<?> type) {
    Set<String> names = new LinkedHashSet<>();
    if (!isAbstract(type) && !PublicMembers.constructors(type).isEmpty()) {
      names.add(PublicMembers.CONSTRUCTOR);
    }
    for (Method method : PublicMembers.methods(type)) {
      names.add(method.getName());
    }
    return names;
  }

  private static Set<String> staticNames(Class<?> type) {
    Set<String> names = new LinkedHashSet<>();
    for (Method method : PublicMembers.methods(type)) {
      if (Modifier.isStatic(method.getModifiers())) {
        names.add(method.getName());
      }
    }
    return names;
  }

  /** The simple names of the public member classes. */
  static Set<String> nested(Class<?> type) {
    Set<String> names = new LinkedHashSet<>();
    for (Class<?> each : PublicMembers.classes(type)) {
      names.add(each.getSimpleName());
    }
    return names;
  }

  /** See {@link JavaUpcalls#signatures}. */
  static List<String> signatures(Class<?> type, String name) {
    List<String> signatures = new ArrayList<>();
    for (Executable each : Signature.sorted(PublicMembers.named(type, name))) {
      signatures.add(Signature.of(each));
    }
    return signatures;
  }

  /** See {@link JavaUpcalls#near}. */
  static List<String> near(Class<?> type, String name) {
    Set<String> names = methodNames(type);
    for (Field field : PublicMembers.fields(type)) {
      names.add(field.getName());
    }
    names.addAll(nested(type));
    names.remove(PublicMembers.CONSTRUCTOR);
    return NearNames.of(name, names);
  }
}
