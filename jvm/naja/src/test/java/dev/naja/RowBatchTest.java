package dev.naja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a {@link RowBatch} takes, and what it says of what it does not. Needs no package. */
class RowBatchTest {
  private static RowBatch batch(Column... columns) {
    return RowBatch.of(TableForm.NUMPY, columns);
  }

  private static String refusal(Column column, Object value) {
    RowBatch batch = batch(Column.bool("first"), column).addRow(true, null);
    String message =
        assertThrows(IllegalArgumentException.class, () -> batch.addRow(true, value)).getMessage();
    assertEquals(1, batch.size());
    batch.addRow(true, null);
    String start = "Row 1, column " + column + ": ";
    assertTrue(message.startsWith(start), message);
    return message.substring(start.length());
  }

  @Test
  void rowsOfAnotherLengthAreRefused() {
    RowBatch batch = batch(Column.int64("id"), Column.text("name")).addRow(1, "a");
    assertEquals(
        "Row 1 has 1 values, but the batch has 2 columns: [\"id\" int64, \"name\" text].",
        assertThrows(IllegalArgumentException.class, () -> batch.addRow(1)).getMessage());
    assertEquals(
        "Row 1 has 3 values, but the batch has 2 columns: [\"id\" int64, \"name\" text].",
        assertThrows(IllegalArgumentException.class, () -> batch.addRow(1, "a", "b")).getMessage());
    assertEquals(1, batch.size());
  }

  @Test
  void valuesOfAnotherTypeAreRefused() {
    assertEquals("the column cannot hold text.", refusal(Column.int64("x"), "7"));
    assertEquals("the column cannot hold a whole number.", refusal(Column.bool("x"), 1));
    assertEquals("the column cannot hold a boolean.", refusal(Column.int8("x"), true));
    assertEquals(
        "the column cannot hold a floating-point number.", refusal(Column.int32("x"), 1.0));
    assertEquals("the column cannot hold bytes.", refusal(Column.text("x"), new byte[1]));
    assertEquals("the column cannot hold text.", refusal(Column.binary("x"), "a"));
    assertEquals("the column cannot hold a decimal.", refusal(Column.float64("x"), BigDecimal.ONE));
    assertEquals(
        "the column cannot hold a value of class java.time.LocalDateTime.",
        refusal(Column.date("x"), LocalDateTime.MIN));
    assertEquals(
        "the column cannot hold a value of class java.time.LocalDateTime.",
        refusal(Column.instant("x"), LocalDateTime.MIN));
    assertEquals(
        "the column cannot hold a value of class java.util.ImmutableCollections$ListN.",
        refusal(Column.text("x"), List.of()));
    assertEquals(
        "the column cannot hold a number, but for one of units by setLong.",
        refusal(Column.timestamp("x"), 5L));
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    assertEquals("128 is out of range.", refusal(Column.int8("x"), 128));
    assertEquals("-32769 is out of range.", refusal(Column.int16("x"), -32769));
    assertEquals("2147483648 is out of range.", refusal(Column.int32("x"), 1L << 31));
    assertEquals(
        "9223372036854775808 is out of range.",
        refusal(Column.int64("x"), BigInteger.ONE.shiftLeft(63)));
    assertEquals(
        "no double is exactly 9007199254740993.", refusal(Column.float64("x"), (1L << 53) + 1));
    assertEquals(
        "no double is exactly 9223372036854775807.", refusal(Column.float64("x"), Long.MAX_VALUE));
    assertEquals("no float is exactly 16777217.", refusal(Column.float32("x"), 16777217));
    assertEquals(
        "no float is exactly 0.1: round it by (float), or make the column float64.",
        refusal(Column.float32("x"), 0.1));
  }

  @Test
  void decimalsBeyondThePrecisionAreRefused() {
    String reason =
        " has more digits than the column, before the point or after: round it, or give the"
            + " column a higher precision or scale.";
    Column amount = Column.decimal("x", 4, 2);
    assertEquals("100.00" + reason, refusal(amount, new BigDecimal("100.00")));
    assertEquals("-1E+2" + reason, refusal(amount, new BigDecimal("-1E+2")));
    assertEquals("0.001" + reason, refusal(amount, new BigDecimal("0.001")));
    assertEquals("100" + reason, refusal(amount, 100));
    Column widest = Column.decimal("x", 38, 0);
    assertEquals(BigInteger.TEN.pow(38) + reason, refusal(widest, BigInteger.TEN.pow(38)));
    RowBatch batch = batch(amount);
    for (long unscaled : new long[] {10_000, -10_000, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertThrows(IllegalArgumentException.class, () -> batch.setUnscaled(0, unscaled));
    }
    batch.setUnscaled(0, 9999).endRow().setUnscaled(0, -9999).endRow();
    assertEquals(2, batch.size());
  }

  @Test
  void invalidTextIsRefused() {
    assertEquals(
        "the text has a lone surrogate, U+D83D at index 1, which UTF-8 cannot hold.",
        refusal(Column.text("x"), "a\uD83D"));
    assertEquals(
        "the text has a lone surrogate, U+DE00 at index 2, which UTF-8 cannot hold.",
        refusal(Column.text("x"), "日本\uDE00b"));
    RowBatch batch = batch(Column.text("x"));
    for (int[] bytes :
        new int[][] {
          {0x80},
          {'a', 0xc3},
          {0xc0, 0x80},
          {0xc1, 0xbf},
          {0xe0, 0x9f, 0xbf},
          {0xed, 0xa0, 0x80},
          {0xe6, 0x97, 'a'},
          {0xf0, 0x8f, 0xbf, 0xbf},
          {0xf4, 0x90, 0x80, 0x80},
          {0xf5, 0x80, 0x80, 0x80},
          {0xf0, 0x9f, 0x98},
        }) {
      byte[] utf8 = new byte[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        utf8[i] = (byte) bytes[i];
      }
      String message =
          assertThrows(IllegalArgumentException.class, () -> batch.setUtf8(0, utf8, 0, utf8.length))
              .getMessage();
      assertTrue(message.contains("the bytes are no UTF-8: 0x"), message);
    }
    assertEquals(
        "Row 0, column \"x\" text: the bytes are no UTF-8: 0xc3 at index 1 cannot be there.",
        assertThrows(
                IllegalArgumentException.class,
                () -> batch.setUtf8(0, new byte[] {0, 'a', (byte) 0xc3}, 1, 2))
            .getMessage());
  }

  @Test
  void timesThatWouldLoseAreRefused() {
    assertEquals(
        "the column counts micros, and would lose 1 ns: truncate the time, or give the column a"
            + " finer unit.",
        refusal(Column.timestamp("x"), LocalDateTime.of(2026, 1, 1, 0, 0, 0, 1)));
    assertEquals(
        "the column counts millis, and would lose 999999 ns: truncate the time, or give the column"
            + " a finer unit.",
        refusal(Column.instant("x", ChronoUnit.MILLIS), Instant.ofEpochSecond(0, 999_999)));
    assertEquals(
        "the time is out of the range of nanos in 64 bits.",
        refusal(Column.instant("x", ChronoUnit.NANOS), Instant.parse("2300-01-01T00:00:00Z")));
    assertEquals(
        "the time is out of the range of micros in 64 bits.",
        refusal(Column.duration("x"), Duration.ofSeconds(Long.MAX_VALUE)));
    RowBatch batch = batch(Column.time("t"), Column.instant("i", ChronoUnit.NANOS));
    assertEquals(
        "Row 0, column \"t\" time(micros): 86400000000 us are no time of day.",
        assertThrows(IllegalArgumentException.class, () -> batch.setLong(0, 86_400_000_000L))
            .getMessage());
    batch.addRow(LocalTime.MAX.truncatedTo(ChronoUnit.MICROS), Instant.ofEpochSecond(0, -1));
    batch.addRow(null, OffsetDateTime.parse("1677-09-21T00:12:43.145224194Z"));
    assertEquals(2, batch.size());
  }

  @Test
  void rowThatIsNotEndedIsNotPassed() {
    RowBatch batch = batch(Column.int64("a"), Column.text("b")).addRow(1, "x").setText(1, "y");
    assertEquals(
        "Row 1 was begun but not ended: its column \"b\" text is set. Call endRow() or cancelRow()"
            + " before the batch is passed.",
        assertThrows(IllegalStateException.class, () -> pass(batch)).getMessage());
  }

  private static void pass(RowBatch batch) {
    TestPython.eval("lambda table: None").call(batch);
  }

  @Test
  void columnsAreTold() {
    RowBatch batch = batch(Column.int64("a"), Column.decimal("b", 10, 2));
    assertEquals(1, batch.column("b"));
    assertEquals(List.of(Column.int64("a"), Column.decimal("b", 10, 2)), batch.columns());
    assertSame(TableForm.NUMPY, batch.form());
    assertEquals("RowBatch(NUMPY, 0 rows, [\"a\" int64, \"b\" decimal(10, 2)])", batch.toString());
    assertEquals(
        "The batch has no column \"c\", only [\"a\" int64, \"b\" decimal(10, 2)].",
        assertThrows(IllegalArgumentException.class, () -> batch.column("c")).getMessage());
    assertEquals(
        "Row 0 has no column 2, only 0 to 1.",
        assertThrows(IndexOutOfBoundsException.class, () -> batch.setLong(2, 1)).getMessage());
    assertEquals(
        "Two columns have the name \"a\": columns are told by their names.",
        assertThrows(
                IllegalArgumentException.class, () -> batch(Column.bool("a"), Column.date("a")))
            .getMessage());
    assertEquals(
        "Column \"d\" cannot have decimals of precision 39 and scale 2: a precision is 1 to 38, a"
            + " scale 0 to the precision.",
        assertThrows(IllegalArgumentException.class, () -> Column.decimal("d", 39, 2))
            .getMessage());
    assertEquals(
        "Column \"t\" cannot count Days, only SECONDS to NANOS.",
        assertThrows(IllegalArgumentException.class, () -> Column.timestamp("t", ChronoUnit.DAYS))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> batch.setDate(0, LocalDate.EPOCH));
  }
}
