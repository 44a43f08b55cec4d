package dev.naja.flink.datastream;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.tuple.Tuple;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;

/** Flink's tuples, which are tuples in Python. */
final class TupleBridge<T extends Tuple> extends TypeBridge<T> {
  private final Fields fields;

  TupleBridge(TupleTypeInfo<T> type, Pickles pickles) {
    TypeInformation<?>[] types = new TypeInformation<?>[type.getArity()];
    for (int i = 0; i < types.length; i++) {
      types[i] = type.getTypeAt(i);
    }
    fields = new Fields("a tuple", type.getFieldNames(), types, pickles);
  }

  @Override
  public Object toPython(T tuple) {
    if (tuple == null) {
      return null;
    }
    Object[] values = new Object[fields.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = fields.toPython(i, tuple.getField(i));
    }
    return values;
  }

  @Override
  @SuppressWarnings("unchecked")
  public T fromPython(Object value) {
    if (value == null) {
      return null;
    }
    Object[] values = fields.fromPython(value);
    T tuple = (T) Tuple.newInstance(values.length);
    for (int i = 0; i < values.length; i++) {
      tuple.setField(values[i], i);
    }
    return tuple;
  }

  @Override
  public Object description() {
    return fields.tuple();
  }
}
