package dev.naja.flink.datastream;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.BasicArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ListTypeInfo;
import org.apache.flink.api.java.typeutils.MapTypeInfo;
import org.apache.flink.api.java.typeutils.ObjectArrayTypeInfo;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.apache.flink.types.Row;

/** Which bridge does a type of Flink's have? */
final class TypeBridges {
  private static final Map<Class<?>, String> SCALARS =
      Map.ofEntries(
          Map.entry(Boolean.class, "BOOLEAN"),
          Map.entry(Byte.class, "TINYINT"),
          Map.entry(Short.class, "SMALLINT"),
          Map.entry(Integer.class, "INT"),
          Map.entry(Long.class, "BIGINT"),
          Map.entry(Float.class, "FLOAT"),
          Map.entry(Double.class, "DOUBLE"),
          Map.entry(Character.class, "STRING"),
          Map.entry(String.class, "STRING"),
          Map.entry(byte[].class, "BYTES"),
          Map.entry(BigDecimal.class, "DECIMAL"),
          Map.entry(BigInteger.class, "DECIMAL"),
          Map.entry(LocalDate.class, "DATE"),
          Map.entry(LocalTime.class, "TIME"),
          Map.entry(LocalDateTime.class, "TIMESTAMP"),
          Map.entry(Instant.class, "TIMESTAMP_LTZ"),
          Map.entry(Duration.class, "INTERVAL"));

  private TypeBridges() {}

  @SuppressWarnings("unchecked")
  static <T> TypeBridge<T> of(TypeInformation<T> type, Pickles pickles) {
    return (TypeBridge<T>) untyped(type, pickles);
  }

  static TypeBridge<?>[] ofAll(TypeInformation<?>[] types, Pickles pickles) {
    TypeBridge<?>[] bridges = new TypeBridge<?>[types.length];
    for (int i = 0; i < types.length; i++) {
      bridges[i] = of(types[i], pickles);
    }
    return bridges;
  }

  private static TypeBridge<?> untyped(TypeInformation<?> type, Pickles pickles) {
    if (type instanceof PythonValueTypeInfo) {
      return new PickleBridge(pickles);
    }
    if (type instanceof RowTypeInfo) {
      return new RowBridge((RowTypeInfo) type, pickles);
    }
    if (type.getTypeClass() == Row.class) {
      return new RowBridge(TableTypes.row(type), pickles);
    }
    if (type instanceof PojoTypeInfo) {
      PojoTypeInfo<?> pojo = (PojoTypeInfo<?>) type;
      return RecordBridge.isRecord(pojo.getTypeClass())
          ? new RecordBridge<>(pojo, pickles)
          : new PojoBridge<>(pojo, pickles);
    }
    if (type instanceof TupleTypeInfo) {
      return new TupleBridge<>((TupleTypeInfo<?>) type, pickles);
    }
    if (type instanceof ListTypeInfo) {
      return new ListBridge<>(((ListTypeInfo<?>) type).getElementTypeInfo(), pickles);
    }
    if (type instanceof MapTypeInfo) {
      MapTypeInfo<?, ?> map = (MapTypeInfo<?, ?>) type;
      return new MapBridge<>(map.getKeyTypeInfo(), map.getValueTypeInfo(), pickles);
    }
    if (type instanceof ObjectArrayTypeInfo) {
      return new ArrayBridge(
          ((ObjectArrayTypeInfo<?, ?>) type).getComponentInfo(), type.getTypeClass(), pickles);
    }
    if (type instanceof BasicArrayTypeInfo) {
      return new ArrayBridge(
          ((BasicArrayTypeInfo<?, ?>) type).getComponentInfo(), type.getTypeClass(), pickles);
    }
    if (type.getTypeClass().getName().equals("org.apache.flink.table.data.RowData")) {
      return RowDataBridge.of(type);
    }
    String name = SCALARS.get(type.getTypeClass());
    return new ScalarBridge<>(type.getTypeClass(), name == null ? "RAW" : name);
  }
}
