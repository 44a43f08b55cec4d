package dev.naja.flink.datastream;

import dev.naja.internal.CellValues;

/** Values that the core converts by their class alone. */
final class ScalarBridge<T> extends TypeBridge<T> {
  private final Class<T> type;
  private final String name;

  ScalarBridge(Class<T> type, String name) {
    this.type = type;
    this.name = name;
  }

  @Override
  public Object toPython(T value) {
    return value;
  }

  @Override
  public T fromPython(Object value) {
    return value == null ? null : CellValues.as(type, value);
  }

  @Override
  public Object description() {
    return name;
  }
}
