package dev.naja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** What Java code can do with a tuple. */
class PyTupleTest {
  private static final PyTuple POINT =
      PyTuple.named("Point", List.of("x", "y"), Arrays.asList(1, null));

  @Test
  void equalsAListOfEqualElements() {
    assertEquals(Arrays.asList(1, null), POINT);
    assertEquals(POINT, Arrays.asList(1, null));
    assertEquals(Arrays.asList(1, null).hashCode(), POINT.hashCode());
  }

  @Test
  void elementIsFoundByName() {
    assertEquals(1, POINT.get("x"));
    assertEquals(1, POINT.get(0));
    assertEquals("Point", POINT.typeName());
    assertEquals(List.of("x", "y"), POINT.names());
  }

  @Test
  void unknownNameIsRefusedWithThoseThatThereAre() {
    String message = assertThrows(NoSuchElementException.class, () -> POINT.get("z")).getMessage();
    assertEquals("no element z in a tuple with names [x, y]", message);
  }

  @Test
  void plainTupleHasNoNames() {
    assertTrue(PyTuple.of(1, 2).names().isEmpty());
    assertEquals("", PyTuple.of(1, 2).typeName());
  }

  @Test
  void nothingChangesATuple() {
    Object[] elements = {1, 2};
    PyTuple tuple = PyTuple.of(elements);
    elements[0] = 3;
    tuple.toArray()[1] = 4;
    assertEquals(List.of(1, 2), tuple);
    assertThrows(UnsupportedOperationException.class, () -> tuple.set(0, 3));
    assertThrows(UnsupportedOperationException.class, () -> POINT.names().clear());
  }

  @Test
  void namesMustBeAsManyAsElementsAndDistinct() {
    List<Integer> elements = List.of(1, 2);
    assertThrows(IllegalArgumentException.class, () -> PyTuple.named("T", List.of("x"), elements));
    assertThrows(
        IllegalArgumentException.class, () -> PyTuple.named("T", List.of("x", "x"), elements));
    assertThrows(
        IllegalArgumentException.class, () -> PyTuple.named("", List.of("x", "y"), elements));
  }
}
