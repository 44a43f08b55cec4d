package dev.naja.arrow;

import dev.naja.PyObject;
import dev.naja.PythonConverter;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Makes {@link VectorSchemaRoot}s {@code pyarrow.RecordBatch}es in Python, and back, wherever
 * values cross.
 */
public final class BatchConverter implements PythonConverter<VectorSchemaRoot> {

  /** For {@link java.util.ServiceLoader}. */
  public BatchConverter() {}

  @Override
  public Class<VectorSchemaRoot> type() {
    return VectorSchemaRoot.class;
  }

  @Override
  public PyObject toPython(VectorSchemaRoot value) {
    return Arrow.toPython(value);
  }

  @Override
  public <S extends VectorSchemaRoot> S toJava(PyObject object, Class<S> type) {
    return type.cast(Arrow.toJava(Arrow.allocator(), object));
  }
}
