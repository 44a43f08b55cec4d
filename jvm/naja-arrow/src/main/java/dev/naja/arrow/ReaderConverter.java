package dev.naja.arrow;

import dev.naja.PyObject;
import dev.naja.PythonConverter;
import org.apache.arrow.vector.ipc.ArrowReader;

/**
 * Makes {@link ArrowReader}s {@code pyarrow.RecordBatchReader}s in Python, and back, wherever
 * values cross.
 */
public final class ReaderConverter implements PythonConverter<ArrowReader> {

  /** For {@link java.util.ServiceLoader}. */
  public ReaderConverter() {}

  @Override
  public Class<ArrowReader> type() {
    return ArrowReader.class;
  }

  @Override
  public PyObject toPython(ArrowReader value) {
    return Arrow.toPython(value);
  }

  @Override
  public <S extends ArrowReader> S toJava(PyObject object, Class<S> type) {
    if (!type.isAssignableFrom(StreamReader.class)) {
      throw Taken.refused(object, type, "take it as an " + ArrowReader.class.getName(), null);
    }
    return type.cast(Arrow.reader(Arrow.allocator(), object));
  }
}
