package dev.naja.flink.table;

import dev.naja.flink.runtime.PythonCallable;
import java.io.Serializable;

/** Makes functions of references, in one environment with one policy. */
@FunctionalInterface
interface PythonCallableFactory extends Serializable {
  PythonCallable of(String reference);
}
