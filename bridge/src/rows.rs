//! How does a table that Java filled become one of Python's?
//!
//! The parts of its columns lie in memory of Java's, which is filled anew as soon as the call is over. So they are copied, one after the
//! other, into one `bytearray`, and what Java named makes the table over that: `naja._rows.Builder`.

use crate::failure::Failure;
use crate::handle;
use naja_frame::Reader;
use pyo3::types::{PyAnyMethods, PyByteArray, PyTuple};
use pyo3::{Bound, PyAny, PyErr, Python};

/// What Arrow recommends for the start of each buffer.
const ALIGNMENT: usize = 64;

/// Reads the payload of a [`naja_frame::Tag::Rows`] and makes the table.
pub fn build<'py>(
    py: Python<'py>,
    reader: &mut Reader<'_>,
) -> Result<Bound<'py, PyAny>, Failure> {
    let builder = handle::get(py, reader.i64()?)?;
    let rows = reader.u32()?;
    let mut parts = Vec::with_capacity(reader.count(16)?);
    let mut spans = Vec::with_capacity(2 * parts.capacity());
    let mut end = 0_usize;
    for _ in 0..parts.capacity() {
        let address = reader.i64()? as usize as *const u8;
        let length = reader.i64()? as usize;
        spans.extend([end, length]);
        parts.push((address, length));
        end = (end + length).next_multiple_of(ALIGNMENT);
    }
    let built = || {
        let memory = PyByteArray::new_with(py, end, |target| {
            for (&(address, length), span) in parts.iter().zip(spans.chunks_exact(2)) {
                let target = &mut target[span[0]..span[0] + length];
                if length > 0 {
                    // SAFETY: Java keeps `length` bytes at `address` until the call is over, and nobody writes them meanwhile;
                    // `target` is as long, and new memory of Python's.
                    unsafe {
                        std::ptr::copy_nonoverlapping(address, target.as_mut_ptr(), length);
                    }
                }
            }
            Ok(())
        })?;
        builder.call1((rows, memory, PyTuple::new(py, &spans)?))
    };
    built().map_err(|error: PyErr| Failure::of(py, error))
}
