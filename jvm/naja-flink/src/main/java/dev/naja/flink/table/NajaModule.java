package dev.naja.flink.table;

import dev.naja.flink.PythonOptions;
import dev.naja.flink.runtime.BatchOptions;
import dev.naja.flink.table.ptf.TableOperations;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.module.Module;

/**
 * Python functions by their names in SQL, and {@code naja_call}, which calls any by its reference.
 * Python is asked for a function when SQL first names it. Thread-safe.
 */
public final class NajaModule implements Module {
  /** Calls any Python function: {@code naja_call('fraud.score', a, b)}. */
  public static final String CALL = "naja_call";

  private final PythonCallableFactory callables;
  private final ClassLoader loader;
  private final Map<String, String> references;
  private final BatchOptions batches;

  /** The functions of tables, by their names in lower case; none before Flink 2.1. */
  private final Map<String, FunctionDefinition> operations;

  private final Map<String, FunctionDefinition> found = new ConcurrentHashMap<>();

  NajaModule(Configuration options, ClassLoader loader) {
    this.references =
        options.getOptional(PythonOptions.FUNCTIONS).map(FunctionList::parse).orElse(Map.of());
    Map<String, String> named = references;
    this.callables =
        function ->
            FunctionOptions.callable(
                named.getOrDefault(function.toLowerCase(Locale.ROOT), function), options);
    this.batches = BatchOptions.of(options);
    this.loader = loader;
    this.operations =
        hasProcessTableFunctions() ? TableOperations.of(callables, batches) : Map.of();
  }

  private static boolean hasProcessTableFunctions() {
    try {
      Class.forName(
          "org.apache.flink.table.functions.ProcessTableFunction",
          false,
          Module.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  @Override
  public Set<String> listFunctions() {
    Set<String> names = new LinkedHashSet<>(references.keySet());
    names.add(CALL);
    names.addAll(operations.keySet());
    return names;
  }

  @Override
  public Optional<FunctionDefinition> getFunctionDefinition(String name) {
    String known = name.toLowerCase(Locale.ROOT);
    if (known.equals(CALL)) {
      return Optional.of(new NajaCall(callables));
    }
    FunctionDefinition operation = operations.get(known);
    if (operation != null) {
      return Optional.of(operation);
    }
    String reference = references.get(known);
    return reference == null
        ? Optional.empty()
        : Optional.of(found.computeIfAbsent(known, absent -> definition(reference)));
  }

  private FunctionDefinition definition(String reference) {
    return FunctionDefinitions.of(callables.of(reference), loader, batches);
  }
}
