package dev.naja.flink.table;

import dev.naja.flink.PythonEnvironment;
import dev.naja.flink.PythonOptions;
import dev.naja.flink.deployment.Shipping;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.WritableConfig;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.ModuleFactory;
import org.apache.flink.table.module.Module;

/** {@code LOAD MODULE naja WITH ('functions' = 'fraud.score', ...)}. */
public final class NajaModuleFactory implements ModuleFactory {
  /** For Flink's look-up of factories. */
  public NajaModuleFactory() {}

  @Override
  public String factoryIdentifier() {
    return "naja";
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of();
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    Set<ConfigOption<?>> options = new HashSet<>(FunctionOptions.ALL);
    options.add(PythonOptions.FUNCTIONS);
    return options;
  }

  @Override
  public Module createModule(Context context) {
    FactoryUtil.createModuleFactoryHelper(this, context).validate();
    Configuration options =
        FunctionOptions.layered(context.getConfiguration(), context.getOptions());
    PythonEnvironment environment = PythonEnvironment.of(options);
    Shipping.check(environment);
    // Aggregate functions are not shown the configuration when they are specialized.
    if (context.getConfiguration() instanceof WritableConfig) {
      Shipping.register(environment, context.getConfiguration());
    }
    return new NajaModule(options, context.getClassLoader());
  }
}
