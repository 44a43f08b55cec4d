package dev.naja.flink.datastream;

import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ListTypeInfo;
import org.apache.flink.api.java.typeutils.MapTypeInfo;
import org.apache.flink.api.java.typeutils.ObjectArrayTypeInfo;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.table.types.CollectionDataType;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.DataTypeQueryable;
import org.apache.flink.table.types.KeyValueDataType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;

/**
 * Which type of streams has the same fields as one that {@code toDataStream} has made of a table's?
 *
 * <p>Apart from {@link TypeBridges}, since the classes of tables may be absent.
 */
final class TableTypes {
  private TableTypes() {}

  /**
   * The type that says the fields of rows.
   *
   * @param type a type of rows that was made of a table's
   * @return one with the same fields
   * @throws IllegalArgumentException if nobody says which fields they have
   */
  static RowTypeInfo row(TypeInformation<?> type) {
    if (!(type instanceof DataTypeQueryable)) {
      throw new IllegalArgumentException(
          "Rows of the type "
              + type
              + " have no known fields: say them by returns(Types.ROW_NAMED(...)).");
    }
    return (RowTypeInfo) of(((DataTypeQueryable) type).getDataType());
  }

  private static TypeInformation<?> of(DataType type) {
    Class<?> java = type.getConversionClass();
    if (type.getLogicalType().is(LogicalTypeRoot.ROW)) {
      List<String> names = ((RowType) type.getLogicalType()).getFieldNames();
      TypeInformation<?>[] fields =
          type.getChildren().stream().map(TableTypes::of).toArray(TypeInformation<?>[]::new);
      return new RowTypeInfo(fields, names.toArray(new String[0]));
    }
    if (type instanceof CollectionDataType
        && java.isArray()
        && !java.getComponentType().isPrimitive()) {
      return ObjectArrayTypeInfo.getInfoFor(java, of(type.getChildren().get(0)));
    }
    if (type instanceof CollectionDataType && List.class.isAssignableFrom(java)) {
      return new ListTypeInfo<>(of(type.getChildren().get(0)));
    }
    if (type instanceof KeyValueDataType && Map.class.isAssignableFrom(java)) {
      return new MapTypeInfo<>(of(type.getChildren().get(0)), of(type.getChildren().get(1)));
    }
    return TypeInformation.of(java);
  }
}
