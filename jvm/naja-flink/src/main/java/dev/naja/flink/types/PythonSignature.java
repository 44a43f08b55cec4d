package dev.naja.flink.types;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a Python function says of itself when a job is planned: its kind, the SQL types of its
 * arguments and its result, and where it is written. Immutable.
 */
public final class PythonSignature implements Serializable {
  private static final long serialVersionUID = 1;

  private final String name;
  private final String kind;
  private final String vectorized;
  private final String location;
  private final boolean deterministic;
  private final List<Argument> arguments;
  private final int required;
  private final boolean varargs;
  private final String result;
  private final String accumulator;
  private final ArrayList<String> methods;

  /**
   * Takes what {@code naja.flink._describe.describe} found.
   *
   * @param found its dict
   */
  public PythonSignature(Map<String, Object> found) {
    name = (String) found.get("name");
    kind = (String) found.get("kind");
    vectorized = (String) found.get("vectorized");
    location = (String) found.get("location");
    deterministic = !Boolean.FALSE.equals(found.get("deterministic"));
    varargs = Boolean.TRUE.equals(found.get("varargs"));
    result = (String) found.get("result");
    accumulator = (String) found.get("accumulator");
    List<?> names = (List<?>) found.get("arguments");
    List<?> types = (List<?>) found.get("types");
    List<?> nullable = (List<?>) found.get("nullable");
    required = ((Long) found.get("required")).intValue();
    methods = new ArrayList<>();
    ((List<?>) found.get("methods")).forEach(method -> methods.add((String) method));
    List<Argument> taken = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      taken.add(
          new Argument((String) names.get(i), (String) types.get(i), (Boolean) nullable.get(i)));
    }
    arguments = Collections.unmodifiableList(taken);
  }

  /**
   * The function's name.
   *
   * @return its qualified name in Python
   */
  public String name() {
    return name;
  }

  /**
   * What kind of function it is.
   *
   * @return {@code scalar}, {@code table}, {@code aggregate}, {@code table_aggregate}, {@code
   *     process} ...
   */
  public String kind() {
    return kind;
  }

  /**
   * What a function of batches takes its arguments as.
   *
   * @return {@code pandas} or {@code arrow}; none for a function of single rows
   */
  public Optional<String> vectorized() {
    return Optional.ofNullable(vectorized);
  }

  /**
   * Where it is written.
   *
   * @return file and line, such as {@code fraud.py:12}
   */
  public String location() {
    return location;
  }

  /**
   * Whether equal arguments give equal results.
   *
   * @return true unless the function says otherwise
   */
  public boolean deterministic() {
    return deterministic;
  }

  /**
   * The arguments that have names.
   *
   * @return in order
   */
  public List<Argument> arguments() {
    return arguments;
  }

  /**
   * How many arguments a call gives at least.
   *
   * @return the number of those without a default
   */
  public int required() {
    return required;
  }

  /**
   * Whether the last argument may come any number of times.
   *
   * @return whether it is {@code *args}
   */
  public boolean varargs() {
    return varargs;
  }

  /**
   * The type of the result.
   *
   * @return a SQL type, if the function says
   */
  public Optional<String> result() {
    return Optional.ofNullable(result);
  }

  /**
   * The type of the accumulator.
   *
   * @return a SQL type, if the function says
   */
  public Optional<String> accumulator() {
    return Optional.ofNullable(accumulator);
  }

  /**
   * Whether an object has a method that not all of its kind have.
   *
   * @param method {@code open}, {@code close}, {@code merge}, {@code retract}, {@code on_timer},
   *     {@code get_value} or {@code emit_value}
   * @return whether it has
   */
  public boolean has(String method) {
    return methods.contains(method);
  }

  @Override
  public String toString() {
    return name + " (" + location + ")";
  }

  /** An argument of a Python function. */
  public static final class Argument implements Serializable {
    private static final long serialVersionUID = 1;

    private final String name;
    private final String type;
    private final boolean nullable;

    Argument(String name, String type, boolean nullable) {
      this.name = name;
      this.type = type;
      this.nullable = nullable;
    }

    /**
     * Its name.
     *
     * @return the parameter's name
     */
    public String name() {
      return name;
    }

    /**
     * Its type.
     *
     * @return a SQL type, if the function says
     */
    public Optional<String> type() {
      return Optional.ofNullable(type);
    }

    /**
     * Whether it may be {@code None}.
     *
     * @return false only for a hint that leaves {@code None} out
     */
    public boolean nullable() {
      return nullable;
    }
  }
}
