package dev.naja.internal;

import dev.naja.PyObject;

/** What {@link Binder} or {@link Implementation} hands to a new instance. */
public final class Binding {
  final BoundInterface face;
  final PyObject target;
  final long deadline;

  /** What the methods call, in the order of {@link BoundInterface#callables}; null for none. */
  final PyObject[] callables;

  Binding(BoundInterface face, PyObject target, long deadline, PyObject[] callables) {
    this.face = face;
    this.target = target;
    this.deadline = deadline;
    this.callables = callables;
  }
}
