package dev.naja.internal;

import dev.naja.PyObject;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What is known of an argument when an overload is chosen: not its value, but all of its type and
 * size that the choice depends on, so that one choice serves all calls of the same shapes.
 * Immutable.
 */
abstract class Shape {
  /** The order of parameters that take anything. */
  private static final int LAST = 1000;

  /**
   * The shape that native code describes.
   *
   * @param description a {@code Class}, of a Java object or of a cast; a {@code Class[]}, the
   *     interfaces that a Python object implements; or a text:
   *     <ul>
   *       <li>{@code none}, {@code bool}, {@code str}, {@code char} for one of a single UTF-16 code
   *           unit, {@code bytes}
   *       <li>{@code int8}, {@code int16}, {@code int32}, {@code int64} or {@code bigint}, the
   *           narrowest that holds it; {@code =} behind it says that a double is exactly this
   *           number, {@code ==} that a float is too, which goes without saying up to 16 bits
   *       <li>{@code float32} if a float is exactly this number, else {@code float64}
   *       <li>{@code list:} and {@code tuple:} with the shape that all elements have in common, or
   *           {@code empty}, {@code java} for Java objects, {@code mixed}
   *       <li>{@code set}, {@code dict}, {@code date}, {@code time}, {@code datetime}, {@code
   *           awaretime}, {@code awaredatetime}, {@code timedelta}, {@code decimal}, {@code uuid},
   *           {@code enum}, {@code callable}, {@code exception}, {@code object}
   *     </ul>
   */
  static Shape of(Object description) {
    if (description instanceof Class) {
      return new JavaShape((Class<?>) description);
    }
    if (description instanceof Class[]) {
      return new ImplementedShape((Class<?>[]) description);
    }
    String text = (String) description;
    int colon = text.indexOf(':');
    if (colon >= 0) {
      return new ListShape(text.substring(0, colon), text.substring(colon + 1));
    }
    return text.startsWith("int") || text.startsWith("bigint")
        ? new IntShape(text)
        : new ValueShape(text);
  }

  /** How the argument fits a parameter. */
  final Fit fit(Class<?> parameter) {
    Fit fit = fitOwn(parameter);
    if (fit != null) {
      return fit;
    }
    if (parameter == PyObject.class || isOptional(parameter)) {
      return Fit.loose(LAST, 'X');
    }
    return Fit.none(this + " does not become " + parameter.getTypeName());
  }

  /** How it fits; null where what goes for every argument goes for this. */
  abstract Fit fitOwn(Class<?> parameter);

  /** Whether it is a Python callable without interfaces of its own. */
  boolean isCallable() {
    return false;
  }

  /** The name of the argument's type, for messages. */
  @Override
  public abstract String toString();

  /** Whether a class takes whatever its type argument takes, and {@code None}. */
  static boolean isOptional(Class<?> parameter) {
    return parameter == Optional.class
        || parameter == OptionalInt.class
        || parameter == OptionalLong.class
        || parameter == OptionalDouble.class;
  }

  /** The place of a class among those that another is assignable to, itself first; -1 if none. */
  static int place(Class<?> parameter, Class<?> type) {
    if (!parameter.isAssignableFrom(type)) {
      return -1;
    }
    if (parameter == type) {
      return 0;
    }
    if (parameter == Object.class) {
      return 3;
    }
    return parameter == Number.class || parameter == CharSequence.class ? 1 : 2;
  }
}
