package dev.naja.flink.datastream;

import dev.naja.PyTuple;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Arrays of objects, which are lists in Python. */
final class ArrayBridge extends TypeBridge<Object> {
  private final TypeBridge<Object> element;
  private final Class<?> component;

  @SuppressWarnings("unchecked")
  ArrayBridge(TypeInformation<?> element, Class<?> array, Pickles pickles) {
    this.element = (TypeBridge<Object>) TypeBridge.of(element, pickles);
    this.component = array.getComponentType();
  }

  @Override
  public Object toPython(Object value) {
    if (value == null) {
      return null;
    }
    List<Object> values = new ArrayList<>();
    for (Object each : (Object[]) value) {
      values.add(element.toPython(each));
    }
    return values;
  }

  @Override
  public Object fromPython(Object value) {
    if (value == null) {
      return null;
    }
    List<Object> values = new ArrayList<>();
    ListBridge.elements(value).forEach(each -> values.add(element.fromPython(each)));
    return values.toArray((Object[]) Array.newInstance(component, 0));
  }

  @Override
  public Object description() {
    return PyTuple.of("ARRAY", element.description());
  }
}
