//! Which functions beyond the stable ABI does this libpython have?
//!
//! The bridge is built against the stable ABI of CPython 3.9, so that one binary serves every version. A few functions that
//! the hot path wants are exported by newer versions only; they are looked up once, when CPython starts.

use crate::buffer::Buffer;
use libc::{c_char, c_int, c_void, dlsym, size_t, RTLD_DEFAULT};
use pyo3::ffi::{PyObject, Py_ssize_t};
use std::ffi::CStr;
use std::mem;
use std::sync::atomic::{AtomicPtr, Ordering};

/// `PyObject_Vectorcall` of PEP 590.
pub type Vectorcall = unsafe extern "C" fn(
    callable: *mut PyObject,
    arguments: *const *mut PyObject,
    count: size_t,
    names: *mut PyObject,
) -> *mut PyObject;

type FromKindAndData =
    unsafe extern "C" fn(kind: c_int, data: *const c_void, count: Py_ssize_t) -> *mut PyObject;

type AsUtf8AndSize =
    unsafe extern "C" fn(text: *mut PyObject, length: *mut Py_ssize_t) -> *const c_char;

type NewMethod =
    unsafe extern "C" fn(function: *mut PyObject, object: *mut PyObject) -> *mut PyObject;

type GetBuffer =
    unsafe extern "C" fn(object: *mut PyObject, buffer: *mut Buffer, flags: c_int) -> c_int;

type ReleaseBuffer = unsafe extern "C" fn(buffer: *mut Buffer);

static GET_BUFFER: AtomicPtr<c_void> = AtomicPtr::new(std::ptr::null_mut());
static RELEASE_BUFFER: AtomicPtr<c_void> = AtomicPtr::new(std::ptr::null_mut());
static NEW_METHOD: AtomicPtr<c_void> = AtomicPtr::new(std::ptr::null_mut());
static VECTORCALL: AtomicPtr<c_void> = AtomicPtr::new(std::ptr::null_mut());
static FROM_KIND_AND_DATA: AtomicPtr<c_void> = AtomicPtr::new(std::ptr::null_mut());
static AS_UTF8_AND_SIZE: AtomicPtr<c_void> = AtomicPtr::new(std::ptr::null_mut());

/// The address of a global symbol, or null.
pub fn find(name: &CStr) -> *mut c_void {
    // SAFETY: `dlsym` reads the name only.
    unsafe { dlsym(RTLD_DEFAULT, name.as_ptr()) }
}

/// Looks the functions up. Called once, after libpython was opened with global symbols.
pub fn look_up() {
    VECTORCALL.store(find(c"PyObject_Vectorcall"), Ordering::Release);
    FROM_KIND_AND_DATA.store(find(c"PyUnicode_FromKindAndData"), Ordering::Release);
    GET_BUFFER.store(find(c"PyObject_GetBuffer"), Ordering::Release);
    RELEASE_BUFFER.store(find(c"PyBuffer_Release"), Ordering::Release);
    NEW_METHOD.store(find(c"PyMethod_New"), Ordering::Release);
    AS_UTF8_AND_SIZE.store(find(c"PyUnicode_AsUTF8AndSize"), Ordering::Release);
}

/// `PyObject_Vectorcall`, exported from CPython 3.11 on (inline in the headers of 3.9 and 3.10).
#[inline(always)]
pub fn vectorcall() -> Option<Vectorcall> {
    // SAFETY: null is `None`, anything else is the function of that name and type.
    unsafe { mem::transmute(VECTORCALL.load(Ordering::Relaxed)) }
}

/// `PyUnicode_FromKindAndData`; every version exports it, outside the stable ABI.
#[inline(always)]
pub fn from_kind_and_data() -> FromKindAndData {
    // SAFETY: exported by every CPython from 3.3 on; `start` refuses to go on without it.
    unsafe { mem::transmute(FROM_KIND_AND_DATA.load(Ordering::Relaxed)) }
}

/// `PyUnicode_AsUTF8AndSize`; every version exports it, in the stable ABI from 3.10 on.
#[inline(always)]
pub fn as_utf8_and_size() -> AsUtf8AndSize {
    // SAFETY: exported by every CPython from 3.3 on; `start` refuses to go on without it.
    unsafe { mem::transmute(AS_UTF8_AND_SIZE.load(Ordering::Relaxed)) }
}

/// `PyMethod_New`; every version exports it, outside the stable ABI.
pub fn new_method() -> NewMethod {
    // SAFETY: exported by every CPython; `start` refuses to go on without it.
    unsafe { mem::transmute(NEW_METHOD.load(Ordering::Relaxed)) }
}

/// `PyObject_GetBuffer`; every version exports it, in the stable ABI from 3.11 on.
pub fn get_buffer() -> GetBuffer {
    // SAFETY: exported by every CPython; `start` refuses to go on without it.
    unsafe { mem::transmute(GET_BUFFER.load(Ordering::Relaxed)) }
}

/// `PyBuffer_Release`; every version exports it, in the stable ABI from 3.11 on.
pub fn release_buffer() -> ReleaseBuffer {
    // SAFETY: exported by every CPython; `start` refuses to go on without it.
    unsafe { mem::transmute(RELEASE_BUFFER.load(Ordering::Relaxed)) }
}

/// Whether every function is there that is promised without an `Option`.
pub fn complete() -> bool {
    !NEW_METHOD.load(Ordering::Acquire).is_null()
        && !FROM_KIND_AND_DATA.load(Ordering::Acquire).is_null()
        && !GET_BUFFER.load(Ordering::Acquire).is_null()
        && !RELEASE_BUFFER.load(Ordering::Acquire).is_null()
        && !AS_UTF8_AND_SIZE.load(Ordering::Acquire).is_null()
}
