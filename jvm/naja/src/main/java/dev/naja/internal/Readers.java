package dev.naja.internal;

import dev.naja.NdArray;
import dev.naja.PyObject;
import dev.naja.PyTuple;
import dev.naja.PythonConversionException;
import dev.naja.Rows;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** Which reader takes results of a Java type. Thread-safe; readers of classes are remembered. */
public final class Readers {

  /** Reads text, or null. */
  static final Reader<?> STRING = new BoxReader(String.class, TextReader.STRING);

  private static final Map<Class<?>, Reader<?>> SIMPLE = simple();

  private static final ClassCache<Reader<?>> COMPOSED =
      new ClassCache<>() {
        @Override
        Reader<?> find(Class<?> type) {
          return new ReaderComposer().compose(type);
        }
      };

  private Readers() {}

  private static Map<Class<?>, Reader<?>> simple() {
    Map<Class<?>, Reader<?>> readers = new HashMap<>();
    readers.put(void.class, new NothingReader());
    readers.put(Void.class, new NothingReader());
    readers.put(Object.class, ValueReader.INSTANCE);
    readers.put(PyObject.class, new PyObjectReader());
    readers.put(NdArray.class, new NdArrayReader());
    readers.put(Rows.class, new RowsReader());
    readers.put(PyTuple.class, new TupleReader());
    primitive(readers, boolean.class, Boolean.class, NumberReader.BOOLEAN);
    primitive(readers, byte.class, Byte.class, NumberReader.BYTE);
    primitive(readers, short.class, Short.class, NumberReader.SHORT);
    primitive(readers, int.class, Integer.class, NumberReader.INT);
    primitive(readers, long.class, Long.class, NumberReader.LONG);
    primitive(readers, float.class, Float.class, NumberReader.FLOAT);
    primitive(readers, double.class, Double.class, NumberReader.DOUBLE);
    primitive(readers, char.class, Character.class, TextReader.CHAR);
    readers.put(String.class, STRING);
    box(readers, CharSequence.class, TextReader.STRING);
    box(readers, Number.class, NumberReader.NUMBER);
    box(readers, BigInteger.class, NumberReader.BIG_INTEGER);
    box(readers, BigDecimal.class, NumberReader.BIG_DECIMAL);
    optional(readers, OptionalInt.class, NumberReader.INT);
    optional(readers, OptionalLong.class, NumberReader.LONG);
    optional(readers, OptionalDouble.class, NumberReader.DOUBLE);
    exact(readers, UUID.class, Tag.UUID, "only a uuid.UUID can");
    exact(readers, byte[].class, Tag.BYTES, "only bytes, bytearray and memoryview can");
    exact(readers, LocalDate.class, Tag.DATE, "only a date without time can");
    exact(readers, LocalTime.class, Tag.TIME, "only a time without tzinfo can");
    exact(readers, OffsetTime.class, Tag.OFFSET_TIME, "only a time with tzinfo can");
    exact(readers, LocalDateTime.class, Tag.DATE_TIME, "only a datetime without tzinfo can");
    exact(readers, Duration.class, Tag.DURATION, "only a timedelta can");
    for (Class<?> type :
        new Class<?>[] {Instant.class, OffsetDateTime.class, ZonedDateTime.class}) {
      readers.put(type, new AwareTimeReader(type));
    }
    return readers;
  }

  private static void primitive(
      Map<Class<?>, Reader<?>> readers, Class<?> type, Class<?> box, Reader<?> reader) {
    readers.put(type, reader);
    box(readers, box, reader);
  }

  private static void box(Map<Class<?>, Reader<?>> readers, Class<?> type, Reader<?> reader) {
    readers.put(type, new BoxReader(type, reader));
  }

  private static void optional(Map<Class<?>, Reader<?>> readers, Class<?> type, Reader<?> reader) {
    readers.put(type, new OptionalReader(type, reader));
  }

  private static void exact(
      Map<Class<?>, Reader<?>> readers, Class<?> type, byte only, String reason) {
    readers.put(type, new ExactReader(type, only, reason));
  }

  /**
   * The reader of a type: a class, or a generic type of Java's reflection, whose type variables
   * stand for their bounds.
   *
   * @param type the type
   * @return its reader
   * @throws PythonConversionException if it is or contains a record that cannot be looked into
   */
  public static Reader<?> of(Type type) {
    if (!(type instanceof Class)) {
      return new ReaderComposer().compose(type);
    }
    Reader<?> simple = SIMPLE.get(type);
    return simple != null ? simple : COMPOSED.get((Class<?>) type);
  }

  /** The reader of a class that is not made of others, or null. */
  static Reader<?> simple(Class<?> type) {
    return SIMPLE.get(type);
  }
}
