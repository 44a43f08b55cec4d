package dev.naja.internal;

import java.util.AbstractMap;
import java.util.Map;

/** How a tuple of two becomes a pair. */
final class EntryReader extends NullableReader<Map.Entry<Object, Object>> {
  private final Reader<?> key;
  private final Reader<?> value;

  EntryReader(Reader<?> key, Reader<?> value) {
    super(Map.Entry.class);
    this.key = key;
    this.value = value;
  }

  @Override
  Map.Entry<Object, Object> read(CallFrame frame, byte tag, int start) {
    boolean sequence = tag == Tag.TUPLE || tag == Tag.NAMED || tag == Tag.LIST;
    if (!sequence || CollectionReader.count(this, frame, tag, start) != 2) {
      throw mismatch(frame, start, "only a tuple of two can");
    }
    Object first = key.read(frame);
    return new AbstractMap.SimpleImmutableEntry<>(first, value.read(frame));
  }
}
