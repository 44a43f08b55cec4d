package dev.naja.pemja;

import dev.naja.PyObject;
import dev.naja.Python;

/**
 * A function of the Python module {@code pemja} that Java calls. Found at its first use and kept.
 */
enum PemjaFunction {
  /** {@code giving(*arguments, function, **named)}. */
  GIVING("giving"),
  /** {@code invoke(globals, name, *arguments, **named)}. */
  INVOKE("invoke"),
  /** {@code resolve(globals, name)}. */
  RESOLVE("resolve"),
  /** {@code invoke_method(globals, object, name, *arguments)}. */
  INVOKE_METHOD("invoke_method"),
  /** {@code resolve_method(globals, object, name)}. */
  RESOLVE_METHOD("resolve_method"),
  /** {@code attribute(object, name)}. */
  ATTRIBUTE("attribute"),
  /** {@code set_attribute(object, name, value)}. */
  SET_ATTRIBUTE("set_attribute"),
  /** {@code method(object, name, *arguments)}. */
  METHOD("method"),
  /** {@code keep(value)}: the number of a new parcel. */
  KEEP("keep"),
  /** {@code fetch(number)}: what is in a parcel, which is gone then. */
  FETCH("fetch"),
  /** {@code variable(globals, name)}. */
  VARIABLE("variable"),
  /** {@code set_variable(globals, name, value)}. */
  SET_VARIABLE("set_variable"),
  /** {@code shared()}: globals of a {@code MULTI_THREAD} interpreter. */
  SHARED("shared"),
  /** {@code isolated(*paths)}: globals of a {@code SUB_INTERPRETER}. */
  ISOLATED("isolated"),
  /** {@code end(globals)}: what is left to do when an interpreter is closed. */
  END("end"),
  /** {@code execute(globals, source)}. */
  EXECUTE("execute");

  private final String function;
  private volatile PyObject found;

  PemjaFunction(String function) {
    this.function = function;
  }

  /** The function itself, not to be closed. */
  PyObject get() {
    PyObject known = found;
    if (known == null) {
      try (PyObject module = Python.running().module("pemja._calls")) {
        known = module.attr(function);
      }
      found = known;
    }
    return known;
  }
}
