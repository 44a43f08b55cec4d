package dev.naja.internal;

import dev.naja.PyObject;
import dev.naja.PyRef;
import dev.naja.PythonConversionException;
import java.util.Map;

/**
 * What every Java object also is that a Python object implements, one or several interfaces at once
 * ({@code @naja.implements}). {@link BoundClass} writes the subclasses.
 *
 * <p>Unlike what is {@linkplain Binder bound}, it is its Python object in all: {@code equals},
 * {@code hashCode} and {@code toString} ask Python; default methods run in Java unless the Python
 * class has an attribute of that name; an abstract method that Python lacks fails when it is
 * called.
 *
 * <p>Attributes are looked up when the object is made; those that are missing then, once more when
 * they are called.
 */
public abstract class Implementation extends Bound {
  private static final Reader<Map<Integer, PyObject>> REFERENCES =
      Operations.reader(new GenericType(Map.class, Integer.class, PyObject.class));

  /**
   * Takes what was looked up.
   *
   * @param binding the object and what its methods call
   */
  protected Implementation(Binding binding) {
    super(binding);
  }

  /**
   * Implements interfaces.
   *
   * @param target the Python object, which is closed if this fails
   * @param interfaces what to implement
   * @return a new object
   * @throws IllegalArgumentException if one is no interface or cannot be implemented, or no class
   *     loader sees all
   */
  static Object of(PyObject target, Class<?>... interfaces) {
    try {
      BoundInterface face = BoundInterface.implemented(interfaces);
      return face.instance(new Binding(face, target, 0, callables(target, face)));
    } catch (Throwable e) {
      target.close();
      throw e;
    }
  }

  private static PyObject[] callables(PyObject target, BoundInterface face) {
    PyObject[] callables = new PyObject[face.callables.size()];
    Map<Integer, PyObject> found =
        PythonFunction.IMPLEMENTED.call(REFERENCES, target, face.methodsInPython());
    for (Map.Entry<Integer, PyObject> entry : found.entrySet()) {
      callables[entry.getKey()] = entry.getValue();
    }
    return callables;
  }

  /**
   * The number by which native code knows what an abstract method calls.
   *
   * @param callable the number as it was when the object was made, or 0
   * @param method which of the methods
   * @throws dev.naja.PythonException {@code NotImplementedError} if Python still lacks the method
   */
  protected static long callable(Implementation object, long callable, int method) {
    return callable != 0 ? callable : object.found(object.face.methods.get(method));
  }

  private long found(BoundMethod bound) {
    PyObject known = known(bound.callable, null);
    if (known == null) {
      // Not in the lock: who looks up waits for the GIL, and who waits for the lock may hold it.
      PyObject found =
          PythonFunction.IMPLEMENTATION.call(
              Operations.BY_REFERENCE,
              target(),
              bound.method.getName(),
              face.functional,
              bound.method.getDeclaringClass().getName());
      known = known(bound.callable, found);
    }
    return References.get().handle(known);
  }

  private PyObject known(int index, PyObject otherwise) {
    synchronized (callables) {
      if (callables[index] == null) {
        callables[index] = otherwise;
      }
      return callables[index];
    }
  }

  /**
   * Python's {@code ==}. Another implemented object stands for its Python object; other values
   * cross as arguments do, by reference if they cannot cross by value.
   */
  @Override
  public final boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    if (other == null) {
      return false;
    }
    try {
      return Operations.equal(target(), other);
    } catch (PythonConversionException e) {
      return Operations.equal(target(), PyRef.of(other));
    }
  }

  /** Python's {@code hash}, folded to 32 bits. */
  @Override
  public final int hashCode() {
    return Long.hashCode(Operations.hash(target()));
  }

  /** Python's {@code str}, or a note that the Python object is closed. */
  @Override
  public final String toString() {
    return isClosed() ? super.toString() : Operations.str(target());
  }
}
