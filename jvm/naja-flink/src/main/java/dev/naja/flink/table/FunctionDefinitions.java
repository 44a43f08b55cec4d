package dev.naja.flink.table;

import dev.naja.flink.runtime.BatchOptions;
import dev.naja.flink.runtime.PythonCallable;
import dev.naja.flink.table.async.PythonAsyncFunction;
import dev.naja.flink.table.async.PythonBatchedFunction;
import dev.naja.flink.types.PythonSignature;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.functions.UserDefinedFunction;

/** Which kind of SQL function is a Python function? */
public final class FunctionDefinitions {

  private FunctionDefinitions() {}

  /**
   * Asks Python what a function is and makes SQL's function of it.
   *
   * @param callable the Python function
   * @param loader the class loader of the job's code
   * @param batches size and delay of the batches of vectorized functions
   * @return a scalar, table or aggregate function
   * @throws dev.naja.PythonException if there is no such function
   * @throws ValidationException if SQL has no such functions
   */
  public static UserDefinedFunction of(
      PythonCallable callable, ClassLoader loader, BatchOptions batches) {
    PythonSignature signature = callable.describe(loader);
    switch (signature.kind()) {
      case "scalar":
        return signature.vectorized().isPresent()
            ? new PythonBatchedFunction(callable, signature, batches)
            : new PythonScalarFunction(callable, signature);
      case "async_scalar":
        return new PythonAsyncFunction(callable, signature);
      case "table":
        return new PythonTableFunction(callable, signature);
      case "aggregate":
        return signature.vectorized().isPresent()
            ? new PandasAggregateFunction(callable, signature)
            : PythonAggregateFunction.of(callable, signature);
      case "table_aggregate":
        return PythonTableAggregateFunction.of(callable, signature);
      default:
        throw new ValidationException(
            String.format(
                "%s is a %s function, which SQL cannot call: it takes functions, and classes with"
                    + " eval or accumulate.",
                signature, signature.kind().replace('_', ' ')));
    }
  }
}
