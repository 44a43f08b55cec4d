package dev.naja.internal;

import static dev.naja.internal.CompiledClasses.CALLER;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Python sees of a class: its kin, traits and members. */
class JavaMembersTest {
  private static final int STATICS = 2;
  private static final int TRAITS = 3;
  private static final int METHODS = 4;
  private static final int FUNCTIONAL = 6;
  private static final int NESTED = 7;

  @TempDir private Path directory;

  @AfterEach
  void restore() {
    ClassFilter.set(null);
  }

  private static List<String> texts(Class<?> type, int index) {
    return Arrays.asList((String[]) JavaUpcalls.describe(type)[index]);
  }

  private static String functional(Class<?> type) {
    return (String) JavaUpcalls.describe(type)[FUNCTIONAL];
  }

  private static List<String> fields(Class<?> type) {
    return Arrays.stream((Field[]) JavaUpcalls.describe(type)[5])
        .map(field -> field.getDeclaringClass().getSimpleName() + "." + field.getName())
        .sorted()
        .collect(Collectors.toList());
  }

  /** A base with a field that is hidden. */
  public static class Base implements Constants {
    public static final int COUNT = 1;
    public String name;
    protected int inner;
    int own;

    public void act() {}

    void hide() {}
  }

  /** Constants of an interface. */
  public interface Constants {
    int LIMIT = 3;

    static void make() {}

    default void rest() {}
  }

  /** A class that hides a field. */
  public static final class Derived extends Base {
    public static final int COUNT = 2;

    /** A member class. */
    public static final class Part {}

    /** A member class for itself. */
    static final class Hidden {}
  }

  @Test
  void tellsNameKinAndMembers() {
    Object[] told = JavaUpcalls.describe(Derived.class);
    assertEquals("dev.naja.internal.JavaMembersTest$Derived", told[0]);
    assertEquals(Base.class, told[1]);
    assertEquals(List.of(), texts(Derived.class, STATICS));
    assertEquals(List.of("make"), texts(Constants.class, STATICS));
    List<String> methods = texts(Derived.class, METHODS);
    assertTrue(methods.containsAll(List.of("<init>", "act", "rest", "toString")));
    assertFalse(methods.contains("hide"));
    assertFalse(methods.contains("make"), "static methods of interfaces are not inherited");
    assertEquals(methods.size(), Set.copyOf(methods).size());
    assertEquals(List.of("Base.name", "Constants.LIMIT", "Derived.COUNT"), fields(Derived.class));
    assertEquals(List.of("Part"), texts(Derived.class, NESTED));
    assertNull(told[FUNCTIONAL]);
    assertEquals("", told[8]);
  }

  @Test
  void interfaceHasTheMethodsOfEveryObject() {
    List<String> methods = texts(Constants.class, METHODS);
    assertTrue(methods.containsAll(List.of("make", "rest", "hashCode", "getClass")));
    assertFalse(methods.contains("<init>"));
    assertNull(JavaUpcalls.describe(Constants.class)[1]);
  }

  @Test
  void abstractClassHasNoConstructor() {
    assertFalse(texts(AbstractMap.class, METHODS).contains("<init>"));
    assertTrue(texts(HashMap.class, METHODS).contains("<init>"));
    assertFalse(texts(Math.class, METHODS).contains("<init>"));
  }

  @Test
  void inheritedMemberClassesCount() {
    assertTrue(texts(HashMap.class, NESTED).contains("SimpleEntry"));
    assertEquals(List.of("Entry"), texts(Map.class, NESTED));
  }

  @Test
  void publicMethodsOfAClassThatIsNotPublicCount() {
    List<String> methods = texts(List.of(1).getClass(), METHODS);
    assertTrue(methods.containsAll(List.of("get", "size")));
    assertFalse(texts(StringBuilder.class, METHODS).isEmpty());
    assertTrue(texts(StringBuilder.class, METHODS).contains("setLength"));
  }

  @Test
  void traitsSayWhichProtocolsAClassHas() {
    assertEquals(
        List.of("permanent", "Iterable", "Collection", "List"), texts(ArrayList.class, TRAITS));
    assertEquals(List.of("interface", "abstract", "permanent", "Map"), texts(Map.class, TRAITS));
    assertEquals(
        List.of("interface", "abstract", "permanent", "Entry"), texts(Map.Entry.class, TRAITS));
    assertEquals(List.of("array", "permanent"), texts(int[][].class, TRAITS));
    assertEquals(List.of("permanent"), texts(int.class, TRAITS));
    assertTrue(texts(TimeUnit.class, TRAITS).containsAll(List.of("enum", "Comparable")));
    assertEquals(List.of("throwable", "permanent"), texts(IOException.class, TRAITS));
    assertEquals(List.of("permanent", "Comparable", "Number"), texts(Integer.class, TRAITS));
    assertTrue(texts(IntStream.class, TRAITS).containsAll(List.of("AutoCloseable", "Stream")));
    assertTrue(texts(String.class, TRAITS).contains("CharSequence"));
    assertTrue(texts(CompletableFuture.class, TRAITS).contains("CompletionStage"));
    assertTrue(texts(Bound.class, TRAITS).contains("bound"));
    assertFalse(texts(Enum.class, TRAITS).contains("enum"));
  }

  @Test
  void refusedClassShowsNoMembersButItsKin() {
    ClassFilter.set(name -> name.startsWith("java.util.Abstract"));
    Object[] told = JavaUpcalls.describe(ArrayList.class);
    assertEquals("java.util.ArrayList", told[0]);
    assertEquals(List.class, ArrayList.class.getInterfaces()[0]);
    assertEquals("java.util.AbstractList", ((Class<?>) told[1]).getName());
    assertTrue(texts(ArrayList.class, TRAITS).contains("refused"));
    assertEquals(List.of(), texts(ArrayList.class, METHODS));
    assertArrayEquals(new Field[0], (Field[]) told[5]);
    assertEquals(List.of(), texts(ArrayList.class, NESTED));
    assertEquals(
        "Python may not touch the Java class java.util.ArrayList: the filter that"
            + " PythonConfig.withClassFilter was given refuses it",
        told[8]);
    assertFalse(texts(AbstractMap.class, TRAITS).contains("refused"));
  }

  /** A functional interface without the annotation. */
  public interface Scorer {
    double score(double x);

    @Override
    String toString();

    default double twice(double x) {
      return 2 * score(x);
    }
  }

  /** An interface whose one method closes. */
  public interface Resource extends AutoCloseable {
    @Override
    void close();
  }

  /** An interface that narrows the parameters of the one that it extends. */
  public interface Narrow extends Function<String, String> {
    @Override
    String apply(String text);
  }

  @Test
  void functionalMethodIsTheOneAbstractMethod() {
    assertEquals("run", functional(Runnable.class));
    assertEquals("compare", functional(Comparator.class));
    assertEquals("apply", functional(BinaryOperator.class));
    assertEquals("apply", functional(Narrow.class));
    assertEquals("score", functional(Scorer.class));
    Scorer scorer = x -> x;
    assertEquals("score", functional(scorer.getClass()));
    Callable<String> callable = () -> "";
    assertEquals("call", functional(callable.getClass()));
  }

  @Test
  void listsAndNumbersAreNotFunctions() {
    assertNull(functional(ArrayList.class));
    assertNull(functional(Integer.class));
    assertNull(functional(IntStream.class));
    assertNull(functional(List.class));
    assertNull(functional(AutoCloseable.class));
    assertNull(functional(Resource.class));
    assertEquals("run", functional(Thread.class));
  }

  @Test
  void objectWithTwoFunctionalMethodsIsNoFunction() {
    class Both implements Runnable, Callable<String> {
      @Override
      public void run() {}

      @Override
      public String call() {
        return "";
      }
    }

    assertNull(functional(Both.class));
  }

  @Test
  void membersThatCannotBeLoadedAreLeftOut() throws Exception {
    CompiledClasses classes =
        CompiledClasses.of(
            directory,
            CALLER,
            "package com.acme; public class Missing {}",
            "package com.acme; public class Base { public int count;"
                + " public void sound() {} public static void make() {} }",
            "package com.acme; public class Broken extends Base { public Missing field;"
                + " public Broken(Missing missing) {} public Missing method() { return null; } }");
    classes.remove("Missing");
    try (URLClassLoader loader = classes.loader()) {
      Class<?> broken = loader.loadClass("com.acme.Broken");
      List<String> methods = texts(broken, METHODS);
      assertTrue(methods.containsAll(List.of("sound", "make", "toString")));
      assertFalse(methods.contains("method"));
      assertFalse(methods.contains("<init>"));
      assertEquals(List.of("Base.count"), fields(broken));
      assertEquals("", JavaUpcalls.describe(broken)[8]);
      assertEquals(
          "-",
          ((String) ((Object[]) JavaUpcalls.choose(broken, "sound", true, new Object[0]))[2])
              .substring(1, 2));
    }
  }

  /** Signatures of every kind. */
  public static final class Signatures<T extends Comparable<T>> {
    public Signatures() {}

    @SafeVarargs
    public Signatures(T first, List<? extends T>... rest) {}

    public static <K, V> Map<K, V[]> make(Map.Entry<? super K, ?>[] entries, int... counts) {
      return null;
    }

    public T get() {
      return null;
    }

    /** An inner class, whose constructor has a parameter of the compiler's. */
    public final class Inner {
      public Inner(List<T> list) {}
    }
  }

  private static List<String> signatures(Class<?> type, String name) {
    return Arrays.asList(JavaUpcalls.signatures(type, name));
  }

  @Test
  void signaturesAreAsInJava() {
    assertEquals(
        List.of("static <K, V> Map<K, V[]> make(Map.Entry<? super K, ?>[], int...)"),
        signatures(Signatures.class, "make"));
    assertEquals(List.of("T get()"), signatures(Signatures.class, "get"));
    assertEquals(
        List.of("Signatures()", "Signatures(T, List<? extends T>...)"),
        signatures(Signatures.class, "<init>"));
    assertEquals(
        List.of("Inner(JavaMembersTest.Signatures, List)"),
        signatures(Signatures.Inner.class, "<init>"));
    assertEquals(List.of("boolean add(E)", "void add(int, E)"), signatures(ArrayList.class, "add"));
    assertEquals(List.of(), signatures(ArrayList.class, "append"));
  }

  private static List<String> near(Class<?> type, String name) {
    return Arrays.asList(JavaUpcalls.near(type, name));
  }

  @Test
  void nearNamesDifferByFewLetters() {
    assertEquals(List.of("addAll"), near(ArrayList.class, "addal"));
    assertEquals(List.of("size"), near(ArrayList.class, "sise"));
    assertEquals(List.of("get", "set"), near(ArrayList.class, "aet"));
    assertEquals(List.of("forEach"), near(ArrayList.class, "for_each"));
    assertEquals(List.of("getMessage"), near(Throwable.class, "message"));
    assertEquals(List.of("isEmpty"), near(ArrayList.class, "empty"));
    assertEquals(List.of("length"), near(String.class, "lenght"));
    assertEquals(List.of("SimpleEntry"), near(AbstractMap.class, "SimpelEntry"));
    assertEquals(List.of("PI"), near(Math.class, "pi"));
    assertEquals(List.of(), near(ArrayList.class, "zebra"));
  }
}
