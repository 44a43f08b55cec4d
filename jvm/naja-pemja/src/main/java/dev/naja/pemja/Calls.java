package dev.naja.pemja;

import dev.naja.PyObject;
import dev.naja.internal.CallFrame;
import dev.naja.internal.PythonIterator;
import dev.naja.internal.UnframedCall;
import java.util.Iterator;
import java.util.Map;

/** How is a Python object called by PEMJA's rules? Each method raises as {@link Failures} says. */
public final class Calls {
  private static final Object[] NONE = {};
  private static final Object[] NULL = {null};

  private Calls() {}

  /**
   * The arguments of a method of variable arity.
   *
   * @param arguments what it got: null, of {@code f(null)}, is one null
   * @return an array that is not null
   */
  public static Object[] positional(Object[] arguments) {
    return arguments == null ? NULL : arguments;
  }

  /** Calls a callable, whose arguments are given where they go by reference. */
  static Object call(UnframedCall known, Object[] arguments, Map<String, Object> named) {
    if (arguments.length == 1
        && arguments[0] instanceof Double
        && (named == null || named.isEmpty())
        && known.isUsual()) {
      try {
        return known.call((Double) arguments[0], Results.READER);
      } catch (Throwable e) {
        throw Failures.raise(e);
      }
    }
    return call(known.callable(), arguments, named);
  }

  private static Object call(PyObject callable, Object[] arguments, Map<String, Object> named) {
    int names = named == null ? 0 : named.size();
    CallFrame frame = CallFrame.acquire();
    try {
      boolean given = Arguments.put(frame, arguments);
      if (names == 0 && !given) {
        return frame.call(callable, arguments.length, 0, Results.READER);
      }
      frame.putPyObject(callable);
      if (names > 0) {
        Arguments.put(frame, named);
      }
      PyObject giving = PemjaFunction.GIVING.get();
      return frame.call(giving, arguments.length + 1, names, 0, Results.READER);
    } catch (Throwable e) {
      throw Failures.raise(e);
    } finally {
      frame.release();
    }
  }

  /**
   * Calls a function of the module's own, which gives what it passes on.
   *
   * @param context what the function itself takes
   * @param text what else it takes, texts
   */
  static Object call(
      PemjaFunction function,
      PyObject context,
      String[] text,
      Object[] arguments,
      Map<String, Object> named) {
    CallFrame frame = CallFrame.acquire();
    try {
      frame.putPyObject(context);
      for (String each : text) {
        frame.putString(each);
      }
      Arguments.put(frame, arguments);
      int names = 0;
      if (named != null) {
        Arguments.put(frame, named);
        names = named.size();
      }
      int count = 1 + text.length + arguments.length;
      return frame.call(function.get(), count, names, 0, Results.READER);
    } catch (Throwable e) {
      throw Failures.raise(e);
    } finally {
      frame.release();
    }
  }

  /**
   * An attribute of an object.
   *
   * @param <T> the type wanted
   * @param object the object
   * @param name the attribute's name
   * @param type the class wanted
   * @return its value
   */
  public static <T> T attribute(PyObject object, String name, Class<T> type) {
    open(object);
    return Wanted.as(type, call(PemjaFunction.ATTRIBUTE, object, new String[] {name}, NONE, null));
  }

  /**
   * Sets an attribute of an object.
   *
   * @param object the object
   * @param name the attribute's name
   * @param value its value
   */
  public static void setAttribute(PyObject object, String name, Object value) {
    open(object);
    call(PemjaFunction.SET_ATTRIBUTE, object, new String[] {name}, new Object[] {value}, null);
  }

  /**
   * Calls a method of an object.
   *
   * @param object the object
   * @param name the method's name
   * @param arguments its arguments
   * @return the result
   */
  public static Object method(PyObject object, String name, Object[] arguments) {
    open(object);
    return call(PemjaFunction.METHOD, object, new String[] {name}, positional(arguments), null);
  }

  private static void open(PyObject object) {
    if (object.isClosed()) {
      throw new IllegalStateException(
          "This Python object is closed: close() was called on it. Close an object after its last"
              + " use.");
    }
  }

  /**
   * The elements of a generator.
   *
   * @param generator the generator
   * @return an iterator, for {@link #hasNext} and {@link #next}
   */
  public static Iterator<Object> elements(PyObject generator) {
    return PythonIterator.of(generator, Results.READER);
  }

  /**
   * Whether there is another element.
   *
   * @param elements what {@link #elements} gave
   * @return false at the end
   */
  public static boolean hasNext(Iterator<Object> elements) {
    try {
      return elements.hasNext();
    } catch (Throwable e) {
      throw Failures.raise(e);
    }
  }

  /**
   * The next element.
   *
   * @param elements what {@link #elements} gave
   * @return the element
   * @throws java.util.NoSuchElementException at the end
   */
  public static Object next(Iterator<Object> elements) {
    hasNext(elements);
    return elements.next();
  }
}
