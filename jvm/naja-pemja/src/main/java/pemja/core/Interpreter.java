package pemja.core;

import java.io.Serializable;
import java.util.Map;

/**
 * What can be done in an interpreter: variables, calls by name, statements.
 *
 * <p>Methods throw {@link PythonException}, which is checked but not declared, where Python raises
 * or a value cannot cross; {@link IllegalStateException} after {@code close()}.
 */
public interface Interpreter extends AutoCloseable, Serializable {

  /**
   * Sets a global variable.
   *
   * @param name its name
   * @param value its value, null for {@code None}
   */
  void set(String name, Object value);

  /**
   * The value of a global variable as it is by default in Java.
   *
   * @param name its name
   * @return the value; null for {@code None}, and if there is no such variable
   */
  Object get(String name);

  /**
   * The value of a global variable as a Java class.
   *
   * @param <T> the type wanted
   * @param name its name
   * @param tClass the class wanted
   * @return the value; null for {@code None}, and if there is no such variable
   */
  <T> T get(String name, Class<T> tClass);

  /**
   * Calls a function with positional arguments.
   *
   * @param name a global variable, or a global variable and an attribute of it: {@code "f"}, {@code
   *     "module.f"}
   * @param args the arguments
   * @return the result, null for {@code None}
   */
  Object invoke(String name, Object... args);

  /**
   * Calls a function with keyword arguments.
   *
   * @param name as of {@link #invoke(String, Object...)}
   * @param kwargs the arguments, by name
   * @return the result, null for {@code None}
   */
  Object invoke(String name, Map<String, Object> kwargs);

  /**
   * Calls a function with positional and keyword arguments.
   *
   * @param name as of {@link #invoke(String, Object...)}
   * @param args the positional arguments, or null
   * @param kwargs the keyword arguments, or null
   * @return the result, null for {@code None}
   */
  Object invoke(String name, Object[] args, Map<String, Object> kwargs);

  /**
   * Calls a method of the object in a global variable.
   *
   * @param obj the variable's name
   * @param method the method's name
   * @param args the arguments
   * @return the result, null for {@code None}
   */
  Object invokeMethod(String obj, String method, Object... args);

  /**
   * Runs statements.
   *
   * @param code any number of lines
   */
  void exec(String code);
}
