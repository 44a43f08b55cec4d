package dev.naja.flink.table;

import dev.naja.flink.PythonEnvironment;
import dev.naja.flink.PythonOptions;
import dev.naja.flink.deployment.Shipping;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
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
    return Set.of(
        PythonOptions.EXECUTABLE,
        PythonOptions.CLIENT_EXECUTABLE,
        PythonOptions.FILES,
        PythonOptions.ARCHIVES,
        PythonOptions.PYTHON_PATH,
        PythonOptions.REQUIREMENTS,
        PythonOptions.FUNCTIONS,
        PythonOptions.ON_ERROR,
        PythonOptions.TIMEOUT,
        PythonOptions.BATCH_SIZE,
        PythonOptions.BATCH_DELAY);
  }

  @Override
  public Module createModule(Context context) {
    FactoryUtil.createModuleFactoryHelper(this, context).validate();
    // What the module does not say, Flink's own configuration may.
    Configuration options = new Configuration();
    for (ConfigOption<?> option : optionalOptions()) {
      copy(context.getConfiguration(), options, option);
    }
    context.getOptions().forEach(options::setString);
    PythonEnvironment environment = PythonEnvironment.of(options);
    Shipping.check(environment);
    // Aggregate functions are not shown the configuration when they are specialized.
    if (context.getConfiguration() instanceof WritableConfig) {
      Shipping.register(environment, context.getConfiguration());
    }
    return new NajaModule(environment, options, context.getClassLoader());
  }

  private static <T> void copy(ReadableConfig from, Configuration to, ConfigOption<T> option) {
    from.getOptional(option).ifPresent(value -> to.set(option, value));
  }
}
