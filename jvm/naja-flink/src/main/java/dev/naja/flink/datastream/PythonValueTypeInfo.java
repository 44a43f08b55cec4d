package dev.naja.flink.datastream;

import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The type of values that only Python reads. Immutable and thread-safe. */
public final class PythonValueTypeInfo extends TypeInformation<PythonValue> {
  private static final long serialVersionUID = 1;

  /** The one there is. */
  public static final PythonValueTypeInfo INSTANCE = new PythonValueTypeInfo();

  private PythonValueTypeInfo() {}

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<PythonValue> getTypeClass() {
    return PythonValue.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<PythonValue> createSerializer(SerializerConfig config) {
    return PythonValueSerializer.INSTANCE;
  }

  /**
   * The serializer, as Flink 1.20 asks for it.
   *
   * @param config ignored
   * @return the serializer
   */
  public TypeSerializer<PythonValue> createSerializer(ExecutionConfig config) {
    return PythonValueSerializer.INSTANCE;
  }

  @Override
  public String toString() {
    return "PythonValue";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PythonValueTypeInfo;
  }

  @Override
  public int hashCode() {
    return PythonValueTypeInfo.class.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof PythonValueTypeInfo;
  }
}
