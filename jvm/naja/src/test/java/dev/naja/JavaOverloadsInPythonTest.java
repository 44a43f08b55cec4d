package dev.naja;

import org.junit.jupiter.api.Test;

/** Which overload of a Java method does a call from Python take, and what does none say? */
class JavaOverloadsInPythonTest {
  private static final String CLASS = "dev.naja.fixtures.Overloaded";

  private final Script python = new Script("from dev.naja.fixtures import Overloaded as O");

  @Test
  void anIntPrefersLongAndThenTheNarrowestThatHoldsIt() {
    python.gives(
        "long", "O.whole(1)",
        "long", "O.whole(-2**63)",
        "byte", "O.narrow(1)",
        "byte", "O.narrow(-128)",
        "short", "O.narrow(128)",
        "int", "O.narrow(2**31 - 1)",
        "int", "O.number(1)");
  }

  @Test
  void anIntBecomesADoubleWhereThatIsExact() {
    python
        .gives("double", "O.number(2**53)", 3.0, "O.sum([1, 2])")
        .raises(
            "TypeError: "
                + CLASS
                + ".number does not take (int); none of its overloads does:\n"
                + "  static String number(double): no double is exactly this int\n"
                + "  static String number(int): the int is too large for int",
            "O.number(2**53 + 1)");
  }

  @Test
  void anIntTooLargeForEveryOverloadIsRefused() {
    python
        .raises(
            "TypeError: "
                + CLASS
                + ".whole does not take (int); none of its overloads does:\n"
                + "  static String whole(byte): the int is too large for byte\n"
                + "  static String whole(int): the int is too large for int\n"
                + "  static String whole(long): the int is too large for long\n"
                + "  static String whole(short): the int is too large for short",
            "O.whole(2**63)")
        .raises(
            "TypeError: "
                + CLASS
                + ".small does not take (int):\n"
                + "  static String small(byte): the int is too large for byte",
            "O.small(128)");
  }

  @Test
  void aFloatPrefersDoubleAndNeverBecomesAnInt() {
    python
        .gives(
            "double", "O.floating(0.5)",
            "double", "O.floating(0.1)",
            "double", "O.number(1.0)",
            "Object", "O.truth(1.5)")
        .raises(
            "TypeError: "
                + CLASS
                + ".primitive does not take (float):\n"
                + "  static String primitive(int): float does not become int; round it with int()",
            "O.primitive(1.0)");
  }

  @Test
  void aBoolIsNoNumber() {
    python
        .gives(
            "boolean", "O.truth(True)",
            "int", "O.truth(1)",
            "Object", "O.primitiveOrBox(True)",
            "Object", "O.box(False)")
        .raises(
            "TypeError: "
                + CLASS
                + ".primitive does not take (bool):\n"
                + "  static String primitive(int): bool does not become int; convert it with"
                + " int()",
            "O.primitive(True)");
  }

  @Test
  void primitivesComeBeforeBoxesAndBoxesBeforeObjects() {
    python.gives(
        "long", "O.primitiveOrBox(1)",
        "Long", "O.primitiveOrBox(None)",
        "Long", "O.box(1)",
        "Object", "O.box(2**70)");
  }

  @Test
  void textBecomesTheMostSpecificType() {
    python
        .gives(
            "String", "O.text('x')",
            "CharSequence", "O.sequence('x')",
            "char x", "O.letter('x')",
            "char \u00e9", "O.letter('\u00e9')",
            "TimeUnit SECONDS", "O.unit('SECONDS')")
        .raises(
            "TypeError: "
                + CLASS
                + ".letter does not take (str):\n"
                + "  static String letter(char): the str is not one UTF-16 code unit",
            "O.letter('xy')")
        .raises(
            "TypeError: cannot convert 'NEVER' (Python str) to java.util.concurrent.TimeUnit: it"
                + " names none of the constants [NANOSECONDS, MICROSECONDS, MILLISECONDS, SECONDS,"
                + " MINUTES, HOURS, DAYS]",
            "O.unit('NEVER')");
  }

  @Test
  void listsAndTuplesBecomeArraysOfWhatTheyHoldAndLists() {
    python.gives(
        "long[]",
        "O.many([1, 2])",
        "long[]",
        "O.many((1,))",
        "List",
        "O.many(['a'])",
        "List",
        "O.many([1, 'a'])",
        "List of 2",
        "O.listed((1, 'a'))",
        "Collection",
        "O.gathered([1])",
        "Collection",
        "O.gathered({1})",
        "Map",
        "O.gathered({1: 2})",
        "a+b",
        "O.words(['a', 'b'])",
        "a+b",
        "O.words(('a', 'b'))",
        "",
        "O.words([])",
        3.5,
        "O.sum([1, 2.5])",
        3L,
        "O.bytes(b'abc')",
        2L,
        "O.bytes(bytearray(2))");
  }

  @Test
  void callablesBecomeFunctionalInterfaces() {
    python.gives(
        "Function",
        "O.calls(lambda x: x)",
        "Function",
        "O.calls(len)",
        "Function",
        "O.calls(int)",
        "Object",
        "O.calls(5)",
        6.0,
        "O.applied(lambda x: 2 * x, 3)",
        "value",
        "O.supplied(lambda: 'value')");
  }

  @Test
  void variableArityIsTheLastResort() {
    python
        .gives(
            "one",
            "O.rest('a')",
            "rest of 2",
            "O.rest('a', 1, 'b')",
            0L,
            "O.total()",
            6L,
            "O.total(1, 2, 3)",
            3L,
            "O.total([1, 2])",
            "a-b",
            "O.joined('-', 'a', 'b')",
            "a-b",
            "O.joined('-', ['a', 'b'])",
            "",
            "O.joined('-')")
        .raises(
            "TypeError: "
                + CLASS
                + ".joined does not take ():\n"
                + "  static String joined(String, String...): takes at least 1 argument",
            "O.joined()");
  }

  @Test
  void ambiguousCallsListTheCandidatesAndACastDecides() {
    String hint = "; fix an argument's type, as naja.cast(x, \"java.lang.String\") does:\n";
    python
        .raises(
            "TypeError: "
                + CLASS
                + ".either is ambiguous for (int, int)"
                + hint
                + "  static String either(Integer, Object)\n"
                + "  static String either(Object, Integer)",
            "O.either(1, 2)")
        .raises(
            "TypeError: "
                + CLASS
                + ".nothing is ambiguous for (None)"
                + hint
                + "  static String nothing(String)\n"
                + "  static String nothing(StringBuilder)",
            "O.nothing(None)")
        .gives(
            "String null", "O.nothing(naja.cast(None, 'java.lang.String'))",
            "StringBuilder null", "O.nothing(naja.cast(None, 'java.lang.StringBuilder'))",
            "Integer", "O.box(naja.cast(1, 'java.lang.Integer'))",
            "Integer", "O.box(naja.cast(1, naja.java_type('java.lang.Integer')))",
            "Integer", "O.box(naja.cast(1, 'int'))",
            "short", "O.whole(naja.cast(1, 'short'))",
            "Object", "O.text(naja.cast('x', 'java.lang.Object'))");
  }

  @Test
  void castsAreChecked() {
    python
        .raises(
            "TypeError: cannot convert 'x' (Python str) to int: it is no number",
            "naja.cast('x', 'int')")
        .raises(
            "TypeError: cannot convert 2147483648 (Python int) to int: it is out of range, which is"
                + " -2147483648 to 2147483647",
            "naja.cast(2**31, 'int')")
        .raises(
            "TypeError: [] is not a java.util.Map",
            "from java.util import ArrayList\nnaja.cast(ArrayList(), 'java.util.Map')");
  }

  @Test
  void noneIsNoPrimitive() {
    python.raises(
        "TypeError: "
            + CLASS
            + ".primitive does not take (None):\n"
            + "  static String primitive(int): None does not become int, which cannot be null",
        "O.primitive(None)");
  }

  @Test
  void theNumberOfArgumentsCounts() {
    python
        .raises(
            "TypeError: "
                + CLASS
                + ".letter does not take ():\n"
                + "  static String letter(char): takes 1 argument",
            "O.letter()")
        .raises(
            "TypeError: "
                + CLASS
                + ".either does not take (int); none of its overloads does:\n"
                + "  static String either(Integer, Object): takes 2 arguments\n"
                + "  static String either(Object, Integer): takes 2 arguments",
            "O.either(1)")
        .raises(
            "TypeError: the Java method whole takes no keyword arguments: Java knows parameters by"
                + " position only",
            "O.whole(value=1)");
  }

  @Test
  void whatWasChosenForOneShapeIsNotTakenForAnother() {
    python.gives(
        "long long int Object double long",
        "' '.join([O.whole(1), O.whole(2**40), O.number(1), O.truth(''), O.number(2**40),"
            + " O.whole(1)])");
  }

  @Test
  void manyArgumentsSpread() {
    python.gives(
        499500L,
        "O.total(*range(1000))",
        "0-1-2-3-4-5-6-7-8-9-10-11",
        "O.joined('-', *map(str, range(12)))");
  }
}
