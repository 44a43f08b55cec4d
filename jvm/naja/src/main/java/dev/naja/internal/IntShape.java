package dev.naja.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/**
 * An {@code int}: a long first, then the narrowest type that holds it, then floating point if that
 * is exact; then their boxes in the same order, and what else a number is.
 */
final class IntShape extends Shape {
  private static final List<Class<?>> ORDER =
      List.of(long.class, byte.class, short.class, int.class, double.class, float.class);

  private static final int LAST_INTEGRAL = ORDER.indexOf(int.class);

  private final int bits;

  /** How many of double and float, in this order, are exactly this number. */
  private final int exact;

  IntShape(String text) {
    int end = text.indexOf('=');
    int said = end < 0 ? 0 : text.length() - end;
    String name = end < 0 ? text : text.substring(0, end);
    bits = name.equals("bigint") ? Integer.MAX_VALUE : Integer.parseInt(name.substring(3));
    exact = bits <= 16 ? 2 : Math.max(said, bits <= 32 ? 1 : 0);
  }

  @Override
  Fit fitOwn(Class<?> parameter) {
    Class<?> primitive = Primitive.unboxed(parameter);
    if (primitive != null) {
      return fitNumber(parameter, primitive);
    }
    if (parameter == BigInteger.class) {
      return Fit.loose(ORDER.size(), 'X');
    }
    if (parameter == BigDecimal.class) {
      return Fit.loose(ORDER.size() + 1, 'X');
    }
    boolean isLong = bits <= Long.SIZE;
    int place = place(parameter, isLong ? Long.class : BigInteger.class);
    return place < 0 ? null : Fit.loose(ORDER.size() + 2 + place, isLong ? 'j' : 'X');
  }

  private Fit fitNumber(Class<?> parameter, Class<?> primitive) {
    int order = ORDER.indexOf(primitive);
    if (order < 0) {
      return primitive == boolean.class
          ? Fit.none("int does not become boolean; convert it with bool()")
          : null;
    }
    if (order <= LAST_INTEGRAL && bits > Primitive.bits(primitive)) {
      return Fit.none("the int is too large for " + parameter.getTypeName());
    }
    if (order > LAST_INTEGRAL + exact) {
      return Fit.none("no " + parameter.getTypeName() + " is exactly this int");
    }
    char code = Primitive.code(primitive);
    return parameter.isPrimitive()
        ? Fit.strict(order, code)
        : Fit.loose(order, Character.toLowerCase(code));
  }

  @Override
  public String toString() {
    return "int";
  }
}
