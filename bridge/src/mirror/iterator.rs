//! How does Python iterate over an iterator that Java hands over?
//!
//! Each element crosses as an argument of a call would.

use crate::decode::Decoder;
use crate::failure::python_error;
use crate::java::{Env, Global, Pending};
use crate::{host, thread, upcalls};
use jni::sys::jobject;
use pyo3::exceptions::PyStopIteration;
use pyo3::{pyclass, pymethods, Bound, Py, PyAny, PyResult, Python};

/// A Java `Iterator` that Python iterates over.
#[pyclass(frozen, module = "naja", weakref)]
pub struct JavaIterator {
    global: Global,
}

impl JavaIterator {
    /// Wraps an iterator.
    pub fn wrap(py: Python<'_>, env: Env, iterator: jobject) -> PyResult<Bound<'_, PyAny>> {
        if let Some(wrapped) = host::iterated(py, env, iterator) {
            return wrapped;
        }
        let global = Global::new(env, iterator);
        Ok(Bound::new(py, JavaIterator { global })?.into_any())
    }

    /// The reference, valid while the wrapper lives.
    pub fn reference(&self) -> jobject {
        self.global.as_raw()
    }
}

#[pymethods]
impl JavaIterator {
    fn __iter__(slf: Py<JavaIterator>) -> Py<JavaIterator> {
        slf
    }

    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let env = super::environment()?;
        let found = thread::detach(py, || upcalls::next(env, self.reference()));
        let element = match found {
            Ok(frame) if frame.is_null() => return Err(PyStopIteration::new_err(())),
            Ok(frame) => frame,
            Err(Pending) => return Err(python_error(py, env)),
        };
        let decoded = Decoder::element(py, env, element);
        env.delete_local(element);
        decoded
    }
}
