package dev.naja.arrow;

import dev.naja.PyObject;
import dev.naja.Python;
import dev.naja.PythonConversionException;
import java.util.List;
import org.apache.arrow.c.ArrowArray;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.ArrowSchema;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** How does Arrow data go to Python? As C structs, which Python moves into capsules. */
final class Exports {
  /** The function of Python's half that makes objects of pyarrow's. */
  static final String PYARROW = "pyarrow_object";

  /** The one that makes objects with the methods of the PyCapsule interface, and no more. */
  static final String CAPSULES = "capsules";

  private static final DictionaryProvider NONE = new DictionaryProvider.MapDictionaryProvider();

  private Exports() {}

  /** What fills the structs of a schema and an array. */
  private interface Export {
    void fill(ArrowSchema schema, ArrowArray array);
  }

  static PyObject batch(String function, VectorSchemaRoot root, DictionaryProvider dictionaries) {
    DictionaryProvider provider = dictionaries == null ? NONE : dictionaries;
    for (FieldVector column : root.getFieldVectors()) {
      if (column.getValueCount() != root.getRowCount()) {
        throw new PythonConversionException(
            String.format(
                "cannot pass a VectorSchemaRoot of %d rows whose column '%s' has %d values: call"
                    + " root.setRowCount(...) when the columns are filled",
                root.getRowCount(), column.getName(), column.getValueCount()));
      }
      checkDictionaries(column.getField(), provider);
    }
    BufferAllocator allocator = allocator(root.getFieldVectors());
    return give(
        function,
        "batch",
        allocator,
        (schema, array) -> Data.exportVectorSchemaRoot(allocator, root, provider, array, schema));
  }

  static PyObject vector(String function, FieldVector vector, DictionaryProvider dictionaries) {
    DictionaryProvider provider = dictionaries == null ? NONE : dictionaries;
    checkDictionaries(vector.getField(), provider);
    BufferAllocator allocator = allocator(List.of(vector));
    return give(
        function,
        "array",
        allocator,
        (schema, array) -> Data.exportVector(allocator, vector, provider, array, schema));
  }

  static PyObject schema(String function, Schema value) {
    for (Field field : value.getFields()) {
      checkDictionaries(field, NONE);
    }
    BufferAllocator allocator = Arrow.allocator();
    return give(
        function,
        "schema",
        allocator,
        (schema, array) -> Data.exportSchema(allocator, value, NONE, schema));
  }

  static PyObject reader(String function, ArrowReader reader) {
    BufferAllocator allocator = Arrow.allocator();
    try (ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
      Data.exportArrayStream(allocator, reader, stream);
      try {
        return call(function, "reader", stream.memoryAddress(), 0);
      } finally {
        stream.release();
      }
    }
  }

  /** The allocator of the vectors; nulls need no memory, and have none. */
  private static BufferAllocator allocator(List<FieldVector> vectors) {
    for (FieldVector vector : vectors) {
      if (!(vector instanceof NullVector)) {
        return vector.getAllocator();
      }
    }
    return Arrow.allocator();
  }

  /** Python moves what it takes; what it left for an exception is released here. */
  private static PyObject give(
      String function, String kind, BufferAllocator allocator, Export export) {
    Access.check();
    try (ArrowSchema schema = ArrowSchema.allocateNew(allocator);
        ArrowArray array = ArrowArray.allocateNew(allocator)) {
      try {
        export.fill(schema, array);
        return call(function, kind, schema.memoryAddress(), array.memoryAddress());
      } finally {
        schema.release();
        array.release();
      }
    }
  }

  private static PyObject call(String function, String kind, long first, long second) {
    try (PyObject module = Python.running().module("naja._arrow");
        PyObject callable = module.attr(function)) {
      return callable.invoke(kind, first, second);
    }
  }

  private static void checkDictionaries(Field field, DictionaryProvider provider) {
    if (field.getDictionary() != null && provider.lookup(field.getDictionary().getId()) == null) {
      throw new PythonConversionException(
          String.format(
              "cannot pass the dictionary encoded column '%s' without its dictionary %d: pass what"
                  + " Arrow.toPython(..., dictionaries) makes of it, or decode it first by"
                  + " DictionaryEncoder.decode",
              field.getName(), field.getDictionary().getId()));
    }
    for (Field child : field.getChildren()) {
      checkDictionaries(child, provider);
    }
  }
}
