package dev.naja.internal;

import dev.naja.PyObject;

/** How does a Python object become an instance of a Java interface? */
public final class Binder {
  private Binder() {}

  /**
   * Binds an object.
   *
   * @param <T> the interface
   * @param target the object
   * @param deadline nanoseconds that each call may take; 0 for ever
   * @param type the interface's class
   * @return a new instance
   * @throws dev.naja.PythonException if an attribute is missing or cannot be called so
   * @throws IllegalArgumentException if {@code type} is no interface or cannot be implemented
   */
  public static <T> T bind(PyObject target, long deadline, Class<T> type) {
    BoundInterface face = BoundInterface.bound(type);
    PyObject[] callables = new PyObject[face.callables.size()];
    for (int i = 0; i < callables.length; i++) {
      BoundInterface.Attribute attribute = face.callables.get(i);
      if (!attribute.optional || target.hasAttr(attribute.name)) {
        callables[i] =
            PythonFunction.RESOLVE.call(
                Operations.BY_REFERENCE,
                target,
                attribute.name,
                attribute.arguments,
                face.functional);
      }
    }
    return type.cast(face.instance(new Binding(face, target, deadline, callables)));
  }
}
