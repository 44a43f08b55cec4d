package dev.naja.flink.datastream;

import dev.naja.PyObject;
import dev.naja.PythonConversionException;

/** Values that only Python reads: they cross by reference. */
final class PickleBridge extends TypeBridge<PythonValue> {
  private final Pickles pickles;

  PickleBridge(Pickles pickles) {
    this.pickles = pickles;
  }

  @Override
  public Object toPython(PythonValue value) {
    return value == null ? null : value.in(pickles);
  }

  @Override
  public PythonValue fromPython(Object value) {
    if (value == null) {
      return null;
    }
    if (!(value instanceof PyObject)) {
      throw new PythonConversionException("Python has not wrapped a value of its own: " + value);
    }
    return PythonValue.of((PyObject) value, pickles);
  }

  @Override
  public Object description() {
    return "PICKLED";
  }
}
