//! What does a function that takes a Java array as a NumPy array need at least?
//!
//! A new NumPy array, one copy from the Java heap into its memory, the call.

use crate::cpython::{CPython, Pointer};
use crate::probe::Probe;
use jni::sys::{jdoubleArray, JNIEnv};
use std::ffi::{c_char, c_int};
use std::mem::MaybeUninit;
use std::ptr;
use std::sync::OnceLock;

/// A `Py_buffer`, of which only the address is used.
#[repr(C)]
pub struct Buffer {
    memory: *mut f64,
    object: Pointer,
    length: isize,
    item_size: isize,
    read_only: c_int,
    dimensions: c_int,
    format: *mut c_char,
    shape: *mut isize,
    strides: *mut isize,
    suboffsets: *mut isize,
    internal: Pointer,
}

/// `PyBUF_WRITABLE`.
const WRITABLE: c_int = 0x0001;

/// The functions `numpy.empty` and `arrays.total`.
struct Functions {
    empty: Pointer,
    total: Pointer,
}

// SAFETY: the objects are immortal references that are used only by a thread that holds the GIL.
unsafe impl Send for Functions {}
// SAFETY: as above.
unsafe impl Sync for Functions {}

static FUNCTIONS: OnceLock<Functions> = OnceLock::new();

impl Functions {
    /// Imports them at the first call; the GIL is held.
    fn get(python: &CPython) -> Option<&'static Functions> {
        if FUNCTIONS.get().is_none() {
            // SAFETY: the GIL is held and the names end with a NUL byte; the references are kept for
            // ever.
            let (empty, total) = unsafe {
                let numpy = (python.import)(c"numpy".as_ptr());
                let arrays = (python.import)(c"arrays".as_ptr());
                if numpy.is_null() || arrays.is_null() {
                    return None;
                }
                (
                    (python.get_attr)(numpy, c"empty".as_ptr()),
                    (python.get_attr)(arrays, c"total".as_ptr()),
                )
            };
            if empty.is_null() || total.is_null() {
                return None;
            }
            FUNCTIONS.get_or_init(|| Functions { empty, total });
        }
        FUNCTIONS.get()
    }
}

/// `total(values)`, which gets a new NumPy array; `None` means that a Python error is set. The GIL is held.
pub fn total(probe: &Probe, env: *mut JNIEnv, values: jdoubleArray) -> Option<f64> {
    let python = &probe.python;
    let functions = Functions::get(python)?;
    // SAFETY: the GIL is held; each reference that is returned here is owned and given back once; `env`
    // is this thread's, `values` a live array whose length is asked first, and the new array has room
    // for just that many numbers; the buffer is filled where the function gives 0, and released once.
    unsafe {
        let length = ((**env).v1_2.GetArrayLength)(env, values);
        let size = (python.long_from)(length.into());
        let array = (python.vectorcall)(functions.empty, &size, 1, ptr::null_mut());
        (python.dec_ref)(size);
        if array.is_null() {
            return None;
        }
        let mut buffer = MaybeUninit::<Buffer>::uninit();
        if (python.get_buffer)(array, buffer.as_mut_ptr(), WRITABLE) != 0 {
            (python.dec_ref)(array);
            return None;
        }
        let room = (*buffer.as_ptr()).memory;
        ((**env).v1_2.GetDoubleArrayRegion)(env, values, 0, length, room);
        (python.release_buffer)(buffer.as_mut_ptr());
        let result = (python.vectorcall)(functions.total, &array, 1, ptr::null_mut());
        (python.dec_ref)(array);
        if result.is_null() {
            return None;
        }
        let value = (python.float_as)(result);
        (python.dec_ref)(result);
        Some(value)
    }
}
