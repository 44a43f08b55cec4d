package dev.naja.flink.table;

import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes accumulators down: with the serializer of the type that the function declares for them, or
 * as pickles.
 *
 * <p>Its snapshot has a version, and that of the declared type's serializer within, by which Flink
 * tells whether a savepoint can be read: the declared type has to be the same, a pickle is read by
 * the classes that are there.
 */
public final class PythonAccumulatorSerializer extends TypeSerializer<PythonAccumulator> {
  private static final long serialVersionUID = 1;

  private final TypeSerializer<Object> kept;

  /**
   * Makes a serializer.
   *
   * @param kept of what is kept of an accumulator
   */
  @SuppressWarnings("unchecked")
  public PythonAccumulatorSerializer(TypeSerializer<?> kept) {
    this.kept = (TypeSerializer<Object>) kept;
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public TypeSerializer<PythonAccumulator> duplicate() {
    TypeSerializer<Object> own = kept.duplicate();
    return own == kept ? this : new PythonAccumulatorSerializer(own);
  }

  @Override
  public PythonAccumulator createInstance() {
    return new PythonAccumulator(null, kept.createInstance());
  }

  @Override
  public PythonAccumulator copy(PythonAccumulator from) {
    return from.copy();
  }

  @Override
  public PythonAccumulator copy(PythonAccumulator from, PythonAccumulator reuse) {
    return copy(from);
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(PythonAccumulator accumulator, DataOutputView target) throws IOException {
    kept.serialize(accumulator.kept(), target);
  }

  @Override
  public PythonAccumulator deserialize(DataInputView source) throws IOException {
    return new PythonAccumulator(null, kept.deserialize(source));
  }

  @Override
  public PythonAccumulator deserialize(PythonAccumulator reuse, DataInputView source)
      throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    kept.copy(source, target);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PythonAccumulatorSerializer
        && kept.equals(((PythonAccumulatorSerializer) other).kept);
  }

  @Override
  public int hashCode() {
    return Objects.hash(getClass(), kept);
  }

  @Override
  public TypeSerializerSnapshot<PythonAccumulator> snapshotConfiguration() {
    return new Snapshot(this);
  }

  /** What a savepoint says of the accumulators in it. */
  public static final class Snapshot
      extends CompositeTypeSerializerSnapshot<PythonAccumulator, PythonAccumulatorSerializer> {
    private static final int VERSION = 1;

    /** For Flink, which reads the rest. */
    public Snapshot() {}

    Snapshot(PythonAccumulatorSerializer serializer) {
      super(serializer);
    }

    @Override
    protected int getCurrentOuterSnapshotVersion() {
      return VERSION;
    }

    @Override
    protected TypeSerializer<?>[] getNestedSerializers(PythonAccumulatorSerializer outer) {
      return new TypeSerializer<?>[] {outer.kept};
    }

    @Override
    protected PythonAccumulatorSerializer createOuterSerializerWithNestedSerializers(
        TypeSerializer<?>[] nested) {
      return new PythonAccumulatorSerializer(nested[0]);
    }
  }
}
