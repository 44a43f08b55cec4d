package dev.naja.arrow;

import dev.naja.PyObject;
import dev.naja.PythonConverter;
import org.apache.arrow.vector.types.pojo.Schema;

/** Makes {@link Schema}s {@code pyarrow.Schema}s in Python, and back, wherever values cross. */
public final class SchemaConverter implements PythonConverter<Schema> {

  /** For {@link java.util.ServiceLoader}. */
  public SchemaConverter() {}

  @Override
  public Class<Schema> type() {
    return Schema.class;
  }

  @Override
  public PyObject toPython(Schema value) {
    return Arrow.toPython(value);
  }

  @Override
  public <S extends Schema> S toJava(PyObject object, Class<S> type) {
    return type.cast(Arrow.schema(object));
  }
}
