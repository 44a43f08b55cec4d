package dev.naja.flink.table.lookup;

import dev.naja.PyObject;
import dev.naja.PyTuple;
import dev.naja.flink.runtime.BatchOptions;
import dev.naja.flink.runtime.OpenBatches;
import dev.naja.flink.runtime.OpenCallable;
import dev.naja.flink.runtime.PythonBatch;
import dev.naja.flink.runtime.PythonCallable;
import dev.naja.flink.runtime.ScalarOpener;
import dev.naja.flink.runtime.TaskContext;
import dev.naja.flink.types.FieldReaders;
import dev.naja.flink.types.PythonSignature;
import dev.naja.flink.types.SignatureTypes;
import dev.naja.flink.types.TypeDescription;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * A Python function, the table whose rows it finds, and the columns that are its key. Immutable.
 */
final class PythonLookup implements Serializable {
  private static final long serialVersionUID = 1;

  private final PythonCallable callable;
  private final PythonSignature signature;
  private final RowType table;
  private final int[] keys;
  private final BatchOptions options;

  PythonLookup(
      PythonCallable callable,
      PythonSignature signature,
      RowType table,
      int[] keys,
      BatchOptions options) {
    this.callable = callable;
    this.signature = signature;
    this.table = table;
    this.keys = keys;
    this.options = options;
  }

  private RowType keyType() {
    return new RowType(
        false, Arrays.stream(keys).mapToObj(table.getFields()::get).collect(Collectors.toList()));
  }

  private LogicalType resultType() {
    return new ArrayType(false, table.copy(false));
  }

  private PyObject prepare(PyObject prepare, PyObject function) {
    List<Long> places = Arrays.stream(keys).mapToLong(i -> i).boxed().collect(Collectors.toList());
    return prepare.callAs(
        PyObject.class,
        function,
        PyTuple.of(table.getFieldNames().toArray()),
        TypeDescription.of(table.getChildren()),
        places);
  }

  /** Opens the lookup for single keys. */
  OpenCallable openRows(TaskContext task) {
    return ScalarOpener.open(
        callable,
        signature.name(),
        (python, function) -> {
          try (PyObject one = python.half("_drive_lookup", "one")) {
            return prepare(one, function);
          }
        },
        SignatureTypes.writers(signature, keyType().getChildren()),
        FieldReaders.of(resultType()),
        task);
  }

  /** Opens the lookup for batches. */
  OpenBatches openBatches(TaskContext task) {
    PythonBatch batch =
        PythonBatch.open(
            callable,
            (python, function) -> {
              try (PyObject many = python.half("_drive_lookup", "many")) {
                return prepare(many, function);
              }
            },
            keyType(),
            resultType(),
            false,
            task);
    return new OpenBatches(batch, signature.name(), callable.policy(), options, false, task);
  }

  /** What takes the values of a row of the key. */
  RowData.FieldGetter[] fields() {
    RowData.FieldGetter[] getters = new RowData.FieldGetter[keys.length];
    for (int i = 0; i < keys.length; i++) {
      getters[i] = RowData.createFieldGetter(table.getTypeAt(keys[i]), i);
    }
    return getters;
  }

  /** The rows that were found; none for a lookup that has failed, by its policy. */
  Collection<RowData> rows(Object found) {
    if (found == null) {
      return List.of();
    }
    ArrayData array = (ArrayData) found;
    List<RowData> rows = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      rows.add(array.getRow(i, table.getFieldCount()));
    }
    return rows;
  }
}
