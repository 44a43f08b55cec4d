package dev.naja.flink.table;

import dev.naja.flink.types.PythonSignature;
import dev.naja.flink.types.SignatureTypes;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Which columns of a table does a Python function take? Those that its parameters are named after;
 * or, if its only parameter is named after none, the whole row. Immutable.
 */
public final class RowArguments implements Serializable {
  private static final long serialVersionUID = 1;

  private final boolean whole;
  private final int[] columns;
  private final RowType type;

  private RowArguments(boolean whole, int[] columns, RowType type) {
    this.whole = whole;
    this.columns = columns;
    this.type = type;
  }

  /**
   * Matches a function with a table.
   *
   * @param signature the function
   * @param table the table's columns
   * @return what is passed to the function
   * @throws ValidationException if a parameter is named after no column
   */
  public static RowArguments byName(PythonSignature signature, RowType table) {
    List<PythonSignature.Argument> parameters = signature.arguments();
    if (parameters.size() == 1 && (signature.varargs() || !has(table, parameters.get(0).name()))) {
      return signature.varargs() ? inOrder(table) : whole(table);
    }
    List<Integer> found = new ArrayList<>();
    for (PythonSignature.Argument parameter : parameters) {
      int index = table.getFieldIndex(parameter.name());
      if (index >= 0) {
        found.add(index);
      } else if (found.size() < signature.required()) {
        throw new ValidationException(
            String.format(
                "%s takes '%s', but the table has no such column, only %s. Its parameters are named"
                    + " after columns, or it has one parameter, which is the row.",
                signature, parameter.name(), String.join(", ", table.getFieldNames())));
      } else {
        break;
      }
    }
    return of(found.stream().mapToInt(Integer::intValue).toArray(), table);
  }

  /**
   * Matches a function with columns by their order.
   *
   * @param signature the function
   * @param input the columns
   * @return what is passed to the function: the row, if it has one parameter for several columns
   * @throws ValidationException if it takes another number of arguments
   */
  public static RowArguments byOrder(PythonSignature signature, RowType input) {
    int parameters = signature.arguments().size();
    int given = input.getFieldCount();
    if (parameters == 1 && given != 1 && !signature.varargs()) {
      return whole(input);
    }
    if (given < signature.required() || (given > parameters && !signature.varargs())) {
      throw new ValidationException(
          String.format(
              "%s takes %d arguments (%s), but is given %d columns (%s).",
              signature,
              parameters,
              signature.arguments().stream()
                  .map(PythonSignature.Argument::name)
                  .collect(Collectors.joining(", ")),
              given,
              String.join(", ", input.getFieldNames())));
    }
    return inOrder(input);
  }

  /**
   * Compares the types of columns with what the function says of its parameters.
   *
   * @param signature the function
   * @throws ValidationException if a column does not fit its parameter
   */
  public void check(PythonSignature signature) {
    for (int i = 0; !whole && i < columns.length; i++) {
      int index = Math.min(i, signature.arguments().size() - 1);
      PythonSignature.Argument parameter = signature.arguments().get(index);
      LogicalType given = type.getTypeAt(i);
      LogicalType hint = parameter.type().map(SignatureTypes::parse).orElse(given);
      if (!SignatureTypes.fits(given, hint)) {
        throw new ValidationException(
            String.format(
                "Column '%s' is %s, and parameter '%s' of %s takes %s: cast the column, or change"
                    + " the hint.",
                type.getFieldNames().get(i),
                given.asSummaryString(),
                parameter.name(),
                signature,
                hint.asSummaryString()));
      }
    }
  }

  private static boolean has(RowType table, String name) {
    return table.getFieldIndex(name) >= 0;
  }

  /**
   * The row itself.
   *
   * @param table the table's columns
   * @return passes rows as one argument
   */
  public static RowArguments ofRow(RowType table) {
    return whole(table);
  }

  private static RowArguments whole(RowType table) {
    return new RowArguments(true, all(table), table);
  }

  private static RowArguments inOrder(RowType table) {
    return of(all(table), table);
  }

  private static int[] all(RowType table) {
    int[] columns = new int[table.getFieldCount()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = i;
    }
    return columns;
  }

  private static RowArguments of(int[] columns, RowType table) {
    List<RowType.RowField> fields = new ArrayList<>();
    for (int column : columns) {
      fields.add(table.getFields().get(column));
    }
    return new RowArguments(false, columns, new RowType(false, fields));
  }

  /**
   * Whether the function takes one argument, the row of all columns.
   *
   * @return false if it takes one argument for each column
   */
  public boolean whole() {
    return whole;
  }

  /**
   * What takes the values that are passed from a row of the table.
   *
   * @return a getter for each argument, or null if the row itself is passed
   */
  public RowData.FieldGetter[] getters() {
    return whole ? null : fields();
  }

  /**
   * What takes the columns from a row of the table, each alone even where the row is passed.
   *
   * @return a getter for each column of {@link #type}
   */
  public RowData.FieldGetter[] fields() {
    RowData.FieldGetter[] getters = new RowData.FieldGetter[columns.length];
    for (int i = 0; i < columns.length; i++) {
      getters[i] = RowData.createFieldGetter(type.getTypeAt(i), columns[i]);
    }
    return getters;
  }

  /**
   * The row of the columns that are passed.
   *
   * @return names and types
   */
  public RowType type() {
    return type;
  }
}
