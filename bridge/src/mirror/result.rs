//! What does Python get of what it fetches from Java?
//!
//! Immutable scalars with an exact equal in Python by value: null, booleans, numbers, characters and their boxes, `String`,
//! `BigInteger`. Everything else stays the Java object that it is.

use super::class::{self, Class};
use super::object;
use crate::decode::Decoder;
use crate::failure::python_error;
use crate::java::Env;
use crate::jdk::{Jdk, Scalar};
use crate::text;
use crate::upcalls::{self, Upcall};
use jni::sys::{jclass, jobject, jvalue};
use pyo3::types::PyType;
use pyo3::{ffi, Bound, Py, PyAny, PyErr, PyResult, Python};
use std::cell::UnsafeCell;
use std::sync::Arc;

/// The Python object of a value whose type has the descriptor that begins with `kind`. Takes over a local reference.
///
/// # Safety
/// The value is of that type.
#[inline(always)]
pub unsafe fn take(
    py: Python<'_>,
    env: Env,
    kind: u8,
    value: jvalue,
    hint: &Hint,
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
            b'C' => return character(py, value.c),
            _ => return fetched(py, env, value.l, hint),
        }
    };
    if made.is_null() {
        Err(raised(py))
    } else {
        Ok(made)
    }
}

fn character(py: Python<'_>, unit: u16) -> PyResult<*mut ffi::PyObject> {
    Ok(text::of_units(py, &[unit])?.into_ptr())
}

#[cold]
fn raised(py: Python<'_>) -> PyErr {
    PyErr::fetch(py)
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

/// The class of what a method gave last, if it is one that is never unloaded: what it gives next is likely of the same.
#[derive(Default)]
pub struct Hint(UnsafeCell<Option<Found>>);

struct Found {
    class: Arc<Class>,
    kind: Py<PyType>,
}

// SAFETY: read and written with the GIL held only, and no borrow lives across anything that could release it.
unsafe impl Send for Hint {}
// SAFETY: as above.
unsafe impl Sync for Hint {}

impl Hint {
    /// The class and its type, if `class` is the one.
    fn get<'py>(
        &self,
        py: Python<'py>,
        env: Env,
        class: jclass,
    ) -> Option<(Bound<'py, PyType>, Arc<Class>)> {
        // SAFETY: see above.
        let found = unsafe { (*self.0.get()).as_ref() }?;
        let same = env.is_same(class, found.class.permanent()?);
        same.then(|| (found.kind.bind(py).clone(), found.class.clone()))
    }

    fn set(&self, kind: &Bound<'_, PyType>, class: &Arc<Class>) {
        if class.permanent().is_some() && class.kind == class::Kind::Plain {
            let found = Found {
                class: class.clone(),
                kind: kind.clone().unbind(),
            };
            // SAFETY: see above; what was there is dropped after it was replaced.
            drop(unsafe { (*self.0.get()).replace(found) });
        }
    }
}

/// Takes over the local reference.
#[inline(never)]
fn fetched(py: Python<'_>, env: Env, object: jobject, hint: &Hint) -> PyResult<*mut ffi::PyObject> {
    if object.is_null() {
        return Ok(py.None().into_ptr());
    }
    let class = env.class_of(object);
    let fetched = fetch(py, env, object, class, hint);
    env.delete_local(class);
    env.delete_local(object);
    fetched.map(Bound::into_ptr)
}

/// The scalar's value, or the object.
fn fetch<'py>(
    py: Python<'py>,
    env: Env,
    object: jobject,
    class: jclass,
    hint: &Hint,
) -> PyResult<Bound<'py, PyAny>> {
    if let Some((kind, known)) = hint.get(py, env, class) {
        return object::wrap_as(py, env, object, &kind, known);
    }
    let jdk = Jdk::get(env).map_err(|_| python_error(py, env))?;
    match jdk.scalar_of(env, object, class) {
        None => {
            let (kind, known) = class::of(py, env, class)?;
            hint.set(&kind, &known);
            object::wrap_as(py, env, object, &kind, known)
        }
        Some(Scalar::Text) => text::to_python(py, env, object),
        Some(Scalar::BigInteger) => value(py, env, object),
        // SAFETY: what `scalar_of` gives is a value of the type that it names.
        Some(Scalar::Primitive(kind, value)) => unsafe {
            take(py, env, kind, value, hint).map(|made| Bound::from_owned_ptr(py, made))
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
