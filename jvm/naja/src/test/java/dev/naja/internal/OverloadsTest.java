package dev.naja.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.naja.PyObject;
import java.io.Serializable;
import java.lang.reflect.Executable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which overload is taken for which arguments, how each is converted, and what is said if none. */
class OverloadsTest {

  /** Overloads, by what they differ in. */
  @SuppressWarnings("unused")
  public abstract static class Calls {
    public Calls(int x) {}

    public static void integral(byte x) {}

    public static void integral(short x) {}

    public static void integral(int x) {}

    public static void integral(long x) {}

    public static void narrow(byte x) {}

    public static void narrow(short x) {}

    public static void narrow(int x) {}

    public static void floating(float x) {}

    public static void floating(double x) {}

    public static void intOrFloat(int x) {}

    public static void intOrFloat(float x) {}

    public static void intOrDouble(int x) {}

    public static void intOrDouble(double x) {}

    public static void single(float x) {}

    public static void intOnly(int x) {}

    public static void boxes(Byte x) {}

    public static void boxes(Short x) {}

    public static void boxes(Integer x) {}

    public static void boxes(Long x) {}

    public static void boxes(Double x) {}

    public static void boxes(BigInteger x) {}

    public static void boxes(Object x) {}

    public static void number(Number x) {}

    public static void number(Comparable<?> x) {}

    public static void number(Object x) {}

    public static void decimal(BigDecimal x) {}

    public static void truth(boolean x) {}

    public static void truth(long x) {}

    public static void truth(Object x) {}

    public static void boxedTruth(Boolean x) {}

    public static void boxedTruth(long x) {}

    public static void anyTruth(long x) {}

    public static void anyTruth(Object x) {}

    public static void text(String x) {}

    public static void text(CharSequence x) {}

    public static void text(Object x) {}

    public static void text(char x) {}

    public static void sequence(CharSequence x) {}

    public static void sequence(Comparable<String> x) {}

    public static void sequence(Object x) {}

    public static void letter(char x) {}

    public static void letter(TimeUnit x) {}

    public static void boxedLetter(Character x) {}

    public static void unit(TimeUnit x) {}

    public static void unit(int x) {}

    public static void unitOrText(TimeUnit x) {}

    public static void unitOrText(String x) {}

    public static void nothing(Object x) {}

    public static void nothing(String x) {}

    public static void nothing(int x) {}

    public static void unclear(String x) {}

    public static void unclear(Integer x) {}

    public static void bytes(byte[] x) {}

    public static void bytes(Object x) {}

    public static void bytes(List<Byte> x) {}

    public static void arrays(long[] x) {}

    public static void arrays(double[] x) {}

    public static void arrays(String[] x) {}

    public static void arrays(Object[] x) {}

    public static void arrays(Collection<?> x) {}

    public static void collections(List<?> x) {}

    public static void collections(Collection<?> x) {}

    public static void collections(Iterable<?> x) {}

    public static void collections(Object x) {}

    public static void collection(Collection<?> x) {}

    public static void collection(Object x) {}

    public static void linked(LinkedList<?> x) {}

    public static void sets(Set<?> x) {}

    public static void sets(Collection<?> x) {}

    public static void sets(Object x) {}

    public static void maps(Map<?, ?> x) {}

    public static void maps(Object x) {}

    public static void times(OffsetDateTime x) {}

    public static void times(ZonedDateTime x) {}

    public static void times(Instant x) {}

    public static void zoned(ZonedDateTime x) {}

    public static void dates(LocalDate x) {}

    public static void dates(Comparable<?> x) {}

    public static void function(Callable<?> x) {}

    public static void function(Runnable x) {}

    public static void function(Object x) {}

    public static void source(Callable<?> x) {}

    public static void source(Supplier<?> x) {}

    public static void objects(PyObject x) {}

    public static void objects(Object x) {}

    public static void failure(Throwable x) {}

    public static void failure(Object x) {}

    public static void maybe(Optional<Integer> x) {}

    public static void handles(List<PyObject> x) {}

    public static void many(Object... x) {}

    public static void many(String first, Object... x) {}

    public static void many(String only) {}

    public static void ints(int... x) {}

    public static void ints(long... x) {}

    public static void pair(int x, Object y) {}

    public static void pair(Object x, int y) {}

    public static void mixed(Object x, int y) {}

    public static void mixed(String x, Object y) {}

    public static void two(float x, float y) {}

    public static void two(double x, double y) {}

    public static void two(long x, long y) {}

    public void instance(String x) {}

    public static void either() {}

    public void either(String x) {}
  }

  private static Object shape(String text) throws ClassNotFoundException {
    if (text.startsWith("@")) {
      return JavaClasses.find(text.substring(1));
    }
    if (text.startsWith("&")) {
      List<Class<?>> interfaces = new ArrayList<>();
      for (String each : text.substring(1).split("&")) {
        interfaces.add(Class.forName(each));
      }
      return interfaces.toArray(new Class<?>[0]);
    }
    return text;
  }

  private static Object choose(Class<?> type, String name, boolean onInstance, String... shapes)
      throws ClassNotFoundException {
    Object[] all = new Object[shapes.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = shape(shapes[i]);
    }
    Object chosen = JavaUpcalls.choose(type, name, onInstance, all);
    if (chosen instanceof String) {
      return chosen;
    }
    Object[] parts = (Object[]) chosen;
    String parameters =
        Arrays.toString(
            Arrays.stream(((Executable) parts[0]).getParameterTypes())
                .map(Class::getSimpleName)
                .toArray());
    return parameters + " " + parts[1] + " " + parts[2];
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "integral     | int8          | [long]          | J",
        "narrow       | int8          | [byte]          | B",
        "narrow       | int16         | [short]         | S",
        "narrow       | int32=        | [int]           | I",
        "floating     | int8          | [double]        | D",
        "floating     | int64==       | [double]        | D",
        "intOrFloat   | int8          | [int]           | I",
        "intOrFloat   | int64==       | [float]         | F",
        "intOrDouble  | int32=        | [int]           | I",
        "intOrDouble  | int64=        | [double]        | D",
        "intOrDouble  | bigint=       | [double]        | D",
        "single       | int16         | [float]         | F",
        "boxes        | int8          | [Long]          | j",
        "boxes        | bigint        | [BigInteger]    | X",
        "boxes        | float64       | [Double]        | d",
        "boxes        | bool          | [Object]        | z",
        "number       | int8          | [Number]        | j",
        "number       | bigint        | [Number]        | X",
        "number       | float32       | [Number]        | d",
        "number       | decimal       | [Number]        | X",
        "decimal      | int8          | [BigDecimal]    | X",
        "decimal      | float64       | [BigDecimal]    | X",
        "decimal      | decimal       | [BigDecimal]    | X",
        "floating     | float64       | [double]        | D",
        "floating     | float32       | [double]        | D",
        "single       | float32       | [float]         | F",
        "intOrDouble  | float32       | [double]        | D",
        "truth        | bool          | [boolean]       | Z",
        "truth        | int8          | [long]          | J",
        "boxedTruth   | bool          | [Boolean]       | z",
        "anyTruth     | bool          | [Object]        | z",
        "text         | str           | [String]        | T",
        "text         | char          | [String]        | T",
        "sequence     | char          | [CharSequence]  | T",
        "letter       | char          | [char]          | C",
        "letter       | str           | [TimeUnit]      | X",
        "boxedLetter  | char          | [Character]     | c",
        "unit         | str           | [TimeUnit]      | X",
        "unit         | enum          | [TimeUnit]      | X",
        "unitOrText   | str           | [String]        | T",
        "intOnly      | enum          | [int]           | x",
        "intOnly      | object        | [int]           | x",
        "nothing      | none          | [String]        | L",
        "bytes        | bytes         | [byte[]]        | X",
        "arrays       | list:int8     | [long[]]        | X",
        "arrays       | list:int64==  | [long[]]        | X",
        "arrays       | list:float64  | [double[]]      | X",
        "arrays       | tuple:str     | [String[]]      | X",
        "arrays       | list:char     | [String[]]      | X",
        "arrays       | list:mixed    | [Object[]]      | X",
        "arrays       | list:java     | [Object[]]      | X",
        "arrays       | list:bool     | [Object[]]      | X",
        "arrays       | list:list:str | [Object[]]      | X",
        "arrays       | set           | [Collection]    | X",
        "collections  | list:int8     | [List]          | X",
        "collections  | tuple:empty   | [List]          | X",
        "collections  | set           | [Collection]    | X",
        "collection   | list:mixed    | [Collection]    | X",
        "linked       | list:int8     | [LinkedList]    | X",
        "sets         | set           | [Set]           | X",
        "sets         | list:int8     | [Collection]    | X",
        "maps         | dict          | [Map]           | X",
        "maps         | list:int8     | [Object]        | X",
        "times        | awaredatetime | [OffsetDateTime]| X",
        "zoned        | awaredatetime | [ZonedDateTime] | X",
        "dates        | date          | [LocalDate]     | X",
        "dates        | timedelta     | [Comparable]    | X",
        "dates        | uuid          | [Comparable]    | X",
        "function     | callable      | [Callable]      | X",
        "objects      | object        | [PyObject]      | H",
        "objects      | callable      | [PyObject]      | H",
        "objects      | str           | [Object]        | T",
        "handles      | list:mixed    | [List]          | H",
        "failure      | exception     | [Throwable]     | E",
        "failure      | object        | [Object]        | X",
        "maybe        | int8          | [Optional]      | X",
        "maybe        | none          | [Optional]      | X",
      })
  void takesWhatSuitsAPythonValueBest(String name, String shape, String target, String codes)
      throws ClassNotFoundException {
    assertEquals(target + " " + codes + " s-V", choose(Calls.class, name, false, shape));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text         | @java.lang.String          | [String]       | L",
        "text         | @java.lang.StringBuilder   | [CharSequence] | L",
        "text         | @java.util.Date            | [Object]       | L",
        "boxes        | @java.lang.Integer         | [Integer]      | L",
        "integral     | @java.lang.Integer         | [int]          | x",
        "floating     | @java.lang.Integer         | [float]        | x",
        "floating     | @java.lang.Character       | [float]        | x",
        "truth        | @java.lang.Boolean         | [Object]       | L",
        "integral     | @int                       | [int]          | I",
        "floating     | @int                       | [float]        | F",
        "floating     | @long                      | [float]        | F",
        "boxes        | @int                       | [Integer]      | i",
        "number       | @short                     | [Number]       | s",
        "text         | @char                      | [char]         | C",
        "nothing      | @java.lang.Object          | [Object]       | L",
        "unclear      | @java.lang.Integer         | [Integer]      | L",
        "arrays       | @java.lang.Integer[]       | [Object[]]     | L",
        "arrays       | @double[]                  | [double[]]     | L",
        "collections  | @java.util.ArrayList       | [List]         | L",
        "collections  | @java.nio.file.Path        | [Iterable]     | L",
        "function     | &java.lang.Runnable        | [Runnable]     | P",
        "source       | &java.util.Comparator&java.util.function.Supplier | [Supplier] | P",
        "function     | &java.util.Comparator      | [Object]       | P",
        "objects      | @java.util.Date            | [Object]       | L",
      })
  void takesTheClosestTypeOfAJavaObject(String name, String shape, String target, String codes)
      throws ClassNotFoundException {
    assertEquals(target + " " + codes + " s-V", choose(Calls.class, name, false, shape));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "many  | str                | [String] T s-V",
        "many  | str str            | [String, Object[]] TX s*V",
        "many  | int8 int8          | [Object[]] X s*V",
        "many  | str list:mixed     | [String, Object[]] TX s-V",
        "many  | list:mixed         | [Object[]] X s-V",
        "many  | @java.lang.String[]| [Object[]] L s-V",
        "ints  | int8 int8          | [long[]] X s*V",
        "ints  | @int @int          | [int[]] X s*V",
        "mixed | str int8           | [Object, int] TI s-V",
        "mixed | str str            | [String, Object] TT s-V",
        "two   | int8 int8          | [long, long] JJ s-V",
        "two   | int8 float32       | [double, double] DD s-V",
      })
  void looksAtAllArguments(String name, String shapes, String expected)
      throws ClassNotFoundException {
    assertEquals(expected, choose(Calls.class, name, false, shapes.split(" ")));
  }

  @Test
  void withoutArgumentsTheNarrowestArrayIsTaken() throws ClassNotFoundException {
    assertEquals("[int[]] X s*V", choose(Calls.class, "ints", false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "java.util.ArrayList    | add         | int8 str      | [int, Object] IT i-V",
        "java.util.ArrayList    | add         | int8          | [Object] j i-Z",
        "java.util.ArrayList    | remove      | int8          | [int] I i-L",
        "java.util.ArrayList    | remove      | str           | [Object] T i-Z",
        "java.util.ArrayList    | <init>      | int8          | [int] I i-L",
        "java.util.ArrayList    | <init>      | list:int8     | [Collection] X i-L",
        "java.lang.StringBuilder| append      | str           | [String] T i-L",
        "java.lang.StringBuilder| append      | float64       | [double] D i-L",
        "java.lang.StringBuilder| append      | object        | [Object] X i-L",
        "java.lang.StringBuilder| length      | ''            | [] '' i-I",
        "java.lang.String       | valueOf     | int8          | [long] J s-L",
        "java.lang.String       | format      | str int8      | [String, Object[]] TX s*L",
        "java.lang.String       | compareTo   | str           | [String] T i-I",
        "java.lang.Integer      | toString    | int8          | [int] I s-L",
        "java.util.List         | of          | int8 int8     | [Object, Object] jj s-L",
        "java.util.List         | hashCode    | ''            | [] '' i-I",
        "java.lang.Thread       | <init>      | callable      | [Runnable] X i-L",
        "java.util.concurrent.ExecutorService | submit | callable | [Callable] X i-L",
      })
  void choosesInTheLibraryAsJavaDoes(String type, String name, String shapes, String expected)
      throws ClassNotFoundException {
    String[] all = shapes.isEmpty() ? new String[0] : shapes.split(" ");
    assertEquals(expected.replace("''", ""), choose(Class.forName(type), name, true, all));
  }

  private static void assertSays(String expected, String name, String... shapes)
      throws ClassNotFoundException {
    String type = Calls.class.getTypeName();
    assertEquals(expected.replace("Calls", type), choose(Calls.class, name, false, shapes));
  }

  @Test
  void wrongArityIsToldOfEachCandidate() throws ClassNotFoundException {
    assertEquals(
        "java.util.ArrayList.add does not take (int, str, None); none of its overloads does:\n"
            + "  boolean add(E): takes 1 argument\n"
            + "  void add(int, E): takes 2 arguments",
        choose(ArrayList.class, "add", true, "int8", "str", "none"));
    assertEquals(
        "java.lang.String.length does not take (int):\n  int length(): takes no arguments",
        choose(String.class, "length", true, "int8"));
    assertEquals(
        "java.lang.String.format does not take (); none of its overloads does:\n"
            + "  static String format(String, Object...): takes at least 1 argument\n"
            + "  static String format(Locale, String, Object...): takes at least 2 arguments",
        choose(String.class, "format", false));
  }

  @Test
  void noneToAPrimitiveIsRefused() throws ClassNotFoundException {
    assertSays(
        "Calls.intOnly does not take (None):\n"
            + "  static void intOnly(int): None does not become int, which cannot be null",
        "intOnly",
        "none");
  }

  @Test
  void tooLargeIntIsRefused() throws ClassNotFoundException {
    assertSays(
        "Calls.narrow does not take (int); none of its overloads does:\n"
            + "  static void narrow(byte): the int is too large for byte\n"
            + "  static void narrow(int): the int is too large for int\n"
            + "  static void narrow(short): the int is too large for short",
        "narrow",
        "int64");
    assertSays(
        "Calls.intOrFloat does not take (int); none of its overloads does:\n"
            + "  static void intOrFloat(float): no float is exactly this int\n"
            + "  static void intOrFloat(int): the int is too large for int",
        "intOrFloat",
        "bigint=");
  }

  @Test
  void floatToAnIntIsRefused() throws ClassNotFoundException {
    assertSays(
        "Calls.intOnly does not take (float):\n"
            + "  static void intOnly(int): float does not become int; round it with int()",
        "intOnly",
        "float32");
  }

  @Test
  void inexactFloatIsRefused() throws ClassNotFoundException {
    assertSays(
        "Calls.single does not take (float):\n"
            + "  static void single(float): no float is exactly this number",
        "single",
        "float64");
  }

  @Test
  void boolIsNoNumberAndNumbersAreNoBool() throws ClassNotFoundException {
    assertSays(
        "Calls.intOnly does not take (bool):\n"
            + "  static void intOnly(int): bool does not become int; convert it with int()",
        "intOnly",
        "bool");
    assertEquals(
        "java.util.concurrent.atomic.AtomicBoolean.set does not take (int):\n"
            + "  void set(boolean): int does not become boolean; convert it with bool()",
        choose(java.util.concurrent.atomic.AtomicBoolean.class, "set", true, "int8"));
  }

  @Test
  void elementsThatDoNotSuitAreTold() throws ClassNotFoundException {
    assertEquals(
        "java.lang.String.copyValueOf does not take (list); none of its overloads does:\n"
            + "  static String copyValueOf(char[]): in the list, int does not become char\n"
            + "  static String copyValueOf(char[], int, int): takes 3 arguments",
        choose(String.class, "copyValueOf", false, "list:int8"));
    assertEquals(
        "java.util.UUID.nameUUIDFromBytes does not take (list):\n"
            + "  static UUID nameUUIDFromBytes(byte[]): list does not become byte[]; convert it"
            + " with bytes()",
        choose(java.util.UUID.class, "nameUUIDFromBytes", false, "list:int8"));
  }

  @Test
  void constructorIsCalledSo() throws ClassNotFoundException {
    assertEquals(
        "the constructor of java.util.ArrayList does not take (str); none of its overloads does:\n"
            + "  ArrayList(): takes no arguments\n"
            + "  ArrayList(Collection<? extends E>): str does not become java.util.Collection\n"
            + "  ArrayList(int): str does not become int",
        choose(ArrayList.class, "<init>", true, "str"));
  }

  @Test
  void theArgumentThatDoesNotSuitIsNumbered() throws ClassNotFoundException {
    assertEquals(
        "java.util.ArrayList.set does not take (int, str, str):\n"
            + "  E set(int, E): takes 2 arguments",
        choose(ArrayList.class, "set", true, "int8", "str", "str"));
    assertEquals(
        "java.util.ArrayList.set does not take (str, object that implements java.util.Comparator"
            + " and java.lang.Runnable):\n"
            + "  E set(int, E): argument 1: str does not become int",
        choose(ArrayList.class, "set", true, "str", "&java.util.Comparator&java.lang.Runnable"));
  }

  @Test
  void ambiguousCallListsWhatItMayMean() throws ClassNotFoundException {
    assertSays(
        "Calls.unclear is ambiguous for (None); fix an argument's type, as"
            + " naja.cast(x, \"java.lang.String\") does:\n"
            + "  static void unclear(Integer)\n"
            + "  static void unclear(String)",
        "unclear",
        "none");
    assertSays(
        "Calls.pair is ambiguous for (int, int); fix an argument's type, as"
            + " naja.cast(x, \"java.lang.String\") does:\n"
            + "  static void pair(Object, int)\n"
            + "  static void pair(int, Object)",
        "pair",
        "int8",
        "int8");
    assertSays(
        "Calls.source is ambiguous for (callable); fix an argument's type, as"
            + " naja.cast(x, \"java.lang.String\") does:\n"
            + "  static void source(Callable<?>)\n"
            + "  static void source(Supplier<?>)",
        "source",
        "callable");
  }

  @Test
  void instanceMethodOnTheClassIsRefused() throws ClassNotFoundException {
    assertSays(
        "instance is an instance method of Calls: call it on an instance", "instance", "str");
    assertSays("instance is an instance method of Calls: call it on an instance", "instance");
    assertSays("either is an instance method of Calls: call it on an instance", "either", "str");
    assertSays("[]  s-V", "either");
  }

  @Test
  void staticMethodIsCalledOnAnInstanceToo() throws ClassNotFoundException {
    assertEquals("[]  s-V", choose(Calls.class, "either", true));
    assertEquals("[String] T i-V", choose(Calls.class, "either", true, "str"));
  }

  @Test
  void classWithoutInstancesOfItsOwnSaysSo() throws ClassNotFoundException {
    assertSays(
        "Calls is abstract, and has no instances of its own: call the constructor of a subclass",
        "<init>",
        "int8");
    assertEquals(
        "java.util.Comparator is an interface, which has no instances of its own: implement it by a"
            + " Python class with @naja.implements",
        choose(Comparator.class, "<init>", true));
    assertEquals(
        "java.lang.Math has no public constructor: see its static methods for what makes one",
        choose(Math.class, "<init>", true));
  }

  @Test
  void unknownMethodNamesItsLike() throws ClassNotFoundException {
    assertEquals(
        "java.lang.Math has no method sqr; did you mean sqrt?",
        choose(Math.class, "sqr", false, "int8"));
  }

  /** A class whose compiler-made method {@code compareTo(Object)} casts. */
  public static final class Ordered implements Comparable<Ordered>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compareTo(Ordered other) {
      return 0;
    }
  }

  @Test
  void bridgeMethodsDoNotCount() throws ClassNotFoundException {
    assertEquals(
        "dev.naja.internal.OverloadsTest$Ordered.compareTo does not take (str):\n"
            + "  int compareTo(OverloadsTest.Ordered): str does not become"
            + " dev.naja.internal.OverloadsTest$Ordered",
        choose(Ordered.class, "compareTo", true, "str"));
  }

  @Test
  void covariantResultIsTheNarrowest() throws ClassNotFoundException {
    Object[] chosen =
        (Object[]) JavaUpcalls.choose(StringBuilder.class, "append", true, new Object[] {"str"});
    assertEquals(StringBuilder.class, ((java.lang.reflect.Method) chosen[0]).getReturnType());
  }
}
