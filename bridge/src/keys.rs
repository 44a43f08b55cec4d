//! Which texts are keys again and again?
//!
//! Maps of one kind have the same keys in each call. The last `str`s that were keys are kept, so that they need not be made and hashed anew.
//! They are found by their text in a table of fixed size, where one takes the place of another.

use pyo3::ffi::PyObject;
use pyo3::{Bound, PyAny, Python};
use std::cell::UnsafeCell;
use std::{mem, ptr};

const PLACES: usize = 1024;

/// Up to 24 Latin-1 characters: how many, and words that overlap where there are less.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Spelling {
    length: usize,
    words: [u64; 3],
}

struct Place {
    spelling: Spelling,
    text: *mut PyObject,
}

struct Guarded(UnsafeCell<[Place; PLACES]>);

// SAFETY: the table is only reached with the GIL held (a `Python` token), and no borrow of it lives across a call that could release the
// GIL.
unsafe impl Sync for Guarded {}

static TABLE: Guarded = Guarded(UnsafeCell::new(
    [const {
        Place {
            spelling: Spelling {
                length: 0,
                words: [0; 3],
            },
            text: ptr::null_mut(),
        }
    }; PLACES],
));

impl Spelling {
    /// Of a text that is short enough to be kept.
    #[inline]
    pub fn of(characters: &[u8]) -> Option<Spelling> {
        let length = characters.len();
        let words = match length {
            0..4 => {
                let word = characters
                    .iter()
                    .fold(0, |word, character| word << 8 | u64::from(*character));
                [word, 0, 0]
            }
            4..8 => [
                half_word(characters, 0) << 32 | half_word(characters, length - 4),
                0,
                0,
            ],
            8..=24 => [0, (length - 8) / 2, length - 8].map(|from| word(characters, from)),
            _ => return None,
        };
        Some(Spelling { length, words })
    }

    /// The `str`, if it is kept.
    #[inline]
    pub fn find<'py>(&self, py: Python<'py>) -> Option<Bound<'py, PyAny>> {
        // SAFETY: see `Guarded`.
        let place = unsafe { &(*TABLE.0.get())[self.place()] };
        if place.spelling != *self {
            return None;
        }
        // SAFETY: the place owns a reference if it has one, and the GIL is held.
        unsafe { Bound::from_borrowed_ptr_or_opt(py, place.text) }
    }

    /// Keeps the `str`.
    pub fn keep(self, text: &Bound<'_, PyAny>) {
        // SAFETY: see `Guarded`.
        let place = unsafe { &mut (*TABLE.0.get())[self.place()] };
        place.spelling = self;
        let before = mem::replace(&mut place.text, text.clone().into_ptr());
        // SAFETY: the place owned this reference, to a `str`, whose end runs no code.
        drop(unsafe { Bound::from_owned_ptr_or_opt(text.py(), before) });
    }

    /// Where it lies: the upper bits of a product, which depend on all of the text.
    #[inline]
    fn place(&self) -> usize {
        let [first, second, third] = self.words;
        let mixed = first ^ second.rotate_left(21) ^ third.rotate_left(42) ^ self.length as u64;
        (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54) as usize
    }
}

#[inline]
fn word(characters: &[u8], from: usize) -> u64 {
    characters[from..]
        .first_chunk()
        .map_or(0, |bytes| u64::from_ne_bytes(*bytes))
}

#[inline]
fn half_word(characters: &[u8], from: usize) -> u64 {
    characters[from..]
        .first_chunk()
        .map_or(0, |bytes| u32::from_ne_bytes(*bytes).into())
}
