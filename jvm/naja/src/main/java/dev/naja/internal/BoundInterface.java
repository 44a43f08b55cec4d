package dev.naja.internal;

import static org.objectweb.asm.Type.getMethodDescriptor;

import dev.naja.PyObject;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * What an interface, or several at once, ask of a Python object: their methods, the attributes that
 * these call, and the class that implements them. Found out once for each interface that is bound
 * and each list of interfaces that are implemented. Thread-safe.
 */
final class BoundInterface {
  private static final ClassCache<BoundInterface> BOUND =
      new ClassCache<>() {
        @Override
        BoundInterface find(Class<?> type) {
          return new BoundInterface(List.of(type), type, false);
        }
      };

  /**
   * What is implemented, by the class that sees all of its interfaces. Only classes of the JDK's
   * and weak references: what is stored with a class lives as long as that.
   */
  private static final ClassValue<Map<List<Class<?>>, WeakReference<BoundInterface>>> IMPLEMENTED =
      new ClassValue<>() {
        @Override
        protected Map<List<Class<?>>, WeakReference<BoundInterface>> computeValue(Class<?> type) {
          return new HashMap<>();
        }
      };

  final List<Class<?>> types;

  /** The one of the interfaces whose class loader sees all of them. */
  final Class<?> host;

  /**
   * Whether default methods are Python's to override and abstract ones may be missing, as in {@link
   * Implementation}; else all abstract methods must be there, as {@link Binder} has it.
   */
  final boolean implemented;

  final List<BoundMethod> methods = new ArrayList<>();

  /** The attributes to look up. */
  final List<Attribute> callables = new ArrayList<>();

  /** Whether a callable may stand for the one abstract method; the end of a binding is none. */
  final boolean functional;

  private Constructor<?> constructor;
  private volatile PyObject methodsInPython;

  /** An attribute that methods of one name and arity call. */
  static final class Attribute {
    final String name;

    /** How many arguments it is called with; null if that varies. */
    final Integer arguments;

    /** Whether an object without this attribute is fine. */
    final boolean optional;

    Attribute(Method method, boolean optional) {
      this.name = method.getName();
      this.arguments = method.isVarArgs() ? null : Integer.valueOf(method.getParameterCount());
      this.optional = optional;
    }

    boolean isSame(Attribute other) {
      return name.equals(other.name)
          && Objects.equals(arguments, other.arguments)
          && optional == other.optional;
    }
  }

  private BoundInterface(List<Class<?>> types, Class<?> host, boolean implemented) {
    this.types = types;
    this.host = host;
    this.implemented = implemented;
    Map<String, Method> asked = new LinkedHashMap<>();
    Map<Method, Class<?>> origins = new HashMap<>();
    for (Class<?> type : types) {
      for (Method method : inOrder(type.getMethods()).values()) {
        if (isAsked(method)) {
          origins.putIfAbsent(method, type);
          // What the JVM tells apart by nothing is one method. A body wins, then who comes first.
          String signature = method.getName() + getMethodDescriptor(method);
          Method known = asked.putIfAbsent(signature, method);
          if (known != null && !known.isDefault() && method.isDefault()) {
            asked.put(signature, method);
          }
        }
      }
    }
    int calling = 0;
    for (Method method : asked.values()) {
      Class<?> type = origins.get(method);
      Map<TypeVariable<?>, Type> variables = GenericType.variables(type);
      boolean optional = implemented ? method.isDefault() : BoundMethod.closes(method, type);
      int callable = callable(new Attribute(method, optional));
      methods.add(new BoundMethod(method, type, callable, variables));
      calling += optional ? 0 : 1;
    }
    functional = calling == 1;
  }

  /**
   * Reflection gives no order, and a class that was generated before counts on the same one. {@code
   * Method.toString} would do, but brings streams and lambdas into a process that may have none.
   */
  private static Map<String, Method> inOrder(Method[] methods) {
    Map<String, Method> ordered = new TreeMap<>();
    for (Method method : methods) {
      String origin = method.getDeclaringClass().getName();
      ordered.put(method.getName() + getMethodDescriptor(method) + origin, method);
    }
    return ordered;
  }

  /** Whether a method is Python's to give; those that every object has are not, nor bridges. */
  private boolean isAsked(Method method) {
    boolean asked =
        implemented
            ? !Modifier.isStatic(method.getModifiers()) && !method.isBridge()
            : Modifier.isAbstract(method.getModifiers());
    return asked && !BoundMethod.isObjects(method);
  }

  /**
   * Looks at an interface to be bound.
   *
   * @throws IllegalArgumentException if it is none or cannot be implemented
   * @throws dev.naja.PythonConversionException if nothing in Python becomes a method's return type
   */
  static BoundInterface bound(Class<?> type) {
    checkInterface(type, "bound to");
    return BOUND.get(type);
  }

  /**
   * Looks at interfaces to be implemented by one object.
   *
   * @param interfaces at least one, in the order in which they come first where they clash
   * @throws IllegalArgumentException if one is none, or no class loader sees all
   * @throws dev.naja.PythonConversionException if nothing in Python becomes a method's return type
   */
  static BoundInterface implemented(Class<?>... interfaces) {
    if (interfaces.length == 0) {
      throw new IllegalArgumentException("A Python object implements at least one interface.");
    }
    for (Class<?> type : interfaces) {
      checkInterface(type, "implemented by");
    }
    List<Class<?>> types = leaves(interfaces);
    Class<?> host = types.size() == 1 ? types.get(0) : seeingAll(types);
    Map<List<Class<?>>, WeakReference<BoundInterface>> known = IMPLEMENTED.get(host);
    synchronized (known) {
      WeakReference<BoundInterface> reference = known.get(types);
      BoundInterface face = reference == null ? null : reference.get();
      if (face == null) {
        face = new BoundInterface(types, host, true);
        known.put(types, new WeakReference<>(face));
      }
      return face;
    }
  }

  /** What a generated class was made of. */
  static BoundInterface of(Class<?> made) {
    return made.getSuperclass() == Implementation.class
        ? implemented(made.getInterfaces())
        : bound(made.getInterfaces()[0]);
  }

  private static void checkInterface(Class<?> type, String what) {
    if (!type.isInterface() || type.isAnnotation()) {
      throw new IllegalArgumentException(
          "Only an interface can be "
              + what
              + " a Python object, and "
              + type.getName()
              + " is none: declare one with the methods to be called.");
    }
  }

  /** The interfaces without those that others of them extend. */
  private static List<Class<?>> leaves(Class<?>... interfaces) {
    List<Class<?>> leaves = new ArrayList<>();
    for (Class<?> type : interfaces) {
      boolean leaf = !leaves.contains(type);
      for (Class<?> other : interfaces) {
        leaf &= other == type || !type.isAssignableFrom(other);
      }
      if (leaf) {
        leaves.add(type);
      }
    }
    return Collections.unmodifiableList(leaves);
  }

  private static Class<?> seeingAll(List<Class<?>> types) {
    StringJoiner loaders = new StringJoiner(" and ");
    for (Class<?> host : types) {
      if (seesAll(host.getClassLoader(), types)) {
        return host;
      }
      loaders.add(host.getName() + " of class loader " + host.getClassLoader());
    }
    throw new IllegalArgumentException(
        "Cannot implement "
            + loaders
            + " by one object: none of these class loaders sees all of the interfaces. Implement an"
            + " interface that extends them, or load them by one class loader.");
  }

  private static boolean seesAll(ClassLoader loader, List<Class<?>> types) {
    try {
      for (Class<?> type : types) {
        if (Class.forName(type.getName(), false, loader) != type) {
          return false;
        }
      }
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  /** What the generated class extends. */
  Class<? extends Bound> base() {
    return implemented ? Implementation.class : Bound.class;
  }

  /** The interfaces' names, for people. */
  String names() {
    StringJoiner names = new StringJoiner(" and ");
    for (Class<?> type : types) {
      names.add(type.getName());
    }
    return names.toString();
  }

  /** Whether a method ends the binding. An object that implements an interface has no such end. */
  boolean closes(BoundMethod bound) {
    return !implemented && BoundMethod.closes(bound.method, bound.type);
  }

  /** What takes the results, in the order of {@link #methods}. */
  Reader<?>[] readers() {
    Reader<?>[] readers = new Reader<?>[methods.size()];
    for (int i = 0; i < readers.length; i++) {
      readers[i] = methods.get(i).reader;
    }
    return readers;
  }

  /** The {@link #callables}, as {@link Implementation} asks Python for them. */
  PyObject methodsInPython() {
    PyObject known = methodsInPython;
    if (known == null) {
      List<String> names = new ArrayList<>();
      List<Boolean> defaults = new ArrayList<>();
      for (Attribute attribute : callables) {
        names.add(attribute.name);
        defaults.add(attribute.optional);
      }
      known = PythonFunction.METHODS.call(Operations.BY_REFERENCE, names, defaults, functional);
      methodsInPython = known;
    }
    return known;
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
}
