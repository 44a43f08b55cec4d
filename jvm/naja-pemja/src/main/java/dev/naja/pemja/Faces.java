package dev.naja.pemja;

import pemja.core.object.PyObject;

/**
 * How this package makes and opens PEMJA's {@link PyObject}s. The static initializer of that class
 * gives the one implementation.
 */
public abstract class Faces {
  private static volatile Faces instance;

  /** For {@link PyObject} alone. */
  protected Faces() {}

  /**
   * Gives the implementation.
   *
   * @param faces what {@code PyObject} offers
   */
  public static void set(Faces faces) {
    instance = faces;
  }

  static Faces get() {
    Faces faces = instance;
    return faces != null ? faces : load();
  }

  private static Faces load() {
    try {
      Class.forName(PyObject.class.getName(), true, PyObject.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("PyObject is missing although it was just named", e);
    }
    return instance;
  }

  /**
   * A new face.
   *
   * @param object the Python object, which the face owns
   * @param generator whether it is a generator
   * @return a {@code PyIterator} for a generator
   */
  public abstract PyObject make(dev.naja.PyObject object, boolean generator);

  /**
   * The Python object behind a face.
   *
   * @param face any face
   * @return the object, not to be closed
   */
  public abstract dev.naja.PyObject target(PyObject face);
}
