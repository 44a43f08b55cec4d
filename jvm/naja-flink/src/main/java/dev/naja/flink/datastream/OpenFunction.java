package dev.naja.flink.datastream;

import dev.naja.PyTuple;
import dev.naja.flink.StreamFunction;
import dev.naja.flink.runtime.OpenDriver;
import dev.naja.flink.runtime.TaskContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** What all functions of the DataStream API open: Python, and the bridges of their types. */
final class OpenFunction<OUT> {
  final StreamFunction<OUT> function;
  final OpenDriver driver;
  final Pickles pickles;
  final TypeBridge<OUT> output;
  final TypeBridge<Object> key;
  final TypeBridge<Object>[] inputs;

  /** Opens Python; the driver is started by the caller. */
  @SuppressWarnings("unchecked")
  OpenFunction(StreamFunction<OUT> function, TaskContext task, int inputCount) {
    this.function = function;
    driver = OpenDriver.open(function.callable(), task);
    pickles = new Pickles(driver.python(), function.toString());
    output = TypeBridge.of(function.output(), pickles);
    key = bridge(function.key());
    inputs = (TypeBridge<Object>[]) new TypeBridge<?>[inputCount];
    for (int i = 0; i < inputCount; i++) {
      inputs[i] = bridge(function.inputs() == null ? null : function.inputs()[i]);
    }
  }

  @SuppressWarnings("unchecked")
  private TypeBridge<Object> bridge(TypeInformation<?> type) {
    return type == null ? new DynamicBridge() : (TypeBridge<Object>) TypeBridge.of(type, pickles);
  }

  PyTuple inputDescriptions() {
    Object[] descriptions = new Object[inputs.length];
    for (int i = 0; i < descriptions.length; i++) {
      descriptions[i] = inputs[i].description();
    }
    return PyTuple.of(descriptions);
  }
}
