package dev.naja;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Does whatever is put into a {@link RowBatch} come back from Python as {@link Rows}? */
class RowBatchPropertyTest {
  private static final Column[] COLUMNS = {
    Column.bool("bool"),
    Column.int8("int8"),
    Column.int16("int16"),
    Column.int32("int32"),
    Column.int64("int64"),
    Column.float32("float32"),
    Column.float64("float64"),
    Column.text("text"),
    Column.binary("binary"),
    Column.decimal("decimal", 38, 7),
    Column.date("date"),
    Column.time("time"),
    Column.timestamp("timestamp"),
    Column.instant("instant"),
    Column.duration("duration"),
  };

  private final Random random = new Random(20261122);

  @ParameterizedTest
  @EnumSource(TableForm.class)
  void everyCellComesBack(TableForm form) {
    Namespace namespace = TestPython.namespace();
    TestPython.assumePackages("numpy", "pandas", "pyarrow");
    PyObject same = namespace.evalAs(PyObject.class, "lambda table: table");
    RowBatch batch = RowBatch.of(form, COLUMNS);
    for (int size : new int[] {1, 7, 8, 9, 63, 64, 65, 1023, 1024, 1025, 0, 2500}) {
      double nulls = size % 3 == 0 ? 0 : 0.3;
      List<Object[]> expected = new ArrayList<>();
      for (int row = 0; row < size; row++) {
        Object[] cells = new Object[COLUMNS.length];
        for (int column = 0; column < cells.length; column++) {
          cells[column] = random.nextDouble() < nulls ? null : cell(COLUMNS[column].kind());
        }
        expected.add(cells);
        batch.addRow(cells);
      }
      assertRows(form, expected, same.callAs(Rows.class, batch));
      batch.clear();
    }
  }

  private static void assertRows(TableForm form, List<Object[]> expected, Rows rows) {
    assertEquals(expected.size(), rows.size());
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < COLUMNS.length; column++) {
        Object put = expected.get(row)[column];
        String place = form + ", row " + row + ", column " + COLUMNS[column];
        switch (COLUMNS[column].kind()) {
          case FLOAT32:
          case FLOAT64:
            if (put == null && form != TableForm.ARROW) {
              assertEquals(Double.NaN, rows.getDouble(row, column), place);
            } else {
              Class<?> number = put == null ? Double.class : put.getClass();
              assertEquals(put, rows.get(row, column, number), place);
            }
            break;
          case BINARY:
            String bytes = put == null ? null : new BigInteger(1, (byte[]) put).toString();
            byte[] found = rows.getBytes(row, column);
            assertEquals(bytes, found == null ? null : new BigInteger(1, found).toString(), place);
            break;
          case INSTANT:
            if (form == TableForm.NUMPY && put != null) {
              put = ((OffsetDateTime) put).toLocalDateTime();
            }
            assertEquals(put, rows.get(row, column), place);
            break;
          default:
            Class<?> type = put == null ? Object.class : put.getClass();
            assertEquals(put, rows.get(row, column, type), place);
        }
      }
    }
  }

  private Object cell(Column.Kind kind) {
    switch (kind) {
      case BOOL:
        return random.nextBoolean();
      case INT8:
        return (byte) random.nextInt();
      case INT16:
        return (short) random.nextInt();
      case INT32:
        return random.nextInt();
      case INT64:
        return random.nextLong() >> random.nextInt(64);
      case FLOAT32:
        return (float) random.nextGaussian();
      case FLOAT64:
        return random.nextGaussian();
      case TEXT:
        return text();
      case BINARY:
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return bytes;
      case DECIMAL:
        return new BigDecimal(new BigInteger(random.nextInt(126), random), 7)
            .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1));
      case DATE:
        return LocalDate.ofEpochDay(random.nextInt(100_000) - 50_000);
      case TIME:
        return LocalTime.ofNanoOfDay((long) (random.nextDouble() * 86_400_000_000L) * 1000);
      case DURATION:
        return Duration.ofNanos((random.nextLong() >> 16) * 1000);
      default:
        LocalDateTime time =
            LocalDateTime.ofEpochSecond(
                random.nextInt() * 4L, random.nextInt(1_000_000) * 1000, ZoneOffset.UTC);
        return kind == Column.Kind.TIMESTAMP ? time : time.atOffset(ZoneOffset.UTC);
    }
  }

  /** Text of characters that take one byte to four, more of one kind than of the others. */
  private String text() {
    int[] bounds = {0x80, 0x800, 0xd800, 0x110000};
    int most = bounds[random.nextInt(bounds.length)];
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      int point = random.nextInt(most);
      text.appendCodePoint(point >= 0xd800 && point < 0xe000 ? 'x' : point);
    }
    return text.toString();
  }
}
