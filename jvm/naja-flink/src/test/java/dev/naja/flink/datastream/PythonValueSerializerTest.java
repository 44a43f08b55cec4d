package dev.naja.flink.datastream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.naja.PyObject;
import dev.naja.flink.TestTables;
import dev.naja.flink.runtime.OpenPython;
import dev.naja.flink.runtime.TaskContext;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** How values that only Python reads are written down. */
class PythonValueSerializerTest {
  private final PythonValueSerializer serializer = PythonValueSerializer.INSTANCE;

  @Test
  void aValueIsItsPickle() throws IOException {
    byte[] pickled = {1, 2, 3};
    DataOutputSerializer out = new DataOutputSerializer(16);
    serializer.serialize(PythonValue.of(pickled), out);
    assertArrayEquals(new byte[] {0, 0, 0, 3, 1, 2, 3}, out.getCopyOfBuffer());
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    assertEquals(PythonValue.of(pickled), serializer.deserialize(in));
    DataOutputSerializer copied = new DataOutputSerializer(16);
    serializer.copy(new DataInputDeserializer(out.getCopyOfBuffer()), copied);
    assertArrayEquals(out.getCopyOfBuffer(), copied.getCopyOfBuffer());
  }

  @Test
  void aCopyDoesNotChangeWithTheOriginal() {
    try (OpenPython python = TestTables.python().open(TaskContext.detached());
        PyObject held = held(python, "[1]")) {
      Pickles pickles = new Pickles(python, "test");
      PythonValue value = PythonValue.of(held, pickles);
      PythonValue copy = serializer.copy(value);
      assertEquals(value, copy);
      held.attr("value").attr("append").call(2);
      assertEquals("[1, 2]", value.in(pickles).attr("value").str());
      assertEquals("[1]", copy.in(pickles).attr("value").str());
      assertNotSame(value, copy);
    }
  }

  private static PyObject held(OpenPython python, String expression) {
    try (PyObject made = python.half("_pickles", "Held")) {
      return made.invoke(python.python().namespace().evalAs(PyObject.class, expression));
    }
  }

  @Test
  void bytesOfAClassThatIsGone() {
    try (OpenPython python = TestTables.python().open(TaskContext.detached())) {
      byte[] pickled =
          python
              .python()
              .namespace()
              .evalAs(byte[].class, "b'\\x80\\x05\\x8c\\x07nowhere\\x8c\\x01C\\x93)R.'");
      Pickles pickles = new Pickles(python, "fraud:Model");
      Exception failure = assertThrows(Exception.class, () -> PythonValue.of(pickled).in(pickles));
      assertTrue(
          failure
              .getMessage()
              .contains(
                  "fraud:Model cannot read its state of 18 bytes: ModuleNotFoundError: No module"
                      + " named 'nowhere'. Keep the classes of what is in a state where they were"),
          failure.getMessage());
    }
  }

  @Test
  void theSnapshotOfTheSerializerTellsVersionAndProtocol() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot<PythonValue> snapshot = serializer.snapshotConfiguration();
    TypeSerializerSnapshot.writeVersionedSnapshot(out, snapshot);
    TypeSerializerSnapshot<PythonValue> read =
        TypeSerializerSnapshot.readVersionedSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());
    TypeSerializer<PythonValue> restored = read.restoreSerializer();
    assertEquals(serializer, restored);
    assertTrue(snapshot.resolveSchemaCompatibility(read).isCompatibleAsIs());
  }

  @Test
  void aSnapshotOfALaterVersionIsRefused() throws IOException {
    PythonValueSerializerSnapshot snapshot = new PythonValueSerializerSnapshot();
    DataInputDeserializer in = new DataInputDeserializer(new byte[] {0, 0, 0, 9});
    IOException failure =
        assertThrows(
            IOException.class, () -> snapshot.readSnapshot(2, in, getClass().getClassLoader()));
    assertEquals(
        "The state of Python values was written by a later naja (version 2 of its form, known is"
            + " 1): restore it with that naja.",
        failure.getMessage());
    PythonValueSerializerSnapshot later = new PythonValueSerializerSnapshot();
    later.readSnapshot(1, in, getClass().getClassLoader());
    assertTrue(
        new PythonValueSerializerSnapshot().resolveSchemaCompatibility(later).isIncompatible());
  }
}
