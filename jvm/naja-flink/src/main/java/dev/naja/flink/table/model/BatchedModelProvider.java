package dev.naja.flink.table.model;

import dev.naja.flink.runtime.OpenBatches;
import dev.naja.flink.runtime.TaskContext;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.AsyncPredictFunction;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.PredictFunction;
import org.apache.flink.table.ml.AsyncPredictRuntimeProvider;
import org.apache.flink.table.ml.ModelProvider;
import org.apache.flink.table.ml.PredictRuntimeProvider;
import org.apache.flink.util.FlinkRuntimeException;

/** A model that is called with many rows at once; with one at a time where a call asks for that. */
final class BatchedModelProvider implements AsyncPredictRuntimeProvider, PredictRuntimeProvider {
  /** What a call of {@code ML_PREDICT} may say. */
  private static final ConfigOption<Integer> OF_CALL =
      ConfigOptions.key("max-concurrent-operations").intType().noDefaultValue();

  /** What counts where it says nothing, with Flink's default. */
  private static final ConfigOption<Integer> OF_SESSION =
      ConfigOptions.key("table.exec.async-ml-predict.max-concurrent-operations")
          .intType()
          .defaultValue(10);

  private final PythonModel model;
  private final ReadableConfig session;

  BatchedModelProvider(PythonModel model, ReadableConfig session) {
    this.model = model;
    this.session = session;
  }

  @Override
  public AsyncPredictFunction createAsyncPredictFunction(Context context) {
    int concurrent =
        context.runtimeConfig().getOptional(OF_CALL).orElseGet(() -> session.get(OF_SESSION));
    return new AsyncPredict(model, concurrent);
  }

  @Override
  public PredictFunction createPredictFunction(Context context) {
    return new Predict(model);
  }

  @Override
  public ModelProvider copy() {
    return this;
  }

  /** Values of a row that outlive the call which brought them. */
  private static Object[] values(RowData row, RowData.FieldGetter[] fields) {
    Object[] values = new Object[fields.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = fields[i].getFieldOrNull(row);
    }
    return values;
  }

  /** Gives rows to the next batch. */
  public static final class AsyncPredict extends AsyncPredictFunction {
    private final PythonModel model;
    private final int concurrent;
    private transient OpenBatches open;
    private transient RowData.FieldGetter[] fields;

    AsyncPredict(PythonModel model, int concurrent) {
      this.model = model;
      this.concurrent = concurrent;
    }

    @Override
    public void open(FunctionContext context) {
      fields = model.fields();
      open = model.openBatches(TaskContext.of(context), concurrent);
    }

    @Override
    public CompletableFuture<Collection<RowData>> asyncPredict(RowData row) {
      CompletableFuture<Collection<RowData>> predicted = new CompletableFuture<>();
      open.submit(values(row, fields), predicted, value -> List.of(model.row(value)));
      return predicted;
    }

    @Override
    public void close() {
      if (open != null) {
        open.close();
        open = null;
      }
    }
  }

  /** Waits for each row, which is a batch of its own. */
  public static final class Predict extends PredictFunction {
    private final PythonModel model;
    private transient OpenBatches open;
    private transient RowData.FieldGetter[] fields;

    Predict(PythonModel model) {
      this.model = model;
    }

    @Override
    public void open(FunctionContext context) {
      fields = model.fields();
      open = model.openBatches(TaskContext.of(context), 1);
    }

    @Override
    public Collection<RowData> predict(RowData row) {
      CompletableFuture<Object> result = new CompletableFuture<>();
      open.submit(values(row, fields), result, Function.identity());
      try {
        return List.of(model.row(result.get()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new FlinkRuntimeException("The task was cancelled while a model predicted.", e);
      } catch (ExecutionException e) {
        throw new FlinkRuntimeException("The model " + model + " has failed.", e.getCause());
      }
    }

    @Override
    public void close() {
      if (open != null) {
        open.close();
        open = null;
      }
    }
  }
}
