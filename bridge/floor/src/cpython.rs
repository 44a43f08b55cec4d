//! Which functions of CPython does the probe call, and where are they?
//!
//! They are looked up in the libpython that some other library has opened with global symbols and
//! started, as the bridge does: the probe is linked to none.

use crate::array::Buffer;
use std::ffi::{c_char, c_int, c_long, c_void, CStr};
use std::mem::transmute_copy;

/// A `PyObject*` or a `PyThreadState*`.
pub type Pointer = *mut c_void;

/// A `PyMethodDef`.
#[repr(C)]
pub struct MethodDef {
    pub name: *const c_char,
    pub function: unsafe extern "C" fn(Pointer, Pointer) -> Pointer,
    pub flags: c_int,
    pub doc: *const c_char,
}

// SAFETY: it is never changed, and its strings are constants.
unsafe impl Sync for MethodDef {}

/// `METH_O`: the function takes one argument.
pub const ONE_ARGUMENT: c_int = 0x0008;

macro_rules! table {
    ($($field:ident: $symbol:literal fn($($argument:ty),*) $(-> $result:ty)?;)*) => {
        /// The functions, by the field's own name for them.
        #[derive(Clone, Copy)]
        pub struct CPython {
            $(pub $field: unsafe extern "C" fn($($argument),*) $(-> $result)?,)*
        }

        impl CPython {
            /// Looks every function up; the error names the one that is missing.
            pub fn find() -> Result<CPython, String> {
                Ok(CPython {
                    $($field: {
                        let address = symbol($symbol)?;
                        // SAFETY: the field's type is the signature that CPython's C API
                        // documents for the symbol.
                        unsafe { transmute_copy(&address) }
                    },)*
                })
            }
        }
    };
}

table! {
    ensure_gil: c"PyGILState_Ensure" fn() -> c_int;
    restore_thread: c"PyEval_RestoreThread" fn(Pointer);
    save_thread: c"PyEval_SaveThread" fn() -> Pointer;
    import: c"PyImport_ImportModule" fn(*const c_char) -> Pointer;
    get_attr: c"PyObject_GetAttrString" fn(Pointer, *const c_char) -> Pointer;
    vectorcall: c"PyObject_Vectorcall" fn(Pointer, *const Pointer, usize, Pointer) -> Pointer;
    float_from: c"PyFloat_FromDouble" fn(f64) -> Pointer;
    float_as: c"PyFloat_AsDouble" fn(Pointer) -> f64;
    bytes_from: c"PyBytes_FromStringAndSize" fn(*const c_char, isize) -> Pointer;
    bytes_as: c"PyBytes_AsString" fn(Pointer) -> *mut c_char;
    long_from: c"PyLong_FromLong" fn(c_long) -> Pointer;
    long_as: c"PyLong_AsLong" fn(Pointer) -> c_long;
    bool_from: c"PyBool_FromLong" fn(c_long) -> Pointer;
    text_from: c"PyUnicode_FromStringAndSize" fn(*const c_char, isize) -> Pointer;
    text_as: c"PyUnicode_AsUTF8AndSize" fn(Pointer, *mut isize) -> *const c_char;
    get_buffer: c"PyObject_GetBuffer" fn(Pointer, *mut Buffer, c_int) -> c_int;
    release_buffer: c"PyBuffer_Release" fn(*mut Buffer);
    function_from: c"PyCFunction_NewEx" fn(*const MethodDef, Pointer, Pointer) -> Pointer;
    dec_ref: c"Py_DecRef" fn(Pointer);
    print_error: c"PyErr_Print" fn();
}

fn symbol(name: &CStr) -> Result<*mut c_void, String> {
    // SAFETY: `name` ends with a NUL byte; to look a symbol up changes nothing.
    let address = unsafe { libc::dlsym(libc::RTLD_DEFAULT, name.as_ptr()) };
    if address.is_null() {
        return Err(format!(
            "{} is not among the process's symbols: start CPython (3.9 or later) before the probe",
            name.to_string_lossy()
        ));
    }
    Ok(address)
}
