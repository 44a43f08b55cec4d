package dev.naja;

import dev.naja.internal.AsyncCall;
import dev.naja.internal.Binder;
import dev.naja.internal.Handle;
import dev.naja.internal.Operations;
import dev.naja.internal.PythonFunction;
import dev.naja.internal.PythonIterator;
import dev.naja.internal.Reader;
import dev.naja.internal.References;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * A Python object, by reference.
 *
 * <p>It keeps the Python object alive until {@link #close()}, or until it is garbage and naja makes
 * or closes another one. Values that go in and out are converted as {@code docs/conversion.md}
 * tells: what Java has a counterpart for goes by value, everything else by reference.
 *
 * <p>All methods may be called on any thread, and hold Python's GIL only while they run. What
 * Python raises comes as a {@link PythonException}; a value that does not fit its Java type as a
 * {@link PythonConversionException}; use after {@code close()} as an {@link IllegalStateException}.
 *
 * <p>{@link #equals}, {@link #hashCode} and {@link #toString} are Python's {@code ==}, {@code hash}
 * and {@code str}, so they may run Python code, and throw what it raises: a list has no hash.
 */
public final class PyObject implements AutoCloseable, Iterable<Object> {

  static {
    References.set(
        new References() {
          @Override
          public PyObject wrap(long handle) {
            return new PyObject(new Handle(handle), 0);
          }

          @Override
          public long handle(PyObject object) {
            return object.handle.value();
          }

          @Override
          public <T> T bind(PyObject object, Class<T> type) {
            return object.bind(type);
          }
        });
  }

  private final Handle handle;
  private final long deadline;

  private PyObject(Handle handle, long deadline) {
    this.handle = handle;
    this.deadline = deadline;
  }

  /**
   * An attribute: Python's {@code self.name}.
   *
   * @param name its name
   * @return the attribute, by reference
   * @throws PythonException {@code AttributeError} if there is none
   */
  public PyObject attr(String name) {
    return Operations.attribute(this, named(name), Operations.BY_REFERENCE);
  }

  /**
   * An attribute as a Java type.
   *
   * @param <T> the type wanted
   * @param name its name
   * @param type the class wanted
   * @return the attribute's value
   * @throws PythonException {@code AttributeError} if there is none
   * @throws PythonConversionException if the value does not fit the type
   */
  public <T> T attr(String name, Class<T> type) {
    return Operations.attribute(this, named(name), Operations.<T>reader(type));
  }

  /**
   * An attribute as a generic Java type.
   *
   * @param <T> the type wanted
   * @param name its name
   * @param type the type wanted
   * @return the attribute's value
   * @throws PythonException {@code AttributeError} if there is none
   * @throws PythonConversionException if the value does not fit the type
   */
  public <T> T attr(String name, TypeRef<T> type) {
    return Operations.attribute(this, named(name), Operations.<T>reader(type.type()));
  }

  /**
   * Sets an attribute: Python's {@code self.name = value}.
   *
   * @param name its name
   * @param value the value, null for {@code None}
   */
  public void setAttr(String name, Object value) {
    Operations.setAttribute(this, named(name), value);
  }

  /**
   * Deletes an attribute: Python's {@code del self.name}.
   *
   * @param name its name
   * @throws PythonException {@code AttributeError} if there is none
   */
  public void delAttr(String name) {
    Operations.deleteAttribute(this, named(name));
  }

  /**
   * Whether there is an attribute: Python's {@code hasattr(self, name)}.
   *
   * @param name its name
   * @return true if {@link #attr} finds it
   */
  public boolean hasAttr(String name) {
    return PythonFunction.HAS_ATTRIBUTE.call(Operations.BOOLEAN, this, named(name));
  }

  /**
   * An item: Python's {@code self[key]}.
   *
   * @param key an index of a sequence, a key of a mapping, or what else the object takes
   * @return the item, by reference
   * @throws PythonException {@code IndexError}, {@code KeyError} or what else the object raises
   */
  public PyObject item(Object key) {
    return Operations.item(this, key, Operations.BY_REFERENCE);
  }

  /**
   * An item as a Java type.
   *
   * @param <T> the type wanted
   * @param key an index of a sequence, a key of a mapping, or what else the object takes
   * @param type the class wanted
   * @return the item's value
   * @throws PythonException {@code IndexError}, {@code KeyError} or what else the object raises
   * @throws PythonConversionException if the value does not fit the type
   */
  public <T> T item(Object key, Class<T> type) {
    return Operations.item(this, key, Operations.<T>reader(type));
  }

  /**
   * An item as a generic Java type.
   *
   * @param <T> the type wanted
   * @param key an index of a sequence, a key of a mapping, or what else the object takes
   * @param type the type wanted
   * @return the item's value
   * @throws PythonException {@code IndexError}, {@code KeyError} or what else the object raises
   * @throws PythonConversionException if the value does not fit the type
   */
  public <T> T item(Object key, TypeRef<T> type) {
    return Operations.item(this, key, Operations.<T>reader(type.type()));
  }

  /**
   * Sets an item: Python's {@code self[key] = value}.
   *
   * @param key an index of a sequence, a key of a mapping, or what else the object takes
   * @param value the value, null for {@code None}
   */
  public void setItem(Object key, Object value) {
    Operations.setItem(this, key, value);
  }

  /**
   * Deletes an item: Python's {@code del self[key]}.
   *
   * @param key an index of a sequence, a key of a mapping, or what else the object takes
   */
  public void delItem(Object key) {
    Operations.deleteItem(this, key);
  }

  /**
   * Whether there is an element: Python's {@code value in self}.
   *
   * @param value an element of a collection, a key of a mapping, or a part of a text
   * @return true if it is there
   */
  public boolean contains(Object value) {
    return PythonFunction.CONTAINS.call(Operations.BOOLEAN, this, value);
  }

  /**
   * Calls the object.
   *
   * <p>The result is what its Python type is by default in Java, and {@code T} is what the caller
   * expects that to be: {@code double y = f.call(x)}, {@code PyObject model = type.call()}. As with
   * any cast that the compiler cannot check, a result of another class is a {@link
   * ClassCastException} in the caller; {@link #callAs} converts to a type, and {@link #invoke}
   * gives the result by reference whatever it is, for chains such as {@code f.invoke(x).attr("y")}.
   *
   * @param <T> what the caller expects by default: {@code Long} for an int, {@code Double} for a
   *     float, {@code PyObject} for an instance of a Python class
   * @param arguments positional arguments; null for {@code None}
   * @return the result, null for {@code None}
   * @throws PythonException what Python raises
   * @throws PythonTimeoutException if a deadline was set and has passed
   */
  @SuppressWarnings("unchecked")
  public <T> T call(Object... arguments) {
    return (T) called(Operations.BY_DEFAULT, arguments, Map.of());
  }

  /**
   * Calls the object with keyword arguments.
   *
   * @param <T> what the caller expects by default, see {@link #call(Object...)}
   * @param arguments positional arguments
   * @param named keyword arguments, by name
   * @return the result, null for {@code None}
   * @throws PythonException what Python raises
   * @throws PythonTimeoutException if a deadline was set and has passed
   */
  @SuppressWarnings("unchecked")
  public <T> T call(Object[] arguments, Map<String, ?> named) {
    return (T) called(Operations.BY_DEFAULT, arguments, named);
  }

  /**
   * Calls the object and converts its result.
   *
   * @param <T> the type wanted
   * @param type the class wanted, {@code int.class} too; {@code PyObject.class} for the result by
   *     reference
   * @param arguments positional arguments; null for {@code None}
   * @return the result
   * @throws PythonException what Python raises
   * @throws PythonConversionException if the result does not fit the type
   * @throws PythonTimeoutException if a deadline was set and has passed
   */
  public <T> T callAs(Class<T> type, Object... arguments) {
    return called(Operations.<T>reader(type), arguments, Map.of());
  }

  /**
   * Calls the object and converts its result to a generic type.
   *
   * @param <T> the type wanted
   * @param type the type wanted, such as {@code new TypeRef<Map<String, Long>>() {}}
   * @param arguments positional arguments; null for {@code None}
   * @return the result
   * @throws PythonException what Python raises
   * @throws PythonConversionException if the result does not fit the type
   * @throws PythonTimeoutException if a deadline was set and has passed
   */
  public <T> T callAs(TypeRef<T> type, Object... arguments) {
    return called(Operations.<T>reader(type.type()), arguments, Map.of());
  }

  /**
   * Calls the object with keyword arguments and converts its result.
   *
   * @param <T> the type wanted
   * @param type the class wanted
   * @param arguments positional arguments
   * @param named keyword arguments, by name
   * @return the result
   * @throws PythonException what Python raises
   * @throws PythonConversionException if the result does not fit the type
   * @throws PythonTimeoutException if a deadline was set and has passed
   */
  public <T> T callAs(Class<T> type, Object[] arguments, Map<String, ?> named) {
    return called(Operations.<T>reader(type), arguments, named);
  }

  /**
   * Calls the object with keyword arguments and converts its result to a generic type.
   *
   * @param <T> the type wanted
   * @param type the type wanted
   * @param arguments positional arguments
   * @param named keyword arguments, by name
   * @return the result
   * @throws PythonException what Python raises
   * @throws PythonConversionException if the result does not fit the type
   * @throws PythonTimeoutException if a deadline was set and has passed
   */
  public <T> T callAs(TypeRef<T> type, Object[] arguments, Map<String, ?> named) {
    return called(Operations.<T>reader(type.type()), arguments, named);
  }

  /**
   * Calls the object and takes the result by reference, so that calls can be chained.
   *
   * @param arguments positional arguments; null for {@code None}
   * @return the result, by reference whatever its type
   * @throws PythonException what Python raises
   * @throws PythonTimeoutException if a deadline was set and has passed
   */
  public PyObject invoke(Object... arguments) {
    return called(Operations.BY_REFERENCE, arguments, Map.of());
  }

  private <T> T called(Reader<T> reader, Object[] arguments, Map<String, ?> named) {
    // call(null) reaches a method of variable arity as no array at all.
    Object[] positional = arguments == null ? new Object[1] : arguments;
    return Operations.call(this, deadline, positional, named, reader);
  }

  /**
   * Calls the object, a coroutine function, on naja's event loop and does not wait.
   *
   * <p>All such calls run on one thread of Python's, which {@code await} passes from one to the
   * other. Whoever ends the future first ends the coroutine too: {@code cancel}, {@code orTimeout}
   * and {@code complete} make it meet {@code asyncio.CancelledError}. A deadline of {@link
   * #withTimeout} is not for calls that do not wait: give the future one by {@code orTimeout}.
   *
   * <p>What depends on the future runs on the event loop's thread and holds up all coroutines
   * meanwhile, unless it is told to run elsewhere as by {@code thenApplyAsync}; there it must never
   * wait for another such call.
   *
   * @param arguments positional arguments; null for {@code None}
   * @return the result, as it is by default in Java. The future fails with a {@link
   *     PythonException} where Python raises, {@code TypeError} where the object returns nothing
   *     that can be awaited; with a {@link PythonConversionException} where the result cannot
   *     cross; and with a {@link java.util.concurrent.CancellationException} where the coroutine
   *     was cancelled
   * @throws PythonConversionException if an argument has no lossless counterpart
   */
  public CompletableFuture<Object> callAsync(Object... arguments) {
    return calledAsync(Operations.BY_DEFAULT, arguments, Map.of());
  }

  /**
   * Calls the object, a coroutine function, with keyword arguments and does not wait; see {@link
   * #callAsync(Object...)}.
   *
   * @param arguments positional arguments
   * @param named keyword arguments, by name
   * @return the result, as it is by default in Java
   * @throws PythonConversionException if an argument has no lossless counterpart
   */
  public CompletableFuture<Object> callAsync(Object[] arguments, Map<String, ?> named) {
    return calledAsync(Operations.BY_DEFAULT, arguments, named);
  }

  /**
   * Calls the object, a coroutine function, and converts its result without waiting for it; see
   * {@link #callAsync(Object...)}.
   *
   * @param <T> the type wanted
   * @param type the class wanted; {@code PyObject.class} for the result by reference
   * @param arguments positional arguments; null for {@code None}
   * @return the result
   * @throws PythonConversionException if an argument has no lossless counterpart
   */
  public <T> CompletableFuture<T> callAsyncAs(Class<T> type, Object... arguments) {
    return calledAsync(Operations.<T>reader(type), arguments, Map.of());
  }

  /**
   * Calls the object, a coroutine function, and converts its result to a generic type without
   * waiting for it; see {@link #callAsync(Object...)}.
   *
   * @param <T> the type wanted
   * @param type the type wanted
   * @param arguments positional arguments; null for {@code None}
   * @return the result
   * @throws PythonConversionException if an argument has no lossless counterpart
   */
  public <T> CompletableFuture<T> callAsyncAs(TypeRef<T> type, Object... arguments) {
    return calledAsync(Operations.<T>reader(type.type()), arguments, Map.of());
  }

  /**
   * Calls the object, a coroutine function, with keyword arguments and converts its result without
   * waiting for it; see {@link #callAsync(Object...)}.
   *
   * @param <T> the type wanted
   * @param type the class wanted
   * @param arguments positional arguments
   * @param named keyword arguments, by name
   * @return the result
   * @throws PythonConversionException if an argument has no lossless counterpart
   */
  public <T> CompletableFuture<T> callAsyncAs(
      Class<T> type, Object[] arguments, Map<String, ?> named) {
    return calledAsync(Operations.<T>reader(type), arguments, named);
  }

  /**
   * Calls the object, a coroutine function, with keyword arguments and converts its result to a
   * generic type without waiting for it; see {@link #callAsync(Object...)}.
   *
   * @param <T> the type wanted
   * @param type the type wanted
   * @param arguments positional arguments
   * @param named keyword arguments, by name
   * @return the result
   * @throws PythonConversionException if an argument has no lossless counterpart
   */
  public <T> CompletableFuture<T> callAsyncAs(
      TypeRef<T> type, Object[] arguments, Map<String, ?> named) {
    return calledAsync(Operations.<T>reader(type.type()), arguments, named);
  }

  private <T> CompletableFuture<T> calledAsync(
      Reader<T> reader, Object[] arguments, Map<String, ?> named) {
    Object[] positional = arguments == null ? new Object[1] : arguments;
    return AsyncCall.start(this, positional, named, reader);
  }

  /**
   * The object as a Java type.
   *
   * @param <T> the type wanted
   * @param type the class wanted; {@code Object.class} for what it is by default
   * @return the value
   * @throws PythonConversionException if the object does not fit the type
   */
  public <T> T as(Class<T> type) {
    return Operations.value(this, Operations.<T>reader(type));
  }

  /**
   * The object as a generic Java type.
   *
   * @param <T> the type wanted
   * @param type the type wanted
   * @return the value
   * @throws PythonConversionException if the object does not fit the type
   */
  public <T> T as(TypeRef<T> type) {
    return Operations.value(this, Operations.<T>reader(type.type()));
  }

  /**
   * An implementation of a Java interface by this object.
   *
   * <p>Each abstract method calls the attribute of its name, or of its name in snake case; the one
   * abstract method of a functional interface calls the object itself if it has neither. Attributes
   * are looked up now, once, and their signatures are checked where Python knows them. Arguments
   * are converted as anywhere, the last one of a method of variable arity is spread; results are
   * converted to the method's return type with its type arguments. Default methods run in Java.
   * {@code close()} of an {@link AutoCloseable} interface calls the object's {@code close} if it
   * has one, and then releases the binding.
   *
   * <p>The instance is safe for use by any thread, keeps this object alive, is equal to itself
   * alone, and is this object again where it is passed to Python. Its calls have the deadline of
   * {@link #withTimeout}.
   *
   * @param <T> the interface
   * @param type an interface; one that is not public must be in a package that naja may define a
   *     class in: on the class path any, in a named module one that is open to {@code dev.naja}
   * @return an instance of the interface
   * @throws PythonException {@code AttributeError} or {@code TypeError} if an attribute is missing
   *     or cannot be called with that many arguments
   * @throws IllegalArgumentException if {@code type} is no interface or cannot be implemented
   */
  public <T> T bind(Class<T> type) {
    return Binder.bind(this, deadline, type);
  }

  /**
   * Iterates over the object, with elements as they are by default: Python's {@code iter(self)}.
   *
   * @return an iterator, not thread-safe, that throws what Python raises
   * @throws PythonException {@code TypeError} if the object is not iterable
   */
  @Override
  public Iterator<Object> iterator() {
    return PythonIterator.of(this, Operations.BY_DEFAULT);
  }

  /**
   * Iterates over the object.
   *
   * @param <T> the type of the elements
   * @param type their class
   * @return a view that asks Python for a new iterator at each use
   */
  public <T> Iterable<T> iterate(Class<T> type) {
    Reader<T> reader = Operations.reader(type);
    return () -> PythonIterator.of(this, reader);
  }

  /**
   * The number of elements: Python's {@code len(self)}.
   *
   * @return the length
   * @throws PythonException {@code TypeError} if the object has none
   */
  public long length() {
    return Operations.length(this);
  }

  /**
   * The object as text for people: Python's {@code str(self)}.
   *
   * @return the text
   */
  public String str() {
    return Operations.str(this);
  }

  /**
   * The object as text for programmers: Python's {@code repr(self)}.
   *
   * @return the text
   */
  public String repr() {
    return Operations.repr(this);
  }

  /**
   * Whether two Python objects are the same one: Python's {@code self is other}.
   *
   * @param other another object, null for {@code None}
   * @return true if both are references to one object
   */
  public boolean is(PyObject other) {
    return Operations.same(this, other);
  }

  /**
   * Whether the object is {@code None}.
   *
   * @return true if it is
   */
  public boolean isNone() {
    return Operations.same(this, null);
  }

  /**
   * The object's truth: Python's {@code bool(self)}.
   *
   * @return false for {@code None}, zero and what is empty
   */
  public boolean isTrue() {
    return Operations.truth(this);
  }

  /**
   * Whether the object can be called: Python's {@code callable(self)}.
   *
   * @return true if it can
   */
  public boolean isCallable() {
    return PythonFunction.IS_CALLABLE.call(Operations.BOOLEAN, this);
  }

  /**
   * Whether the object is an instance: Python's {@code isinstance(self, type)}.
   *
   * @param type a Python class or a tuple of classes
   * @return true if it is
   */
  public boolean isInstance(PyObject type) {
    return Operations.isInstance(this, Objects.requireNonNull(type, "type"));
  }

  /**
   * The name of the object's class.
   *
   * @return its qualified name, with the module in front unless that is {@code builtins}
   */
  public String typeName() {
    return Operations.typeName(this);
  }

  /**
   * The names of the object's attributes: Python's {@code dir(self)}.
   *
   * @return the names, in Python's order
   */
  public List<String> dir() {
    return Operations.dir(this);
  }

  /**
   * This object with a deadline for each of its calls.
   *
   * <p>Python code that is still running when it passes is interrupted between two of its
   * instructions, and the call throws a {@link PythonTimeoutException}. A function written in C,
   * such as {@code time.sleep} or a NumPy routine, is not interrupted: the exception comes when it
   * returns to Python code, and where Java called it directly its result comes, late. See {@code
   * docs/threads.md}.
   *
   * @param timeout how long a call may take; longer than zero
   * @return a view of the same reference, whose {@code call}, {@code callAs} and {@code invoke} and
   *     whose bindings have the deadline; closing one closes both
   * @throws IllegalArgumentException if the timeout is zero or negative
   */
  public PyObject withTimeout(Duration timeout) {
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException(
          "The timeout must be longer than zero, but is " + timeout + ".");
    }
    long nanos;
    try {
      nanos = timeout.toNanos();
    } catch (ArithmeticException e) {
      nanos = Long.MAX_VALUE;
    }
    return new PyObject(handle, nanos);
  }

  /** Another object with this one's deadline: another view of the same reference. */
  PyObject deadlineOnto(PyObject other) {
    return new PyObject(other.handle, deadline);
  }

  /**
   * Whether {@link #close()} was called.
   *
   * @return true if the reference was given back
   */
  public boolean isClosed() {
    return handle.isClosed();
  }

  /**
   * Gives the reference back. Later use throws {@link IllegalStateException}; twice is harmless.
   */
  @Override
  public void close() {
    handle.close();
  }

  /**
   * Python's {@code self == other}.
   *
   * @param other any object
   * @return true if it is a {@code PyObject} and Python says that both are equal
   * @throws PythonException what {@code __eq__} raises
   */
  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof PyObject && Operations.equal(this, (PyObject) other));
  }

  /**
   * Python's {@code hash(self)}, folded to 32 bits.
   *
   * @return the hash
   * @throws PythonException {@code TypeError} if the object has none, or what {@code __hash__}
   *     raises
   */
  @Override
  public int hashCode() {
    return Long.hashCode(Operations.hash(this));
  }

  /**
   * Python's {@code str(self)}.
   *
   * @return the text, or a note that the object is closed
   * @throws PythonException what {@code __str__} raises
   */
  @Override
  public String toString() {
    return isClosed() ? "a Python object that is closed" : str();
  }

  private static String named(String name) {
    return Objects.requireNonNull(name, "name of an attribute");
  }
}
