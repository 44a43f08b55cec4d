package dev.naja.arrow;

import dev.naja.PyObject;
import java.util.List;
import org.apache.arrow.c.ArrowArray;
import org.apache.arrow.c.CDataDictionaryProvider;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** How does Arrow data come from Python? As C structs, which are moved out of Python's capsules. */
final class Imports {
  private Imports() {}

  static VectorSchemaRoot batch(
      BufferAllocator allocator, PyObject table, CDataDictionaryProvider dictionaries) {
    Access.check();
    try (Taken taken = Taken.of("batch", table, VectorSchemaRoot.class);
        CDataDictionaryProvider own = new CDataDictionaryProvider()) {
      CDataDictionaryProvider provider = dictionaries == null ? own : dictionaries;
      Schema schema = Data.importSchema(allocator, taken.schema(), provider);
      checkDictionaries(schema.getFields(), dictionaries);
      VectorSchemaRoot root = VectorSchemaRoot.create(KnownTypes.of(schema), allocator);
      try {
        load(allocator, taken.array(), schema, root, provider);
        return root;
      } catch (RuntimeException | Error e) {
        root.close();
        throw e;
      }
    } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
      throw refused(table, VectorSchemaRoot.class, e);
    }
  }

  /**
   * Moves a record batch of a schema into a root of that schema's known types. What it does not
   * move, for an exception, is left to the caller to release.
   */
  static void load(
      BufferAllocator allocator,
      ArrowArray array,
      Schema schema,
      VectorSchemaRoot root,
      CDataDictionaryProvider dictionaries) {
    FieldType struct = FieldType.notNullable(new ArrowType.Struct());
    Field rows = new Field("", struct, schema.getFields());
    Unsliced.checkRows(array);
    ArrowArray plain = Unsliced.of(allocator, array, rows, dictionaries);
    try {
      Data.importIntoVectorSchemaRoot(allocator, plain, root, dictionaries, false);
    } finally {
      if (plain != array) {
        plain.release();
        plain.close();
      }
    }
  }

  static FieldVector vector(
      BufferAllocator allocator, PyObject array, CDataDictionaryProvider dictionaries) {
    Access.check();
    try (Taken taken = Taken.of("array", array, FieldVector.class);
        CDataDictionaryProvider own = new CDataDictionaryProvider()) {
      CDataDictionaryProvider provider = dictionaries == null ? own : dictionaries;
      Field field = Data.importField(allocator, taken.schema(), provider);
      checkDictionaries(List.of(field), dictionaries);
      FieldVector vector = KnownTypes.of(field).createVector(allocator);
      try {
        load(allocator, taken.array(), field, vector, provider);
        return vector;
      } catch (RuntimeException | Error e) {
        vector.close();
        throw e;
      }
    } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
      throw refused(array, FieldVector.class, e);
    }
  }

  private static void load(
      BufferAllocator allocator,
      ArrowArray array,
      Field field,
      FieldVector vector,
      CDataDictionaryProvider dictionaries) {
    ArrowArray plain = Unsliced.of(allocator, array, field, dictionaries);
    try {
      Data.importIntoVector(allocator, plain, vector, dictionaries, false);
    } finally {
      if (plain != array) {
        plain.release();
        plain.close();
      }
    }
  }

  static ArrowReader reader(BufferAllocator allocator, PyObject table) {
    Access.check();
    try (Taken taken = Taken.of("reader", table, ArrowReader.class)) {
      return new StreamReader(allocator, taken.stream());
    }
  }

  static Schema schema(PyObject schema) {
    Access.check();
    try (Taken taken = Taken.of("schema", schema, Schema.class);
        CDataDictionaryProvider dictionaries = new CDataDictionaryProvider()) {
      return KnownTypes.of(Data.importSchema(Arrow.allocator(), taken.schema(), dictionaries));
    } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
      throw refused(schema, Schema.class, e);
    }
  }

  /** Arrow's exceptions say what is wrong, but not of what. */
  private static RuntimeException refused(PyObject object, Class<?> target, RuntimeException e) {
    return Taken.refused(object, target, String.valueOf(e.getMessage()), e);
  }

  private static void checkDictionaries(List<Field> fields, CDataDictionaryProvider wanted) {
    if (wanted != null) {
      return;
    }
    for (Field field : fields) {
      if (field.getDictionary() != null) {
        throw new IllegalArgumentException(
            "'"
                + field.getName()
                + "' is dictionary encoded: give a CDataDictionaryProvider, take it as an"
                + " ArrowReader, which has the dictionaries, or cast it to plain values in Python");
      }
      checkDictionaries(field.getChildren(), null);
    }
  }
}
