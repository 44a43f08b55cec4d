//! What does Python get of what it fetches from Java?
//!
//! Immutable scalars with an exact equal in Python by value: null, booleans, numbers, characters and their boxes, `String`,
//! `BigInteger`. Everything else stays the Java object that it is.

use super::object;
use crate::decode::Decoder;
use crate::failure::python_error;
use crate::java::Env;
use crate::jdk::{Jdk, Scalar};
use crate::text;
use crate::upcalls::{self, Upcall};
use jni::sys::{jobject, jvalue};
use pyo3::{ffi, Bound, PyAny, PyErr, PyResult, Python};

/// The Python object of a value whose type has the descriptor that begins with `kind`. Takes over a local reference.
///
/// # Safety
/// The value is of that type.
#[inline]
pub unsafe fn take(
    py: Python<'_>,
    env: Env,
    kind: u8,
    value: jvalue,
) -> PyResult<*mut ffi::PyObject> {
    // SAFETY: `kind` says which member of the union is set; each function gives a new reference or null with an exception set.
    let made = unsafe {
        match kind {
            b'V' => return Ok(py.None().into_ptr()),
            b'Z' => ffi::PyBool_FromLong(value.z.into()),
            b'B' => ffi::PyLong_FromLong(value.b.into()),
            b'S' => ffi::PyLong_FromLong(value.s.into()),
            b'I' => ffi::PyLong_FromLong(value.i.into()),
            b'J' => ffi::PyLong_FromLongLong(value.j),
            b'F' => ffi::PyFloat_FromDouble(value.f.into()),
            b'D' => ffi::PyFloat_FromDouble(value.d),
            b'C' => return Ok(text::of_units(py, &[value.c])?.into_ptr()),
            _ => return fetched(py, env, value.l),
        }
    };
    if made.is_null() {
        Err(PyErr::fetch(py))
    } else {
        Ok(made)
    }
}

/// The object itself, whatever its class. Takes over the local reference.
///
/// # Safety
/// `object` is a local reference of this thread.
pub unsafe fn take_object(
    py: Python<'_>,
    env: Env,
    object: jobject,
) -> PyResult<*mut ffi::PyObject> {
    let wrapped = object::wrap(py, env, object);
    env.delete_local(object);
    wrapped.map(Bound::into_ptr)
}

fn fetched(py: Python<'_>, env: Env, object: jobject) -> PyResult<*mut ffi::PyObject> {
    let fetched = fetch(py, env, object);
    env.delete_local(object);
    fetched.map(Bound::into_ptr)
}

/// The scalar's value, or the object. `object` stays the caller's.
pub fn fetch<'py>(py: Python<'py>, env: Env, object: jobject) -> PyResult<Bound<'py, PyAny>> {
    if object.is_null() {
        return Ok(py.None().into_bound(py));
    }
    let jdk = Jdk::get(env).map_err(|_| python_error(py, env))?;
    match jdk.scalar(env, object) {
        None => object::wrap(py, env, object),
        Some(Scalar::Text) => text::to_python(py, env, object),
        Some(Scalar::BigInteger) => value(py, env, object),
        // SAFETY: what `scalar` gives is a value of the type that it names.
        Some(Scalar::Primitive(kind, value)) => unsafe {
            take(py, env, kind, value).map(|made| Bound::from_owned_ptr(py, made))
        },
    }
}

/// The object by value, as `docs/conversion.md` says. `object` stays the caller's.
pub fn value<'py>(py: Python<'py>, env: Env, object: jobject) -> PyResult<Bound<'py, PyAny>> {
    let pair = super::upcall(py, |env| {
        upcalls::object(env, Upcall::Value, &[jvalue { l: object }])
    })?;
    let decoded = Decoder::element(py, env, pair);
    env.delete_local(pair);
    decoded
}
