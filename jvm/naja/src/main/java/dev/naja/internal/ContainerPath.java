package dev.naja.internal;

import dev.naja.PythonConversionException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Which containers are being written, so that one that contains itself is found.
 *
 * <p>The first levels are only counted; deeper ones are remembered, which a cycle reaches soon.
 */
final class ContainerPath {
  private static final int COUNTED = 64;

  private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private int depth;

  void enter(Object container) {
    if (++depth > COUNTED && !open.add(container)) {
      throw new PythonConversionException(
          "cannot pass a "
              + container.getClass().getName()
              + " that contains itself: pass it by reference with PyRef.of");
    }
  }

  void leave(Object container) {
    if (depth-- > COUNTED) {
      open.remove(container);
    }
  }

  void clear() {
    if (depth != 0) {
      depth = 0;
      open.clear();
    }
  }
}
