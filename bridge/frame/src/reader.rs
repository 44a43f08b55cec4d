//! How a record is read: a bounds-checked cursor over its bytes.

use crate::tag::{ArrayKind, Tag};
use std::fmt;

/// A record that does not hold what its tags and counts promise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FrameError {
    /// The record ends before the value does: bytes wanted, bytes left.
    Truncated {
        /// Bytes that the value needs.
        wanted: usize,
        /// Bytes that are left.
        left: usize,
    },
    /// A byte that is no tag (or no array kind).
    UnknownTag(u8),
    /// Text that is not valid in the encoding that its tag names.
    InvalidText,
}

impl fmt::Display for FrameError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FrameError::Truncated { wanted, left } => {
                write!(
                    out,
                    "call frame is truncated: {wanted} bytes wanted, {left} left"
                )
            }
            FrameError::UnknownTag(byte) => write!(out, "call frame has no tag {byte}"),
            FrameError::InvalidText => write!(out, "call frame holds invalid UTF-8"),
        }
    }
}

impl std::error::Error for FrameError {}

/// A cursor that reads records from the front of a byte slice.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

macro_rules! number {
    ($name:ident, $type:ty) => {
        #[doc = concat!("Reads a `", stringify!($type), "`.")]
        #[inline]
        pub fn $name(&mut self) -> Result<$type, FrameError> {
            Ok(<$type>::from_ne_bytes(self.array()?))
        }
    };
}

impl<'a> Reader<'a> {
    /// A reader of `record`.
    #[inline]
    pub fn new(record: &'a [u8]) -> Self {
        Reader { rest: record }
    }

    /// Bytes that are not read yet.
    #[inline]
    pub fn remaining(&self) -> usize {
        self.rest.len()
    }

    number!(u8, u8);
    number!(u16, u16);
    number!(u32, u32);
    number!(i16, i16);
    number!(i32, i32);
    number!(i64, i64);
    number!(f32, f32);
    number!(f64, f64);

    /// Reads the tag that opens a record.
    #[inline]
    pub fn tag(&mut self) -> Result<Tag, FrameError> {
        let byte = self.u8()?;
        Tag::from_byte(byte).ok_or(FrameError::UnknownTag(byte))
    }

    /// Reads an array's element kind.
    #[inline]
    pub fn array_kind(&mut self) -> Result<ArrayKind, FrameError> {
        let byte = self.u8()?;
        ArrayKind::from_byte(byte).ok_or(FrameError::UnknownTag(byte))
    }

    /// Reads a count of records that each take at least `least` bytes, so that a corrupt count cannot ask for
    /// more memory than the record could fill.
    #[inline]
    pub fn count(&mut self, least: usize) -> Result<usize, FrameError> {
        let count = self.u32()? as usize;
        let wanted = count.saturating_mul(least);
        if wanted > self.rest.len() {
            return Err(FrameError::Truncated {
                wanted,
                left: self.rest.len(),
            });
        }
        Ok(count)
    }

    /// Reads a byte count and that many bytes.
    #[inline]
    pub fn sized_bytes(&mut self) -> Result<&'a [u8], FrameError> {
        let length = self.u32()? as usize;
        self.bytes(length)
    }

    /// Reads a code unit count and the bytes of that many UTF-16 code units.
    #[inline]
    pub fn utf16_bytes(&mut self) -> Result<&'a [u8], FrameError> {
        let units = self.u32()? as usize;
        self.bytes(units.saturating_mul(2))
    }

    /// Reads a byte count and that much ASCII or UTF-8 text.
    #[inline]
    pub fn utf8(&mut self) -> Result<&'a str, FrameError> {
        std::str::from_utf8(self.sized_bytes()?).map_err(|_| FrameError::InvalidText)
    }

    /// Reads `length` bytes.
    #[inline]
    pub fn bytes(&mut self, length: usize) -> Result<&'a [u8], FrameError> {
        if length > self.rest.len() {
            return Err(FrameError::Truncated {
                wanted: length,
                left: self.rest.len(),
            });
        }
        let (head, tail) = self.rest.split_at(length);
        self.rest = tail;
        Ok(head)
    }

    #[inline]
    fn array<const N: usize>(&mut self) -> Result<[u8; N], FrameError> {
        match self.rest.split_first_chunk::<N>() {
            Some((head, tail)) => {
                self.rest = tail;
                Ok(*head)
            }
            None => Err(FrameError::Truncated {
                wanted: N,
                left: self.rest.len(),
            }),
        }
    }
}
