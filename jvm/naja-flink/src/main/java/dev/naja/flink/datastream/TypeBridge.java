package dev.naja.flink.datastream;

import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * How values of one of Flink's types cross to Python and back. Immutable and thread-safe.
 *
 * <p>{@code docs/flink/datastream.md} has the table of types. What crosses are values that the core
 * converts by default; a row, tuple or POJO crosses as a tuple of its fields, of which Python makes
 * a {@code Row} by {@link #description}.
 *
 * @param <T> the class of the values in Java
 */
public abstract class TypeBridge<T> {

  TypeBridge() {}

  /**
   * The bridge of a type.
   *
   * @param <T> the class of the values in Java
   * @param type a type of Flink's
   * @param pickles takes and gives objects that only Python reads
   * @return its bridge; values of a type that is not known cross by the core's default
   */
  public static <T> TypeBridge<T> of(TypeInformation<T> type, Pickles pickles) {
    return TypeBridges.of(type, pickles);
  }

  /**
   * A value as it goes to Python.
   *
   * @param value a value or null
   * @return what the core passes
   */
  public abstract Object toPython(T value);

  /**
   * A value that came from Python.
   *
   * @param value what the core has read by default
   * @return the value, null for {@code None}
   * @throws dev.naja.PythonConversionException if it is of another type; names the field
   */
  public abstract T fromPython(Object value);

  /**
   * What Python is told of the type, for {@code naja.flink._adapt}.
   *
   * @return the name of a SQL type, or an {@code Object[]} that begins with it
   */
  public abstract Object description();
}
