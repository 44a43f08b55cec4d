package dev.naja;

import dev.naja.internal.Operations;
import dev.naja.internal.PythonFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Python's global variables for a piece of code of its own, as of a module: a place to run source
 * text in.
 *
 * <pre>{@code
 * Namespace namespace = python.namespace();
 * namespace.set("a", 1);
 * namespace.exec("b = a + 1");
 * int b = namespace.get("b", int.class);
 * Object c = namespace.eval("a + b");
 * }</pre>
 *
 * <p>All methods may be called on any thread; what the code does is as safe for threads as the code
 * is. What Python raises comes as a {@link PythonException}, with the line of the text in its
 * traceback. {@link #close()} gives the variables back, and what they alone refer to.
 */
public final class Namespace implements AutoCloseable {
  private final PyObject globals;

  Namespace(String name) {
    globals = PythonFunction.NEW_NAMESPACE.call(Operations.BY_REFERENCE, name);
  }

  /**
   * Sets a variable.
   *
   * @param name its name
   * @param value its value, null for {@code None}
   */
  public void set(String name, Object value) {
    globals.setItem(named(name), value);
  }

  /**
   * A variable's value as it is by default in Java.
   *
   * @param name its name
   * @return the value, null for {@code None}
   * @throws PythonException {@code KeyError} if there is none
   */
  public Object get(String name) {
    return get(name, Object.class);
  }

  /**
   * A variable's value as a Java type.
   *
   * @param <T> the type wanted
   * @param name its name
   * @param type the class wanted; {@code PyObject.class} for the value by reference
   * @return the value
   * @throws PythonException {@code KeyError} if there is none
   * @throws PythonConversionException if the value does not fit the type
   */
  public <T> T get(String name, Class<T> type) {
    return globals.item(named(name), type);
  }

  /**
   * A variable's value as a generic Java type.
   *
   * @param <T> the type wanted
   * @param name its name
   * @param type the type wanted
   * @return the value
   * @throws PythonException {@code KeyError} if there is none
   * @throws PythonConversionException if the value does not fit the type
   */
  public <T> T get(String name, TypeRef<T> type) {
    return globals.item(named(name), type);
  }

  /**
   * Runs statements, as Python's {@code exec}.
   *
   * @param source any number of lines
   * @throws PythonException {@code SyntaxError} with the line and a caret under the place, or what
   *     the statements raise
   */
  public void exec(String source) {
    PythonFunction.EXECUTE.call(
        Operations.NOTHING, Objects.requireNonNull(source, "source"), globals);
  }

  /**
   * Evaluates an expression, as Python's {@code eval}.
   *
   * @param expression the expression
   * @return its value as it is by default in Java, null for {@code None}
   * @throws PythonException {@code SyntaxError} with the line and a caret under the place, or what
   *     the expression raises
   */
  public Object eval(String expression) {
    return evalAs(Object.class, expression);
  }

  /**
   * Evaluates an expression to a Java type.
   *
   * @param <T> the type wanted
   * @param type the class wanted; {@code PyObject.class} for the value by reference
   * @param expression the expression
   * @return its value
   * @throws PythonException {@code SyntaxError}, or what the expression raises
   * @throws PythonConversionException if the value does not fit the type
   */
  public <T> T evalAs(Class<T> type, String expression) {
    return PythonFunction.EVALUATE.call(
        Operations.<T>reader(type), Objects.requireNonNull(expression, "expression"), globals);
  }

  /**
   * Evaluates an expression to a generic Java type.
   *
   * @param <T> the type wanted
   * @param type the type wanted
   * @param expression the expression
   * @return its value
   * @throws PythonException {@code SyntaxError}, or what the expression raises
   * @throws PythonConversionException if the value does not fit the type
   */
  public <T> T evalAs(TypeRef<T> type, String expression) {
    return PythonFunction.EVALUATE.call(
        Operations.<T>reader(type.type()),
        Objects.requireNonNull(expression, "expression"),
        globals);
  }

  /**
   * Removes a variable.
   *
   * @param name its name
   * @return false if there was none
   */
  public boolean remove(String name) {
    if (!globals.contains(named(name))) {
      return false;
    }
    globals.delItem(name);
    return true;
  }

  /**
   * The names of the variables, those with two leading underscores left out.
   *
   * @return the names, in the order in which they were first set
   */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (String name : globals.iterate(String.class)) {
      if (!name.startsWith("__")) {
        names.add(name);
      }
    }
    return names;
  }

  /**
   * The variables as Python has them.
   *
   * @return the dict itself, which this object owns: closing one closes both
   */
  public PyObject globals() {
    return globals;
  }

  /** Gives the variables back. Later use throws {@link IllegalStateException}. */
  @Override
  public void close() {
    globals.close();
  }

  private static String named(String name) {
    return Objects.requireNonNull(name, "name of a variable");
  }
}
