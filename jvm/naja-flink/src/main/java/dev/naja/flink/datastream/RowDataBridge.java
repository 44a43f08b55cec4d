package dev.naja.flink.datastream;

import dev.naja.PyTuple;
import dev.naja.PythonConversionException;
import dev.naja.internal.CellValues;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataTypeQueryable;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** Flink's internal rows and what is in them. Loaded only where a job has such a type. */
final class RowDataBridge extends TypeBridge<Object> {
  private static final long NANOS_A_MILLI = 1_000_000;

  private final LogicalType type;
  private final RowDataBridge[] children;
  private final RowData.FieldGetter[] fields;
  private final ArrayData.ElementGetter[] elements;

  private RowDataBridge(LogicalType type) {
    this.type = type;
    List<LogicalType> types = type.getChildren();
    children = new RowDataBridge[types.size()];
    fields = new RowData.FieldGetter[children.length];
    elements = new ArrayData.ElementGetter[children.length];
    for (int i = 0; i < children.length; i++) {
      children[i] = new RowDataBridge(types.get(i));
      fields[i] = RowData.createFieldGetter(types.get(i), i);
      elements[i] = ArrayData.createElementGetter(types.get(i));
    }
  }

  static RowDataBridge of(TypeInformation<?> type) {
    if (!(type instanceof DataTypeQueryable)) {
      throw new IllegalArgumentException(
          "The type " + type + " of RowData does not tell its fields: use an InternalTypeInfo.");
    }
    return new RowDataBridge(((DataTypeQueryable) type).getDataType().getLogicalType());
  }

  @Override
  public Object toPython(Object value) {
    if (value == null) {
      return null;
    }
    switch (type.getTypeRoot()) {
      case CHAR:
      case VARCHAR:
        return value.toString();
      case DECIMAL:
        return ((DecimalData) value).toBigDecimal();
      case DATE:
        return LocalDate.ofEpochDay((Integer) value);
      case TIME_WITHOUT_TIME_ZONE:
        return LocalTime.ofNanoOfDay((Integer) value * NANOS_A_MILLI);
      case TIMESTAMP_WITHOUT_TIME_ZONE:
        return ((TimestampData) value).toLocalDateTime();
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE:
        return ((TimestampData) value).toInstant();
      case ARRAY:
        return list((ArrayData) value, 0);
      case MAP:
        return map((MapData) value);
      case ROW:
        Object[] row = new Object[children.length];
        for (int i = 0; i < row.length; i++) {
          row[i] = children[i].toPython(fields[i].getFieldOrNull((RowData) value));
        }
        return row;
      default:
        return value;
    }
  }

  private List<Object> list(ArrayData array, int child) {
    List<Object> list = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      list.add(children[child].toPython(elements[child].getElementOrNull(array, i)));
    }
    return list;
  }

  private Map<Object, Object> map(MapData value) {
    List<Object> keys = list(value.keyArray(), 0);
    List<Object> values = list(value.valueArray(), 1);
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      map.put(keys.get(i), values.get(i));
    }
    return map;
  }

  @Override
  public Object fromPython(Object value) {
    if (value == null) {
      return null;
    }
    switch (type.getTypeRoot()) {
      case CHAR:
      case VARCHAR:
        return StringData.fromString(CellValues.as(String.class, value));
      case BOOLEAN:
        return CellValues.as(Boolean.class, value);
      case BINARY:
      case VARBINARY:
        return CellValues.as(byte[].class, value);
      case TINYINT:
        return CellValues.as(Byte.class, value);
      case SMALLINT:
        return CellValues.as(Short.class, value);
      case INTEGER:
        return CellValues.as(Integer.class, value);
      case BIGINT:
        return CellValues.as(Long.class, value);
      case FLOAT:
        return CellValues.as(Double.class, value).floatValue();
      case DOUBLE:
        return CellValues.as(Double.class, value);
      case DECIMAL:
        return decimal(CellValues.as(BigDecimal.class, value));
      case DATE:
        return (int) CellValues.as(LocalDate.class, value).toEpochDay();
      case TIME_WITHOUT_TIME_ZONE:
        return (int) (CellValues.as(LocalTime.class, value).toNanoOfDay() / NANOS_A_MILLI);
      case TIMESTAMP_WITHOUT_TIME_ZONE:
        return TimestampData.fromLocalDateTime(CellValues.as(LocalDateTime.class, value));
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE:
        return TimestampData.fromInstant(CellValues.as(Instant.class, value));
      case ARRAY:
        List<Object> values = new ArrayList<>();
        ListBridge.elements(value).forEach(each -> values.add(children[0].fromPython(each)));
        return new GenericArrayData(values.toArray());
      case MAP:
        Map<Object, Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) value)
            .forEach((k, v) -> map.put(children[0].fromPython(k), children[1].fromPython(v)));
        return new GenericMapData(map);
      case ROW:
        return row(value);
      default:
        throw new PythonConversionException(
            "Python functions return no values of the type " + type.asSummaryString());
    }
  }

  private Object decimal(BigDecimal value) {
    DecimalType decimal = (DecimalType) type;
    DecimalData exact =
        DecimalData.fromBigDecimal(value, decimal.getPrecision(), decimal.getScale());
    if (exact == null) {
      throw new PythonConversionException(value + " has too many digits for " + type);
    }
    return exact;
  }

  private Object row(Object value) {
    List<String> names = ((RowType) type).getFieldNames();
    GenericRowData row = new GenericRowData(children.length);
    boolean named = value instanceof Map;
    if (!named && (!(value instanceof List) || ((List<?>) value).size() != children.length)) {
      throw new PythonConversionException(
          "Python returned " + value + " for a row with the fields " + String.join(", ", names));
    }
    for (int i = 0; i < children.length; i++) {
      Object field = named ? ((Map<?, ?>) value).get(names.get(i)) : ((List<?>) value).get(i);
      try {
        row.setField(i, children[i].fromPython(field));
      } catch (PythonConversionException e) {
        throw new PythonConversionException("field " + names.get(i) + ": " + e.getMessage(), e);
      }
    }
    return row;
  }

  @Override
  public Object description() {
    Object[] types = new Object[children.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = children[i].description();
    }
    switch (type.getTypeRoot()) {
      case ROW:
        Object[] names = ((RowType) type).getFieldNames().toArray();
        return PyTuple.of("ROW", PyTuple.of(names), PyTuple.of(types));
      case ARRAY:
        return PyTuple.of("ARRAY", types[0]);
      case MAP:
        return PyTuple.of("MAP", types[0], types[1]);
      default:
        return type.getTypeRoot().name();
    }
  }
}
