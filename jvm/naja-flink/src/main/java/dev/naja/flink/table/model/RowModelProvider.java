package dev.naja.flink.table.model;

import dev.naja.flink.runtime.TaskContext;
import dev.naja.flink.table.OpenRowCall;
import java.util.Collection;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.PredictFunction;
import org.apache.flink.table.ml.ModelProvider;
import org.apache.flink.table.ml.PredictRuntimeProvider;

/** A model that is called row by row, on the task's thread. */
final class RowModelProvider implements PredictRuntimeProvider {
  private final PythonModel model;

  RowModelProvider(PythonModel model) {
    this.model = model;
  }

  @Override
  public PredictFunction createPredictFunction(Context context) {
    return new Predict(model);
  }

  @Override
  public ModelProvider copy() {
    return this;
  }

  /** Calls the model. */
  public static final class Predict extends PredictFunction {
    private final PythonModel model;
    private transient OpenRowCall open;

    Predict(PythonModel model) {
      this.model = model;
    }

    @Override
    public void open(FunctionContext context) {
      open = model.openRows(TaskContext.of(context));
    }

    @Override
    public Collection<RowData> predict(RowData row) {
      return List.of(model.row(open.call(row)));
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
