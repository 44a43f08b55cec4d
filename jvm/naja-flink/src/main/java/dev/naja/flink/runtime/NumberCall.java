package dev.naja.flink.runtime;

import dev.naja.PyObject;
import dev.naja.internal.Reader;
import dev.naja.internal.UnframedCall;
import java.util.List;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * Calls of a function of one number that gives a number of the same kind, which is what hints of
 * {@code int} and {@code float} come to: they need no frame. For the task's thread alone.
 */
abstract class NumberCall {
  final UnframedCall callable;
  final Reader<?> result;

  private NumberCall(PyObject callable, Reader<?> result) {
    this.callable = new UnframedCall(callable);
    this.result = result;
  }

  /**
   * What calls a function.
   *
   * @param arguments the SQL types of its arguments
   * @param type the SQL type of its result
   * @param callable the function
   * @param result reads a result that is no number of that kind
   * @return null unless it takes one whole number and gives a {@code BIGINT}, or takes one fraction
   *     and gives a {@code DOUBLE}
   */
  static NumberCall of(
      List<LogicalType> arguments, LogicalType type, PyObject callable, Reader<?> result) {
    if (arguments.size() != 1) {
      return null;
    }
    LogicalType argument = arguments.get(0);
    if (argument.is(LogicalTypeFamily.INTEGER_NUMERIC) && type.is(LogicalTypeRoot.BIGINT)) {
      return new Longs(callable, result);
    }
    boolean fraction = argument.is(LogicalTypeFamily.APPROXIMATE_NUMERIC);
    return fraction && type.is(LogicalTypeRoot.DOUBLE) ? new Doubles(callable, result) : null;
  }

  /** Whether an argument goes without a frame: not NULL, and not once a result was unusual. */
  final boolean takes(Object argument) {
    return argument != null && callable.isUsual();
  }

  /** Calls the function with a {@code Number}. */
  abstract Object call(Object argument);

  private static final class Longs extends NumberCall {
    Longs(PyObject callable, Reader<?> result) {
      super(callable, result);
    }

    @Override
    Object call(Object argument) {
      return callable.call(((Number) argument).longValue(), result);
    }
  }

  private static final class Doubles extends NumberCall {
    Doubles(PyObject callable, Reader<?> result) {
      super(callable, result);
    }

    @Override
    Object call(Object argument) {
      return callable.call(((Number) argument).doubleValue(), result);
    }
  }
}
