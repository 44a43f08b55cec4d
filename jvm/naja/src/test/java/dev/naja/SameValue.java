package dev.naja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Equality of values to the last bit: of arrays by element, of collections whatever their class.
 */
final class SameValue {
  private SameValue() {}

  static void assertSameValue(Object expected, Object actual) {
    assertSameValue(expected, actual, "");
  }

  private static void assertSameValue(Object expected, Object actual, String path) {
    if (expected == null || actual == null) {
      assertSame(expected, actual, path);
    } else if (expected.getClass().isArray()) {
      assertEquals(expected.getClass(), actual.getClass(), path);
      assertSameElements(elements(expected), elements(actual), path);
    } else if (expected instanceof PyTuple tuple) {
      assertEquals(PyTuple.class, actual.getClass(), path);
      assertEquals(tuple.typeName(), ((PyTuple) actual).typeName(), path);
      assertEquals(tuple.names(), ((PyTuple) actual).names(), path);
      assertSameElements(tuple, (PyTuple) actual, path);
    } else if (expected instanceof List<?> list) {
      assertSameElements(list, (List<?>) actual, path);
    } else if (expected instanceof Set<?>) {
      assertEquals(expected, actual, path);
    } else if (expected instanceof Map<?, ?> map) {
      assertEquals(map.keySet(), ((Map<?, ?>) actual).keySet(), path);
      map.forEach(
          (key, value) ->
              assertSameValue(value, ((Map<?, ?>) actual).get(key), path + "[" + key + "]"));
    } else if (expected instanceof Map.Entry<?, ?>) {
      assertEquals(expected, actual, path);
    } else {
      assertEquals(expected, actual, path);
      assertEquals(expected.getClass(), actual.getClass(), path);
    }
  }

  private static void assertSameElements(List<?> expected, List<?> actual, String path) {
    assertNotNull(actual, path);
    assertEquals(expected.size(), actual.size(), path);
    for (int i = 0; i < expected.size(); i++) {
      assertSameValue(expected.get(i), actual.get(i), path + "[" + i + "]");
    }
  }

  private static List<Object> elements(Object array) {
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < Array.getLength(array); i++) {
      elements.add(Array.get(array, i));
    }
    return elements;
  }
}
