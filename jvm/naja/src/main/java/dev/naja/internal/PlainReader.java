package dev.naja.internal;

import dev.naja.PyObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads results where few types cross by value, and lets a subclass say what they become: the
 * mapping of a facade that has rules of its own.
 *
 * <p>By value come {@code None}, bool, int, float, str, bytes, list, tuple, dict, Decimal and dates
 * and times; of subclasses those of str, Decimal and of the times, and NumPy's scalars. Anything
 * else is a Python object, sets, enums and named tuples too. A dict whose keys are equal in Java
 * keeps the last of them. Subclasses are immutable and thread-safe.
 */
public abstract class PlainReader implements Reader<Object> {

  /** For subclasses. */
  protected PlainReader() {}

  /**
   * What a tuple becomes.
   *
   * @param elements its elements, which may be kept
   * @return the value
   */
  protected abstract Object tuple(Object[] elements);

  /**
   * What an int beyond 64 bits becomes.
   *
   * @param number the int
   * @return the value
   */
  protected abstract Object bigInt(BigInteger number);

  /**
   * What a Decimal becomes.
   *
   * @param number the finite number
   * @return the value
   */
  protected abstract Object decimal(BigDecimal number);

  /**
   * What a date becomes.
   *
   * @param date the date
   * @return the value
   */
  protected abstract Object date(LocalDate date);

  /**
   * What a time becomes.
   *
   * @param time the time on the clock; its time zone is dropped
   * @return the value
   */
  protected abstract Object time(LocalTime time);

  /**
   * What a datetime becomes.
   *
   * @param dateTime the date and the time on the clock; its time zone is dropped
   * @return the value
   */
  protected abstract Object dateTime(LocalDateTime dateTime);

  /**
   * What any other object becomes.
   *
   * @param object the object, which the value owns from now on
   * @param generator whether it is a generator
   * @return the value
   */
  protected abstract Object object(PyObject object, boolean generator);

  @Override
  public final int want() {
    return Native.WANT_PLAIN;
  }

  @Override
  public final Object read(CallFrame frame) {
    byte tag = frame.takeByte();
    switch (tag) {
      case Tag.NULL:
        return null;
      case Tag.FALSE:
        return Boolean.FALSE;
      case Tag.TRUE:
        return Boolean.TRUE;
      case Tag.I64:
        return frame.takeLong();
      case Tag.F64:
        return frame.takeDouble();
      case Tag.LATIN1:
      case Tag.UTF8:
      case Tag.UTF16:
        return Text.takePayload(frame, tag);
      case Tag.BYTES:
        return frame.takeSizedBytes();
      case Tag.OBJECT:
      case Tag.BYTE_ARRAY:
        return frame.takeReferenced();
      case Tag.LIST:
        return list(frame);
      case Tag.TUPLE:
        return tuple(elements(frame));
      case Tag.MAP:
        return map(frame);
      case Tag.HANDLE:
        return object(References.get().wrap(frame.takeLong()), false);
      case Tag.ITERATOR:
        frame.takeByte();
        return object(References.get().wrap(frame.takeLong()), true);
      default:
        return uncommon(frame, tag);
    }
  }

  private Object uncommon(CallFrame frame, byte tag) {
    switch (tag) {
      case Tag.BIG_INT:
        return bigInt(ScalarRecords.takeBigInteger(frame));
      case Tag.DECIMAL:
        return decimal(ScalarRecords.takeBigDecimal(frame));
      case Tag.DATE:
        return date(TimeRecords.takeDate(frame));
      case Tag.TIME:
        return time(TimeRecords.takeTime(frame));
      case Tag.OFFSET_TIME:
        return time(TimeRecords.takeOffsetTime(frame).toLocalTime());
      case Tag.DATE_TIME:
        return dateTime(TimeRecords.takeDateTime(frame));
      case Tag.OFFSET_DATE_TIME:
        return dateTime(TimeRecords.takeOffsetDateTime(frame).toLocalDateTime());
      case Tag.ZONED_DATE_TIME:
        return dateTime(TimeRecords.takeZonedDateTime(frame).toLocalDateTime());
      case Tag.DURATION:
        return TimeRecords.takeDuration(frame);
      default:
        throw new IllegalStateException("a plain result cannot hold a record of tag " + tag);
    }
  }

  private Object[] elements(CallFrame frame) {
    Object[] elements = new Object[frame.takeInt()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = read(frame);
    }
    return elements;
  }

  private List<Object> list(CallFrame frame) {
    int count = frame.takeInt();
    List<Object> list = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      list.add(read(frame));
    }
    return list;
  }

  private Map<Object, Object> map(CallFrame frame) {
    int count = frame.takeInt();
    Map<Object, Object> map = new HashMap<>(Distinct.capacity(count));
    for (int i = 0; i < count; i++) {
      Object key = read(frame);
      map.put(key, read(frame));
    }
    return map;
  }
}
