package dev.naja.flink.table;

import dev.naja.flink.PythonEnvironment;
import dev.naja.flink.deployment.Shipping;
import dev.naja.flink.types.PythonSignature;
import dev.naja.flink.types.SignatureTypes;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.SpecializedFunction.SpecializedContext;
import org.apache.flink.table.runtime.typeutils.InternalSerializers;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.logical.LogicalType;

/** The SQL types of one call of an aggregate function, and how the planner gets to know them. */
final class AggregateTypes implements Serializable {
  private static final long serialVersionUID = 1;

  final ArrayList<LogicalType> arguments;

  /** The declared type of the accumulator; null where Python pickles it. */
  final LogicalType accumulator;

  final LogicalType result;

  private AggregateTypes(
      ArrayList<LogicalType> arguments, LogicalType accumulator, LogicalType result) {
    this.arguments = arguments;
    this.accumulator = accumulator;
    this.result = result;
  }

  /**
   * Registers a job's files where the planner shows a configuration. It shows aggregate functions
   * none; then the module has registered them when it was loaded.
   */
  static void ship(PythonEnvironment environment, SpecializedContext context) {
    ReadableConfig config;
    try {
      config = context.getConfiguration();
    } catch (TableException e) {
      return;
    }
    Shipping.register(environment, config);
  }

  /** The types of a call. */
  static AggregateTypes of(PythonSignature signature, CallContext call) {
    return new AggregateTypes(
        arguments(call),
        declared(signature, call.getDataTypeFactory()),
        SignatureTypes.result(signature, call).getLogicalType());
  }

  private static ArrayList<LogicalType> arguments(CallContext call) {
    return call.getArgumentDataTypes().stream()
        .map(DataType::getLogicalType)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static LogicalType declared(PythonSignature signature, DataTypeFactory factory) {
    if (signature.accumulator().isEmpty()) {
      return null;
    }
    String type = signature.accumulator().get();
    try {
      return factory.createDataType(type).getLogicalType();
    } catch (ValidationException e) {
      throw new ValidationException(
          String.format(
              "%s has accumulators of %s, which is no SQL type: %s",
              signature, type, e.getMessage()),
          e);
    }
  }

  /** How calls of a function whose accumulators are Python objects are typed. */
  static TypeInference ofObjects(PythonSignature signature) {
    return inference(
        signature,
        call -> {
          LogicalType declared = declared(signature, call.getDataTypeFactory());
          return DataTypes.RAW(
              PythonAccumulator.class,
              new PythonAccumulatorSerializer(
                  declared == null
                      ? BytePrimitiveArraySerializer.INSTANCE
                      : InternalSerializers.create(declared)));
        });
  }

  /** How calls of a function that takes all rows of a group at once are typed. */
  static TypeInference ofRows(PythonSignature signature) {
    return inference(
        signature,
        call ->
            DataTypes.RAW(
                GroupRows.class,
                new GroupRowsSerializer(
                    new RowDataSerializer(arguments(call).toArray(new LogicalType[0])))));
  }

  private static TypeInference inference(PythonSignature signature, Accumulators accumulators) {
    return TypeInference.newBuilder()
        .inputTypeStrategy(SignatureTypes.input(signature, 0))
        .accumulatorTypeStrategy(call -> Optional.of(accumulators.of(call)))
        .outputTypeStrategy(SignatureTypes.output(signature))
        .build();
  }

  @FunctionalInterface
  private interface Accumulators {
    DataType of(CallContext call);
  }
}
