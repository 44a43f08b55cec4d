package dev.naja.internal;

import dev.naja.PyObject;
import dev.naja.PyTuple;
import dev.naja.PythonException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * What is known of an argument when an overload is chosen: not its value, but all of its type and
 * size that the choice depends on, so that one choice serves all calls of the same shapes.
 * Immutable.
 */
abstract class Shape {

  /** The class of an instance of each kind that crosses by value, where Java asks for none. */
  private static final Map<String, Class<?>> NATURAL =
      Map.ofEntries(
          Map.entry("set", LinkedHashSet.class),
          Map.entry("dict", LinkedHashMap.class),
          Map.entry("date", LocalDate.class),
          Map.entry("time", LocalTime.class),
          Map.entry("awaretime", OffsetTime.class),
          Map.entry("datetime", LocalDateTime.class),
          Map.entry("awaredatetime", OffsetDateTime.class),
          Map.entry("timedelta", Duration.class),
          Map.entry("decimal", BigDecimal.class),
          Map.entry("uuid", UUID.class));

  /**
   * The shape that native code describes.
   *
   * @param description a {@code Class}, of a Java object or of a cast; a {@code Class[]}, the
   *     interfaces of an implemented object; or a text: {@code none}, {@code bool}, {@code int8} to
   *     {@code int64} and {@code bigint} with {@code =} for each of double and float that is
   *     exactly this number, {@code float32}, {@code float64}, {@code char}, {@code str}, {@code
   *     bytes}, {@code list:} and {@code tuple:} with the shape of their elements or {@code mixed},
   *     {@code empty} or {@code java}, and others by name
   */
  static Shape of(Object description) {
    if (description instanceof Class) {
      return new JavaShape((Class<?>) description);
    }
    if (description instanceof Class[]) {
      return new ImplementedShape((Class<?>[]) description);
    }
    return ofText((String) description);
  }

  private static Shape ofText(String text) {
    int colon = text.indexOf(':');
    if (colon >= 0) {
      return new ListShape(text.substring(0, colon), text.substring(colon + 1));
    }
    if (text.startsWith("int") || text.startsWith("bigint")) {
      return new IntShape(text);
    }
    return new PlainShape(text);
  }

  /** How the argument fits a parameter. */
  final Fit fit(Class<?> parameter) {
    if (parameter == PyObject.class) {
      return byReference();
    }
    return fitOther(parameter);
  }

  Fit byReference() {
    return Fit.loose(30, 'H');
  }

  abstract Fit fitOther(Class<?> parameter);

  /** The name of the type, for messages. */
  @Override
  public abstract String toString();

  /** Where a parameter stands among the types that a class is assignable to; -1 if it does not. */
  static int supertype(Class<?> parameter, Class<?> natural) {
    if (parameter == natural) {
      return 0;
    }
    if (parameter == Object.class) {
      return 9;
    }
    if (parameter == Number.class || parameter == CharSequence.class) {
      return parameter.isAssignableFrom(natural) ? 1 : -1;
    }
    return parameter.isAssignableFrom(natural) ? 2 : -1;
  }

  /** What takes anything that its type argument takes. */
  static boolean isOptional(Class<?> parameter) {
    return parameter == Optional.class
        || parameter == OptionalInt.class
        || parameter == OptionalLong.class
        || parameter == OptionalDouble.class;
  }

  Fit otherwise(Class<?> parameter) {
    return isOptional(parameter)
        ? Fit.loose(31, 'X')
        : Fit.none(this + " does not become " + parameter.getTypeName());
  }

  private static final class JavaShape extends Shape {
    private final Class<?> type;

    JavaShape(Class<?> type) {
      this.type = type;
    }

    @Override
    Fit fitOther(Class<?> parameter) {
      if (type.isPrimitive() || parameter.isPrimitive()) {
        int widened = Primitive.widening(Primitive.unboxed(type), parameter);
        if (type.isPrimitive() && parameter.isPrimitive() && widened >= 0) {
          return Fit.strict(widened, Primitive.code(parameter));
        }
        if (parameter.isPrimitive() && widened >= 0) {
          return Fit.loose(widened, 'X');
        }
        if (type.isPrimitive() && parameter.isAssignableFrom(Primitive.box(type))) {
          return Fit.loose(
              supertype(parameter, Primitive.box(type)),
              Character.toLowerCase(Primitive.code(type)));
        }
        return otherwise(parameter);
      }
      return parameter.isAssignableFrom(type) ? Fit.strict(0, 'L') : otherwise(parameter);
    }

    @Override
    public String toString() {
      return type.getTypeName();
    }
  }

  private static final class ImplementedShape extends Shape {
    private final Class<?>[] interfaces;

    ImplementedShape(Class<?>[] interfaces) {
      this.interfaces = interfaces;
    }

    @Override
    Fit fitOther(Class<?> parameter) {
      if (parameter == Object.class) {
        return Fit.strict(0, 'P');
      }
      for (Class<?> each : interfaces) {
        if (parameter.isAssignableFrom(each)) {
          return Fit.strict(0, 'P');
        }
      }
      return otherwise(parameter);
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder("object implementing ");
      for (int i = 0; i < interfaces.length; i++) {
        text.append(i == 0 ? "" : ", ").append(interfaces[i].getTypeName());
      }
      return text.toString();
    }
  }

  private static final class IntShape extends Shape {
    private final int bits;
    private final int exact;

    IntShape(String text) {
      int end = text.indexOf('=');
      String name = end < 0 ? text : text.substring(0, end);
      bits = name.equals("bigint") ? 65 : Integer.parseInt(name.substring(3));
      int told = end < 0 ? 0 : text.length() - end;
      exact = bits <= 16 ? 2 : Math.max(told, bits <= 32 ? 1 : 0);
    }

    @Override
    Fit fitOther(Class<?> parameter) {
      Class<?> primitive = Primitive.unboxed(parameter);
      if (primitive != null) {
        return number(parameter, primitive);
      }
      if (parameter == BigInteger.class) {
        return Fit.loose(6, 'X');
      }
      if (parameter == BigDecimal.class) {
        return Fit.loose(7, 'X');
      }
      int place = supertype(parameter, bits <= 64 ? Long.class : BigInteger.class);
      return place < 0 ? otherwise(parameter) : Fit.loose(10 + place, bits <= 64 ? 'j' : 'X');
    }

    private Fit number(Class<?> parameter, Class<?> primitive) {
      int order = order(primitive);
      if (order < 0) {
        return otherwise(parameter);
      }
      if (order <= 3 && bits > Primitive.bits(primitive)) {
        return Fit.none("the int is too large for " + parameter.getTypeName());
      }
      if (order > 3 && exact < order - 3) {
        return Fit.none("no " + parameter.getTypeName() + " is exactly this int");
      }
      char code = Primitive.code(primitive);
      return parameter.isPrimitive()
          ? Fit.strict(order, code)
          : Fit.loose(order, Character.toLowerCase(code));
    }

    private static int order(Class<?> primitive) {
      return List.of(long.class, byte.class, short.class, int.class, double.class, float.class)
          .indexOf(primitive);
    }

    @Override
    public String toString() {
      return "int";
    }
  }

  private static final class ListShape extends Shape {
    private final String name;
    private final String elements;

    ListShape(String name, String elements) {
      this.name = name;
      this.elements = elements;
    }

    @Override
    Fit fitOther(Class<?> parameter) {
      if (parameter.isArray()) {
        Class<?> component = parameter.getComponentType();
        switch (elements) {
          case "empty":
            return Fit.strict(0, 'X');
          case "mixed":
          case "java":
            return component == Object.class
                ? Fit.strict(0, 'X')
                : Fit.loose(8, Readers.of(parameter).want() == Native.WANT_HANDLE ? 'H' : 'X');
          default:
            Fit element = Shape.of(elements).fit(component);
            int order = element.order + (element.phase == Fit.STRICT ? 0 : 50);
            return element.suits()
                ? Fit.strict(order, element.code == 'H' ? 'H' : 'X')
                : Fit.none("its elements: " + element.reason);
        }
      }
      if (name.equals("tuple") && parameter == PyTuple.class) {
        return Fit.strict(100, 'X');
      }
      if (parameter == List.class) {
        return Fit.strict(101, 'X');
      }
      if (parameter == Collection.class) {
        return Fit.strict(102, 'X');
      }
      if (parameter == Iterable.class) {
        return Fit.strict(103, 'X');
      }
      int place = supertype(parameter, name.equals("tuple") ? PyTuple.class : ArrayList.class);
      if (place >= 0) {
        return Fit.strict(110 + place, 'X');
      }
      boolean convertible =
          CollectionReader.reads(parameter)
              || parameter == Map.Entry.class
              || RecordShape.isRecord(parameter);
      return convertible ? Fit.loose(0, 'X') : otherwise(parameter);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final class PlainShape extends Shape {
    private final String name;

    PlainShape(String name) {
      this.name = name;
    }

    @Override
    Fit byReference() {
      return name.equals("object") || name.equals("callable") || name.equals("exception")
          ? Fit.strict(1, 'H')
          : super.byReference();
    }

    @Override
    Fit fitOther(Class<?> parameter) {
      switch (name) {
        case "none":
          return parameter.isPrimitive()
              ? Fit.none("None does not become " + parameter + ", which cannot be null")
              : Fit.strict(0, isOptional(parameter) ? 'X' : 'L');
        case "bool":
          return parameter == boolean.class
              ? Fit.strict(0, 'Z')
              : natural(parameter, Boolean.class, 'z', true);
        case "float32":
        case "float64":
          return floating(parameter);
        case "char":
        case "str":
          return text(parameter);
        case "bytes":
          return natural(parameter, byte[].class, 'X', false);
        case "enum":
          return parameter.isEnum()
              ? Fit.strict(0, 'X')
              : natural(parameter, String.class, 'X', false);
        case "exception":
          return parameter != Object.class && parameter.isAssignableFrom(PythonException.class)
              ? Fit.strict(0, 'E')
              : object(parameter);
        case "callable":
          return parameter.isInterface()
                  && FunctionalMethod.of(parameter) != null
                  && Readers.of(parameter) instanceof InterfaceReader
              ? Fit.strict(0, 'X')
              : object(parameter);
        case "object":
          return object(parameter);
        default:
          return natural(parameter);
      }
    }

    private Fit floating(Class<?> parameter) {
      if (parameter == double.class) {
        return Fit.strict(0, 'D');
      }
      if (parameter == float.class || parameter == Float.class) {
        if (name.equals("float64")) {
          return Fit.none("no float is exactly this number");
        }
        return parameter == float.class ? Fit.strict(1, 'F') : Fit.loose(1, 'f');
      }
      if (parameter == BigDecimal.class) {
        return Fit.loose(2, 'X');
      }
      if (Primitive.unboxed(parameter) != null && parameter != Double.class) {
        return Fit.none("a float does not become " + parameter.getTypeName());
      }
      int place = supertype(parameter, Double.class);
      return place < 0 ? otherwise(parameter) : Fit.loose(place == 0 ? 0 : 2 + place, 'd');
    }

    private Fit text(Class<?> parameter) {
      int place = supertype(parameter, String.class);
      if (place >= 0) {
        return Fit.strict(place, 'T');
      }
      if (name.equals("char") && Primitive.unboxed(parameter) == char.class) {
        return parameter == char.class ? Fit.loose(0, 'C') : Fit.loose(1, 'c');
      }
      return parameter.isEnum() ? Fit.loose(5, 'X') : otherwise(parameter);
    }

    private Fit object(Class<?> parameter) {
      return parameter == Object.class ? Fit.strict(9, 'X') : otherwise(parameter);
    }

    private Fit natural(Class<?> parameter) {
      Class<?> type = NATURAL.get(name);
      if (name.equals("awaredatetime")
          && (parameter == ZonedDateTime.class || parameter == Instant.class)) {
        return Fit.strict(1, 'X');
      }
      if (name.equals("set") && Set.class == parameter) {
        return Fit.strict(0, 'X');
      }
      Fit fit = natural(parameter, type, 'X', false);
      boolean convertible =
          !fit.suits()
              && (name.equals("set") && (CollectionReader.reads(parameter) || parameter.isArray())
                  || name.equals("dict")
                      && (MapReader.reads(parameter) || RecordShape.isRecord(parameter)));
      return convertible ? Fit.loose(0, 'X') : fit;
    }

    private Fit natural(Class<?> parameter, Class<?> type, char code, boolean boxed) {
      int place = supertype(parameter, type);
      if (place < 0) {
        return otherwise(parameter);
      }
      return boxed ? Fit.loose(place, code) : Fit.strict(place, code);
    }

    @Override
    public String toString() {
      switch (name) {
        case "none":
          return "None";
        case "float32":
        case "float64":
          return "float";
        case "char":
          return "str";
        case "awaretime":
          return "time";
        case "awaredatetime":
          return "datetime";
        default:
          return name;
      }
    }
  }
}
