package dev.naja.internal;

import static dev.naja.internal.NullableReader.boxed;

import dev.naja.PyObject;
import dev.naja.PyTuple;
import dev.naja.PythonConversionException;
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
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** Which reader takes results of a Java type. Thread-safe; readers of classes are remembered. */
public final class Readers {
  private static final Map<Class<?>, Reader<?>> SIMPLE =
      Map.ofEntries(
          Map.entry(void.class, ReferenceReaders.NOTHING),
          Map.entry(Void.class, ReferenceReaders.NOTHING),
          Map.entry(boolean.class, NumberReaders.BOOLEAN),
          Map.entry(byte.class, NumberReaders.BYTE),
          Map.entry(short.class, NumberReaders.SHORT),
          Map.entry(int.class, NumberReaders.INT),
          Map.entry(long.class, NumberReaders.LONG),
          Map.entry(float.class, NumberReaders.FLOAT),
          Map.entry(double.class, NumberReaders.DOUBLE),
          Map.entry(char.class, TextReaders.CHAR),
          Map.entry(Boolean.class, boxed(Boolean.class, NumberReaders.BOOLEAN)),
          Map.entry(Byte.class, boxed(Byte.class, NumberReaders.BYTE)),
          Map.entry(Short.class, boxed(Short.class, NumberReaders.SHORT)),
          Map.entry(Integer.class, boxed(Integer.class, NumberReaders.INT)),
          Map.entry(Long.class, boxed(Long.class, NumberReaders.LONG)),
          Map.entry(Float.class, boxed(Float.class, NumberReaders.FLOAT)),
          Map.entry(Double.class, boxed(Double.class, NumberReaders.DOUBLE)),
          Map.entry(Character.class, boxed(Character.class, TextReaders.CHAR)),
          Map.entry(Number.class, boxed(Number.class, NumberReaders.NUMBER)),
          Map.entry(BigInteger.class, boxed(BigInteger.class, NumberReaders.BIG_INTEGER)),
          Map.entry(BigDecimal.class, boxed(BigDecimal.class, NumberReaders.BIG_DECIMAL)),
          Map.entry(String.class, boxed(String.class, TextReaders.STRING)),
          Map.entry(CharSequence.class, boxed(CharSequence.class, TextReaders.CHAR_SEQUENCE)),
          Map.entry(UUID.class, TextReaders.UUID),
          Map.entry(LocalDate.class, TimeReaders.DATE),
          Map.entry(LocalTime.class, TimeReaders.TIME),
          Map.entry(OffsetTime.class, TimeReaders.OFFSET_TIME),
          Map.entry(LocalDateTime.class, TimeReaders.DATE_TIME),
          Map.entry(OffsetDateTime.class, TimeReaders.OFFSET_DATE_TIME),
          Map.entry(ZonedDateTime.class, TimeReaders.ZONED_DATE_TIME),
          Map.entry(Instant.class, TimeReaders.INSTANT),
          Map.entry(Duration.class, TimeReaders.DURATION),
          Map.entry(byte[].class, ArrayReaders.BYTES),
          Map.entry(double[].class, ArrayReaders.DOUBLES),
          Map.entry(OptionalInt.class, ReferenceReaders.OPTIONAL_INT),
          Map.entry(OptionalLong.class, ReferenceReaders.OPTIONAL_LONG),
          Map.entry(OptionalDouble.class, ReferenceReaders.OPTIONAL_DOUBLE),
          Map.entry(Object.class, ValueReader.INSTANCE),
          Map.entry(PyObject.class, ReferenceReaders.PY_OBJECT),
          Map.entry(PyTuple.class, ReferenceReaders.TUPLE));

  private static final ClassCache<Reader<?>> COMPOSED =
      new ClassCache<>(type -> new ReaderComposer().compose(type));

  private Readers() {}

  /**
   * The reader of a type: a class, or a generic type of Java's reflection without type variables.
   *
   * @param type the type
   * @return its reader
   * @throws PythonConversionException if it is or contains a record that cannot be looked into
   */
  public static Reader<?> of(Type type) {
    if (!(type instanceof Class)) {
      return new ReaderComposer().compose(type);
    }
    Reader<?> simple = simple((Class<?>) type);
    return simple != null ? simple : COMPOSED.get((Class<?>) type);
  }

  /** The reader of a class that is not made of others, or null. */
  static Reader<?> simple(Class<?> type) {
    return SIMPLE.get(type);
  }
}
