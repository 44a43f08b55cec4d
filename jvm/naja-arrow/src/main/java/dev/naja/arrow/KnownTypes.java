package dev.naja.arrow;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.Types;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Which types can arrow-java's vectors hold? Its schemas know more, and vectors of those would read
 * the memory wrongly.
 */
final class KnownTypes {
  private KnownTypes() {}

  /**
   * A schema as the vectors have it.
   *
   * @throws IllegalArgumentException if there is no vector for a type
   */
  static Schema of(Schema schema) {
    return new Schema(of(schema.getFields()), schema.getCustomMetadata());
  }

  private static List<Field> of(List<Field> fields) {
    return fields.stream().map(KnownTypes::of).collect(Collectors.toList());
  }

  /**
   * A type as its vector has it: the ids in a sparse union are those of arrow-java.
   *
   * @throws IllegalArgumentException if there is no vector for it
   */
  static Field of(Field field) {
    ArrowType type = field.getType();
    check(field, type);
    if (isSparse(type)) {
      type = new ArrowType.Union(UnionMode.Sparse, ids(field));
    }
    FieldType known =
        new FieldType(field.isNullable(), type, field.getDictionary(), field.getMetadata());
    return new Field(field.getName(), known, of(field.getChildren()));
  }

  private static void check(Field field, ArrowType type) {
    if (type instanceof ArrowType.Decimal && ((ArrowType.Decimal) type).getBitWidth() < 128) {
      throw unknown(field, "cast it to decimal128 in Python");
    }
    if (type instanceof ArrowType.FixedSizeBinary
        && ((ArrowType.FixedSizeBinary) type).getByteWidth() == 0) {
      throw unknown(field, "cast it to binary in Python");
    }
  }

  static boolean isSparse(ArrowType type) {
    return type instanceof ArrowType.Union
        && ((ArrowType.Union) type).getMode() == UnionMode.Sparse;
  }

  /** The ids that a sparse union's vector gives its children: one for each type of vector. */
  static int[] ids(Field union) {
    int[] ids =
        union.getChildren().stream()
            .mapToInt(child -> Types.getMinorTypeForArrowType(child.getType()).ordinal())
            .toArray();
    if (Arrays.stream(ids).distinct().count() < ids.length) {
      throw unknown(
          union, "two of its types have the same vector; make it a dense union in Python");
    }
    return ids;
  }

  private static IllegalArgumentException unknown(Field field, String mend) {
    String of = field.getName().isEmpty() ? "" : " of '" + field.getName() + "'";
    return new IllegalArgumentException(
        "arrow-java has no vector for the type " + field.getType() + of + ": " + mend);
  }
}
