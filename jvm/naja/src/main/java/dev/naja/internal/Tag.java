package dev.naja.internal;

/**
 * Which kinds of record a frame can hold: the numbers of {@code bridge/frame/src/tag.rs}, where the
 * payload of each is described.
 */
final class Tag {
  static final byte NULL = 0;
  static final byte FALSE = 1;
  static final byte TRUE = 2;
  static final byte I64 = 3;
  static final byte F64 = 4;
  static final byte BIG_INT = 5;
  static final byte LATIN1 = 6;
  static final byte UTF8 = 7;
  static final byte UTF16 = 8;
  static final byte BYTES = 9;
  static final byte DECIMAL = 10;
  static final byte UUID = 11;
  static final byte DATE = 12;
  static final byte TIME = 13;
  static final byte OFFSET_TIME = 14;
  static final byte DATE_TIME = 15;
  static final byte OFFSET_DATE_TIME = 16;
  static final byte ZONED_DATE_TIME = 17;
  static final byte DURATION = 18;
  static final byte LIST = 19;
  static final byte TUPLE = 20;
  static final byte SET = 21;
  static final byte FROZEN_SET = 22;
  static final byte MAP = 23;
  static final byte NAMED = 24;
  static final byte ENUM = 25;
  static final byte HANDLE = 26;
  static final byte OBJECT = 27;
  static final byte BYTE_ARRAY = 28;
  static final byte ARRAY = 29;
  static final byte ITERATOR = 30;
  static final byte ROWS = 31;
  static final byte ND_ARRAY = 32;

  /** Element kinds of an {@link #ARRAY}. */
  static final byte BOOLEANS = 0;

  static final byte CHARS = 1;
  static final byte SHORTS = 2;
  static final byte INTS = 3;
  static final byte LONGS = 4;
  static final byte FLOATS = 5;
  static final byte DOUBLES = 6;

  private Tag() {}
}
