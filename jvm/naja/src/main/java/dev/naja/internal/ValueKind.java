package dev.naja.internal;

import dev.naja.NdArray;
import dev.naja.PyObject;
import dev.naja.PyRef;
import dev.naja.PyTuple;
import dev.naja.RowBatch;
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
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Which kind of Python value a Java class becomes by default; found once for each class. */
enum ValueKind {
  BYTE,
  SHORT,
  FLOAT,
  CHAR,
  BIG_INTEGER,
  BIG_DECIMAL,
  UUID,
  ENUM,
  LOCAL_DATE,
  LOCAL_TIME,
  OFFSET_TIME,
  LOCAL_DATE_TIME,
  OFFSET_DATE_TIME,
  ZONED_DATE_TIME,
  INSTANT,
  DURATION,
  BYTE_ARRAY,
  PRIMITIVE_ARRAY,
  OBJECT_ARRAY,
  LIST,
  SET,
  MAP,
  ENTRY,
  TUPLE,
  ND_ARRAY,
  ROW_BATCH,
  RECORD,
  ITERATOR,
  OPTIONAL,
  OPTIONAL_NUMBER,
  PY_OBJECT,
  BOUND,
  PY_REF,
  CONVERTED,
  OTHER;

  private static final ValueKind[] ALL = values();

  /** Kinds of final classes. */
  private static final Map<Class<?>, ValueKind> EXACT =
      Map.ofEntries(
          Map.entry(Byte.class, BYTE),
          Map.entry(Short.class, SHORT),
          Map.entry(Float.class, FLOAT),
          Map.entry(Character.class, CHAR),
          Map.entry(BigInteger.class, BIG_INTEGER),
          Map.entry(BigDecimal.class, BIG_DECIMAL),
          Map.entry(java.util.UUID.class, UUID),
          Map.entry(LocalDate.class, LOCAL_DATE),
          Map.entry(LocalTime.class, LOCAL_TIME),
          Map.entry(OffsetTime.class, OFFSET_TIME),
          Map.entry(LocalDateTime.class, LOCAL_DATE_TIME),
          Map.entry(OffsetDateTime.class, OFFSET_DATE_TIME),
          Map.entry(ZonedDateTime.class, ZONED_DATE_TIME),
          Map.entry(Instant.class, INSTANT),
          Map.entry(Duration.class, DURATION),
          Map.entry(byte[].class, BYTE_ARRAY),
          Map.entry(Optional.class, OPTIONAL),
          Map.entry(OptionalInt.class, OPTIONAL_NUMBER),
          Map.entry(OptionalLong.class, OPTIONAL_NUMBER),
          Map.entry(OptionalDouble.class, OPTIONAL_NUMBER),
          Map.entry(PyObject.class, PY_OBJECT),
          Map.entry(PyRef.class, PY_REF),
          Map.entry(PyTuple.class, TUPLE),
          Map.entry(NdArray.class, ND_ARRAY),
          Map.entry(RowBatch.class, ROW_BATCH));

  /**
   * Ordinals by class. They are of a class of the JDK's, as what is stored with a JDK class would
   * keep this class's loader alive.
   */
  private static final ClassValue<Integer> ORDINALS =
      new ClassValue<>() {
        @Override
        protected Integer computeValue(Class<?> type) {
          return find(type).ordinal();
        }
      };

  static ValueKind of(Class<?> type) {
    return ALL[ORDINALS.get(type)];
  }

  private static ValueKind find(Class<?> type) {
    ValueKind exact = EXACT.get(type);
    if (exact != null) {
      return exact;
    }
    if (type.isArray()) {
      return ofArray(type.getComponentType());
    }
    if (Enum.class.isAssignableFrom(type)) {
      return ENUM;
    }
    if (Bound.class.isAssignableFrom(type)) {
      return BOUND;
    }
    if (RecordShape.isRecord(type)) {
      return RECORD;
    }
    if (List.class.isAssignableFrom(type)) {
      return LIST;
    }
    if (Set.class.isAssignableFrom(type)) {
      return SET;
    }
    if (Map.class.isAssignableFrom(type)) {
      return MAP;
    }
    if (Map.Entry.class.isAssignableFrom(type)) {
      return ENTRY;
    }
    if (Iterator.class.isAssignableFrom(type)) {
      return ITERATOR;
    }
    return Converters.of(type) != null ? CONVERTED : OTHER;
  }

  /** Text and bytes are no numbers: arrays of them stay arrays of objects. */
  private static ValueKind ofArray(Class<?> component) {
    if (component.isPrimitive()) {
      return PRIMITIVE_ARRAY;
    }
    Class<?> element = component;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    boolean numbers = element.isPrimitive() && element != byte.class && element != char.class;
    return numbers ? PRIMITIVE_ARRAY : OBJECT_ARRAY;
  }
}
