//! How does Java look from Python?
//!
//! A Java object is a Python object of a type that stands for its class. The native part of that is here, and is what is hot: which
//! Python object stands for a Java one ([`object`], [`class`]), and what happens when Python calls a method ([`method`], [`shape`],
//! [`argument`], [`result`]) or touches a field ([`field`]). What is syntax (`len`, `[]`, `with`, imports) is
//! in the Python half (`naja._java` and its neighbours), which reaches it through [`module`]. Which of a method's overloads is
//! meant Java itself decides (`dev.naja.internal.JavaUpcalls.choose`), once for each shape of arguments.
//!
//! Every call into Java gives the GIL up. `docs/java-in-python.md` is the contract.

pub mod argument;
pub mod class;
pub mod descriptor;
pub mod field;
pub mod iterator;
pub mod locals;
pub mod method;
pub mod module;
pub mod object;
pub mod proxy;
pub mod result;
pub mod shape;

use crate::failure::python_error;
use crate::java::{Env, JavaResult, Pending};
use crate::thread;
use pyo3::exceptions::PyRuntimeError;
use pyo3::types::PyAnyMethods;
use pyo3::{ffi, PyErr, PyResult, Python};
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::ptr;

/// The environment of this thread, or a Python exception.
#[inline]
pub fn environment() -> PyResult<Env> {
    thread::environment().ok_or_else(|| {
        PyRuntimeError::new_err("this thread cannot attach to the JVM: it is ending")
    })
}

/// Calls Java without the GIL; a Java exception becomes a Python one.
pub fn upcall<R>(py: Python<'_>, body: impl FnOnce(Env) -> JavaResult<R>) -> PyResult<R> {
    let env = environment()?;
    thread::detach(py, || body(env)).map_err(|Pending| python_error(py, env))
}

/// Runs what a C function of a Python type does; errors and panics become Python exceptions.
#[inline(always)]
fn entry(body: impl FnOnce(Python<'_>) -> PyResult<*mut ffi::PyObject>) -> *mut ffi::PyObject {
    // SAFETY: Python calls the functions of a type with the GIL held.
    let py = unsafe { Python::assume_attached() };
    match catch_unwind(AssertUnwindSafe(|| body(py))) {
        Ok(Ok(result)) => result,
        Ok(Err(error)) => raised(py, error),
        Err(_) => raised(py, panicked()),
    }
}

/// The exception for a panic in code that Python called.
#[cold]
pub fn panicked() -> PyErr {
    PyRuntimeError::new_err("a panic of naja's bridge, which is a bug: please report it")
}

#[cold]
fn raised(py: Python<'_>, error: PyErr) -> *mut ffi::PyObject {
    let error = error.into_value(py).into_bound(py);
    // Sets `__context__`, as a `raise` does.
    // SAFETY: both are alive; CPython takes references of its own.
    unsafe { ffi::PyErr_SetObject(error.get_type_ptr().cast(), error.as_ptr()) };
    ptr::null_mut()
}
