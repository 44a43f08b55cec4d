package dev.naja;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.RandomAccess;

/**
 * A Python tuple in Java: an immutable list, whose elements have names if it was a named tuple.
 *
 * <p>Equals any list of equal elements; names do not count, as in Python. Elements may be null.
 * Thread-safe as far as the elements are.
 */
public final class PyTuple extends AbstractList<Object> implements RandomAccess {
  private final Object[] elements;
  private final String typeName;
  private final List<String> names;

  private PyTuple(Object[] elements, String typeName, List<String> names) {
    this.elements = elements;
    this.typeName = typeName;
    this.names = names;
  }

  /**
   * Makes a tuple.
   *
   * @param elements the elements, which may be null
   * @return a tuple of them, which becomes a {@code tuple} in Python
   */
  public static PyTuple of(Object... elements) {
    return new PyTuple(elements.clone(), "", Collections.emptyList());
  }

  /**
   * Makes a named tuple.
   *
   * @param typeName the name of the named tuple's class
   * @param names the names of the elements, as many and in the same order
   * @param elements the elements, which may be null
   * @return a tuple that becomes a {@code collections.namedtuple} in Python
   * @throws IllegalArgumentException if the class's name is empty, there are not as many names as
   *     elements, or a name is there twice
   */
  public static PyTuple named(String typeName, Collection<String> names, Collection<?> elements) {
    if (typeName.isEmpty()) {
      throw new IllegalArgumentException("a named tuple needs a name for its class");
    }
    List<String> copy = Collections.unmodifiableList(new ArrayList<>(names));
    if (copy.size() != elements.size()) {
      throw new IllegalArgumentException(
          "a named tuple needs a name for each element: "
              + copy.size()
              + " names for "
              + elements.size()
              + " elements");
    }
    for (String name : copy) {
      if (copy.indexOf(name) != copy.lastIndexOf(name)) {
        throw new IllegalArgumentException("a named tuple has the name " + name + " twice");
      }
    }
    return new PyTuple(elements.toArray(), typeName, copy);
  }

  @Override
  public Object get(int index) {
    return elements[index];
  }

  @Override
  public int size() {
    return elements.length;
  }

  @Override
  public Object[] toArray() {
    return Arrays.copyOf(elements, elements.length, Object[].class);
  }

  /**
   * Returns the element that has a name.
   *
   * @param name one of {@link #names()}
   * @return the element
   * @throws NoSuchElementException if no element has this name
   */
  public Object get(String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new NoSuchElementException("no element " + name + " in a tuple with names " + names);
    }
    return elements[index];
  }

  /**
   * Returns the names of the elements.
   *
   * @return as many names as elements, or none if this is not a named tuple; unmodifiable
   */
  public List<String> names() {
    return names;
  }

  /**
   * Returns the name of the named tuple's class.
   *
   * @return its name without module, or an empty string if this is not a named tuple
   */
  public String typeName() {
    return typeName;
  }
}
