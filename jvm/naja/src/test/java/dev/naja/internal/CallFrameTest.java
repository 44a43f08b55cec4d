package dev.naja.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.naja.PyTuple;
import dev.naja.PythonConversionException;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How records lie in a frame, without Python: what was put is taken again. */
class CallFrameTest {
  private final CallFrame frame = new CallFrame();

  @AfterEach
  void forget() {
    frame.reset();
  }

  private Object echo(Object value) {
    frame.putValue(value);
    frame.rewind();
    return frame.getValue();
  }

  @Test
  void numberTakesATagAndEightBytes() {
    frame.putLong(0x0102030405060708L);
    assertEquals(9, frame.position);
    frame.rewind();
    assertEquals(Tag.I64, frame.tag());
    assertEquals(0x0102030405060708L, frame.getLong());
    assertEquals(9, frame.position);
  }

  @Test
  void doubleKeepsItsBits() {
    frame.putDouble(-0.0);
    frame.rewind();
    assertEquals(Double.doubleToRawLongBits(-0.0), Double.doubleToRawLongBits(frame.getDouble()));
  }

  @Test
  void recordsLieOneAfterTheOther() {
    frame.putBoolean(true);
    frame.putNull();
    frame.putString("é");
    frame.putChar('Ж');
    frame.putDouble(1.5);
    frame.rewind();
    assertTrue(frame.getBoolean());
    assertNull(frame.getString());
    assertEquals("é", frame.getString());
    assertEquals('Ж', frame.getChar());
    assertEquals(1.5, frame.getDouble());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 65, 4095, 4096, 4097, 100_000})
  void textOfAnyLengthAndWidthIsTakenAgain(int length) {
    for (String unit : List.of("a", "ÿ", "Ā", "\uDC00")) {
      String text = unit.repeat(length);
      frame.putString(text);
      frame.rewind();
      assertEquals(text, frame.getString());
      frame.reset();
    }
  }

  @Test
  void textWithOneWideCharacterAtItsEndIsTakenAgain() {
    for (int length : new int[] {63, 64, 5000}) {
      assertEquals("a".repeat(length) + "Ā", echo("a".repeat(length) + "Ā"));
      frame.reset();
    }
  }

  @Test
  void questionMarksAreNotTakenForLostCharacters() {
    assertEquals("?".repeat(100), echo("?".repeat(100)));
  }

  @Test
  void latin1TextTakesAByteACharacter() {
    frame.putString("ÿ".repeat(64));
    assertEquals(5 + 64, frame.position);
    frame.putString("ÿ".repeat(65));
    assertEquals(5 + 64 + 5 + 65, frame.position);
  }

  @Test
  void uuidLiesMostSignificantByteFirst() {
    frame.putValue(new UUID(0x0102030405060708L, 0x090A0B0C0D0E0F10L));
    byte[] bytes = new byte[16];
    frame.rewind();
    frame.takeByte();
    frame.takeBytes(bytes, 16);
    assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}, bytes);
  }

  @Test
  void bigIntegerLiesInTwosComplement() {
    frame.putValue(BigInteger.ONE.shiftLeft(63).negate().subtract(BigInteger.ONE));
    frame.rewind();
    assertEquals(Tag.BIG_INT, frame.takeByte());
    assertEquals(9, frame.takeInt());
    assertEquals(-1, frame.takeByte());
    assertEquals(0x7F, frame.takeByte());
  }

  @Test
  void intFitsALongOrIsBig() {
    assertEquals(Long.MIN_VALUE, echo(BigInteger.valueOf(Long.MIN_VALUE)));
    frame.reset();
    assertEquals(BigInteger.TWO.pow(63), echo(BigInteger.TWO.pow(63)));
  }

  @Test
  void frameGrowsWithWhatIsPut() {
    List<Long> numbers = new ArrayList<>();
    for (long i = 0; i < 10_000; i++) {
      numbers.add(i);
    }
    assertEquals(numbers, echo(numbers));
    assertTrue(frame.capacity() >= 9 * 10_000);
  }

  @Test
  void namedTupleKeepsItsNames() {
    PyTuple tuple = (PyTuple) echo(PyTuple.named("T", List.of("a", "b"), List.of(1L, "x")));
    assertEquals(List.of("a", "b"), tuple.names());
    assertEquals("T", tuple.typeName());
    assertEquals(List.of(1L, "x"), tuple);
  }

  @Test
  void objectIsReferredToAndForgottenAtReset() {
    Object object = new Object();
    assertSame(object, echo(object));
    frame.reset();
    frame.rewind();
    frame.setByte(0, Tag.OBJECT);
    frame.setInt(1, 1);
    assertNull(frame.getValue());
  }

  @Test
  void shortBytesLieInTheFrameAndLongOnesBesideIt() {
    frame.putValue(new byte[1023]);
    assertEquals(5 + 1023, frame.position);
    frame.putValue(new byte[1024]);
    assertEquals(5 + 1023 + 5, frame.position);
  }

  @Test
  void containerInItselfIsRefusedAndTheFrameStaysUsable() {
    List<Object> list = new ArrayList<>();
    list.add(Map.of("again", List.of(Collections.singletonMap(1, list))));
    String message =
        assertThrows(PythonConversionException.class, () -> frame.putValue(list)).getMessage();
    assertTrue(message.contains("that contains itself"), message);
    frame.reset();
    assertEquals("ok", echo("ok"));
  }

  @Test
  void sameContainerTwiceIsNoCycle() {
    List<Object> shared = List.of(1L);
    List<Object> nested = List.of(shared, shared);
    for (int depth = 0; depth < 100; depth++) {
      nested = List.of(nested, shared);
    }
    assertEquals(nested, echo(nested));
  }

  @Test
  void nestingBeyondTheStackIsRefused() {
    List<Object> nested = List.of();
    for (int depth = 0; depth < 1_000_000; depth++) {
      nested = List.of(nested);
    }
    List<Object> deep = nested;
    String message =
        assertThrows(PythonConversionException.class, () -> frame.putValue(deep)).getMessage();
    assertTrue(message.contains("nested too deeply"), message);
  }

  @Test
  void nestedRecordBeyondTheStackIsRefused() {
    for (int depth = 0; depth < 1_000_000; depth++) {
      frame.putCounted(Tag.LIST, 1);
    }
    frame.putNull();
    frame.rewind();
    String message = assertThrows(PythonConversionException.class, frame::getValue).getMessage();
    assertTrue(message.contains("nested too deeply"), message);
  }

  @Test
  void recordThatIsNotTakenIsWalkedOver() {
    frame.putValue(
        List.of(
            new byte[3],
            "Ж",
            "text",
            1.5,
            BigInteger.TEN.pow(30),
            Set.of(1),
            Map.of("a", PyTuple.named("T", List.of("x"), List.of(LocalDate.EPOCH))),
            LocalDate.EPOCH.atStartOfDay().atOffset(ZoneOffset.MIN),
            LocalDate.EPOCH.atStartOfDay().atZone(ZoneId.of("Europe/Berlin")),
            new Object()));
    int end = frame.position;
    frame.rewind();
    ResultHandles.releaseRecord(frame);
    assertEquals(end, frame.position);
  }

  @Test
  void callWithinACallTakesAnotherFrame() {
    CallFrame outer = CallFrame.acquire();
    CallFrame inner = CallFrame.acquire();
    assertNotSame(outer, inner);
    inner.release();
    outer.release();
  }

  @Test
  void frameIsUsedAgainUnlessItIsLarge() {
    CallFrame first = CallFrame.acquire();
    first.release();
    CallFrame second = CallFrame.acquire();
    assertSame(first, second);
    second.putString("a".repeat(300 * 1024));
    second.release();
    assertNotSame(second, CallFrame.acquire());
  }

  @Test
  void frameIsNeverGivenToTwoThreads() throws Exception {
    int threads = 16;
    Set<CallFrame> taken =
        Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    CyclicBarrier barrier = new CyclicBarrier(threads);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> races = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        races.add(
            executor.submit(
                () -> {
                  barrier.await();
                  for (int round = 0; round < 20_000; round++) {
                    CallFrame own = CallFrame.acquire();
                    assertTrue(taken.add(own), "another thread has this frame");
                    taken.remove(own);
                    own.release();
                  }
                  return null;
                }));
      }
      for (Future<?> race : races) {
        race.get();
      }
    } finally {
      executor.shutdown();
    }
  }
}
