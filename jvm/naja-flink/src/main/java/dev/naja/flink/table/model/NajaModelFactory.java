package dev.naja.flink.table.model;

import dev.naja.flink.deployment.Shipping;
import dev.naja.flink.runtime.BatchOptions;
import dev.naja.flink.runtime.PythonCallable;
import dev.naja.flink.table.FunctionOptions;
import dev.naja.flink.types.PythonSignature;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.catalog.ResolvedCatalogModel;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.ModelProviderFactory;
import org.apache.flink.table.ml.ModelProvider;
import org.apache.flink.table.types.logical.RowType;

/**
 * Models of SQL that are Python functions or classes, for {@code ML_PREDICT}; Flink 2.1 and later.
 *
 * <pre>{@code
 * CREATE MODEL fraud INPUT (amount DOUBLE, merchant STRING) OUTPUT (p DOUBLE)
 * WITH ('provider' = 'naja', 'model' = 'fraud:Model', 'argument.weights' = '/models/fraud.npz')
 * }</pre>
 */
public final class NajaModelFactory implements ModelProviderFactory {
  /** The Python function or class. */
  public static final ConfigOption<String> MODEL =
      ConfigOptions.key("model")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "The model: a Python function, or a class with 'predict' or 'eval', and perhaps 'open'"
                  + " and 'close', such as 'fraud:Model'.");

  /** Whether rows are gathered into batches. */
  public static final ConfigOption<Boolean> ASYNC =
      ConfigOptions.key("async")
          .booleanType()
          .noDefaultValue()
          .withDescription(
              "Whether rows cross to Python in batches, while others are under way. If nothing is"
                  + " said, for vectorized functions only.");

  /** For Flink's look-up of factories. */
  public NajaModelFactory() {}

  @Override
  public String factoryIdentifier() {
    return "naja";
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(MODEL);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    Set<ConfigOption<?>> options = new HashSet<>(FunctionOptions.ALL);
    options.add(ASYNC);
    return options;
  }

  @Override
  public ModelProvider createModelProvider(Context context) {
    FactoryUtil.createModelProviderFactoryHelper(this, context)
        .validateExcept(FunctionOptions.ARGUMENT_PREFIX);
    ResolvedCatalogModel model = context.getCatalogModel();
    Configuration options = FunctionOptions.layered(context.getConfiguration(), model.getOptions());
    PythonCallable callable = FunctionOptions.callable(options.get(MODEL), options);
    Shipping.register(callable.environment(), context.getConfiguration());
    PythonSignature signature = callable.describe(context.getClassLoader());
    PythonModel python =
        PythonModel.of(
            callable,
            signature,
            row(model.getResolvedInputSchema()),
            row(model.getResolvedOutputSchema()),
            BatchOptions.of(options));
    boolean batched = options.getOptional(ASYNC).orElse(signature.vectorized().isPresent());
    return batched
        ? new BatchedModelProvider(python, context.getConfiguration())
        : new RowModelProvider(python);
  }

  private static RowType row(ResolvedSchema schema) {
    return (RowType) schema.toPhysicalRowDataType().getLogicalType();
  }
}
