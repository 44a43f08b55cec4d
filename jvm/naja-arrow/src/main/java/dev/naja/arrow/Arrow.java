package dev.naja.arrow;

import dev.naja.PyObject;
import dev.naja.PythonConversionException;
import dev.naja.PythonException;
import java.util.Objects;
import org.apache.arrow.c.CDataDictionaryProvider;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Arrow's tables between Java and Python, by Arrow's C data and C stream interfaces: both sides see
 * the same memory.
 *
 * <pre>{@code
 * PyObject batch = Arrow.toPython(root);                        // a pyarrow.RecordBatch
 * VectorSchemaRoot scores = Arrow.toJava(allocator, model.invoke(batch));
 *
 * interface Model {                                             // or without a word of Arrow:
 *   VectorSchemaRoot score(VectorSchemaRoot rows);
 * }
 * VectorSchemaRoot same = model.bind(Model.class).score(root);
 * }</pre>
 *
 * <p>With this library on the class path, {@link VectorSchemaRoot}, {@link ArrowReader}, {@link
 * FieldVector} and {@link Schema} are arguments of every call, and results where they are asked
 * for: by {@code callAs}, {@code as}, a bound interface, a parameter of a Java method that Python
 * calls. What is made in Java that way takes its memory from {@link #allocator()}.
 *
 * <p>Memory is given back when both sides are done with it. What went to Python stays counted by
 * its allocator until Python has let go of it, also when the root is closed; {@link #close} ends a
 * {@link PyObject} at once. What came from Python keeps it alive until the root, reader or vector
 * is closed. Vectors that Python sees are not to be written any more.
 *
 * <p>The JVM needs {@code --add-opens=java.base/java.nio=ALL-UNNAMED}, as for all of Arrow. All
 * methods may be called on any thread.
 */
public final class Arrow {
  private static BufferAllocator allocator;

  private Arrow() {}

  /**
   * The allocator that stands behind what calls convert by themselves. Unless it was set, it is one
   * without a limit, which is never closed.
   *
   * @return the allocator
   */
  public static synchronized BufferAllocator allocator() {
    if (allocator == null) {
      Access.check();
      allocator = new RootAllocator();
    }
    return allocator;
  }

  /**
   * Sets the allocator that stands behind what calls convert by themselves.
   *
   * @param allocator the allocator, which its owner closes after the last use; null for one without
   *     a limit
   */
  public static synchronized void setAllocator(BufferAllocator allocator) {
    Arrow.allocator = allocator;
  }

  /**
   * A {@code pyarrow.RecordBatch} over the memory of a root.
   *
   * @param root the columns, which must all be as long as the root, and none of which is dictionary
   *     encoded
   * @return the batch
   * @throws PythonConversionException if the root is not as described
   * @throws PythonException {@code ImportError} if pyarrow is not installed, or what it says of a
   *     type that it does not know
   */
  public static PyObject toPython(VectorSchemaRoot root) {
    return toPython(root, null);
  }

  /**
   * A {@code pyarrow.RecordBatch} over the memory of a root, some columns of which are dictionary
   * encoded.
   *
   * @param root the columns, which must all be as long as the root
   * @param dictionaries their dictionaries; may be null if there are none
   * @return the batch
   * @throws PythonConversionException if columns differ in length or a dictionary is missing
   * @throws PythonException {@code ImportError} if pyarrow is not installed, or what it says of a
   *     type that it does not know
   */
  public static PyObject toPython(VectorSchemaRoot root, DictionaryProvider dictionaries) {
    return Exports.batch(Exports.PYARROW, root, dictionaries);
  }

  /**
   * A {@code pyarrow.RecordBatchReader} that reads on in Java. It belongs to Python from then on,
   * which closes it when nobody has it any more.
   *
   * @param reader the reader, whose batches keep their memory while Python has them
   * @return the reader in Python; what the Java one throws is an {@code OSError} there
   * @throws PythonException {@code ImportError} if pyarrow is not installed
   */
  public static PyObject toPython(ArrowReader reader) {
    return Exports.reader(Exports.PYARROW, reader);
  }

  /**
   * A {@code pyarrow.Array} over the memory of a vector.
   *
   * @param vector the vector, which is not dictionary encoded
   * @return the array
   * @throws PythonConversionException if the vector is dictionary encoded
   * @throws PythonException {@code ImportError} if pyarrow is not installed
   */
  public static PyObject toPython(FieldVector vector) {
    return toPython(vector, null);
  }

  /**
   * A {@code pyarrow.Array} over the memory of a vector.
   *
   * @param vector the vector
   * @param dictionaries the dictionaries; may be null if there are none
   * @return the array
   * @throws PythonConversionException if a dictionary is missing
   * @throws PythonException {@code ImportError} if pyarrow is not installed
   */
  public static PyObject toPython(FieldVector vector, DictionaryProvider dictionaries) {
    return Exports.vector(Exports.PYARROW, vector, dictionaries);
  }

  /**
   * A {@code pyarrow.Schema}.
   *
   * @param schema a schema without dictionary encoded columns
   * @return the same in Python
   * @throws PythonConversionException if a column is dictionary encoded
   * @throws PythonException {@code ImportError} if pyarrow is not installed
   */
  public static PyObject toPython(Schema schema) {
    return Exports.schema(Exports.PYARROW, schema);
  }

  /**
   * The same as {@link #toPython(VectorSchemaRoot, DictionaryProvider)} where there is no pyarrow:
   * an object with {@code __arrow_c_array__}, as polars, DuckDB and others take. It can be taken
   * once.
   *
   * @param root the columns, which must all be as long as the root
   * @param dictionaries their dictionaries; may be null if there are none
   * @return the object
   * @throws PythonConversionException if columns differ in length or a dictionary is missing
   */
  public static PyObject capsules(VectorSchemaRoot root, DictionaryProvider dictionaries) {
    return Exports.batch(Exports.CAPSULES, root, dictionaries);
  }

  /**
   * The same as {@link #toPython(ArrowReader)} where there is no pyarrow: an object with {@code
   * __arrow_c_stream__}, which can be taken once.
   *
   * @param reader the reader, which belongs to Python from then on
   * @return the object
   */
  public static PyObject capsules(ArrowReader reader) {
    return Exports.reader(Exports.CAPSULES, reader);
  }

  /**
   * A table of Python's as columns in Java, without a copy if it is in one piece.
   *
   * @param allocator counts the memory, until the root is closed
   * @param table what has {@code __arrow_c_array__}, such as a {@code pyarrow.RecordBatch}; or
   *     {@code __arrow_c_stream__}, such as a {@code pyarrow.Table}, a {@code pandas.DataFrame} or
   *     a polars one, of which pyarrow makes one batch
   * @return the columns, none of which is dictionary encoded
   * @throws PythonConversionException if it is no table, has a type that arrow-java does not know,
   *     or a column is dictionary encoded: take it with its dictionaries, or as a reader
   * @throws PythonException what Python raises meanwhile
   */
  public static VectorSchemaRoot toJava(BufferAllocator allocator, PyObject table) {
    return Imports.batch(Objects.requireNonNull(allocator, "allocator"), table, null);
  }

  /**
   * A table of Python's as columns in Java, some of which may be dictionary encoded.
   *
   * @param allocator counts the memory, until the root and the dictionaries are closed
   * @param table as without dictionaries
   * @param dictionaries takes the dictionaries; the caller closes it
   * @return the columns
   * @throws PythonConversionException if it is no table, or has a type that arrow-java does not
   *     know
   * @throws PythonException what Python raises meanwhile
   */
  public static VectorSchemaRoot toJava(
      BufferAllocator allocator, PyObject table, CDataDictionaryProvider dictionaries) {
    Objects.requireNonNull(dictionaries, "dictionaries");
    return Imports.batch(Objects.requireNonNull(allocator, "allocator"), table, dictionaries);
  }

  /**
   * Reads the batches of a table or stream of Python's, without a copy.
   *
   * @param allocator counts the memory of the batch that was read last, and of the dictionaries
   * @param table what has {@code __arrow_c_stream__}, such as a {@code pyarrow.RecordBatchReader}
   *     or {@code Table}, a {@code pandas.DataFrame} or a polars one
   * @return the reader, which has the dictionaries too; what Python raises while it reads is an
   *     {@code IOException}
   * @throws PythonConversionException if it is no table
   * @throws PythonException what Python raises meanwhile
   */
  public static ArrowReader reader(BufferAllocator allocator, PyObject table) {
    return Imports.reader(Objects.requireNonNull(allocator, "allocator"), table);
  }

  /**
   * An array of Python's as a vector, without a copy if it is in one piece.
   *
   * @param allocator counts the memory, until the vector is closed
   * @param array what has {@code __arrow_c_array__}, such as a {@code pyarrow.Array}; or {@code
   *     __arrow_c_stream__}, such as a {@code pyarrow.ChunkedArray} or a {@code pandas.Series}, of
   *     which pyarrow makes one array
   * @return the vector
   * @throws PythonConversionException if it is no array, has a type that arrow-java does not know,
   *     or is dictionary encoded
   * @throws PythonException what Python raises meanwhile
   */
  public static FieldVector vector(BufferAllocator allocator, PyObject array) {
    return Imports.vector(Objects.requireNonNull(allocator, "allocator"), array, null);
  }

  /**
   * An array of Python's as a vector that may be dictionary encoded.
   *
   * @param allocator counts the memory, until the vector and the dictionaries are closed
   * @param array as without dictionaries
   * @param dictionaries takes the dictionaries; the caller closes it
   * @return the vector
   * @throws PythonConversionException if it is no array, or has a type that arrow-java does not
   *     know
   * @throws PythonException what Python raises meanwhile
   */
  public static FieldVector vector(
      BufferAllocator allocator, PyObject array, CDataDictionaryProvider dictionaries) {
    Objects.requireNonNull(dictionaries, "dictionaries");
    return Imports.vector(Objects.requireNonNull(allocator, "allocator"), array, dictionaries);
  }

  /**
   * A schema of Python's.
   *
   * @param schema what has {@code __arrow_c_schema__}, such as a {@code pyarrow.Schema}, or the
   *     batch or table itself
   * @return the schema; dictionary encoded columns have the type of their indices
   * @throws PythonConversionException if it is none, or has a type that arrow-java does not know
   * @throws PythonException what Python raises meanwhile
   */
  public static Schema schema(PyObject schema) {
    return Imports.schema(schema);
  }

  /**
   * Closes objects and has Python drop them before this returns, so that memory that only they kept
   * is free for its allocator to be closed. {@link PyObject#close} alone leaves that to the next
   * call of Python.
   *
   * @param objects what to close
   */
  public static void close(PyObject... objects) {
    for (PyObject object : objects) {
      object.close();
    }
    dev.naja.Python.running().handleCount();
  }
}
