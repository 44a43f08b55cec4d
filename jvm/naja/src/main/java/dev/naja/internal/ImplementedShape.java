package dev.naja.internal;

import java.util.ArrayList;
import java.util.List;

/** A Python object whose class implements Java interfaces. */
final class ImplementedShape extends Shape {
  private final Class<?>[] interfaces;

  ImplementedShape(Class<?>[] interfaces) {
    this.interfaces = interfaces;
  }

  @Override
  Fit fitOwn(Class<?> parameter) {
    for (Class<?> each : interfaces) {
      if (parameter.isAssignableFrom(each)) {
        return Fit.strict(0, 'P');
      }
    }
    return null;
  }

  @Override
  public String toString() {
    List<String> names = new ArrayList<>();
    for (Class<?> each : interfaces) {
      names.add(each.getTypeName());
    }
    return "object that implements " + String.join(" and ", names);
  }
}
