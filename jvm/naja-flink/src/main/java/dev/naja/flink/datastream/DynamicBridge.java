package dev.naja.flink.datastream;

import org.apache.flink.api.java.tuple.Tuple;
import org.apache.flink.types.Row;

/** Values of a type that nobody has said: scalars, collections, records and tuples do. */
final class DynamicBridge extends TypeBridge<Object> {

  @Override
  public Object toPython(Object value) {
    if (value instanceof Tuple) {
      Tuple tuple = (Tuple) value;
      Object[] values = new Object[tuple.getArity()];
      for (int i = 0; i < values.length; i++) {
        values[i] = tuple.getField(i);
      }
      return values;
    }
    if (value instanceof Row) {
      throw new IllegalArgumentException(
          "The fields of a Row have names for Python only if its type is said: call the function's"
              + " on(stream), or StreamFunction.withInputs(type).");
    }
    return value;
  }

  @Override
  public Object fromPython(Object value) {
    return value;
  }

  @Override
  public Object description() {
    return "RAW";
  }
}
