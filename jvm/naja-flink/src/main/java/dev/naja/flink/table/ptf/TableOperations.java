package dev.naja.flink.table.ptf;

import dev.naja.flink.runtime.BatchOptions;
import dev.naja.flink.table.PythonCallableFactory;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.table.functions.FunctionDefinition;

/** Which functions of tables are there? */
public final class TableOperations {

  private TableOperations() {}

  /**
   * Makes them.
   *
   * @param callables makes Python functions of references
   * @param batches size of the batches of vectorized functions
   * @return functions by their names in lower case
   */
  public static Map<String, FunctionDefinition> of(
      PythonCallableFactory callables, BatchOptions batches) {
    Map<String, FunctionDefinition> operations = new LinkedHashMap<>();
    operations.put(lower(PyMap.NAME), new PyMap(callables));
    operations.put(lower(PyMapBatch.NAME), new PyMapBatch(callables, batches));
    operations.put(lower(AddOrReplaceColumns.NAME), new AddOrReplaceColumns(callables));
    operations.put(lower(PyProcess.NAME), new PyProcess(callables));
    operations.put(lower(DropColumns.NAME), new DropColumns());
    return operations;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
