//! How does a table that Java filled become one of Python's?
//!
//! The parts of its columns lie in memory of Java's, which is filled anew as soon as the call is over. So they are copied, one after the
//! other, into one `bytearray`, and what Java named makes the table over that: `naja._rows.Builder`.

use crate::failure::Failure;
use crate::handle;
use naja_frame::Reader;
use pyo3::ffi::{self, Py_ssize_t};
use pyo3::types::{PyAnyMethods, PyTuple};
use pyo3::{Bound, PyAny, PyErr, PyResult, Python};

/// What Arrow recommends for the start of each buffer.
const ALIGNMENT: usize = 64;

/// Memory of Java's: its address and its length in bytes.
type Part = (*const u8, usize);

/// Reads the payload of a [`naja_frame::Tag::Rows`] and makes the table.
pub fn build<'py>(py: Python<'py>, reader: &mut Reader<'_>) -> Result<Bound<'py, PyAny>, Failure> {
    let builder = handle::get(py, reader.i64()?)?;
    let rows = reader.u32()?;
    let mut parts: Vec<Part> = Vec::with_capacity(reader.count(16)?);
    for _ in 0..parts.capacity() {
        parts.push((reader.i64()? as usize as *const u8, reader.i64()? as usize));
    }
    let built = || {
        // SAFETY: Java keeps what the frame names until the call is over, and nobody writes to it meanwhile.
        let (memory, spans) = unsafe { joined(py, &parts)? };
        builder.call1((rows, memory, PyTuple::new(py, &spans)?))
    };
    built().map_err(|error: PyErr| Failure::of(py, error))
}

/// Copies of all parts in one `bytearray`, and of each where it starts there and how long it is.
///
/// # Safety
/// Each part's memory can be read.
unsafe fn joined<'py>(
    py: Python<'py>,
    parts: &[Part],
) -> PyResult<(Bound<'py, PyAny>, Vec<usize>)> {
    let mut spans = Vec::with_capacity(2 * parts.len());
    let mut end = 0;
    for &(_, length) in parts {
        spans.extend([end, length]);
        end = (end + length).next_multiple_of(ALIGNMENT);
    }
    // SAFETY: a new `bytearray` of `end` bytes, of which nobody has seen that they are not set; each part and the gap behind it are
    // within, and no part of it is the memory of another object.
    unsafe {
        let memory = Bound::from_owned_ptr_or_err(
            py,
            ffi::PyByteArray_FromStringAndSize(std::ptr::null(), end as Py_ssize_t),
        )?;
        let mut target = ffi::PyByteArray_AsString(memory.as_ptr()).cast::<u8>();
        for &(address, length) in parts {
            let padded = length.next_multiple_of(ALIGNMENT);
            if length > 0 {
                target.copy_from_nonoverlapping(address, length);
                target.add(length).write_bytes(0, padded - length);
            }
            target = target.add(padded);
        }
        Ok((memory, spans))
    }
}
