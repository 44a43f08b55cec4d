package dev.naja.flink.datastream;

import dev.naja.PyTuple;
import dev.naja.PythonConversionException;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The fields of a type that crosses as a tuple. */
final class Fields {
  private final String owner;
  private final String[] names;
  private final TypeBridge<Object>[] bridges;

  @SuppressWarnings("unchecked")
  Fields(String owner, String[] names, TypeInformation<?>[] types, Pickles pickles) {
    this.owner = owner;
    this.names = names;
    this.bridges = (TypeBridge<Object>[]) TypeBridges.ofAll(types, pickles);
  }

  int size() {
    return bridges.length;
  }

  String name(int index) {
    return names[index];
  }

  Object toPython(int index, Object value) {
    return bridges[index].toPython(value);
  }

  /** The values of a tuple, a list, or a dict by the fields' names; null for none. */
  Object[] fromPython(Object value) {
    Object[] values = new Object[bridges.length];
    if (value instanceof List) {
      List<?> given = (List<?>) value;
      if (given.size() != bridges.length) {
        throw refused("returned " + given.size() + " values", value);
      }
      for (int i = 0; i < values.length; i++) {
        values[i] = field(i, given.get(i));
      }
    } else if (value instanceof Map) {
      Map<?, ?> given = (Map<?, ?>) value;
      for (int i = 0; i < values.length; i++) {
        if (!given.containsKey(names[i])) {
          throw refused("returned a dict without '" + names[i] + "'", value);
        }
        values[i] = field(i, given.get(names[i]));
      }
    } else {
      throw refused("returned neither a Row, a tuple, a list nor a dict", value);
    }
    return values;
  }

  private Object field(int index, Object value) {
    try {
      return bridges[index].fromPython(value);
    } catch (PythonConversionException e) {
      throw new PythonConversionException("field " + names[index] + ": " + e.getMessage(), e);
    }
  }

  private PythonConversionException refused(String what, Object value) {
    return new PythonConversionException(
        String.format(
            "Python %s for %s with the fields %s: %s",
            what, owner, String.join(", ", names), value));
  }

  /** The description of a row. */
  Object row() {
    Object[] types = types();
    return PyTuple.of("ROW", PyTuple.of((Object[]) names), PyTuple.of(types));
  }

  /** The description of a tuple. */
  Object tuple() {
    return PyTuple.of("TUPLE", PyTuple.of(types()));
  }

  private Object[] types() {
    Object[] types = new Object[bridges.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = bridges[i].description();
    }
    return types;
  }
}
