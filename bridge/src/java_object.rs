//! What is a Java object to Python?
//!
//! A value that does not cross by value is wrapped. The wrapper owns a global reference, dropped with the wrapper; handed back to
//! Java it is the same object again. Every call into Java releases the GIL.

use crate::decode::Decoder;
use crate::failure::python_error;
use crate::java::{self, Env, Global, JavaResult, Jdk, Pending};
use crate::thread;
use jni::sys::{jobject, jvalue};
use pyo3::exceptions::{PyRuntimeError, PyStopIteration};
use pyo3::{pyclass, pymethods, Bound, Py, PyAny, PyRef, PyResult, Python};

/// A Java object that Python holds by reference.
#[pyclass(module = "naja", frozen, subclass)]
pub struct JavaObject {
    global: Global,
}

impl JavaObject {
    /// Wraps what `object` refers to.
    pub fn new(env: Env, object: jobject) -> JavaObject {
        JavaObject {
            global: Global::new(env, object),
        }
    }

    /// The reference, valid while the wrapper lives.
    pub fn reference(&self) -> jobject {
        self.global.as_raw()
    }
}

#[pymethods]
impl JavaObject {
    fn __str__(&self, py: Python<'_>) -> PyResult<String> {
        let object = self.reference();
        upcall(py, |env| string_of(env, object))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("<Java {}>", self.__str__(py)?))
    }

    fn __eq__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<bool> {
        let Ok(other) = other.cast::<JavaObject>() else {
            return Ok(false);
        };
        let (one, other) = (self.reference(), other.get().reference());
        upcall(py, |env| {
            env.call_boolean(one, Jdk::get(env)?.equals, &[jvalue { l: other }])
        })
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        let object = self.reference();
        upcall(py, |env| {
            env.call_int(object, Jdk::get(env)?.hash_code, &[])
        })
        .map(|hash| hash as isize)
    }
}

/// A Java `Iterator` that Python iterates over.
#[pyclass(module = "naja", frozen, extends = JavaObject)]
pub struct JavaIterator;

impl JavaIterator {
    /// Wraps an iterator.
    pub fn wrap<'py>(py: Python<'py>, env: Env, iterator: jobject) -> PyResult<Bound<'py, PyAny>> {
        Ok(Bound::new(py, (JavaIterator, JavaObject::new(env, iterator)))?.into_any())
    }
}

#[pymethods]
impl JavaIterator {
    fn __iter__(slf: Py<JavaIterator>) -> Py<JavaIterator> {
        slf
    }

    fn __next__<'py>(
        slf: PyRef<'py, JavaIterator>,
        py: Python<'py>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let iterator = slf.as_super().reference();
        let env = environment()?;
        let found = thread::detach(py, || java::next(env, iterator));
        let element = match found {
            Some(Ok(frame)) if frame.is_null() => return Err(PyStopIteration::new_err(())),
            Some(Ok(frame)) => frame,
            Some(Err(Pending)) => return Err(python_error(py, env)),
            None => {
                return Err(PyRuntimeError::new_err(
                    "the class loader of this iterator's naja is gone",
                ))
            }
        };
        let decoded = Decoder::element(py, env, element);
        env.delete_local(element);
        decoded
    }
}

/// The environment of this thread, or a Python exception.
pub fn environment() -> PyResult<Env> {
    Env::current().ok_or_else(|| {
        PyRuntimeError::new_err("this thread cannot attach to the JVM: it is ending")
    })
}

/// Calls Java without the GIL; a Java exception becomes a Python one.
pub fn upcall<R>(py: Python<'_>, body: impl FnOnce(Env) -> JavaResult<R>) -> PyResult<R> {
    let env = environment()?;
    thread::detach(py, || body(env)).map_err(|Pending| python_error(py, env))
}

fn string_of(env: Env, object: jobject) -> JavaResult<String> {
    let string = env.call_object(object, Jdk::get(env)?.to_string, &[])?;
    if string.is_null() {
        return Ok("null".to_owned());
    }
    let units = env.string_units(string)?;
    env.delete_local(string);
    Ok(String::from_utf16_lossy(&units))
}

/// `toString()` of an object, or `None` if that throws.
pub fn text_of(py: Python<'_>, env: Env, object: jobject) -> Option<String> {
    let text = thread::detach(py, || string_of(env, object));
    if text.is_err() {
        if let Some(thrown) = env.take_exception() {
            env.delete_local(thrown);
        }
    }
    text.ok()
}
