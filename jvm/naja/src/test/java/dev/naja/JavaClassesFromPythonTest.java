package dev.naja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.naja.fixtures.Failing;
import dev.naja.fixtures.Members;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Java classes as Python finds, constructs and reads them. */
class JavaClassesFromPythonTest {
  private static final String CLASS = "dev.naja.fixtures.Members";

  private final Script python =
      new Script(
          "from java.util import ArrayList, HashMap",
          "import java.time as jt",
          "from dev.naja.fixtures import Members, Greeting, Failing");

  @Test
  void importsHaveAllTheFormsOfPython() {
    python
        .run("import java.util", "import java.util.concurrent.atomic as atomic")
        .run("from java.lang import Math, Integer as I", "from java.util.concurrent import *")
        .gives(
            true,
            "java.util.ArrayList is ArrayList",
            "2020-01-05",
            "str(jt.LocalDate.of(2020, 1, 2).plusDays(3))",
            8L,
            "Math.max(I.parseInt('7'), 8)",
            "SECONDS",
            "TimeUnit.SECONDS.name()",
            5L,
            "atomic.AtomicInteger(5).get()",
            true,
            "java.util.concurrent.atomic is atomic");
  }

  @Test
  void classesAreFoundByEveryNameOfTheirs() {
    python.gives(
        true,
        "naja.java_type('java.util.Map$Entry') is naja.java_type('java.util.Map.Entry')",
        true,
        "naja.java_type('java.util.Map').Entry is naja.java_type('java.util.Map.Entry')",
        "<java class 'int'>",
        "repr(naja.java_type('int'))",
        "<java class 'java.lang.String[][]'>",
        "repr(naja.java_type('java.lang.String[][]'))",
        "<java class 'java.util.ArrayList'>",
        "repr(ArrayList)",
        "java.util",
        "ArrayList.__module__",
        "deeper",
        "Members.Nested.Deeper().depth()",
        "nested",
        "Members.Nested.WHERE");
  }

  @Test
  void wrongNamesSayWhatIsNear() {
    python
        .raises(
            "naja.UnknownJavaName: there is no Java class java.util.ArayList: the package java.util"
                + " has no such class; did you mean java.util.ArrayList?",
            "import java.util.ArayList")
        .raises(
            "ImportError: there is no Java class java.util.ArayList: the package java.util has no"
                + " such class; did you mean java.util.ArrayList?",
            "naja.java_type('java.util.ArayList')")
        .raises(
            "naja.UnknownJavaName: the Java package 'java' has no class or package 'utl'. Did you"
                + " mean: 'util'?",
            "from java.utl import ArrayList")
        .raises("ModuleNotFoundError: No module named 'jav'", "import jav.util")
        .raises(
            "naja.UnknownJavaName: java.util.ArrayList is a Java class, no package: write from"
                + " java.util import ArrayList",
            "import java.util.ArrayList");
  }

  @Test
  void constructorsAreChosenAsMethodsAre() {
    python
        .gives(0L, "Members().seed()", 5L, "Members(5).seed()", "t", "Members('t').text")
        .raises(
            "TypeError: the constructor of "
                + CLASS
                + " does not take (int, int); none of its overloads does:\n"
                + "  Members(): takes no arguments\n"
                + "  Members(String): takes 1 argument\n"
                + "  Members(int): takes 1 argument",
            "Members(1, 2)")
        .raises(
            "TypeError: the constructors of "
                + CLASS
                + " take no keyword arguments (seed): Java's parameters have positions only",
            "Members(seed=1)");
  }

  @Test
  void whatHasNoConstructorSaysSo() {
    python
        .raises(
            "TypeError: dev.naja.fixtures.Greeting is a functional interface: call it with one"
                + " callable, or construct a class that implements it; a Python class can, with"
                + " @naja.implements(Greeting)",
            "Greeting()")
        .raises(
            "TypeError: java.util.List is an interface, which has no constructor. Construct a class"
                + " that implements it; a Python class can, with @naja.implements(List)",
            "naja.java_type('java.util.List')()")
        .raises(
            "TypeError: java.util.AbstractList is abstract, so it cannot be constructed. Construct a"
                + " subclass of it",
            "naja.java_type('java.util.AbstractList')()")
        .raises(
            "TypeError: int is a primitive type, of which there are no objects. To have an argument"
                + " taken as one, write naja.cast(x, \"int\")",
            "naja.java_type('int')(5)")
        .raises(
            "TypeError: the Python class 'Mine' cannot extend the Java class java.util.ArrayList. A"
                + " Python class can implement Java interfaces: write @naja.implements(...) above"
                + " it",
            "class Mine(ArrayList): pass");
  }

  @Test
  void aConstructorAlwaysGivesTheJavaObject() {
    python
        .run("from java.lang import String, Integer", "from java.math import BigInteger")
        .gives(
            "<Java x>",
            "repr(String('x'))",
            "<Java 5>",
            "repr(naja.java_type('java.lang.Integer')('5'))",
            "<Java 7>",
            "repr(BigInteger('7'))",
            7L,
            "BigInteger('6').add(BigInteger('1'))",
            "xy",
            "String('x').concat('y')");
  }

  @Test
  void staticAndInheritedMethodsAreThere() {
    python.gives(
        "static",
        "Members.where()",
        "static",
        "Members(1).where()",
        "static of a hidden class",
        "Members.inheritedStatic()",
        "inherited from Members",
        "Members(1).inherited()",
        7L,
        "Members(1).inheritedField",
        "hello members 5",
        "Members(5).greet()",
        "hello you",
        "Greeting.of('you').greet()",
        "hello",
        "Greeting.WORD",
        "hello",
        "Members.WORD",
        "in",
        "Members(1).in_()",
        "in",
        "getattr(Members(1), 'in')()");
  }

  @Test
  void instanceMethodsNeedAnInstance() {
    python
        .raises(
            "TypeError: seed is an instance method of " + CLASS + ": call it on an instance",
            "Members.seed()")
        .raisesAtLeast(
            "AttributeError: type object 'Members' has no attribute 'sed'", "Members.sed()")
        .gives(
            5L,
            "(lambda method: method())(Members(5).seed)",
            List.of(1L, 2L),
            "list(map(Members.seed.__get__, [Members(1), Members(2)])) and [1, 2]");
  }

  /**
   * From CPython 3.11 on the interpreter replaces what runs often by what it takes for the same.
   */
  @Test
  void methodsAreTheSameInTheLongRun() {
    python
        .run(
            "def often(body):",
            "    space = {'Members': Members, 'one': Members(5)}",
            "    exec(f'def run(): return [{body} for _ in range(5000)]', space)",
            "    return list(set(space['run']()))")
        .gives(
            List.of("static"),
            "often('Members.where()')",
            List.of("static"),
            "often('one.where()')",
            List.of(5L),
            "often('one.seed()')",
            List.of(5L),
            "often('Members.seed(one)')")
        .raises(
            "TypeError: seed is an instance method of " + CLASS + ": call it on an instance",
            "often('Members.seed()')");
  }

  @Test
  void fieldsOfEveryTypeAreReadAndWritten() {
    Members members = new Members();
    python
        .set("m", PyRef.of(members))
        .gives(
            List.of(false, 1L, 2L, "c", 3L, 4L, 0.5, 0.25, "text"),
            "[m.flag, m.small, m.medium, m.letter, m.count, m.large, m.ratio, m.exact, m.text]")
        .run(
            "m.flag, m.small, m.medium, m.letter, m.count = True, 11, 12, 'd', 13",
            "m.large, m.ratio, m.exact, m.text = 14, 1.5, 1.25, 'other'",
            "m.words = ['c']",
            "m.numbers = [4, 5]")
        .gives(
            true,
            "m.flag",
            "d",
            "m.letter",
            List.of(4L, 5L),
            "list(m.numbers)",
            List.of("c"),
            "list(m.words)");
    assertTrue(members.flag);
    assertEquals(11, members.small);
    assertEquals(12, members.medium);
    assertEquals('d', members.letter);
    assertEquals(13, members.count);
    assertEquals(14, members.large);
    assertEquals(1.5f, members.ratio);
    assertEquals(1.25, members.exact);
    assertEquals("other", members.text);
    assertEquals(List.of("c"), members.words);
  }

  @Test
  void staticFieldsAreReadAndWritten() {
    Members.counter = 1;
    python
        .gives(1L, "Members.counter", 42L, "Members.LIMIT", "members", "Members.NAME")
        .run("Members.counter = 9", "Members.anything = ArrayList([1])");
    assertEquals(9, Members.counter);
    assertEquals(List.of(1L), Members.anything);
  }

  @Test
  void fieldsThatCannotBeSetSayWhy() {
    python
        .raises(
            "AttributeError: field fixed of " + CLASS + " is final and cannot be set",
            "Members().fixed = 'x'")
        .raises(
            "AttributeError: field LIMIT of " + CLASS + " is final and cannot be set",
            "Members.LIMIT = 1")
        .raises(
            "AttributeError: seed of " + CLASS + " is no field, and cannot be set",
            "Members.seed = 1")
        .raises(
            "AttributeError: " + CLASS + " has no static field 'cuonter'. Did you mean: 'counter'?",
            "Members.cuonter = 1")
        .raises(
            "AttributeError: field count of " + CLASS + " cannot be deleted: it is Java's",
            "del Members().count")
        .raises(
            "TypeError: cannot convert 300 (Python int) to byte: it is out of range, which is -128"
                + " to 127",
            "Members().small = 300")
        .raises(
            "TypeError: cannot convert None (Python NoneType) to int: a primitive cannot be null;"
                + " take its wrapper class or an Optional",
            "Members().count = None");
  }

  @Test
  void aMethodHidesTheFieldOfItsName() {
    python.gives(2L, "Members().both()");
  }

  @Test
  void enumsHaveConstantsBodiesAndFields() {
    python
        .run("C = Members.Colour")
        .gives(
            true,
            "C.RED is C['RED'] and C.RED is C.valueOf('RED')",
            List.of("RED", "GREEN"),
            "[c.name() for c in C]",
            "red",
            "C.RED.shown()",
            "really green",
            "C.GREEN.shown()",
            2L,
            "C.GREEN.number",
            true,
            "isinstance(C.GREEN, C) and C.RED < C.GREEN",
            1L,
            "{C.RED: 1}[C.RED]")
        .raises(
            "KeyError: \"dev.naja.fixtures.Members$Colour has no constant 'BLUE'; it has RED,"
                + " GREEN\"",
            "C['BLUE']")
        .raises(
            "TypeError: dev.naja.fixtures.Members$Colour is an enum: its constants are its"
                + " attributes, as in Colour.NAME and Colour[\"NAME\"]",
            "C()");
  }

  @Test
  void innerClassesTakeTheirOuterObject() {
    python.gives(5L, "Members.Inner(Members(5)).outerSeed()");
  }

  @Test
  void isinstanceAndIssubclassAskJava() {
    python
        .run("from java.util import List, Map", "from java.lang import Object, String")
        .gives(
            true, "isinstance(ArrayList(), List) and isinstance(ArrayList(), Object)",
            false, "isinstance(ArrayList(), Map)",
            true, "issubclass(ArrayList, List) and issubclass(List, Object)",
            false, "issubclass(List, ArrayList)",
            true, "type(ArrayList()) is ArrayList",
            true, "isinstance(ArrayList(), naja.JavaObject)",
            false, "isinstance('x', String)",
            true, "isinstance(Members(), Greeting)");
  }

  @Test
  void dirAndDocstringsShowMembersAndSignatures() {
    python.gives(
        true,
        "{'seed', 'inherited', 'count', 'Nested', 'greet'} <= set(dir(Members()))",
        true,
        "{'ArrayList', 'concurrent', 'HashMap'} <= set(dir(__import__('java.util').util))",
        "int seed()",
        "Members.seed.__doc__",
        "seed",
        "Members.seed.__name__",
        "<java method 'seed' of 'dev.naja.fixtures.Members'>",
        "repr(Members.seed)",
        "The Java class dev.naja.fixtures.Members.\n\n"
            + "Members()\nMembers(String)\nMembers(int)",
        "Members.__doc__");
  }

  @Test
  void unknownMembersAreAttributeErrors() {
    python
        .raisesAtLeast(
            "AttributeError: 'Members' object has no attribute 'cuont'", "Members().cuont")
        .raises(
            "AttributeError: 'Members' object has no attribute 'nonsense'", "Members().nonsense")
        .raisesAtLeast(
            "AttributeError: 'Members' object has no attribute 'cuont'", "Members().cuont = 1");
  }

  @Test
  void failingStaticInitializersAreTheErrorsOfJava() {
    ExceptionInInitializerError first =
        python.thrown(ExceptionInInitializerError.class, "Failing.Uninitializable.VALUE");
    assertEquals("not today", first.getCause().getMessage());
    python.thrown(NoClassDefFoundError.class, "Failing.Uninitializable.VALUE");
    python.thrown(NoClassDefFoundError.class, "Failing.Uninitializable.touch()");
    ExceptionInInitializerError other =
        python.thrown(ExceptionInInitializerError.class, "Failing.UninitializableToo()");
    assertEquals("nor tomorrow", other.getCause().getMessage());
    python.gives(
        "<java class 'dev.naja.fixtures.Failing$Uninitializable'>",
        "repr(Failing.Uninitializable)");
    assertEquals("the one", Failing.THE_ONE.getMessage());
  }
}
