package dev.naja.arrow;

import dev.naja.PyObject;
import dev.naja.PythonConverter;
import org.apache.arrow.vector.FieldVector;

/** Makes {@link FieldVector}s {@code pyarrow.Array}s in Python, and back, wherever values cross. */
public final class VectorConverter implements PythonConverter<FieldVector> {

  /** For {@link java.util.ServiceLoader}. */
  public VectorConverter() {}

  @Override
  public Class<FieldVector> type() {
    return FieldVector.class;
  }

  @Override
  public PyObject toPython(FieldVector value) {
    return Arrow.toPython(value);
  }

  @Override
  public <S extends FieldVector> S toJava(PyObject object, Class<S> type) {
    FieldVector vector = Arrow.vector(Arrow.allocator(), object);
    if (!type.isInstance(vector)) {
      String found = vector.getField().toString();
      vector.close();
      throw Taken.refused(object, type, "it becomes a vector of " + found, null);
    }
    return type.cast(vector);
  }
}
