package dev.naja.flink.table;

import dev.naja.flink.runtime.PythonCallable;
import java.io.Serializable;

/** Makes functions of references, in one environment with one policy. */
@FunctionalInterface
public interface PythonCallableFactory extends Serializable {

  /**
   * Makes a function.
   *
   * @param reference its reference, or its name in SQL
   * @return the function
   */
  PythonCallable of(String reference);
}
