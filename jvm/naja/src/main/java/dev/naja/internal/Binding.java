package dev.naja.internal;

import dev.naja.PyObject;

/** What {@link Binder} hands to a new instance of a bound interface. */
public final class Binding {
  final Class<?> type;
  final PyObject target;
  final long deadline;

  /** What the methods call, in the order of {@link BoundInterface#callables}; null for none. */
  final PyObject[] callables;

  Binding(Class<?> type, PyObject target, long deadline, PyObject[] callables) {
    this.type = type;
    this.target = target;
    this.deadline = deadline;
    this.callables = callables;
  }
}
