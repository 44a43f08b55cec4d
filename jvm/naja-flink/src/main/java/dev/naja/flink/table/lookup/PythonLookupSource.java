package dev.naja.flink.table.lookup;

import dev.naja.flink.runtime.BatchOptions;
import dev.naja.flink.runtime.PythonCallable;
import dev.naja.flink.table.RowArguments;
import dev.naja.flink.types.PythonSignature;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.LookupTableSource;
import org.apache.flink.table.connector.source.lookup.AsyncLookupFunctionProvider;
import org.apache.flink.table.connector.source.lookup.LookupFunctionProvider;
import org.apache.flink.table.connector.source.lookup.PartialCachingAsyncLookupProvider;
import org.apache.flink.table.connector.source.lookup.PartialCachingLookupProvider;
import org.apache.flink.table.connector.source.lookup.cache.LookupCache;
import org.apache.flink.table.types.logical.RowType;

/** A table that can be looked up, and not be read. */
final class PythonLookupSource implements LookupTableSource {
  private final PythonCallable callable;
  private final PythonSignature signature;
  private final RowType table;
  private final boolean async;
  private final BatchOptions options;

  /** Null where nothing is cached. */
  private final LookupCache cache;

  PythonLookupSource(
      PythonCallable callable,
      PythonSignature signature,
      RowType table,
      boolean async,
      BatchOptions options,
      LookupCache cache) {
    this.callable = callable;
    this.signature = signature;
    this.table = table;
    this.async = async;
    this.options = options;
    this.cache = cache;
  }

  @Override
  public LookupRuntimeProvider getLookupRuntimeProvider(LookupContext context) {
    int[][] paths = context.getKeys();
    int[] keys = new int[paths.length];
    for (int i = 0; i < keys.length; i++) {
      if (paths[i].length != 1) {
        throw new ValidationException(
            String.format(
                "%s is looked up by fields of the column '%s': join by whole columns.",
                signature, table.getFieldNames().get(paths[i][0])));
      }
      keys[i] = paths[i][0];
    }
    RowType key =
        new RowType(
            false,
            Arrays.stream(keys)
                .sorted()
                .mapToObj(table.getFields()::get)
                .collect(Collectors.toList()));
    RowArguments.byOrder(signature, key).check(signature);
    PythonLookup lookup = new PythonLookup(callable, signature, table, keys, options);
    return async ? batches(lookup) : rows(lookup);
  }

  private LookupRuntimeProvider rows(PythonLookup lookup) {
    PythonLookupFunction function = new PythonLookupFunction(lookup);
    return cache == null
        ? LookupFunctionProvider.of(function)
        : PartialCachingLookupProvider.of(function, cache);
  }

  private LookupRuntimeProvider batches(PythonLookup lookup) {
    PythonAsyncLookupFunction function = new PythonAsyncLookupFunction(lookup);
    return cache == null
        ? AsyncLookupFunctionProvider.of(function)
        : PartialCachingAsyncLookupProvider.of(function, cache);
  }

  @Override
  public DynamicTableSource copy() {
    return new PythonLookupSource(callable, signature, table, async, options, cache);
  }

  @Override
  public String asSummaryString() {
    return "Python lookup " + callable;
  }
}
