package dev.naja.flink.datastream;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What a checkpoint tells of values that only Python reads: how they are written down (version
 * {@value #VERSION}: length and pickle) and by which protocol of pickle. Each Python that naja runs
 * on reads protocol {@value #PROTOCOL}; a checkpoint of a later protocol is refused, not misread.
 */
public final class PythonValueSerializerSnapshot implements TypeSerializerSnapshot<PythonValue> {
  private static final int VERSION = 1;

  /** The protocol of {@code naja.flink._pickles}. */
  private static final int PROTOCOL = 5;

  private int protocol = PROTOCOL;

  /** A snapshot of the present serializer; Flink makes it and reads into it. */
  public PythonValueSerializerSnapshot() {}

  @Override
  public int getCurrentVersion() {
    return VERSION;
  }

  @Override
  public void writeSnapshot(DataOutputView out) throws IOException {
    out.writeInt(protocol);
  }

  @Override
  public void readSnapshot(int version, DataInputView in, ClassLoader loader) throws IOException {
    if (version > VERSION) {
      throw new IOException(
          "The state of Python values was written by a later naja (version "
              + version
              + " of its form, known is "
              + VERSION
              + "): restore it with that naja.");
    }
    protocol = in.readInt();
  }

  @Override
  public TypeSerializer<PythonValue> restoreSerializer() {
    return PythonValueSerializer.INSTANCE;
  }

  @Override
  public TypeSerializerSchemaCompatibility<PythonValue> resolveSchemaCompatibility(
      TypeSerializerSnapshot<PythonValue> old) {
    boolean readable =
        old instanceof PythonValueSerializerSnapshot
            && ((PythonValueSerializerSnapshot) old).protocol <= PROTOCOL;
    return readable
        ? TypeSerializerSchemaCompatibility.compatibleAsIs()
        : TypeSerializerSchemaCompatibility.incompatible();
  }
}
