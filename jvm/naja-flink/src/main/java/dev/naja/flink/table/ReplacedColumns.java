package dev.naja.flink.table;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.JoinedRowData;
import org.apache.flink.table.data.utils.ProjectedRowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * A table some of whose columns are replaced, in their places, by those of another row of the same
 * name, and whose new ones come behind. Immutable.
 */
public final class ReplacedColumns implements Serializable {
  private static final long serialVersionUID = 1;

  private final RowType type;
  private final int[] sources;
  private final int added;

  private ReplacedColumns(RowType type, int[] sources, int added) {
    this.type = type;
    this.sources = sources;
    this.added = added;
  }

  /**
   * Plans the columns.
   *
   * @param table the table's columns
   * @param row the columns that are added or replaced
   * @return the columns of both
   */
  public static ReplacedColumns of(RowType table, RowType row) {
    List<RowType.RowField> fields = new ArrayList<>();
    List<Integer> sources = new ArrayList<>();
    int width = table.getFieldCount();
    for (int i = 0; i < width; i++) {
      int replaced = row.getFieldIndex(table.getFieldNames().get(i));
      fields.add(replaced < 0 ? table.getFields().get(i) : nullable(row, replaced));
      sources.add(replaced < 0 ? i : width + replaced);
    }
    for (int i = 0; i < row.getFieldCount(); i++) {
      if (table.getFieldIndex(row.getFieldNames().get(i)) < 0) {
        fields.add(nullable(row, i));
        sources.add(width + i);
      }
    }
    return new ReplacedColumns(
        new RowType(false, fields),
        sources.stream().mapToInt(Integer::intValue).toArray(),
        row.getFieldCount());
  }

  /** A call that fails may leave NULL, by the function's policy. */
  private static RowType.RowField nullable(RowType row, int index) {
    return new RowType.RowField(row.getFieldNames().get(index), row.getTypeAt(index).copy(true));
  }

  /**
   * The columns of the result.
   *
   * @return names and types
   */
  public RowType type() {
    return type;
  }

  /**
   * A row of the result, which does not outlive the other two.
   *
   * @param row a row of the table
   * @param made the row that is added to it; null makes its columns NULL
   * @return a view of both
   */
  public RowData row(RowData row, RowData made) {
    RowData behind = made == null ? new GenericRowData(added) : made;
    return ProjectedRowData.from(sources)
        .replaceRow(new JoinedRowData(row.getRowKind(), row, behind));
  }
}
