package dev.naja.flink.table.model;

import dev.naja.flink.runtime.BatchOptions;
import dev.naja.flink.runtime.OpenBatches;
import dev.naja.flink.runtime.PythonBatch;
import dev.naja.flink.runtime.PythonCallable;
import dev.naja.flink.runtime.TaskContext;
import dev.naja.flink.table.OpenRowCall;
import dev.naja.flink.table.RowArguments;
import dev.naja.flink.types.PythonSignature;
import dev.naja.flink.types.SignatureTypes;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;

/** A Python function with the columns that a model takes and gives. Immutable. */
final class PythonModel implements Serializable {
  private static final long serialVersionUID = 1;

  private final PythonCallable callable;
  private final PythonSignature signature;
  private final RowArguments arguments;

  /** What the function returns: a row, or the value of the only column. */
  private final LogicalType result;

  private final BatchOptions options;

  private PythonModel(
      PythonCallable callable,
      PythonSignature signature,
      RowArguments arguments,
      LogicalType result,
      BatchOptions options) {
    this.callable = callable;
    this.signature = signature;
    this.arguments = arguments;
    this.result = result;
    this.options = options;
  }

  /**
   * Matches a function with a model.
   *
   * @param callable the function
   * @param signature what it says of itself
   * @param input the model's input columns
   * @param output the model's output columns
   * @param options size and delay of batches
   * @return the model
   * @throws ValidationException if columns and function do not fit each other
   */
  static PythonModel of(
      PythonCallable callable,
      PythonSignature signature,
      RowType input,
      RowType output,
      BatchOptions options) {
    if (!List.of("scalar", "model").contains(signature.kind())) {
      throw new ValidationException(
          String.format(
              "%s is a %s function, and no model: a model is a function of a row, or a class with"
                  + " predict or eval.",
              signature, signature.kind().replace('_', ' ')));
    }
    RowArguments arguments = RowArguments.byOrder(signature, input);
    arguments.check(signature);
    LogicalType declared = signature.result().map(SignatureTypes::parse).orElse(null);
    boolean single =
        output.getFieldCount() == 1 && (declared == null || !declared.is(LogicalTypeRoot.ROW));
    LogicalType result = single ? output.getTypeAt(0) : output;
    if (declared != null && !SignatureTypes.fits(declared, result)) {
      throw new ValidationException(
          String.format(
              "%s returns %s, and the model's OUTPUT is %s: change one of them.",
              signature, declared.asSummaryString(), result.asSummaryString()));
    }
    return new PythonModel(callable, signature, arguments, result, options);
  }

  /** Opens the model for single rows. */
  OpenRowCall openRows(TaskContext task) {
    return OpenRowCall.open(callable, signature, arguments, result, task);
  }

  /**
   * Opens the model for batches.
   *
   * @param concurrent how many rows are under way at most
   */
  OpenBatches openBatches(TaskContext task, int concurrent) {
    PythonBatch batch =
        PythonBatch.open(callable, signature, arguments.whole(), arguments.type(), result, task);
    return new OpenBatches(
        batch, signature.name(), callable.policy(), options.within(concurrent), true, task);
  }

  /** What takes the values of a row for {@link OpenBatches}. */
  RowData.FieldGetter[] fields() {
    return arguments.fields();
  }

  /** The columns that a result is. */
  RowData row(Object value) {
    if (result.is(LogicalTypeRoot.ROW)) {
      return value == null ? new GenericRowData(result.getChildren().size()) : (RowData) value;
    }
    return GenericRowData.of(value);
  }

  @Override
  public String toString() {
    return callable.toString();
  }
}
