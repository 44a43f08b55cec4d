package dev.naja.pemja;

import dev.naja.PyObject;
import dev.naja.PythonConversionException;
import dev.naja.internal.PlainReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/** What does a Python value become in Java? What PEMJA makes of it. */
final class Results extends PlainReader {
  static final Results READER = new Results();

  private static final long NANOS_A_MILLI = 1_000_000;

  private Results() {}

  @Override
  protected Object tuple(Object[] elements) {
    return elements;
  }

  @Override
  protected Object bigInt(BigInteger number) {
    throw new PythonConversionException(
        "cannot convert "
            + number
            + " (Python int) to java.lang.Long: out of range; make it a decimal.Decimal, which"
            + " becomes a java.math.BigDecimal, or a str");
  }

  @Override
  protected Object decimal(BigDecimal number) {
    return number;
  }

  @Override
  protected Object date(LocalDate date) {
    return Date.valueOf(date);
  }

  @Override
  protected Object time(LocalTime time) {
    // As PEMJA has it: milliseconds of the day in UTC, whatever the zone of the JVM.
    return new Time(time.toNanoOfDay() / NANOS_A_MILLI);
  }

  @Override
  protected Object dateTime(LocalDateTime dateTime) {
    return Timestamp.valueOf(dateTime);
  }

  @Override
  protected Object object(PyObject object, boolean generator) {
    return Faces.get().make(object, generator);
  }
}
