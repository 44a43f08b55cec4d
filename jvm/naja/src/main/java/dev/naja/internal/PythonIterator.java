package dev.naja.internal;

import dev.naja.PyObject;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * A Python iterator as a Java one. It asks Python for the next element when Java asks whether there
 * is one, and gives the iterator back at its end. Not thread-safe.
 *
 * @param <T> the type of the elements
 */
public final class PythonIterator<T> implements Iterator<T> {
  private final PyObject iterator;
  private final Reader<Boolean> step;
  private T element;
  private boolean ahead;

  private PythonIterator(PyObject iterator, Reader<T> reader) {
    this.iterator = iterator;
    this.step = new Step(reader);
  }

  /** Takes the element out of its tuple; false at the end. */
  private final class Step implements Reader<Boolean> {
    private final Reader<T> reader;

    Step(Reader<T> reader) {
      this.reader = reader;
    }

    @Override
    public Boolean read(CallFrame frame) {
      if (frame.takeByte() == Tag.NULL) {
        return false;
      }
      frame.takeInt();
      element = reader.read(frame);
      return true;
    }

    @Override
    public int want() {
      return reader.want();
    }
  }

  /**
   * A new iterator over an object.
   *
   * @param <T> the type of the elements
   * @param object the object
   * @param reader takes an element
   * @return an iterator
   */
  public static <T> Iterator<T> of(PyObject object, Reader<T> reader) {
    return new PythonIterator<>(Operations.iterator(object), reader);
  }

  @Override
  public boolean hasNext() {
    if (!ahead && !iterator.isClosed()) {
      ahead = Operations.next(iterator, step);
      if (!ahead) {
        iterator.close();
      }
    }
    return ahead;
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The Python iterator is at its end");
    }
    T taken = element;
    element = null;
    ahead = false;
    return taken;
  }
}
