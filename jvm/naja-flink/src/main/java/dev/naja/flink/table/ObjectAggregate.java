package dev.naja.flink.table;

import dev.naja.PyObject;
import dev.naja.flink.runtime.OpenAggregate;
import dev.naja.flink.runtime.PythonCallable;
import dev.naja.flink.runtime.TaskContext;
import dev.naja.flink.types.PythonSignature;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.functions.SpecializedFunction.SpecializedContext;
import org.apache.flink.util.Collector;

/** What aggregate functions whose accumulators are Python objects have in common. */
final class ObjectAggregate implements Serializable {
  private static final long serialVersionUID = 1;

  final PythonSignature signature;
  private final PythonCallable callable;

  /** The types of one call; null until it is known which. */
  private final AggregateTypes types;

  private transient OpenAggregate open;
  private transient ArrayData.ElementGetter row;

  ObjectAggregate(PythonCallable callable, PythonSignature signature, AggregateTypes types) {
    this.callable = callable;
    this.signature = signature;
    this.types = types;
  }

  /** The function for one call. */
  ObjectAggregate ofCall(SpecializedContext context) {
    AggregateTypes.ship(callable.environment(), context);
    AggregateTypes ofCall = AggregateTypes.of(signature, context.getCallContext());
    return new ObjectAggregate(callable, signature, ofCall);
  }

  void open(TaskContext task) {
    open =
        OpenAggregate.open(
            callable, signature, types.arguments, types.accumulator, types.result, task);
    row = ArrayData.createElementGetter(types.result);
  }

  void close() {
    if (open != null) {
      open.close();
      open = null;
    }
  }

  PythonAccumulator create() {
    return new PythonAccumulator(open);
  }

  void accumulate(PythonAccumulator accumulator, Object[] arguments) {
    open.accumulate(accumulator.change(open), arguments);
  }

  void retract(PythonAccumulator accumulator, Object[] arguments) {
    open.retract(accumulator.change(open), arguments);
  }

  void merge(PythonAccumulator accumulator, Iterable<PythonAccumulator> others) {
    List<PyObject> objects = new ArrayList<>();
    others.forEach(other -> objects.add(other.read(open)));
    open.merge(accumulator.change(open), objects);
  }

  Object value(PythonAccumulator accumulator) {
    return open.value(accumulator.read(open));
  }

  void emit(PythonAccumulator accumulator, Collector<Object> out) {
    ArrayData rows = open.rows(accumulator.read(open));
    for (int i = 0; rows != null && i < rows.size(); i++) {
      out.collect(row.getElementOrNull(rows, i));
    }
  }

  @Override
  public String toString() {
    return callable.reference();
  }
}
