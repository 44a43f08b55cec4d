package dev.naja.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.naja.PyRef;
import dev.naja.PyTuple;
import dev.naja.PythonConversionException;
import java.lang.reflect.Executable;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of arguments that are converted: by the parameter's generic type. */
class ArgumentReaderTest {

  /** Parameters of all kinds. */
  @SuppressWarnings("unused")
  public final class Taking<T> {
    public Taking(List<Integer> inOrder) {}

    public void take(
        List<Integer> integers,
        Map<String, double[]> map,
        long number,
        Comparable<?> comparable,
        AbstractList<?> list,
        TimeUnit unit,
        T anything,
        int[] array,
        char letter,
        boolean truth,
        Object... rest) {}
  }

  private static Object convert(Object value, Executable member, int parameter) {
    Object[] encoded = CallFrame.encode(value);
    return JavaUpcalls.convert(
        ByteBuffer.wrap((byte[]) encoded[0]), (Object[]) encoded[1], member, parameter);
  }

  private static Object convert(Object value, int parameter) {
    Executable take =
        Arrays.stream(Taking.class.getMethods())
            .filter(method -> method.getName().equals("take"))
            .findAny()
            .orElseThrow();
    return convert(value, take, parameter);
  }

  @Test
  void elementsGetTheirType() {
    assertEquals(List.of(1, 2), convert(List.of(1L, 2L), 0));
    Map<?, ?> map = (Map<?, ?>) convert(Map.of("a", List.of(1L, 2.5)), 1);
    assertArrayEquals(new double[] {1, 2.5}, (double[]) map.get("a"));
    assertArrayEquals(new int[] {1, 2}, (int[]) convert(PyTuple.of(1, 2), 7));
    assertArrayEquals(new Object[] {1L, "a"}, (Object[]) convert(List.of(1, "a"), 10));
  }

  @Test
  void valueThatIsAnInstanceAlreadyIsTaken() {
    assertEquals("a", convert("a", 3));
    assertEquals(BigInteger.TEN.pow(30), convert(BigInteger.TEN.pow(30), 3));
    assertEquals(PyTuple.of(1L), convert(PyTuple.of(1), 4));
    assertEquals(List.of(1L), convert(List.of(1), 6));
    assertEquals(TimeUnit.DAYS, convert("DAYS", 5));
    assertNull(convert(null, 3));
  }

  @Test
  void javaObjectIsTakenAsItself() {
    Date date = new Date();
    assertSame(date, convert(date, 3));
    assertSame(date, convert(date, 6));
  }

  @Test
  void boxIsUnboxedAndWidened() {
    assertEquals(7L, convert(PyRef.of((byte) 7), 2));
    assertEquals('x', convert(PyRef.of('x'), 8));
    assertEquals(true, convert(PyRef.of(true), 9));
    assertArrayEquals(
        new int[] {1, 2}, (int[]) convert(List.of(PyRef.of((short) 1), PyRef.of(2)), 7));
  }

  @Test
  void whatIsNoBoxIsRefused() {
    assertRefused(
        "cannot convert a Java object (java.util.Date) to long: it is no number", new Date(), 2);
    assertRefused("cannot convert a Java object (java.util.Date) to char", new Date(), 8);
    assertRefused("cannot convert a Java object (java.util.Date) to boolean", new Date(), 9);
    assertRefused(
        "cannot convert a value of length 0 (Python dict) to java.util.AbstractList: no Python"
            + " value becomes one, only such a Java object that Python holds; take an interface, a"
            + " record or a PyObject",
        Map.of(),
        4);
    assertRefused(
        "cannot convert a value of length 1 (Python list) to java.lang.Comparable: it crosses by"
            + " value; take a PyObject and bind it",
        List.of(1),
        3);
  }

  private static void assertRefused(String message, Object value, int parameter) {
    assertEquals(
        message,
        assertThrows(PythonConversionException.class, () -> convert(value, parameter))
            .getMessage());
  }

  @Test
  void innerClassTakesItsOuterInstanceFirst() {
    Executable constructor = Taking.class.getConstructors()[0];
    ArgumentReaderTest outer = new ArgumentReaderTest();
    assertSame(outer, convert(outer, constructor, 0));
    assertEquals(List.of(1L), convert(List.of(1), constructor, 1));
  }

  @Test
  void convertsToAClassThatACastNames() {
    Object[] encoded = CallFrame.encode(5);
    ByteBuffer record = ByteBuffer.wrap((byte[]) encoded[0]);
    assertEquals(5, JavaUpcalls.convertTo(record, null, Integer.class));
    assertEquals(5.0, JavaUpcalls.convertTo(record, null, double.class));
    assertEquals(5L, JavaUpcalls.convertTo(record, null, Number.class));
  }

  @Test
  void valueGivesTheRecordOfWhatAnObjectIs() {
    Object[] encoded = JavaUpcalls.value(List.of(1, "a"));
    assertEquals(
        List.of(1L, "a"),
        CallFrame.decode(ByteBuffer.wrap((byte[]) encoded[0]), (Object[]) encoded[1]));
  }
}
