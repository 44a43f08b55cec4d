package dev.naja.bench;

import dev.naja.PyRef;
import dev.naja.Python;
import dev.naja.PythonConfig;

/** naja as a user has it: the module bound to an interface, the thread attached for each call. */
class NajaLibrary implements Library {

  final Python python = Python.start(config());
  private final Workloads workloads = python.module("workloads").bind(Workloads.class);

  /** The venv's Python, with {@code workloads.py} on its path. */
  static PythonConfig config() {
    return PythonConfig.of(Setting.PYTHON.value()).withPath(Setting.PATH.value());
  }

  @Override
  public Workloads workloads() {
    return workloads;
  }

  @Override
  public ArrayWorkloads arrays() {
    return python.module("arrays").bind(ArrayWorkloads.class);
  }

  @Override
  public Object reference(Object object) {
    return PyRef.of(object);
  }
}
