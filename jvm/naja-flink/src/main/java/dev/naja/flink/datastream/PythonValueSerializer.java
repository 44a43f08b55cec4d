package dev.naja.flink.datastream;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes values that only Python reads: the length of the pickle and the pickle, of the protocol
 * that the {@linkplain PythonValueSerializerSnapshot snapshot} tells. Immutable and thread-safe.
 */
public final class PythonValueSerializer extends TypeSerializer<PythonValue> {
  private static final long serialVersionUID = 1;

  /** The one there is. */
  public static final PythonValueSerializer INSTANCE = new PythonValueSerializer();

  private PythonValueSerializer() {}

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public TypeSerializer<PythonValue> duplicate() {
    return this;
  }

  @Override
  public PythonValue createInstance() {
    return null;
  }

  @Override
  public PythonValue copy(PythonValue from) {
    return from.copy();
  }

  @Override
  public PythonValue copy(PythonValue from, PythonValue reuse) {
    return from.copy();
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(PythonValue value, DataOutputView target) throws IOException {
    byte[] pickled = value.pickled();
    target.writeInt(pickled.length);
    target.write(pickled);
  }

  @Override
  public PythonValue deserialize(DataInputView source) throws IOException {
    byte[] pickled = new byte[source.readInt()];
    source.readFully(pickled);
    return PythonValue.of(pickled);
  }

  @Override
  public PythonValue deserialize(PythonValue reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    int length = source.readInt();
    target.writeInt(length);
    target.write(source, length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PythonValueSerializer;
  }

  @Override
  public int hashCode() {
    return PythonValueSerializer.class.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<PythonValue> snapshotConfiguration() {
    return new PythonValueSerializerSnapshot();
  }

  private Object readResolve() {
    return INSTANCE;
  }
}
