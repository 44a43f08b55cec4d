package dev.naja.flink.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;

/**
 * Writes the rows of a group down, by the serializer of the arguments' types: how many, then each.
 * A savepoint can be read as long as those types are the same.
 */
public final class GroupRowsSerializer extends TypeSerializer<GroupRows> {
  private static final long serialVersionUID = 1;

  private final RowDataSerializer row;

  GroupRowsSerializer(RowDataSerializer row) {
    this.row = row;
  }

  /** The serializer of a row. */
  RowDataSerializer row() {
    return row;
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public TypeSerializer<GroupRows> duplicate() {
    return new GroupRowsSerializer((RowDataSerializer) row.duplicate());
  }

  @Override
  public GroupRows createInstance() {
    return new GroupRows();
  }

  @Override
  public GroupRows copy(GroupRows from) {
    return from.copy();
  }

  @Override
  public GroupRows copy(GroupRows from, GroupRows reuse) {
    return from.copy();
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(GroupRows group, DataOutputView target) throws IOException {
    List<RowData> rows = group.rows();
    target.writeInt(rows.size());
    for (RowData each : rows) {
      row.serialize(each, target);
    }
  }

  @Override
  public GroupRows deserialize(DataInputView source) throws IOException {
    int count = source.readInt();
    ArrayList<BinaryRowData> rows = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      rows.add((BinaryRowData) row.deserialize(source));
    }
    return new GroupRows(rows);
  }

  @Override
  public GroupRows deserialize(GroupRows reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    int count = source.readInt();
    target.writeInt(count);
    for (int i = 0; i < count; i++) {
      row.copy(source, target);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GroupRowsSerializer && row.equals(((GroupRowsSerializer) other).row);
  }

  @Override
  public int hashCode() {
    return Objects.hash(getClass(), row);
  }

  @Override
  public TypeSerializerSnapshot<GroupRows> snapshotConfiguration() {
    return new Snapshot(this);
  }

  /** What a savepoint says of the groups in it. */
  public static final class Snapshot
      extends CompositeTypeSerializerSnapshot<GroupRows, GroupRowsSerializer> {
    private static final int VERSION = 1;

    /** For Flink, which reads the rest. */
    public Snapshot() {}

    Snapshot(GroupRowsSerializer serializer) {
      super(serializer);
    }

    @Override
    protected int getCurrentOuterSnapshotVersion() {
      return VERSION;
    }

    @Override
    protected TypeSerializer<?>[] getNestedSerializers(GroupRowsSerializer outer) {
      return new TypeSerializer<?>[] {outer.row};
    }

    @Override
    protected GroupRowsSerializer createOuterSerializerWithNestedSerializers(
        TypeSerializer<?>[] nested) {
      return new GroupRowsSerializer((RowDataSerializer) nested[0]);
    }
  }
}
