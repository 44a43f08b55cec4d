package dev.naja.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.naja.PyObject;
import dev.naja.PythonException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

/** Do streams of batches cross, batch by batch? */
class ReaderTest extends ArrowTest {

  /** Reads batches of growing length, and then may fail. */
  private static final class Counting extends ArrowReader {
    private final int batches;
    private final boolean failing;
    private int loaded;
    boolean sourceClosed;

    Counting(BufferAllocator allocator, int batches, boolean failing) {
      super(allocator);
      this.batches = batches;
      this.failing = failing;
    }

    @Override
    public boolean loadNextBatch() throws IOException {
      prepareLoadNextBatch();
      if (loaded == batches) {
        if (failing) {
          throw new IOException("the source is broken");
        }
        return false;
      }
      loaded++;
      getVectorSchemaRoot().clear();
      IntVector numbers = (IntVector) getVectorSchemaRoot().getVector("n");
      for (int i = 0; i < loaded; i++) {
        numbers.setSafe(i, 10 * loaded + i);
      }
      getVectorSchemaRoot().setRowCount(loaded);
      return true;
    }

    @Override
    public long bytesRead() {
      return 0;
    }

    @Override
    protected void closeReadSource() {
      sourceClosed = true;
    }

    @Override
    protected Schema readSchema() {
      return new Schema(List.of(Field.nullable("n", new ArrowType.Int(32, true))));
    }
  }

  @Test
  void readerOfJavaIsReadInPython() {
    Counting reader = new Counting(allocator, 3, false);
    give("reader", Arrow.toPython(reader));
    assertEquals(
        List.of(List.of(10L), List.of(20L, 21L), List.of(30L, 31L, 32L)),
        namespace.eval("[batch['n'].to_pylist() for batch in reader]"));
    drop();
    assertTrue(reader.sourceClosed);
  }

  @Test
  void batchesStayWhenTheReaderGoesOn() {
    give("reader", Arrow.toPython(new Counting(allocator, 2, false)));
    namespace.exec(
        "first = reader.read_next_batch()\nsecond = reader.read_next_batch()\ndel reader");
    assertEquals(List.of(10L), namespace.eval("first['n'].to_pylist()"));
    assertEquals(List.of(20L, 21L), namespace.eval("second['n'].to_pylist()"));
  }

  @Test
  void readerThatPythonNeverReadIsClosed() {
    Counting reader = new Counting(allocator, 1, false);
    Arrow.close(Arrow.toPython(reader));
    assertTrue(reader.sourceClosed);
    Counting bare = new Counting(allocator, 1, false);
    Arrow.close(Arrow.capsules(bare));
    assertTrue(bare.sourceClosed);
  }

  @Test
  void exceptionOfTheReaderIsRaised() {
    give("reader", Arrow.toPython(new Counting(allocator, 1, true)));
    PythonException raised =
        assertThrows(PythonException.class, () -> namespace.exec("reader.read_all()"));
    assertEquals("OSError", raised.pythonType());
    assertTrue(raised.pythonMessage().contains("the source is broken"), raised::pythonMessage);
  }

  private List<List<String>> read(String table) throws IOException {
    List<List<String>> batches = new ArrayList<>();
    try (PyObject object = eval(table);
        ArrowReader reader = Arrow.reader(allocator, object)) {
      object.close();
      while (reader.loadNextBatch()) {
        batches.add(texts(reader.getVectorSchemaRoot().getVector(0)));
      }
      assertEquals(0, reader.getVectorSchemaRoot().getRowCount());
      assertFalse(reader.loadNextBatch());
    }
    return batches;
  }

  @Test
  void readersOfPythonAreReadInJava() throws IOException {
    List<List<String>> two = List.of(List.of("a"), List.of("b", "null"));
    namespace.exec("table = pa.table({'s': pa.chunked_array([['a'], ['b', None]])})");
    assertEquals(two, read("table"));
    assertEquals(two, read("table.to_reader()"));
    assertEquals(
        List.of(List.of("b", "null")), read("pa.record_batch({'s': ['a', 'b', None]}).slice(1)"));
    assertEquals(List.of(), read("table.schema.empty_table().to_reader()"));
  }

  @Test
  void slicedBatchesOfAStreamAreSlicesInJava() throws IOException {
    namespace.exec(
        "table = pa.table({'l': pa.chunked_array([[[1], [2, 3], None], [[4]]])}).slice(1)");
    assertEquals(List.of(List.of("[2,3]", "null"), List.of("[4]")), read("table"));
  }

  @Test
  void generatorOfPythonRunsWhenJavaReads() throws IOException {
    namespace.exec(
        String.join(
            "\n",
            "made = 0",
            "def batches():",
            "  global made",
            "  for made in (1, 2):",
            "    yield pa.record_batch({'n': [made]})",
            "  raise RuntimeError('no more')",
            "lazy = pa.RecordBatchReader.from_batches(pa.schema({'n': pa.int64()}), batches())"));
    try (PyObject lazy = eval("lazy");
        ArrowReader reader = Arrow.reader(allocator, lazy)) {
      assertTrue(reader.loadNextBatch());
      assertEquals(1L, namespace.eval("made"));
      assertTrue(reader.loadNextBatch());
      IOException failed = assertThrows(IOException.class, reader::loadNextBatch);
      assertTrue(failed.getMessage().contains("no more"), failed::getMessage);
    }
  }

  @Test
  void otherThreadsReadAndRelease() throws Exception {
    namespace.exec(
        "def batches():\n  for n in range(50):\n    yield pa.record_batch({'n': [n]})\n"
            + "lazy = pa.RecordBatchReader.from_batches(pa.schema({'n': pa.int64()}), batches())");
    try (PyObject lazy = eval("lazy")) {
      ArrowReader reader = Arrow.reader(allocator, lazy);
      CompletableFuture<List<String>> read = new CompletableFuture<>();
      Thread thread =
          new Thread(
              () -> {
                List<String> numbers = new ArrayList<>();
                try (reader) {
                  while (reader.loadNextBatch()) {
                    numbers.addAll(texts(reader.getVectorSchemaRoot().getVector(0)));
                  }
                  read.complete(numbers);
                } catch (Throwable e) {
                  read.completeExceptionally(e);
                }
              });
      thread.start();
      assertEquals(50, read.get().size());
      thread.join();
    }
    give("reader", Arrow.toPython(new Counting(allocator, 20, false)));
    namespace.exec(
        "import threading\nrows = []\n"
            + "thread = threading.Thread(target=lambda: rows.append(reader.read_all().num_rows))\n"
            + "thread.start()\nthread.join()\ndel thread");
    assertEquals(List.of(210L), namespace.eval("rows"));
  }

  @Test
  void dictionariesComeWithTheReader() throws IOException {
    namespace.exec(
        "table = pa.table({'d': pa.chunked_array([pa.array(['a', 'b']).dictionary_encode(),"
            + " pa.array(['b', None]).dictionary_encode()]).unify_dictionaries()})");
    List<String> decoded = new ArrayList<>();
    try (PyObject table = eval("table");
        ArrowReader reader = Arrow.reader(allocator, table)) {
      while (reader.loadNextBatch()) {
        long id = reader.getDictionaryIds().iterator().next();
        Dictionary dictionary = reader.getDictionaryVectors().get(id);
        try (VarCharVector plain =
            (VarCharVector)
                DictionaryEncoder.decode(reader.getVectorSchemaRoot().getVector("d"), dictionary)) {
          decoded.addAll(texts(plain));
        }
      }
    }
    assertEquals(List.of("a", "b", "b", "null"), decoded);
  }

  @Test
  void readerThatWentThroughBothSidesIsTheSame() throws IOException {
    try (PyObject table = eval("pa.table({'n': [1, 2, 3]})");
        ArrowReader reader = Arrow.reader(allocator, table)) {
      give("again", Arrow.toPython(reader));
      namespace.exec("rows = again.read_all()['n'].to_pylist()\ndel again");
    }
    assertEquals(List.of(1L, 2L, 3L), namespace.eval("rows"));
  }
}
