package dev.naja.flink.table.lookup;

import dev.naja.flink.deployment.Shipping;
import dev.naja.flink.runtime.BatchOptions;
import dev.naja.flink.runtime.PythonCallable;
import dev.naja.flink.table.FunctionOptions;
import dev.naja.flink.types.PythonSignature;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.lookup.LookupOptions;
import org.apache.flink.table.connector.source.lookup.cache.DefaultLookupCache;
import org.apache.flink.table.connector.source.lookup.cache.LookupCache;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.RowType;

/**
 * Tables whose rows a Python function finds by a key, for lookup joins.
 *
 * <pre>{@code
 * CREATE TABLE features (trace_id STRING, clicks BIGINT, score DOUBLE)
 * WITH ('connector' = 'naja', 'lookup' = 'features:Lookup')
 * }</pre>
 */
public final class NajaTableFactory implements DynamicTableSourceFactory {
  /** The Python function or class. */
  public static final ConfigOption<String> LOOKUP =
      ConfigOptions.key("lookup")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "What finds rows: a Python function of the key, or a class with 'lookup' or 'eval', and"
                  + " perhaps 'open', 'close' and 'eval_many', such as 'features:Lookup'.");

  /** Whether keys are gathered into batches. */
  public static final ConfigOption<Boolean> ASYNC =
      ConfigOptions.key("lookup.async")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether keys cross to Python in batches, while other rows are under way; 'eval_many'"
                  + " has them all at once.");

  /** How many rows Flink's operator has under way. */
  private static final ConfigOption<Integer> CONCURRENT =
      ConfigOptions.key("table.exec.async-lookup.buffer-capacity").intType().defaultValue(100);

  /** For Flink's look-up of factories. */
  public NajaTableFactory() {}

  @Override
  public String factoryIdentifier() {
    return "naja";
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(LOOKUP);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    Set<ConfigOption<?>> options = new HashSet<>(FunctionOptions.ALL);
    options.add(ASYNC);
    options.add(LookupOptions.CACHE_TYPE);
    options.add(LookupOptions.PARTIAL_CACHE_EXPIRE_AFTER_ACCESS);
    options.add(LookupOptions.PARTIAL_CACHE_EXPIRE_AFTER_WRITE);
    options.add(LookupOptions.PARTIAL_CACHE_CACHE_MISSING_KEY);
    options.add(LookupOptions.PARTIAL_CACHE_MAX_ROWS);
    return options;
  }

  @Override
  public DynamicTableSource createDynamicTableSource(Context context) {
    FactoryUtil.createTableFactoryHelper(this, context)
        .validateExcept(FunctionOptions.ARGUMENT_PREFIX);
    Configuration options =
        FunctionOptions.layered(context.getConfiguration(), context.getCatalogTable().getOptions());
    PythonCallable callable = FunctionOptions.callable(options.get(LOOKUP), options);
    Shipping.register(callable.environment(), context.getConfiguration());
    PythonSignature signature = callable.describe(context.getClassLoader());
    if (!List.of("scalar", "lookup", "table").contains(signature.kind())) {
      throw new ValidationException(
          String.format(
              "%s is a %s function, and finds no rows: a lookup is a function of the key, or a class"
                  + " with lookup or eval.",
              signature, signature.kind().replace('_', ' ')));
    }
    return new PythonLookupSource(
        callable,
        signature,
        (RowType) context.getPhysicalRowDataType().getLogicalType(),
        options.get(ASYNC),
        BatchOptions.of(options).within(context.getConfiguration().get(CONCURRENT)),
        cache(options));
  }

  private static LookupCache cache(Configuration options) {
    switch (options.get(LookupOptions.CACHE_TYPE)) {
      case NONE:
        return null;
      case PARTIAL:
        return DefaultLookupCache.fromConfig(options);
      default:
        throw new ValidationException(
            "'lookup.cache' = 'FULL' needs all rows of the table, which a lookup does not give:"
                + " choose 'PARTIAL' or 'NONE'.");
    }
  }
}
