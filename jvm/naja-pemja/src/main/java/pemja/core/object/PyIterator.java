package pemja.core.object;

import dev.naja.pemja.Calls;
import java.util.Iterator;

/**
 * A Python generator, which runs on as Java asks for its elements. Not thread-safe.
 *
 * <p>What the generator raises comes out of {@link #hasNext()}, or of {@link #next()}, as a {@link
 * pemja.core.PythonException}, which is not declared.
 */
@SuppressWarnings("rawtypes") // As PEMJA declares it.
public class PyIterator extends PyObject implements Iterator {
  private final Iterator<Object> elements;

  PyIterator(dev.naja.PyObject generator) {
    super(generator);
    elements = Calls.elements(generator);
  }

  @Override
  public boolean hasNext() {
    return Calls.hasNext(elements);
  }

  @Override
  public Object next() {
    return Calls.next(elements);
  }
}
