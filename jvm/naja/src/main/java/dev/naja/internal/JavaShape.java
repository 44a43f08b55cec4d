package dev.naja.internal;

/** A Java object, or a value whose type was fixed by {@code naja.cast}. */
final class JavaShape extends Shape {
  private final Class<?> type;

  JavaShape(Class<?> type) {
    this.type = type;
  }

  @Override
  Fit fitOwn(Class<?> parameter) {
    if (type.isPrimitive()) {
      return fitPrimitive(parameter);
    }
    if (parameter.isPrimitive()) {
      int widened = Primitive.widening(Primitive.unboxed(type), parameter);
      return widened < 0 ? null : Fit.loose(widened, 'X');
    }
    return parameter.isAssignableFrom(type) ? Fit.strict(0, 'L') : null;
  }

  private Fit fitPrimitive(Class<?> parameter) {
    char code = Primitive.code(type);
    if (parameter.isPrimitive()) {
      int widened = Primitive.widening(type, parameter);
      return widened < 0 ? null : Fit.strict(widened, Primitive.code(parameter));
    }
    int place = place(parameter, Primitive.box(type));
    return place < 0 ? null : Fit.loose(place, Character.toLowerCase(code));
  }

  @Override
  public String toString() {
    return type.getTypeName();
  }
}
