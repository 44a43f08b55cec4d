package dev.naja.internal;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What an interface asks of a Python object: its abstract methods, the attributes that they call,
 * and the class that implements them. Found out once for each interface. Immutable.
 */
final class BoundInterface {
  private static final ClassCache<BoundInterface> CACHE =
      new ClassCache<>() {
        @Override
        BoundInterface find(Class<?> type) {
          return new BoundInterface(type);
        }
      };

  final Class<?> type;
  final List<BoundMethod> methods = new ArrayList<>();

  /** The attributes to look up. */
  final List<Attribute> callables = new ArrayList<>();

  /** Whether a callable may stand for the one method; {@code close} does not count. */
  final boolean functional;

  private Constructor<?> constructor;

  /** An attribute that methods of one name and arity call. */
  static final class Attribute {
    final String name;

    /** How many arguments it is called with; null if that varies. */
    final Integer arguments;

    /** Whether an object without this attribute is fine. */
    final boolean optional;

    Attribute(Method method, Class<?> type) {
      name = method.getName();
      arguments = method.isVarArgs() ? null : Integer.valueOf(method.getParameterCount());
      optional = BoundMethod.closes(method, type);
    }

    boolean isSame(Attribute other) {
      return name.equals(other.name)
          && Objects.equals(arguments, other.arguments)
          && optional == other.optional;
    }
  }

  private BoundInterface(Class<?> type) {
    this.type = type;
    Map<TypeVariable<?>, Type> variables = GenericType.variables(type);
    // Reflection gives no order, and a class that was generated before counts on the same one.
    Map<String, Method> ordered = new TreeMap<>();
    for (Method method : type.getMethods()) {
      if (Modifier.isAbstract(method.getModifiers()) && !isObjects(method)) {
        ordered.put(method.toString(), method);
      }
    }
    int calling = 0;
    for (Method method : ordered.values()) {
      methods.add(new BoundMethod(method, callable(new Attribute(method, type)), variables));
      calling += BoundMethod.closes(method, type) ? 0 : 1;
    }
    functional = calling == 1;
  }

  /**
   * Looks at an interface.
   *
   * @throws IllegalArgumentException if it is none or cannot be implemented
   * @throws dev.naja.PythonConversionException if nothing in Python becomes a method's return type
   */
  static BoundInterface of(Class<?> type) {
    if (!type.isInterface() || type.isAnnotation()) {
      throw new IllegalArgumentException(
          "Only an interface can be bound to a Python object, and "
              + type.getName()
              + " is none: declare one with the methods to be called.");
    }
    return CACHE.get(type);
  }

  /** The class's readers, in the order of {@link #methods}. For the classes that are generated. */
  static Reader<?>[] readers(Class<?> type) {
    List<BoundMethod> methods = of(type).methods;
    Reader<?>[] readers = new Reader<?>[methods.size()];
    for (int i = 0; i < readers.length; i++) {
      readers[i] = methods.get(i).reader;
    }
    return readers;
  }

  /** A new instance. */
  Object instance(Binding binding) {
    try {
      return constructor().newInstance(binding);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException) {
        throw (RuntimeException) e.getCause();
      }
      throw (Error) e.getCause();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("a generated class is not abstract, and accessible", e);
    }
  }

  private synchronized Constructor<?> constructor() {
    if (constructor == null) {
      constructor = BoundClassPlace.constructor(this);
    }
    return constructor;
  }

  private int callable(Attribute wanted) {
    for (int i = 0; i < callables.size(); i++) {
      if (callables.get(i).isSame(wanted)) {
        return i;
      }
    }
    callables.add(wanted);
    return callables.size() - 1;
  }

  /** Whether the interface only repeats a method that every object has. */
  private static boolean isObjects(Method method) {
    try {
      Object.class.getMethod(method.getName(), method.getParameterTypes());
      return true;
    } catch (NoSuchMethodException e) {
      return false;
    }
  }
}
