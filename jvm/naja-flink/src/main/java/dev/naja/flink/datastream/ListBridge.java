package dev.naja.flink.datastream;

import dev.naja.PyTuple;
import dev.naja.PythonConversionException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Lists of one type of elements. */
final class ListBridge<T> extends TypeBridge<List<T>> {
  private final TypeBridge<T> element;

  ListBridge(TypeInformation<T> element, Pickles pickles) {
    this.element = TypeBridge.of(element, pickles);
  }

  @Override
  public Object toPython(List<T> value) {
    if (value == null) {
      return null;
    }
    List<Object> values = new ArrayList<>(value.size());
    value.forEach(each -> values.add(element.toPython(each)));
    return values;
  }

  @Override
  public List<T> fromPython(Object value) {
    if (value == null) {
      return null;
    }
    List<T> values = new ArrayList<>();
    for (Object each : elements(value)) {
      values.add(element.fromPython(each));
    }
    return values;
  }

  /** What came for something that has elements. */
  static Iterable<?> elements(Object value) {
    if (!(value instanceof Collection)) {
      throw new PythonConversionException(
          "Python returned no list where a list is wanted: " + value);
    }
    return (Collection<?>) value;
  }

  @Override
  public Object description() {
    return PyTuple.of("ARRAY", element.description());
  }
}
