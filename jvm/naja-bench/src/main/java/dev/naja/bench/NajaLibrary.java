package dev.naja.bench;

import dev.naja.Python;
import dev.naja.PythonConfig;

/** naja as a user has it: the module bound to an interface, the thread attached for each call. */
class NajaLibrary implements Library {

  final Python python =
      Python.start(PythonConfig.of(Setting.PYTHON.value()).withPath(Setting.PATH.value()));
  private final Workloads workloads = python.module("workloads").bind(Workloads.class);

  @Override
  public Workloads workloads() {
    return workloads;
  }
}
