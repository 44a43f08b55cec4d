//! Which kinds of value a record can hold, and how each lies in memory.

/// The kind of a record. Counts and lengths are `u32`, numbers are in native byte order.
///
/// cbindgen:prefix-with-name
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// `None` and Java's `null`; no payload.
    Null = 0,
    /// `False`; no payload.
    False = 1,
    /// `True`; no payload.
    True = 2,
    /// Integer of 64 bits: `i64`.
    I64 = 3,
    /// Floating-point number: `f64`, every bit kept.
    F64 = 4,
    /// Integer of any size: byte count, then two's complement, most significant byte first.
    BigInt = 5,
    /// Text whose characters are all below U+0100: byte count, then one byte a character.
    Latin1 = 6,
    /// Text: byte count, then UTF-8. Never holds a surrogate.
    Utf8 = 7,
    /// Text: code unit count, then UTF-16 code units. May hold lone surrogates.
    Utf16 = 8,
    /// `bytes`: byte count, then the bytes.
    Bytes = 9,
    /// `decimal.Decimal` and `BigDecimal`: its text as a `Latin1` payload.
    Decimal = 10,
    /// `uuid.UUID`: 16 bytes, most significant first.
    Uuid = 11,
    /// `datetime.date`: year `i32`, month `u8`, day `u8`.
    Date = 12,
    /// `datetime.time` without zone: nanosecond of the day `i64`.
    Time = 13,
    /// `datetime.time` with an offset: nanosecond of the day `i64`, offset in seconds `i32`.
    OffsetTime = 14,
    /// `datetime.datetime` without zone: a `Date` payload, then a `Time` payload.
    DateTime = 15,
    /// `datetime.datetime` at an offset: a `DateTime` payload, then the offset in seconds `i32`.
    OffsetDateTime = 16,
    /// `datetime.datetime` in a zone: an `OffsetDateTime` payload, then the zone's name as a `Latin1` payload.
    ZonedDateTime = 17,
    /// `datetime.timedelta`: seconds `i64`, which may be negative, then nanoseconds `i32`, which are not.
    Duration = 18,
    /// `list`: count, then that many records.
    List = 19,
    /// `tuple`: count, then that many records.
    Tuple = 20,
    /// `set`: count, then that many records.
    Set = 21,
    /// `frozenset`: count, then that many records.
    FrozenSet = 22,
    /// `dict`: count, then that many pairs of records.
    Map = 23,
    /// Named tuple: type name record, count, that many field name records, then that many value records.
    Named = 24,
    /// Member of an enumeration: name record, then value record.
    Enum = 25,
    /// A Python object by reference: its handle `i64`.
    Handle = 26,
    /// A Java object by reference: its index `u32` in the array that travels beside the frame.
    Object = 27,
    /// A Java `byte[]` that becomes `bytes`: its index `u32` in the array that travels beside the frame.
    ByteArray = 28,
    /// A Java array of primitives, or of such arrays: [`ArrayKind`] `u8`, dimensions `u8`, then index `u32` as for `Object`.
    Array = 29,
    /// A Java `Iterator` that becomes a Python iterator: index `u32` as for `Object`. In a plain result a generator: its `Handle`.
    Iterator = 30,
    /// A table of Java's: the handle `i64` of what makes it in Python, count of rows, count of parts, then for each the
    /// address `i64` and the size `i64` of memory that is valid during the call.
    Rows = 31,
    /// Where the elements of an array lie: whether nobody may write `u8`, NumPy's name of their type as a `Latin1` payload, address `i64`
    /// and size `i64` of the memory, place `i64` of the first element in it, count of dimensions, then all lengths and all strides, `i64`
    /// each. From Java the record of whatever keeps the memory follows, an `Object` or a `Handle`.
    NdArray = 32,
}

impl Tag {
    const ALL: [Tag; 33] = [
        Tag::Null,
        Tag::False,
        Tag::True,
        Tag::I64,
        Tag::F64,
        Tag::BigInt,
        Tag::Latin1,
        Tag::Utf8,
        Tag::Utf16,
        Tag::Bytes,
        Tag::Decimal,
        Tag::Uuid,
        Tag::Date,
        Tag::Time,
        Tag::OffsetTime,
        Tag::DateTime,
        Tag::OffsetDateTime,
        Tag::ZonedDateTime,
        Tag::Duration,
        Tag::List,
        Tag::Tuple,
        Tag::Set,
        Tag::FrozenSet,
        Tag::Map,
        Tag::Named,
        Tag::Enum,
        Tag::Handle,
        Tag::Object,
        Tag::ByteArray,
        Tag::Array,
        Tag::Iterator,
        Tag::Rows,
        Tag::NdArray,
    ];

    /// The tag with this number, if there is one.
    #[inline]
    pub fn from_byte(byte: u8) -> Option<Tag> {
        Tag::ALL.get(usize::from(byte)).copied()
    }
}

/// The element type of a [`Tag::Array`].
///
/// cbindgen:prefix-with-name
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArrayKind {
    /// `boolean[]`, a byte each.
    Booleans = 0,
    /// `char[]`, a UTF-16 code unit each; becomes a list of one-character strings.
    Chars = 1,
    /// `short[]`.
    Shorts = 2,
    /// `int[]`.
    Ints = 3,
    /// `long[]`.
    Longs = 4,
    /// `float[]`.
    Floats = 5,
    /// `double[]`.
    Doubles = 6,
}

impl ArrayKind {
    const ALL: [ArrayKind; 7] = [
        ArrayKind::Booleans,
        ArrayKind::Chars,
        ArrayKind::Shorts,
        ArrayKind::Ints,
        ArrayKind::Longs,
        ArrayKind::Floats,
        ArrayKind::Doubles,
    ];

    /// The kind with this number, if there is one.
    #[inline]
    pub fn from_byte(byte: u8) -> Option<ArrayKind> {
        ArrayKind::ALL.get(usize::from(byte)).copied()
    }

    /// Bytes that one element takes in the frame.
    #[inline]
    pub fn width(self) -> usize {
        match self {
            ArrayKind::Booleans => 1,
            ArrayKind::Chars | ArrayKind::Shorts => 2,
            ArrayKind::Ints | ArrayKind::Floats => 4,
            ArrayKind::Longs | ArrayKind::Doubles => 8,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tag_is_found_by_its_number() {
        for (number, tag) in Tag::ALL.into_iter().enumerate() {
            assert_eq!(tag as usize, number);
            assert_eq!(Tag::from_byte(number as u8), Some(tag));
        }
        assert_eq!(Tag::from_byte(Tag::ALL.len() as u8), None);
        assert_eq!(Tag::from_byte(255), None);
    }

    #[test]
    fn every_array_kind_is_found_by_its_number() {
        for (number, kind) in ArrayKind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, number);
            assert_eq!(ArrayKind::from_byte(number as u8), Some(kind));
        }
        assert_eq!(ArrayKind::from_byte(7), None);
    }
}
