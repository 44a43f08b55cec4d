package dev.naja.internal;

import dev.naja.PyTuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which Java value a record becomes when no type was asked for: the default mapping from Python.
 */
final class ValueReader implements Reader<Object> {
  static final ValueReader INSTANCE = new ValueReader();

  private static final Reader<Object> KEYS = new KeyReader(INSTANCE);

  private ValueReader() {}

  @Override
  public Object read(CallFrame frame) {
    int start = frame.position;
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
      case Tag.BIG_INT:
        return ScalarRecords.takeBigInteger(frame);
      case Tag.LATIN1:
      case Tag.UTF8:
      case Tag.UTF16:
        return Text.takePayload(frame, tag);
      case Tag.BYTES:
        return frame.takeSizedBytes();
      case Tag.DECIMAL:
        return ScalarRecords.takeBigDecimal(frame);
      case Tag.UUID:
        return ScalarRecords.takeUuid(frame);
      case Tag.DATE:
        return TimeRecords.takeDate(frame);
      case Tag.TIME:
        return TimeRecords.takeTime(frame);
      case Tag.OFFSET_TIME:
        return TimeRecords.takeOffsetTime(frame);
      case Tag.DATE_TIME:
        return TimeRecords.takeDateTime(frame);
      case Tag.OFFSET_DATE_TIME:
        return TimeRecords.takeOffsetDateTime(frame);
      case Tag.ZONED_DATE_TIME:
        return TimeRecords.takeZonedDateTime(frame);
      case Tag.DURATION:
        return TimeRecords.takeDuration(frame);
      case Tag.LIST:
        return list(frame);
      case Tag.TUPLE:
        return PyTuple.of(elements(frame, frame.takeInt()));
      case Tag.SET:
        return set(frame, start);
      case Tag.FROZEN_SET:
        return Collections.unmodifiableSet(set(frame, start));
      case Tag.MAP:
        return map(frame, start);
      case Tag.NAMED:
        return named(frame);
      case Tag.ENUM:
        Object name = read(frame);
        ResultHandles.releaseRecord(frame);
        return name;
      case Tag.HANDLE:
        return References.get().wrap(frame.takeLong());
      case Tag.OBJECT:
      case Tag.BYTE_ARRAY:
        return frame.takeReferenced();
      default:
        throw new IllegalStateException("a result cannot hold a record of tag " + tag);
    }
  }

  private List<Object> list(CallFrame frame) {
    int count = frame.takeInt();
    List<Object> list = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      list.add(read(frame));
    }
    return list;
  }

  private Object[] elements(CallFrame frame, int count) {
    Object[] elements = new Object[count];
    for (int i = 0; i < count; i++) {
      elements[i] = read(frame);
    }
    return elements;
  }

  private Set<Object> set(CallFrame frame, int start) {
    int count = frame.takeInt();
    Set<Object> set = new LinkedHashSet<>(Distinct.capacity(count));
    for (int i = 0; i < count; i++) {
      set.add(read(frame));
    }
    Distinct.require(frame, start, set.size(), count);
    return set;
  }

  private Map<Object, Object> map(CallFrame frame, int start) {
    int count = frame.takeInt();
    Map<Object, Object> map = new LinkedHashMap<>(Distinct.capacity(count));
    for (int i = 0; i < count; i++) {
      Object key = KEYS.read(frame);
      map.put(key, read(frame));
    }
    Distinct.require(frame, start, map.size(), count);
    return map;
  }

  private PyTuple named(CallFrame frame) {
    String typeName = (String) read(frame);
    int count = frame.takeInt();
    List<String> names = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      names.add((String) read(frame));
    }
    return PyTuple.named(typeName, names, Arrays.asList(elements(frame, count)));
  }
}
