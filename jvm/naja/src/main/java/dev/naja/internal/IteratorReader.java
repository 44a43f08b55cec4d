package dev.naja.internal;

import dev.naja.PyObject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** How an iterable becomes a Java iterator, which is lazy over what did not cross by value. */
final class IteratorReader extends NullableReader<Iterator<Object>> {
  private final Reader<Object> element;

  IteratorReader(Reader<Object> element) {
    super(Iterator.class, element.want());
    this.element = element;
  }

  @Override
  Iterator<Object> read(CallFrame frame, byte tag, int start) {
    if (tag == Tag.HANDLE) {
      try (PyObject iterable = References.get().wrap(frame.takeLong())) {
        return PythonIterator.of(iterable, element);
      }
    }
    int count = CollectionReader.count(this, frame, tag, start);
    List<Object> elements = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      elements.add(element.read(frame));
    }
    return elements.iterator();
  }
}
