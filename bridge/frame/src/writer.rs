//! How a record is written: into lent memory while it fits, then into memory of its own.

use crate::tag::Tag;

/// Appends records to a buffer that the caller lends, and moves to the heap when they outgrow it.
///
/// The hot path writes results straight into the call frame that Java reads; only results that are larger than
/// the frame cost an allocation.
#[derive(Debug)]
pub struct Writer<'a> {
    lent: &'a mut [u8],
    written: usize,
    grown: Vec<u8>,
}

macro_rules! number {
    ($name:ident, $type:ty) => {
        #[doc = concat!("Writes a `", stringify!($type), "`.")]
        #[inline]
        pub fn $name(&mut self, value: $type) {
            self.bytes(&value.to_ne_bytes());
        }
    };
}

impl<'a> Writer<'a> {
    /// A writer that fills `lent` first.
    #[inline]
    pub fn new(lent: &'a mut [u8]) -> Self {
        Writer {
            lent,
            written: 0,
            grown: Vec::new(),
        }
    }

    number!(u8, u8);
    number!(u32, u32);
    number!(i32, i32);
    number!(i64, i64);
    number!(f64, f64);

    /// Writes the tag that opens a record.
    #[inline]
    pub fn tag(&mut self, tag: Tag) {
        self.u8(tag as u8);
    }

    /// Writes a count.
    ///
    /// # Panics
    /// If it does not fit 32 bits; callers check sizes that come from outside.
    #[inline]
    pub fn count(&mut self, count: usize) {
        self.u32(u32::try_from(count).expect("a count in a call frame fits 32 bits"));
    }

    /// Writes a byte count and the bytes.
    #[inline]
    pub fn sized_bytes(&mut self, bytes: &[u8]) {
        self.count(bytes.len());
        self.bytes(bytes);
    }

    /// Writes a record of a tag, a byte count and the bytes.
    ///
    /// # Panics
    /// If the count does not fit 32 bits.
    #[inline]
    pub fn record(&mut self, tag: Tag, bytes: &[u8]) {
        let mut head = [tag as u8; 5];
        let count = u32::try_from(bytes.len()).expect("a count in a call frame fits 32 bits");
        head[1..].copy_from_slice(&count.to_ne_bytes());
        self.bytes(&head);
        self.bytes(bytes);
    }

    /// Writes text under the tag that fits: `Latin1` when all of it is ASCII, else `Utf8`.
    #[inline]
    pub fn text(&mut self, text: &str) {
        self.tag(if text.is_ascii() {
            Tag::Latin1
        } else {
            Tag::Utf8
        });
        self.sized_bytes(text.as_bytes());
    }

    /// Writes raw bytes.
    #[inline]
    pub fn bytes(&mut self, bytes: &[u8]) {
        if self.grown.is_empty() {
            if let Some(room) = self.lent.get_mut(self.written..self.written + bytes.len()) {
                room.copy_from_slice(bytes);
                self.written += bytes.len();
                return;
            }
            self.move_to_heap(bytes.len());
        }
        self.grown.extend_from_slice(bytes);
    }

    /// Bytes written so far.
    #[inline]
    pub fn len(&self) -> usize {
        if self.grown.is_empty() {
            self.written
        } else {
            self.grown.len()
        }
    }

    /// Whether nothing was written.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Forgets what was written.
    pub fn clear(&mut self) {
        self.written = 0;
        self.grown = Vec::new();
    }

    /// Overwrites a count that was written at byte `position` before the number was known.
    pub fn set_count(&mut self, position: usize, count: usize) {
        let count = u32::try_from(count).expect("a count in a call frame fits 32 bits");
        let buffer: &mut [u8] = if self.grown.is_empty() {
            self.lent
        } else {
            self.grown.as_mut_slice()
        };
        buffer[position..position + 4].copy_from_slice(&count.to_ne_bytes());
    }

    /// `Ok(length)` when the record lies in the lent memory, else `Err` with the memory that holds it.
    #[inline]
    pub fn finish(self) -> Result<usize, Vec<u8>> {
        if self.grown.is_empty() {
            Ok(self.written)
        } else {
            Err(self.grown)
        }
    }

    #[cold]
    fn move_to_heap(&mut self, more: usize) {
        self.grown = Vec::with_capacity((self.written + more) * 2 + 64);
        self.grown.extend_from_slice(&self.lent[..self.written]);
        // An empty `grown` means "still in lent memory", so the first write that does not fit must leave bytes.
        debug_assert!(more > 0);
    }
}
