package dev.naja.flink.datastream;

import java.util.LinkedHashMap;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.types.RowUtils;

/** Flink's rows, whose fields can be had by name and by position afterwards. */
final class RowBridge extends TypeBridge<Row> {
  private final Fields fields;
  private final LinkedHashMap<String, Integer> positions = new LinkedHashMap<>();

  RowBridge(RowTypeInfo type, Pickles pickles) {
    fields = new Fields("a Row", type.getFieldNames(), type.getFieldTypes(), pickles);
    for (int i = 0; i < fields.size(); i++) {
      positions.put(fields.name(i), i);
    }
  }

  @Override
  public Object toPython(Row row) {
    if (row == null) {
      return null;
    }
    boolean named = row.getFieldNames(false) != null;
    Object[] values = new Object[fields.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = fields.toPython(i, named ? row.getField(fields.name(i)) : row.getField(i));
    }
    return values;
  }

  @Override
  public Row fromPython(Object value) {
    return value == null
        ? null
        : RowUtils.createRowWithNamedPositions(RowKind.INSERT, fields.fromPython(value), positions);
  }

  @Override
  public Object description() {
    return fields.row();
  }
}
