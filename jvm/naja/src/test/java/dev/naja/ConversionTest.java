package dev.naja;

import static dev.naja.SameValue.assertSameValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** Every row of {@code docs/conversion.md}, in the Python that runs. */
class ConversionTest {
  private static final Set<String> PRIMITIVES =
      Set.of("boolean", "byte", "short", "int", "long", "float", "double", "char");

  private static final Namespace NAMESPACE =
      TestPython.namespace(
          ConversionTable.code("python"),
          "def form(value): return f'{type(value).__name__} {value!r}'");

  @TestFactory
  Stream<DynamicTest> javaValueIsInPython() {
    List<List<String>> rows = withoutGaps("By value", 1);
    List<Object> values = evaluate(column(rows, 1));
    PyObject form = NAMESPACE.get("form", PyObject.class);
    return tests(
        rows,
        row -> rows.get(row).get(1),
        row ->
            assertEquals(
                NAMESPACE.eval("form(" + rows.get(row).get(2) + ")"),
                form.callAs(String.class, new Object[] {values.get(row)})));
  }

  @TestFactory
  Stream<DynamicTest> javaArrayIsInPython() {
    List<List<String>> rows = ConversionTable.rows("Arrays");
    List<Object> values = evaluate(column(rows, 1));
    PyObject form = NAMESPACE.get("form", PyObject.class);
    NAMESPACE.exec("import array\nfrom importlib.util import find_spec");
    boolean numpy = NAMESPACE.evalAs(boolean.class, "find_spec('numpy') is not None");
    if (numpy) {
      NAMESPACE.exec("import numpy");
    }
    return tests(
        rows,
        row -> rows.get(row).get(1),
        row -> {
          Object[] value = {values.get(row)};
          for (PythonConfig.Arrays arrays : PythonConfig.Arrays.values()) {
            if (numpy || arrays != PythonConfig.Arrays.NUMPY) {
              boolean lists = arrays == PythonConfig.Arrays.AUTO && !numpy;
              int column = lists ? 3 : Math.max(2, 1 + arrays.ordinal());
              Python.start(PythonConfig.of().withArrays(arrays));
              try {
                assertEquals(
                    NAMESPACE.eval("form(" + rows.get(row).get(column) + ")"),
                    form.callAs(String.class, value),
                    arrays.name());
              } finally {
                Python.start(PythonConfig.of().withArrays(PythonConfig.Arrays.AUTO));
              }
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> pythonValueIsInJavaByDefault() {
    List<List<String>> rows = ConversionTable.rows("By value");
    List<Object> values = evaluate(column(rows, 3));
    return tests(
        rows,
        row -> rows.get(row).get(2),
        row -> assertSameValue(values.get(row), NAMESPACE.eval(rows.get(row).get(2))));
  }

  @TestFactory
  Stream<DynamicTest> pythonValueIsInJavaAsTheTypeNamed() {
    List<List<String>> rows = ConversionTable.rows("As the type that you name");
    List<String> sources = new ArrayList<>();
    for (List<String> row : rows) {
      sources.add(typeOf(row.get(1)));
      sources.add(row.get(2).startsWith("refused: ") ? "null" : row.get(2));
    }
    List<Object> typesAndValues = evaluate(sources);
    return tests(
        rows,
        row -> rows.get(row).get(0) + " as " + rows.get(row).get(1),
        row ->
            assertGives(
                NAMESPACE,
                rows.get(row).get(0),
                typesAndValues.get(2 * row),
                rows.get(row).get(2),
                typesAndValues.get(2 * row + 1)));
  }

  @TestFactory
  Stream<DynamicTest> javaValueIsRefused() {
    List<List<String>> rows = ConversionTable.rows("Refused on the way to Python");
    List<Object> values = evaluate(column(rows, 0));
    PyObject form = NAMESPACE.get("form", PyObject.class);
    return tests(
        rows,
        row -> rows.get(row).get(0),
        row ->
            assertRefused(rows.get(row).get(1), () -> form.call(new Object[] {values.get(row)})));
  }

  /** The source of what the namespaces of these tests take as a type of this name. */
  static String typeOf(String name) {
    return PRIMITIVES.contains(name) ? name + ".class" : "new TypeRef<" + name + ">() {}";
  }

  /**
   * Asserts what an expression gives.
   *
   * @param type what {@link #typeOf} is the source of
   * @param gives a value's source, or why it is refused after the word itself
   * @param expected the value
   */
  static void assertGives(
      Namespace namespace, String expression, Object type, String gives, Object expected) {
    if (gives.startsWith("refused: ")) {
      assertRefused(gives.substring("refused: ".length()), () -> as(namespace, type, expression));
    } else {
      assertSameValue(expected, as(namespace, type, expression));
    }
  }

  private static Object as(Namespace namespace, Object type, String expression) {
    return type instanceof Class<?> primitive
        ? namespace.evalAs(primitive, expression)
        : namespace.evalAs((TypeRef<?>) type, expression);
  }

  private static void assertRefused(String why, Executable conversion) {
    String message = assertThrows(PythonConversionException.class, conversion).getMessage();
    assertTrue(message.contains(why), message);
  }

  private static List<Object> evaluate(List<String> expressions) {
    return JavaSource.evaluate(ConversionTable.code("java"), expressions);
  }

  private static List<List<String>> withoutGaps(String heading, int column) {
    return ConversionTable.rows(heading).stream()
        .filter(row -> !row.get(column).isEmpty())
        .collect(Collectors.toList());
  }

  private static List<String> column(List<List<String>> rows, int column) {
    return rows.stream().map(row -> row.get(column)).collect(Collectors.toList());
  }

  private interface Row {
    void test(int row);
  }

  private interface Name {
    String of(int row);
  }

  private static Stream<DynamicTest> tests(List<?> rows, Name name, Row test) {
    return IntStream.range(0, rows.size())
        .mapToObj(row -> DynamicTest.dynamicTest(name.of(row), () -> test.test(row)));
  }
}
