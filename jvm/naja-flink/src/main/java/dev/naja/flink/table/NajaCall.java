package dev.naja.flink.table;

import dev.naja.flink.deployment.Shipping;
import dev.naja.flink.runtime.PythonCallable;
import dev.naja.flink.types.PythonSignature;
import dev.naja.flink.types.SignatureTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentCount;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.ConstantArgumentCount;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.inference.TypeInference;

/**
 * {@code naja_call(reference, arguments...)}: a scalar function of Python's by its reference, which
 * must be a literal since the types of the call hang on it.
 */
public final class NajaCall extends ScalarFunction implements SpecializedFunction {
  private final transient PythonCallableFactory callables;

  NajaCall(PythonCallableFactory callables) {
    this.callables = callables;
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory factory) {
    return TypeInference.newBuilder()
        .inputTypeStrategy(new Input())
        .outputTypeStrategy(call -> Optional.of(SignatureTypes.result(signature(call), call)))
        .build();
  }

  @Override
  public UserDefinedFunction specialize(SpecializedContext context) {
    CallContext call = context.getCallContext();
    PythonCallable callable = callable(call);
    Shipping.register(callable.environment(), context.getConfiguration());
    return PythonScalarFunction.ofCall(callable, callable.describe(loader()), 1, call);
  }

  private PythonCallable callable(CallContext call) {
    return callables.of(
        call.getArgumentValue(0, String.class)
            .orElseThrow(
                () ->
                    new ValidationException(
                        "The first argument of naja_call is the function, a literal such as"
                            + " 'fraud.score'.")));
  }

  private PythonSignature signature(CallContext call) {
    PythonSignature signature = callable(call).describe(loader());
    if (!signature.kind().equals("scalar") || signature.vectorized().isPresent()) {
      throw new ValidationException(
          String.format(
              "naja_call calls scalar functions of one row, and %s is another kind (%s%s): name it in"
                  + " the option 'functions' of the module, and call it by that name.",
              signature,
              signature.vectorized().map(form -> form + ", ").orElse(""),
              signature.kind().replace('_', ' ')));
    }
    return signature;
  }

  private static ClassLoader loader() {
    return Thread.currentThread().getContextClassLoader();
  }

  private final class Input implements InputTypeStrategy {
    @Override
    public ArgumentCount getArgumentCount() {
      return ConstantArgumentCount.from(1);
    }

    @Override
    public Optional<List<DataType>> inferInputTypes(CallContext call, boolean throwOnFailure) {
      return SignatureTypes.arguments(signature(call), call, 1, throwOnFailure);
    }

    @Override
    public List<Signature> getExpectedSignatures(FunctionDefinition definition) {
      List<Signature.Argument> arguments = new ArrayList<>();
      arguments.add(Signature.Argument.of("function", "STRING"));
      arguments.add(Signature.Argument.of("arguments", "<ANY>..."));
      return List.of(Signature.of(arguments));
    }
  }
}
