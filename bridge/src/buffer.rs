//! Where does the memory of a Python buffer lie?
//!
//! The buffer protocol (PEP 3118) joined the stable ABI in CPython 3.11 with the layout that it has had since 3.0; its functions are
//! looked up in the versions before.

use crate::symbol;
use pyo3::ffi::{PyObject, Py_ssize_t};
use pyo3::{pyfunction, Bound, PyAny, PyErr, PyResult};
use std::mem::MaybeUninit;
use std::os::raw::{c_char, c_int, c_void};

/// `Py_buffer`, which only CPython reads and writes but for the first field.
#[repr(C)]
pub struct Buffer {
    memory: *mut c_void,
    object: *mut PyObject,
    length: Py_ssize_t,
    item_size: Py_ssize_t,
    read_only: c_int,
    dimensions: c_int,
    format: *mut c_char,
    shape: *mut Py_ssize_t,
    strides: *mut Py_ssize_t,
    suboffsets: *mut Py_ssize_t,
    internal: *mut c_void,
}

/// `PyBUF_FULL_RO`.
const FULL_READ_ONLY: c_int = 0x11c;

/// The address of the first element of a `memoryview`, valid until that is released.
#[pyfunction]
pub fn address(view: &Bound<'_, PyAny>) -> PyResult<usize> {
    let mut buffer = MaybeUninit::<Buffer>::uninit();
    // SAFETY: `view` is alive; the buffer is filled where the function gives 0, and released once. The memory stays, for the view
    // has an export of its own.
    unsafe {
        if symbol::get_buffer()(view.as_ptr(), buffer.as_mut_ptr(), FULL_READ_ONLY) != 0 {
            return Err(PyErr::fetch(view.py()));
        }
        let address = (*buffer.as_ptr()).memory as usize;
        symbol::release_buffer()(buffer.as_mut_ptr());
        Ok(address)
    }
}
