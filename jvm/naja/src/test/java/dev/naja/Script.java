package dev.naja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

/** Python code that uses Java, with variables of its own. */
final class Script {
  private final Namespace namespace = TestPython.get().namespace();

  /** Runs lines; {@code naja} is imported. */
  Script(String... lines) {
    run("import naja");
    run(lines);
  }

  /** Runs lines. */
  Script run(String... lines) {
    namespace.exec(String.join("\n", lines));
    return this;
  }

  /** Sets a variable to a Java object, which crosses as an argument does. */
  Script set(String name, Object value) {
    namespace.set(name, value);
    return this;
  }

  /** The value of an expression. */
  Object eval(String expression) {
    return namespace.eval(expression);
  }

  /** The value of an expression as a class. */
  <T> T eval(Class<T> type, String expression) {
    return namespace.evalAs(type, expression);
  }

  /**
   * Asserts the values of expressions: {@code gives(value, expression, value, expression, ...)}.
   */
  Script gives(Object... valuesAndExpressions) {
    List<Object> all = Arrays.asList(valuesAndExpressions);
    for (int i = 0; i < all.size(); i += 2) {
      String expression = (String) all.get(i + 1);
      assertEquals(all.get(i), eval(expression), expression);
    }
    return this;
  }

  /** Asserts that an expression or a statement raises a Python exception of this text. */
  Script raises(String typeAndMessage, String code) {
    PythonException thrown = assertThrows(PythonException.class, () -> namespace.exec(code), code);
    assertEquals(typeAndMessage, thrown.getMessage(), code);
    return this;
  }

  /** The same where versions of Python add hints of their own behind the text. */
  Script raisesAtLeast(String start, String code) {
    PythonException thrown = assertThrows(PythonException.class, () -> namespace.exec(code), code);
    assertTrue(thrown.getMessage().startsWith(start), () -> code + ": " + thrown.getMessage());
    return this;
  }

  /** What Java code gets when a statement throws a Java exception. */
  <T extends Throwable> T thrown(Class<T> type, String code) {
    return assertThrows(type, () -> namespace.exec(code), code);
  }
}
