package dev.naja.flink.types;

import dev.naja.PyTuple;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DistinctType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.StructuredType;

/**
 * What Python is told of a SQL type, for {@code naja.flink._adapt}: the name of its root, or for
 * types that hold others a tuple: {@code ("ROW", names, types)}, {@code ("ARRAY", type)}, {@code
 * ("MAP", key, value)}.
 */
public final class TypeDescription {

  private TypeDescription() {}

  /**
   * Describes a type.
   *
   * @param type a SQL type
   * @return text or a {@link PyTuple}
   */
  public static Object of(LogicalType type) {
    switch (type.getTypeRoot()) {
      case ARRAY:
        return PyTuple.of("ARRAY", of(((ArrayType) type).getElementType()));
      case MAP:
        MapType map = (MapType) type;
        return PyTuple.of("MAP", of(map.getKeyType()), of(map.getValueType()));
      case MULTISET:
        return PyTuple.of("MAP", of(((MultisetType) type).getElementType()), "INTEGER");
      case ROW:
        return PyTuple.of(
            "ROW", PyTuple.of(((RowType) type).getFieldNames().toArray()), of(type.getChildren()));
      case STRUCTURED_TYPE:
        return PyTuple.of(
            "ROW",
            PyTuple.of(
                ((StructuredType) type)
                    .getAttributes().stream()
                        .map(StructuredType.StructuredAttribute::getName)
                        .toArray()),
            of(type.getChildren()));
      case DISTINCT_TYPE:
        return of(((DistinctType) type).getSourceType());
      default:
        return type.getTypeRoot().name();
    }
  }

  /**
   * Describes several types.
   *
   * @param types SQL types
   * @return a tuple of their descriptions
   */
  public static PyTuple of(List<LogicalType> types) {
    return PyTuple.of(
        types.stream().map(TypeDescription::of).collect(Collectors.toList()).toArray());
  }
}
