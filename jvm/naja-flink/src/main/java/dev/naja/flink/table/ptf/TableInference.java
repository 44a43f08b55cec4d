package dev.naja.flink.table.ptf;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.StateTypeStrategy;
import org.apache.flink.table.types.inference.StaticArgument;
import org.apache.flink.table.types.inference.StaticArgumentTrait;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.inference.TypeStrategies;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.utils.DataTypeUtils;
import org.apache.flink.table.types.utils.TypeConversions;
import org.apache.flink.types.Row;

/** Which types have the arguments, state and result of functions of tables? */
final class TableInference {
  /** A Python function by its reference. */
  static final StaticArgument REFERENCE =
      StaticArgument.scalar("fn", DataTypes.STRING().notNull(), false);

  private TableInference() {}

  /**
   * A table whose rows are independent of each other, with any columns.
   *
   * @return the first argument, called {@code t}
   */
  static StaticArgument rows() {
    return StaticArgument.table(
        "t", Row.class, false, EnumSet.of(StaticArgumentTrait.ROW_SEMANTIC_TABLE));
  }

  /**
   * What a planner asks of a function before it knows the call.
   *
   * @param arguments the arguments, a table first
   * @param states the function's state
   * @param result the columns of the result
   * @return takes any table
   */
  static TypeInference planned(
      List<StaticArgument> arguments,
      LinkedHashMap<String, StateTypeStrategy> states,
      Function<CallContext, RowType> result) {
    return TypeInference.newBuilder()
        .staticArguments(arguments)
        .stateTypeStrategies(states)
        .outputTypeStrategy(
            call -> Optional.of(TypeConversions.fromLogicalToDataType(result.apply(call))))
        .build();
  }

  /**
   * What is generated for one call: everything is of Flink's internal classes.
   *
   * @param table the table's columns
   * @param scalars the types of the other arguments
   * @param states the function's state
   * @param result the columns of the result
   * @return the types of that call
   */
  @SuppressWarnings("deprecation")
  static TypeInference ofCall(
      DataType table,
      List<DataType> scalars,
      LinkedHashMap<String, StateTypeStrategy> states,
      RowType result) {
    List<DataType> arguments = new ArrayList<>();
    arguments.add(table);
    arguments.addAll(scalars);
    // Static arguments would give a table's rows as org.apache.flink.types.Row.
    return TypeInference.newBuilder()
        .typedArguments(
            arguments.stream().map(DataTypeUtils::toInternalDataType).collect(Collectors.toList()))
        .stateTypeStrategies(states)
        .outputTypeStrategy(
            TypeStrategies.explicit(
                DataTypeUtils.toInternalDataType(TypeConversions.fromLogicalToDataType(result))))
        .build();
  }
}
