package dev.naja.internal;

import dev.naja.PyObject;
import java.lang.ref.Reference;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What can be done to a Python object, one native call each. Each method throws {@link
 * dev.naja.PythonException} if Python raises, {@link dev.naja.PythonConversionException} if a value
 * cannot cross and {@link IllegalStateException} if a handle is closed.
 */
public final class Operations {
  /** Reads what a value is by default. */
  public static final Reader<Object> BY_DEFAULT = reader(Object.class);

  /** Reads by reference. */
  public static final Reader<PyObject> BY_REFERENCE = reader(PyObject.class);

  /** Reads a bool. */
  public static final Reader<Boolean> BOOLEAN = reader(boolean.class);

  /** Reads nothing. */
  public static final Reader<Void> NOTHING = reader(void.class);

  private static final Reader<Long> LONG = reader(long.class);
  private static final Reader<String> STRING = reader(String.class);

  private Operations() {}

  /**
   * The reader of a type, which is {@code T} or its primitive.
   *
   * @throws dev.naja.PythonConversionException if nothing in Python becomes this type
   */
  @SuppressWarnings("unchecked")
  public static <T> Reader<T> reader(Type type) {
    return (Reader<T>) Readers.of(Objects.requireNonNull(type, "type"));
  }

  /** The reader of lists whose elements another one reads. */
  @SuppressWarnings("unchecked")
  public static <T> Reader<List<T>> listReader(Reader<T> element) {
    return (Reader<List<T>>) (Reader<?>) new CollectionReader(List.class, element);
  }

  /** {@code importlib.import_module(name)}. */
  public static PyObject module(String name) {
    return perform(Native.IMPORT, 0, BY_REFERENCE, name);
  }

  /** A Python object made of a Java value. */
  public static PyObject object(Object value) {
    return PythonFunction.GET_ITEM.call(BY_REFERENCE, new Object[] {value}, 0);
  }

  /**
   * {@code callable(*arguments, **named)}, interrupted after {@code deadline} nanoseconds if not 0.
   */
  public static <T> T call(
      PyObject callable,
      long deadline,
      Object[] arguments,
      Map<String, ?> named,
      Reader<T> reader) {
    CallFrame frame = CallFrame.acquire();
    try {
      for (Object argument : arguments) {
        frame.putValue(argument);
      }
      for (Map.Entry<String, ?> entry : named.entrySet()) {
        frame.putString(Objects.requireNonNull(entry.getKey(), "name of a keyword argument"));
        frame.putValue(entry.getValue());
      }
      long handle = References.get().handle(callable);
      frame.call(handle, arguments.length, named.size(), reader.want(), deadline);
      return frame.get(reader);
    } finally {
      frame.release();
      Reference.reachabilityFence(callable);
    }
  }

  /** {@code object.name}. */
  public static <T> T attribute(PyObject object, String name, Reader<T> reader) {
    return perform(Native.GET_ATTRIBUTE, object, reader, name);
  }

  /** {@code object.name = value}. */
  public static void setAttribute(PyObject object, String name, Object value) {
    perform(Native.SET_ATTRIBUTE, object, NOTHING, name, value);
  }

  /** {@code del object.name}. */
  public static void deleteAttribute(PyObject object, String name) {
    perform(Native.DELETE_ATTRIBUTE, object, NOTHING, name);
  }

  /** {@code object[key]}. */
  public static <T> T item(PyObject object, Object key, Reader<T> reader) {
    return perform(Native.GET_ITEM, object, reader, key);
  }

  /** {@code object[key] = value}. */
  public static void setItem(PyObject object, Object key, Object value) {
    perform(Native.SET_ITEM, object, NOTHING, key, value);
  }

  /** {@code del object[key]}. */
  public static void deleteItem(PyObject object, Object key) {
    perform(Native.DELETE_ITEM, object, NOTHING, key);
  }

  /** The object itself, as the reader takes it. */
  public static <T> T value(PyObject object, Reader<T> reader) {
    return perform(Native.VALUE, object, reader);
  }

  /** {@code len(object)}. */
  public static long length(PyObject object) {
    return perform(Native.LENGTH, object, LONG);
  }

  /** {@code str(object)}. */
  public static String str(PyObject object) {
    return perform(Native.STR, object, STRING);
  }

  /** {@code repr(object)}. */
  public static String repr(PyObject object) {
    return perform(Native.REPR, object, STRING);
  }

  /** {@code object == other}, which may be any Java value. */
  public static boolean equal(PyObject object, Object other) {
    return perform(Native.EQUALS, object, BOOLEAN, other);
  }

  /** {@code hash(object)}. */
  public static long hash(PyObject object) {
    return perform(Native.HASH, object, LONG);
  }

  /** {@code bool(object)}. */
  public static boolean truth(PyObject object) {
    return perform(Native.TRUTH, object, BOOLEAN);
  }

  /** {@code object is other}; {@code other} may be null for {@code None}. */
  public static boolean same(PyObject object, PyObject other) {
    return perform(Native.IS, object, BOOLEAN, other);
  }

  /** {@code isinstance(object, type)}. */
  public static boolean isInstance(PyObject object, PyObject type) {
    return perform(Native.IS_INSTANCE, object, BOOLEAN, type);
  }

  /** The name of {@code type(object)}, with its module unless that is {@code builtins}. */
  public static String typeName(PyObject object) {
    return perform(Native.TYPE_NAME, object, STRING);
  }

  /** {@code dir(object)}. */
  public static List<String> dir(PyObject object) {
    return perform(Native.DIR, object, reader(new GenericType(List.class, String.class)));
  }

  /** {@code iter(object)}. */
  static PyObject iterator(PyObject object) {
    return perform(Native.ITERATE, object, BY_REFERENCE);
  }

  /** {@code next(iterator)} in a tuple, or {@code None} at the end. */
  static <T> T next(PyObject iterator, Reader<T> reader) {
    return perform(Native.NEXT, iterator, reader);
  }

  private static <T> T perform(
      int operation, PyObject object, Reader<T> reader, Object... operands) {
    try {
      return perform(operation, References.get().handle(object), reader, operands);
    } finally {
      Reference.reachabilityFence(object);
    }
  }

  private static <T> T perform(int operation, long object, Reader<T> reader, Object... operands) {
    CallFrame frame = CallFrame.acquire();
    try {
      for (Object operand : operands) {
        frame.putValue(operand);
      }
      frame.operate(operation, object, reader.want());
      return frame.get(reader);
    } finally {
      frame.release();
    }
  }
}
