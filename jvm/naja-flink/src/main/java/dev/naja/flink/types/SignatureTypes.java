package dev.naja.flink.types;

import dev.naja.PythonConversionException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentCount;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.ConstantArgumentCount;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.inference.TypeStrategy;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeCasts;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;
import org.apache.flink.table.types.utils.DataTypeUtils;

/**
 * Which SQL types does a call of a Python function take and give? What Python says of the function
 * meets the types of the call here, when the job is planned; what does not fit is refused with file
 * and line. Values are of Flink's internal classes.
 */
public final class SignatureTypes {

  private SignatureTypes() {}

  /**
   * What calls of a function may be given.
   *
   * @param signature the function
   * @param skipped how many arguments of a call come before those of the function
   * @return takes the types of a call as they are where Python has one type for both, else casts
   */
  public static InputTypeStrategy input(PythonSignature signature, int skipped) {
    return new InputTypeStrategy() {
      @Override
      public ArgumentCount getArgumentCount() {
        // A wrong count would be refused without a word about the function.
        return ConstantArgumentCount.any();
      }

      @Override
      public Optional<List<DataType>> inferInputTypes(CallContext call, boolean throwOnFailure) {
        return arguments(signature, call, skipped, throwOnFailure);
      }

      @Override
      public List<Signature> getExpectedSignatures(FunctionDefinition definition) {
        return List.of(expected(signature));
      }
    };
  }

  private static ArgumentCount count(PythonSignature signature) {
    return signature.varargs()
        ? ConstantArgumentCount.from(signature.required())
        : ConstantArgumentCount.between(signature.required(), signature.arguments().size());
  }

  /**
   * The types that the arguments of a call cross as.
   *
   * @param signature the function
   * @param call the call
   * @param skipped how many arguments of the call come before those of the function
   * @param throwOnFailure whether to say why not
   * @return a type for each argument of the call, those before included; none if the call does not
   *     fit
   * @throws ValidationException if the call does not fit and that is to be said
   */
  public static Optional<List<DataType>> arguments(
      PythonSignature signature, CallContext call, int skipped, boolean throwOnFailure) {
    List<DataType> given = call.getArgumentDataTypes();
    int count = given.size() - skipped;
    if (!count(signature).isValidCount(count)) {
      return call.fail(
          throwOnFailure,
          "%s takes %s arguments, the call gives %s.",
          signature,
          expectedCount(signature),
          count);
    }
    List<DataType> types = new ArrayList<>(given.subList(0, skipped));
    for (int i = 0; i < count; i++) {
      DataType actual = given.get(skipped + i);
      PythonSignature.Argument argument = at(signature, i);
      Optional<DataType> type = argument(argument, actual, call);
      if (type.isEmpty()) {
        return call.fail(
            throwOnFailure,
            "Argument %s (%s) of %s takes %s, the call gives %s: cast it, or change the hint.",
            i + 1,
            argument.name(),
            signature,
            argument.type().orElse("any type"),
            actual.getLogicalType().asSummaryString());
      }
      types.add(type.get());
    }
    return Optional.of(types);
  }

  private static PythonSignature.Argument at(PythonSignature signature, int index) {
    List<PythonSignature.Argument> arguments = signature.arguments();
    return arguments.get(Math.min(index, arguments.size() - 1));
  }

  private static Optional<DataType> argument(
      PythonSignature.Argument argument, DataType actual, CallContext call) {
    LogicalType given = actual.getLogicalType();
    if (argument.type().isEmpty()) {
      return Optional.of(DataTypeUtils.toInternalDataType(actual));
    }
    DataType hint = call.getDataTypeFactory().createDataType(argument.type().get()).nullable();
    if (isOneInPython(given, hint.getLogicalType())) {
      return Optional.of(DataTypeUtils.toInternalDataType(actual));
    }
    return LogicalTypeCasts.supportsImplicitCast(given, hint.getLogicalType())
        ? Optional.of(DataTypeUtils.toInternalDataType(hint))
        : Optional.empty();
  }

  /**
   * Reads a type that Python says.
   *
   * @param text a SQL type
   * @return the type
   * @throws ValidationException if it is none
   */
  public static LogicalType parse(String text) {
    return LogicalTypeParser.parse(text, Thread.currentThread().getContextClassLoader());
  }

  /**
   * Whether values of a type may be passed where Python says another one.
   *
   * @param given the type of the values
   * @param hint what Python says
   * @return whether both are one in Python, or SQL itself would cast
   */
  public static boolean fits(LogicalType given, LogicalType hint) {
    return isOneInPython(given, hint)
        || LogicalTypeCasts.supportsImplicitCast(given, hint.copy(true));
  }

  private static boolean isOneInPython(LogicalType given, LogicalType hint) {
    for (LogicalTypeFamily family :
        List.of(
            LogicalTypeFamily.CHARACTER_STRING,
            LogicalTypeFamily.BINARY_STRING,
            LogicalTypeFamily.INTEGER_NUMERIC,
            LogicalTypeFamily.APPROXIMATE_NUMERIC)) {
      if (given.is(family)) {
        return hint.is(family);
      }
    }
    boolean scalar = given.getChildren().isEmpty() && !given.is(LogicalTypeRoot.NULL);
    return scalar
        ? given.getTypeRoot() == hint.getTypeRoot()
        : LogicalTypeCasts.supportsAvoidingCast(given, hint);
  }

  /**
   * What a function gives.
   *
   * @param signature the function
   * @return its result's type
   */
  public static TypeStrategy output(PythonSignature signature) {
    return call -> Optional.of(result(signature, call));
  }

  /**
   * The types that a call's arguments have, for the call's own function.
   *
   * @param call the call, whose arguments have been inferred
   * @param skipped how many of them come before those of the function
   * @return a serializable list
   */
  public static List<LogicalType> given(CallContext call, int skipped) {
    return call.getArgumentDataTypes().stream()
        .skip(skipped)
        .map(DataType::getLogicalType)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /**
   * The type that a call gives.
   *
   * @param signature the function
   * @param call the call
   * @return its result's type, which has NULL
   * @throws ValidationException if the function does not say what it returns
   */
  public static DataType result(PythonSignature signature, CallContext call) {
    String type =
        signature
            .result()
            .orElseThrow(
                () ->
                    new ValidationException(
                        String.format(
                            "%s does not say what it returns: annotate it, as in \"-> float\","
                                + " decorate it, as in @udf(result_type=\"DOUBLE\"), or write the"
                                + " type behind its reference, as in \"%s -> DOUBLE\".",
                            signature, signature.name())));
    DataType result;
    try {
      result = call.getDataTypeFactory().createDataType(type);
    } catch (ValidationException e) {
      throw new ValidationException(
          String.format("%s returns %s, which is no SQL type: %s", signature, type, e.getMessage()),
          e);
    }
    FieldReaders.of(result.getLogicalType());
    return DataTypeUtils.toInternalDataType(result.nullable());
  }

  private static Signature expected(PythonSignature signature) {
    List<Signature.Argument> arguments = new ArrayList<>();
    for (PythonSignature.Argument argument : signature.arguments()) {
      arguments.add(Signature.Argument.of(argument.name(), argument.type().orElse("<ANY>")));
    }
    return Signature.of(Collections.unmodifiableList(arguments));
  }

  private static String expectedCount(PythonSignature signature) {
    ArgumentCount count = count(signature);
    int least = count.getMinCount().orElse(0);
    return count
        .getMaxCount()
        .map(most -> most == least ? "" + least : least + " to " + most)
        .orElse("at least " + least);
  }

  /**
   * The writers of a call's arguments, which refuse NULL where a hint leaves {@code None} out.
   *
   * @param signature the function
   * @param types the types of its arguments in the call
   * @return a writer for each
   */
  public static FieldWriter[] writers(PythonSignature signature, List<LogicalType> types) {
    FieldWriter[] writers = FieldWriters.of(types);
    for (int i = 0; i < writers.length; i++) {
      PythonSignature.Argument argument = at(signature, i);
      if (!argument.nullable() && types.get(i).isNullable()) {
        writers[i] = required(writers[i], signature, argument);
      }
    }
    return writers;
  }

  private static FieldWriter required(
      FieldWriter writer, PythonSignature signature, PythonSignature.Argument argument) {
    return (frame, value) -> {
      if (value == null) {
        throw new PythonConversionException(
            String.format(
                "argument %s of %s is NULL, and its hint, which is %s in SQL, leaves None out: hint"
                    + " it Optional, or keep NULL away with COALESCE or WHERE",
                argument.name(), signature, argument.type().orElse("of any type")));
      }
      writer.write(frame, value);
    };
  }
}
