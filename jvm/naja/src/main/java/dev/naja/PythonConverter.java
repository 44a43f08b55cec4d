package dev.naja;

/**
 * How objects of a Java class that naja does not know become Python objects, and back: what a
 * library offers so that its class is an argument of calls, and a result by {@code callAs}, {@code
 * as} and bound interfaces, like any other.
 *
 * <p>Converters are found once, by {@link java.util.ServiceLoader} with naja's class loader, when a
 * class is met for the first time that naja itself does not convert. The class that fits best
 * decides among several. A value of such a class inside of another (an element of a list) is
 * converted too. Java objects that Python calls keep theirs: what their methods return stays a Java
 * object, and {@code naja.value} converts it.
 *
 * <p>An implementation is thread-safe. It may call Python, which {@link Python#running()} gives.
 *
 * @param <T> the class whose objects it converts
 */
public interface PythonConverter<T> {

  /**
   * The class whose objects, and those of its subclasses, this converts.
   *
   * @return the class
   */
  Class<T> type();

  /**
   * Makes a Python object.
   *
   * @param value not null
   * @return a new object, which naja closes when the call that it is for has returned
   * @throws PythonConversionException if there is none for this value
   */
  PyObject toPython(T value);

  /**
   * Makes a Java object.
   *
   * @param <S> the class that was asked for
   * @param object any Python object but {@code None}, which naja closes afterwards
   * @param type the class that was asked for
   * @return the object, never null
   * @throws PythonConversionException if nothing of that class can be made of it
   */
  <S extends T> S toJava(PyObject object, Class<S> type);
}
