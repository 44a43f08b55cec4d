//! What is a Python object to Java that `@naja.implements` says Java interfaces of?
//!
//! One Java object as long as somebody holds it: the Python object knows it weakly, the Java object holds the Python object. So the two
//! are no cycle that neither collector sees.

use super::class;
use super::object;
use crate::failure::python_error;
use crate::java::{Env, Weak};
use crate::thread;
use crate::types;
use crate::upcalls::{self, Upcall};
use crate::{handle, host};
use jni::sys::{jobject, jvalue};
use pyo3::exceptions::PyTypeError;
use pyo3::types::{PyAnyMethods, PyString, PyTuple, PyTupleMethods};
use pyo3::{ffi, intern, pyclass, Bound, PyAny, PyResult, Python};

/// Where a class says which interfaces it implements.
const INTERFACES: &str = "__java_interfaces__";

/// Where an object keeps its Java face.
const FACE: &str = "__java_face__";

/// The Java object, held weakly.
#[pyclass(frozen, module = "naja._bridge")]
struct Face(Weak);

/// Where an exception keeps the Java exception as which it came from Java.
const THROWABLE: &str = "__java_throwable__";

/// Remembers the Java exception as which a Python exception came back, so that it goes out as the same one.
pub fn remember_throwable(
    env: Env,
    exception: &Bound<'_, PyAny>,
    throwable: jobject,
) -> PyResult<()> {
    let face = Bound::new(exception.py(), Face(Weak::new(env, throwable)))?;
    let name = intern!(exception.py(), THROWABLE);
    // SAFETY: all are alive; whatever the class makes of attribute access is left aside. Where there is no room, as with
    // `__slots__`, the exception goes out as a new one.
    unsafe {
        if ffi::PyObject_GenericSetAttr(exception.as_ptr(), name.as_ptr(), face.as_ptr()) != 0 {
            ffi::PyErr_Clear();
        }
    }
    Ok(())
}

/// The Java exception as which a Python exception came from Java, if it is still there and Python has added no note since: a local
/// reference.
pub fn remembered_throwable(env: Env, exception: &Bound<'_, PyAny>) -> Option<jobject> {
    let py = exception.py();
    let face = plain_attribute(exception, intern!(py, THROWABLE))?;
    if plain_attribute(exception, intern!(py, "__notes__")).is_some() {
        return None;
    }
    let throwable = face.cast::<Face>().ok()?.get().0.upgrade(env);
    (!throwable.is_null()).then_some(throwable)
}

/// An attribute, whatever the class makes of attribute access.
fn plain_attribute<'py>(
    object: &Bound<'py, PyAny>,
    name: &Bound<'py, PyString>,
) -> Option<Bound<'py, PyAny>> {
    // SAFETY: both are alive; the result is a new reference, or null with an exception set.
    unsafe {
        let found = ffi::PyObject_GenericGetAttr(object.as_ptr(), name.as_ptr());
        if found.is_null() {
            ffi::PyErr_Clear();
        }
        Bound::from_owned_ptr_or_opt(object.py(), found)
    }
}

/// Whether the object's class implements Java interfaces.
pub fn is_implemented(object: &Bound<'_, PyAny>) -> bool {
    // While the decorator's module is not imported nobody uses it.
    types::IMPLEMENTS.is_imported(object.py())
        && object.get_type().hasattr(INTERFACES).unwrap_or(false)
}

/// The interfaces that the object's class implements.
pub fn interfaces<'py>(object: &Bound<'py, PyAny>) -> Option<PyResult<Bound<'py, PyTuple>>> {
    is_implemented(object).then(|| {
        let interfaces = object.get_type().getattr(INTERFACES)?;
        Ok(interfaces.cast_into::<PyTuple>()?)
    })
}

/// A `Class[]` of Java types: a local reference.
pub fn class_array(py: Python<'_>, env: Env, types: &Bound<'_, PyTuple>) -> PyResult<jobject> {
    let mut classes = super::locals::Locals::new(env);
    let mut held = Vec::new();
    for each in types.iter() {
        held.push(classes.keep(class::behind(&each)?.local(env)?));
    }
    env.new_object_array(c"java/lang/Class", &held)
        .map_err(|_| python_error(py, env))
}

/// The Java face of an object: a local reference.
pub fn local(py: Python<'_>, env: Env, object: &Bound<'_, PyAny>) -> PyResult<jobject> {
    if let Some(face) = host::face_of(env, object) {
        return face;
    }
    if let Ok(face) = object.getattr(FACE) {
        if let Ok(face) = face.cast::<Face>() {
            let existing = face.get().0.upgrade(env);
            if !existing.is_null() {
                return Ok(existing);
            }
        }
    }
    let interfaces = interfaces(object).ok_or_else(|| {
        PyTypeError::new_err(
            "the object's class implements no Java interface: use @naja.implements",
        )
    })??;
    let classes = class_array(py, env, &interfaces)?;
    let target = handle::add(object.clone());
    let made = thread::detach(py, || {
        upcalls::object(
            env,
            Upcall::Implement,
            &[jvalue { j: target }, jvalue { l: classes }],
        )
    });
    env.delete_local(classes);
    let made = made.map_err(|_| python_error(py, env))?;
    // An object with `__slots__` cannot keep it: it gets a face for each time.
    let _ = object.setattr(FACE, Bound::new(py, Face(Weak::new(env, made)))?);
    Ok(made)
}

/// The Java face of an object, as a Java object to Python.
pub fn wrapped<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = object.py();
    let env = super::environment()?;
    let face = local(py, env, object)?;
    let wrapped = object::face(py, env, face);
    env.delete_local(face);
    wrapped
}
