package dev.naja.internal;

import dev.naja.PyTuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A {@code list} or {@code tuple}: an array whose elements take its own, then a collection. */
final class ListShape extends Shape {
  /** The order of arrays whose elements suit loosely: behind those whose elements do strictly. */
  private static final int LOOSE_ELEMENTS = 50;

  /** The order of collections: behind all arrays. */
  private static final int COLLECTIONS = 500;

  private final boolean tuple;
  private final String elements;

  ListShape(String name, String elements) {
    this.tuple = name.equals("tuple");
    this.elements = elements;
  }

  @Override
  Fit fitOwn(Class<?> parameter) {
    if (parameter.isArray()) {
      return fitArray(parameter.getComponentType());
    }
    List<Class<?>> first =
        tuple
            ? List.of(PyTuple.class, List.class, Collection.class, Iterable.class)
            : List.of(List.class, Collection.class, Iterable.class);
    int place = first.indexOf(parameter);
    if (place >= 0) {
      return Fit.strict(COLLECTIONS + place, 'X');
    }
    place = place(parameter, tuple ? PyTuple.class : ArrayList.class);
    if (place >= 0) {
      return Fit.strict(COLLECTIONS + first.size() + place, 'X');
    }
    boolean converted =
        CollectionReader.reads(parameter)
            || parameter == Map.Entry.class
            || RecordShape.isRecord(parameter);
    return converted ? Fit.loose(0, 'X') : null;
  }

  private Fit fitArray(Class<?> component) {
    if (component == byte.class) {
      return Fit.none(this + " does not become byte[]; convert it with bytes()");
    }
    switch (elements) {
      case "empty":
        return Fit.strict(0, 'X');
      case "java":
      case "mixed":
        return component == Object.class ? Fit.strict(0, 'X') : Fit.loose(1, 'X');
      default:
        Fit element = Shape.of(elements).fit(component);
        int order = element.order + (element.phase == Fit.STRICT ? 0 : LOOSE_ELEMENTS);
        return element.suits()
            ? Fit.strict(Math.min(order, COLLECTIONS - 1), 'X')
            : Fit.none("in the " + this + ", " + element.reason);
    }
  }

  @Override
  public String toString() {
    return tuple ? "tuple" : "list";
  }
}
