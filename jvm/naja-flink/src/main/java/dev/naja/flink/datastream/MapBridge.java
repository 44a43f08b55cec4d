package dev.naja.flink.datastream;

import dev.naja.PyTuple;
import dev.naja.PythonConversionException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Maps of one type of keys and one of values. */
final class MapBridge<K, V> extends TypeBridge<Map<K, V>> {
  private final TypeBridge<K> key;
  private final TypeBridge<V> mapped;

  MapBridge(TypeInformation<K> key, TypeInformation<V> value, Pickles pickles) {
    this.key = TypeBridge.of(key, pickles);
    this.mapped = TypeBridge.of(value, pickles);
  }

  @Override
  public Object toPython(Map<K, V> value) {
    if (value == null) {
      return null;
    }
    Map<Object, Object> values = new LinkedHashMap<>();
    value.forEach((each, its) -> values.put(key.toPython(each), mapped.toPython(its)));
    return values;
  }

  @Override
  public Map<K, V> fromPython(Object value) {
    if (value == null) {
      return null;
    }
    if (!(value instanceof Map)) {
      throw new PythonConversionException(
          "Python returned no dict where a map is wanted: " + value);
    }
    Map<K, V> values = new LinkedHashMap<>();
    ((Map<?, ?>) value)
        .forEach((each, its) -> values.put(key.fromPython(each), mapped.fromPython(its)));
    return values;
  }

  @Override
  public Object description() {
    return PyTuple.of("MAP", key.description(), mapped.description());
  }
}
