package dev.naja.arrow;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.arrow.c.ArrowArray;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.ArrowSchema;
import org.apache.arrow.c.CDataDictionaryProvider;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Reads a C stream of Python's. Unlike the reader of {@link Data#importArrayStream} it minds that a
 * batch may be a slice, see {@link Unsliced}.
 */
final class StreamReader extends ArrowReader {
  private final ArrowArrayStream stream;
  private final CDataDictionaryProvider provider = new CDataDictionaryProvider();
  private Schema schema;
  private boolean closed;

  /** Moves a stream, which this owns from then on. */
  StreamReader(BufferAllocator allocator, ArrowArrayStream source) {
    super(allocator);
    stream = ArrowArrayStream.allocateNew(allocator);
    stream.save(source.snapshot());
    source.markReleased();
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    prepareLoadNextBatch();
    try (ArrowArray array = ArrowArray.allocateNew(allocator)) {
      stream.getNext(array);
      if (array.snapshot().release == 0) {
        getVectorSchemaRoot().clear();
        return false;
      }
      try {
        Imports.load(allocator, array, schema, getVectorSchemaRoot(), provider);
      } finally {
        array.release();
      }
      return true;
    }
  }

  @Override
  protected Schema readSchema() throws IOException {
    try (ArrowSchema struct = ArrowSchema.allocateNew(allocator)) {
      stream.getSchema(struct);
      schema = Data.importSchema(allocator, struct, provider);
      return KnownTypes.of(schema);
    }
  }

  @Override
  public Map<Long, Dictionary> getDictionaryVectors() throws IOException {
    ensureInitialized();
    return getDictionaryIds().stream()
        .collect(Collectors.toMap(Function.identity(), provider::lookup));
  }

  @Override
  public Dictionary lookup(long id) {
    return provider.lookup(id);
  }

  @Override
  public Set<Long> getDictionaryIds() {
    return provider.getDictionaryIds();
  }

  /** What was read is in Python's memory, so nothing was read into Java's. */
  @Override
  public long bytesRead() {
    return 0;
  }

  @Override
  protected void closeReadSource() {
    if (!closed) {
      closed = true;
      stream.release();
      stream.close();
      provider.close();
    }
  }
}
