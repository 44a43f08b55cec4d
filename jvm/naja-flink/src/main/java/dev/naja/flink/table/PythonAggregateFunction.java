package dev.naja.flink.table;

import dev.naja.flink.runtime.PythonCallable;
import dev.naja.flink.runtime.TaskContext;
import dev.naja.flink.types.PythonSignature;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.AggregateFunction;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.TypeInference;

/**
 * A Python class with {@code accumulate} as an aggregate function of SQL.
 *
 * <p>The planner looks at a function's class to see whether it can retract and merge, so there is a
 * class for each case.
 */
public abstract class PythonAggregateFunction extends AggregateFunction<Object, PythonAccumulator>
    implements SpecializedFunction {
  final ObjectAggregate aggregate;

  PythonAggregateFunction(ObjectAggregate aggregate) {
    this.aggregate = aggregate;
  }

  /**
   * Makes a function.
   *
   * @param callable the Python function
   * @param signature what it says of itself
   * @return the function of SQL, which retracts and merges if the Python function does
   */
  public static PythonAggregateFunction of(PythonCallable callable, PythonSignature signature) {
    return of(new ObjectAggregate(callable, signature, null));
  }

  private static PythonAggregateFunction of(ObjectAggregate aggregate) {
    boolean merges = aggregate.signature.has("merge");
    if (aggregate.signature.has("retract")) {
      return merges ? new RetractingAndMerging(aggregate) : new Retracting(aggregate);
    }
    return merges ? new Merging(aggregate) : new Plain(aggregate);
  }

  @Override
  public final TypeInference getTypeInference(DataTypeFactory factory) {
    return AggregateTypes.ofObjects(aggregate.signature);
  }

  @Override
  public final UserDefinedFunction specialize(SpecializedContext context) {
    return of(aggregate.ofCall(context));
  }

  @Override
  public final void open(FunctionContext context) {
    aggregate.open(TaskContext.of(context));
  }

  @Override
  public final void close() {
    aggregate.close();
  }

  @Override
  public final PythonAccumulator createAccumulator() {
    return aggregate.create();
  }

  /**
   * Adds a row.
   *
   * @param accumulator changed in place
   * @param arguments the row, of Flink's internal classes
   */
  public final void accumulate(PythonAccumulator accumulator, Object... arguments) {
    aggregate.accumulate(accumulator, arguments);
  }

  @Override
  public final Object getValue(PythonAccumulator accumulator) {
    return aggregate.value(accumulator);
  }

  @Override
  public final boolean isDeterministic() {
    return aggregate.signature.deterministic();
  }

  @Override
  public final String toString() {
    return aggregate.toString();
  }

  /** A function that only adds rows. */
  public static final class Plain extends PythonAggregateFunction {
    Plain(ObjectAggregate aggregate) {
      super(aggregate);
    }
  }

  /** A function that merges accumulators. */
  public static final class Merging extends PythonAggregateFunction {
    Merging(ObjectAggregate aggregate) {
      super(aggregate);
    }

    /**
     * Adds what other accumulators hold.
     *
     * @param accumulator changed in place
     * @param others left as they are
     */
    public void merge(PythonAccumulator accumulator, Iterable<PythonAccumulator> others) {
      aggregate.merge(accumulator, others);
    }
  }

  /** A function that takes rows out again. */
  public static final class Retracting extends PythonAggregateFunction {
    Retracting(ObjectAggregate aggregate) {
      super(aggregate);
    }

    /**
     * Takes a row out.
     *
     * @param accumulator changed in place
     * @param arguments the row, of Flink's internal classes
     */
    public void retract(PythonAccumulator accumulator, Object... arguments) {
      aggregate.retract(accumulator, arguments);
    }
  }

  /** A function that does both. */
  public static final class RetractingAndMerging extends PythonAggregateFunction {
    RetractingAndMerging(ObjectAggregate aggregate) {
      super(aggregate);
    }

    /**
     * Takes a row out.
     *
     * @param accumulator changed in place
     * @param arguments the row, of Flink's internal classes
     */
    public void retract(PythonAccumulator accumulator, Object... arguments) {
      aggregate.retract(accumulator, arguments);
    }

    /**
     * Adds what other accumulators hold.
     *
     * @param accumulator changed in place
     * @param others left as they are
     */
    public void merge(PythonAccumulator accumulator, Iterable<PythonAccumulator> others) {
      aggregate.merge(accumulator, others);
    }
  }
}
