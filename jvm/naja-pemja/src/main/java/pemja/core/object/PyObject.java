package pemja.core.object;

import dev.naja.pemja.Calls;
import dev.naja.pemja.Faces;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A Python object, by reference. Thread-safe.
 *
 * <p>{@link #close()} gives the reference back; so does the garbage collector. Methods throw {@link
 * pemja.core.PythonException}, which is checked but not declared, where Python raises, and {@link
 * IllegalStateException} after {@code close()}.
 */
public class PyObject implements AutoCloseable {

  static {
    Faces.set(
        new Faces() {
          @Override
          public PyObject make(dev.naja.PyObject object, boolean generator) {
            return generator ? new PyIterator(object) : new PyObject(object);
          }

          @Override
          public dev.naja.PyObject target(PyObject face) {
            return face.object;
          }
        });
  }

  private static final AtomicLong NUMBERS = new AtomicLong();

  /** A number that no other reference of this class loader has. */
  public final long pyobject;

  final dev.naja.PyObject object;

  PyObject(dev.naja.PyObject object) {
    this.object = object;
    this.pyobject = NUMBERS.incrementAndGet();
  }

  /**
   * An attribute as it is by default in Java.
   *
   * @param attr its name
   * @return its value, null for {@code None}
   */
  public Object getAttr(String attr) {
    return getAttr(attr, Object.class);
  }

  /**
   * An attribute as a Java class.
   *
   * @param <T> the type wanted
   * @param attr its name
   * @param clazz the class wanted
   * @return its value, null for {@code None}
   */
  public <T> T getAttr(String attr, Class<T> clazz) {
    return Calls.attribute(object, attr, clazz);
  }

  /**
   * Sets an attribute.
   *
   * @param attr its name
   * @param value its value, null for {@code None}
   */
  public void setAttr(String attr, Object value) {
    Calls.setAttribute(object, attr, value);
  }

  /**
   * Calls a method.
   *
   * @param name its name
   * @param args the arguments
   * @return the result, null for {@code None}
   */
  public Object invokeMethod(String name, Object... args) {
    return Calls.method(object, name, args);
  }

  /** Gives the reference back. Twice is harmless. */
  @Override
  public void close() throws Exception {
    object.close();
  }

  @Override
  public String toString() {
    return object.toString();
  }
}
