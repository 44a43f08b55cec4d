package dev.naja.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.naja.PyObject;
import dev.naja.PythonConversionException;
import java.io.IOException;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.Test;

/** Is everything released on both sides, however often it crosses? */
class LeakTest extends ArrowTest {
  private static final int EXCHANGES = 3000;

  private long pythonBytes() {
    namespace.exec("gc.collect()");
    return namespace.evalAs(long.class, "pa.total_allocated_bytes()");
  }

  /** There and back, by batch and by stream, of what Python made. */
  @Test
  void exchangesLeaveNothing() throws IOException {
    long before = pythonBytes();
    namespace.exec(
        "batch = pa.record_batch({'n': list(range(100)), 's': ['text'] * 100}).slice(3)");
    try (PyObject batch = eval("batch");
        PyObject same = eval("lambda rows: rows");
        PyObject read = eval("lambda reader: reader.read_all()")) {
      for (int i = 0; i < EXCHANGES; i++) {
        try (VectorSchemaRoot root = Arrow.toJava(allocator, batch);
            VectorSchemaRoot again = same.callAs(VectorSchemaRoot.class, root);
            ArrowReader reader = Arrow.reader(allocator, batch);
            ArrowReader whole = read.callAs(ArrowReader.class, reader)) {
          assertTrue(whole.loadNextBatch());
          assertEquals(97, again.getRowCount());
          assertEquals(97, whole.getVectorSchemaRoot().getRowCount());
        }
      }
    }
    drop();
    assertEquals(0, allocator.getAllocatedMemory());
    assertEquals(before, pythonBytes());
  }

  @Test
  void failuresLeaveNothing() {
    long before = pythonBytes();
    namespace.exec(
        "bad = [pa.table({'c': pa.array([b''], pa.binary(0)), 'n': [1]}), pa.array([1]),"
            + " pa.array([{'a': 1}, None]), pa.array(['a']).dictionary_encode(), object()]");
    try (PyObject bad = eval("bad")) {
      for (int i = 0; i < 1000; i++) {
        try (PyObject each = bad.item(i % 5)) {
          Arrow.toJava(allocator, each).close();
          throw new AssertionError("taken");
        } catch (PythonConversionException expected) {
          assertEquals(0, allocator.getAllocatedMemory());
        }
      }
    }
    drop();
    assertEquals(before, pythonBytes());
  }

  /** Python's memory outlives Python's names for it, until Java closes the root. */
  @Test
  void javaKeepsWhatPythonHasForgotten() {
    long before = pythonBytes();
    VectorSchemaRoot root =
        namespace.evalAs(VectorSchemaRoot.class, "pa.record_batch({'n': list(range(100000))})");
    drop();
    assertTrue(pythonBytes() >= before + 800_000);
    assertEquals("99999", root.getVector(0).getObject(99_999).toString());
    root.close();
    assertEquals(before, pythonBytes());
  }
}
