package dev.naja.flink.table;

import dev.naja.flink.PythonEnvironment;
import dev.naja.flink.PythonOptions;
import dev.naja.flink.runtime.PythonCallable;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.configuration.ReadableConfig;
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
  private final Map<String, FunctionDefinition> found = new ConcurrentHashMap<>();

  NajaModule(PythonEnvironment environment, ReadableConfig options, ClassLoader loader) {
    this.callables =
        reference ->
            PythonCallable.of(environment, reference)
                .withPolicy(options.get(PythonOptions.ON_ERROR))
                .withTimeout(options.getOptional(PythonOptions.TIMEOUT).orElse(null));
    this.loader = loader;
    this.references =
        options.getOptional(PythonOptions.FUNCTIONS).map(FunctionList::parse).orElse(Map.of());
  }

  @Override
  public Set<String> listFunctions() {
    Set<String> names = new LinkedHashSet<>(references.keySet());
    names.add(CALL);
    return names;
  }

  @Override
  public Optional<FunctionDefinition> getFunctionDefinition(String name) {
    String known = name.toLowerCase(Locale.ROOT);
    if (known.equals(CALL)) {
      return Optional.of(new NajaCall(callables));
    }
    String reference = references.get(known);
    return reference == null
        ? Optional.empty()
        : Optional.of(found.computeIfAbsent(known, absent -> definition(reference)));
  }

  private FunctionDefinition definition(String reference) {
    return FunctionDefinitions.of(callables.of(reference), loader);
  }
}
