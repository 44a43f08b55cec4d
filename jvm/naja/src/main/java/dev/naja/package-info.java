/**
 * Calls Python from Java in one process: {@link dev.naja.Python} starts CPython, {@link
 * dev.naja.PyObject} is any object of it, {@link dev.naja.PyObject#bind} makes one an instance of a
 * Java interface, {@link dev.naja.Namespace} runs source text.
 */
package dev.naja;
