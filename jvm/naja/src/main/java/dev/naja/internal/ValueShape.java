package dev.naja.internal;

import dev.naja.NdArray;
import dev.naja.PyObject;
import dev.naja.PythonException;
import dev.naja.Rows;
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
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A Python value that is told by its type alone. */
final class ValueShape extends Shape {
  /** What a value becomes by default, which is also all that this is assignable to. */
  private static final Map<String, Class<?>> DEFAULTS =
      Map.ofEntries(
          Map.entry("bool", Boolean.class),
          Map.entry("float32", Double.class),
          Map.entry("float64", Double.class),
          Map.entry("char", String.class),
          Map.entry("str", String.class),
          Map.entry("bytes", byte[].class),
          Map.entry("set", LinkedHashSet.class),
          Map.entry("dict", LinkedHashMap.class),
          Map.entry("date", LocalDate.class),
          Map.entry("time", LocalTime.class),
          Map.entry("awaretime", OffsetTime.class),
          Map.entry("datetime", LocalDateTime.class),
          Map.entry("awaredatetime", OffsetDateTime.class),
          Map.entry("timedelta", Duration.class),
          Map.entry("decimal", BigDecimal.class),
          Map.entry("uuid", UUID.class),
          Map.entry("enum", String.class));

  /** The types of values that are called otherwise in Python. */
  private static final Map<String, String> NAMES =
      Map.of(
          "none", "None",
          "float32", "float",
          "float64", "float",
          "char", "str",
          "awaretime", "time",
          "awaredatetime", "datetime");

  private final String kind;

  ValueShape(String kind) {
    this.kind = kind;
  }

  @Override
  Fit fitOwn(Class<?> parameter) {
    switch (kind) {
      case "none":
        return fitNone(parameter);
      case "bool":
        return fitBool(parameter);
      case "float32":
      case "float64":
        return fitFloat(parameter);
      case "char":
      case "str":
        return fitText(parameter);
      case "bytes":
        return or(byDefault(parameter), parameter == NdArray.class, 0);
      case "set":
      case "dict":
        return fitContainer(parameter);
      case "awaredatetime":
        return parameter == ZonedDateTime.class || parameter == Instant.class
            ? Fit.strict(1, 'X')
            : byDefault(parameter);
      case "decimal":
        return or(byDefault(parameter), isNumber(parameter), 10);
      case "enum":
        return parameter.isEnum()
            ? Fit.strict(0, 'X')
            : or(byDefault(parameter), isNumber(parameter), 10);
      case "callable":
        return isFunctional(parameter) ? Fit.strict(0, 'X') : fitObject(parameter);
      case "exception":
        return parameter != Object.class && parameter.isAssignableFrom(PythonException.class)
            ? Fit.strict(0, 'E')
            : fitObject(parameter);
      case "object":
        return fitObject(parameter);
      default:
        return byDefault(parameter);
    }
  }

  private Fit byDefault(Class<?> parameter) {
    int place = place(parameter, DEFAULTS.get(kind));
    return place < 0 ? null : Fit.strict(place, 'X');
  }

  private static Fit or(Fit fit, boolean otherwise, int order) {
    return fit == null && otherwise ? Fit.loose(order, 'X') : fit;
  }

  private Fit fitNone(Class<?> parameter) {
    if (parameter.isPrimitive()) {
      return Fit.none("None does not become " + parameter + ", which cannot be null");
    }
    return Fit.strict(0, parameter == PyObject.class || isOptional(parameter) ? 'X' : 'L');
  }

  private Fit fitBool(Class<?> parameter) {
    if (parameter == boolean.class) {
      return Fit.strict(0, 'Z');
    }
    if (isNumber(parameter)) {
      return Fit.none(
          "bool does not become " + parameter.getTypeName() + "; convert it with int()");
    }
    int place = place(parameter, Boolean.class);
    return place < 0 ? null : Fit.loose(place, 'z');
  }

  private Fit fitFloat(Class<?> parameter) {
    Class<?> primitive = Primitive.unboxed(parameter);
    if (primitive == double.class) {
      return parameter == double.class ? Fit.strict(0, 'D') : Fit.loose(0, 'd');
    }
    if (primitive == float.class) {
      if (kind.equals("float64")) {
        return Fit.none("no " + parameter.getTypeName() + " is exactly this number");
      }
      return parameter == float.class ? Fit.strict(1, 'F') : Fit.loose(1, 'f');
    }
    if (parameter == BigDecimal.class) {
      return Fit.loose(2, 'X');
    }
    int place = place(parameter, Double.class);
    if (place >= 0) {
      return Fit.loose(3 + place, 'd');
    }
    return isNumber(parameter)
        ? Fit.none("float does not become " + parameter.getTypeName() + "; round it with int()")
        : null;
  }

  private Fit fitText(Class<?> parameter) {
    int place = place(parameter, String.class);
    if (place >= 0) {
      return Fit.strict(place, 'T');
    }
    if (Primitive.unboxed(parameter) == char.class) {
      if (kind.equals("str")) {
        return Fit.none("the str is not one UTF-16 code unit");
      }
      return parameter == char.class ? Fit.loose(0, 'C') : Fit.loose(1, 'c');
    }
    return parameter.isEnum() ? Fit.loose(2, 'X') : null;
  }

  private Fit fitContainer(Class<?> parameter) {
    boolean set = kind.equals("set");
    if (parameter == (set ? Set.class : Map.class)) {
      return Fit.strict(0, 'X');
    }
    return or(
        byDefault(parameter),
        set
            ? CollectionReader.reads(parameter) || isArray(parameter)
            : MapReader.reads(parameter) || RecordShape.isRecord(parameter),
        0);
  }

  /** An object that has no value in Java: what it can be asked for comes last. */
  private static Fit fitObject(Class<?> parameter) {
    if (parameter == PyObject.class) {
      return Fit.strict(1, 'X');
    }
    if (parameter == Object.class) {
      return Fit.strict(2, 'X');
    }
    boolean converted =
        isNumber(parameter)
            || isArray(parameter)
            || CollectionReader.reads(parameter)
            || MapReader.reads(parameter)
            || parameter == Iterator.class
            || RecordShape.isRecord(parameter)
            || parameter == NdArray.class
            || parameter == Rows.class
            || Converters.of(parameter) != null;
    return converted ? Fit.loose(0, 'X') : null;
  }

  private static boolean isArray(Class<?> parameter) {
    return parameter.isArray() && parameter != byte[].class;
  }

  private static boolean isNumber(Class<?> parameter) {
    Class<?> primitive = Primitive.unboxed(parameter);
    return primitive != null && primitive != boolean.class && primitive != char.class
        || parameter == BigInteger.class
        || parameter == BigDecimal.class
        || parameter == Number.class;
  }

  /** Whether an interface is one that a callable is bound to. */
  private static boolean isFunctional(Class<?> parameter) {
    return FunctionalMethod.of(parameter) != null && !CollectionReader.reads(parameter);
  }

  @Override
  boolean isCallable() {
    return kind.equals("callable");
  }

  @Override
  public String toString() {
    return NAMES.getOrDefault(kind, kind);
  }
}
