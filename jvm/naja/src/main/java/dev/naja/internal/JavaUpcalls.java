package dev.naja.internal;

import dev.naja.PythonException;
import java.lang.reflect.Executable;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What does native code ask when Python uses Java's classes? It looks these methods up by name and
 * signature, and calls them without the GIL.
 */
final class JavaUpcalls {
  private JavaUpcalls() {}

  /**
   * Finds a class by the loaders of the calling thread.
   *
   * @param name {@code java.util.Map.Entry}, {@code java.util.Map$Entry}, {@code int}, {@code
   *     int[][]}
   * @return the class, or a {@code String} that says why there is none
   */
  static Object find(String name) {
    return JavaClasses.find(name);
  }

  /** Whether a loader of the calling thread knows a package, or a package below it. */
  static boolean isPackage(String name) {
    return JavaClasses.isPackage(name);
  }

  /** The simple names of the public classes and of the packages in a package; none if unknown. */
  static String[] packageMembers(String name) {
    return JavaClasses.packageMembers(name).toArray(new String[0]);
  }

  /**
   * What Python makes a type of.
   *
   * @return the class's name; superclass or null; names of static methods, a {@code String[]};
   *     traits, a {@code String[]}; names of all methods, {@code <init>} among them, a {@code
   *     String[]}; {@code Field[]}; name of the functional method or null; simple names of member
   *     classes, a {@code String[]}; why it is refused, or the empty string
   */
  static Object[] describe(Class<?> type) {
    return JavaMembers.describe(type);
  }

  /**
   * Chooses an overload for the shapes of arguments.
   *
   * @param name a method's name, or {@code <init>}
   * @param onInstance whether instance methods count beside the static ones
   * @param shapes see {@link Shape#of}
   * @return an {@code Object[]} of the {@code Executable}, a {@code String} of codes, one for each
   *     parameter, see {@link Fit}, and {@link Invocation#how}; or a {@code String} that says why
   *     there is none
   */
  static Object choose(Class<?> type, String name, boolean onInstance, Object[] shapes) {
    return Overloads.choose(type, name, onInstance, shapes);
  }

  /**
   * An argument as the generic type of a parameter, or as its box where that is primitive.
   *
   * @param record the argument, as {@link CallFrame#decode} reads it
   * @param objects the Java objects that the record refers to
   */
  static Object convert(ByteBuffer record, Object[] objects, Executable member, int parameter) {
    return ArgumentReader.convert(record, objects, member, parameter);
  }

  /** A value as a class, or as its box where that is primitive; see {@link #convert}. */
  static Object convertTo(ByteBuffer record, Object[] objects, Class<?> type) {
    return ArgumentReader.convertTo(record, objects, type);
  }

  /** The record of an object by value where that has one, as {@link CallFrame#encode} gives it. */
  static Object[] value(Object object) {
    return CallFrame.encode(object);
  }

  /** The signatures of the methods of a name, or of the constructors. */
  static String[] signatures(Class<?> type, String name) {
    List<String> signatures = JavaMembers.signatures(type, name);
    return signatures.toArray(new String[0]);
  }

  /** The names of at most three members that a wrong name may mean, the likeliest first. */
  static String[] near(Class<?> type, String name) {
    return JavaMembers.near(type, name).toArray(new String[0]);
  }

  /** A new handle of the Python exception that an exception stands for, or 0. */
  static long pythonException(Throwable thrown) {
    return thrown instanceof PythonException ? PythonFaces.exception((PythonException) thrown) : 0;
  }

  /**
   * A new handle of the Python object that a {@link dev.naja.PyObject} or an instance of a bound
   * interface stands for.
   */
  static long target(Object face) {
    return PythonFaces.target(face);
  }

  /**
   * A new Java object that a Python object implements.
   *
   * @param handle a handle of the Python object, which is taken over
   * @throws IllegalArgumentException if one is no interface, or they cannot be implemented together
   */
  static Object implement(long handle, Class<?>[] interfaces) {
    return Implementation.of(References.get().wrap(handle), interfaces);
  }
}
