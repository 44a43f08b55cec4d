//! What can the Python half ask of Java's classes? These are functions of `naja._bridge`.

use super::class::{self, Class};
use super::field::JavaField;
use super::{argument, environment, object, result};
use crate::handle;
use crate::java::Global;
use crate::text;
use crate::upcalls::{self, Upcall};
use jni::sys::{jobject, jvalue};
use pyo3::exceptions::{PyAttributeError, PyTypeError};
use pyo3::types::{
    PyAnyMethods, PyList, PyModule, PyModuleMethods, PyString, PyTuple, PyTupleMethods, PyType,
};
use pyo3::{pyclass, pyfunction, wrap_pyfunction, Bound, PyAny, PyResult, Python};
use std::sync::Arc;

/// Adds them.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    module.add("JavaObject", object::base_type(py)?)?;
    module.add_class::<super::iterator::JavaIterator>()?;
    module.add_class::<JavaField>()?;
    module.add_class::<Cast>()?;
    macro_rules! add {
        ($($function:ident),*) => {
            $(module.add_function(wrap_pyfunction!($function, module)?)?;)*
        };
    }
    add!(
        find,
        is_package,
        package_members,
        construct,
        is_instance,
        is_assignable,
        set_static,
        near,
        signatures,
        class_object,
        cast,
        value,
        proxy,
        live_java_objects,
        live_python_objects
    );
    Ok(())
}

/// An argument whose static type is told: `naja.cast`.
#[pyclass(frozen, module = "naja")]
pub struct Cast {
    value: Option<Global>,
    /// The static type.
    pub class: Arc<Class>,
}

impl Cast {
    /// The value's reference, valid while `self` lives.
    pub fn reference(&self) -> jobject {
        self.value
            .as_ref()
            .map_or(std::ptr::null_mut(), Global::as_raw)
    }
}

/// The Python type of the Java class of that name, as the calling Java code sees it.
#[pyfunction]
fn find<'py>(py: Python<'py>, name: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyType>> {
    class::find(py, name).map(|(kind, _)| kind)
}

/// Whether the calling Java code sees such a package, or one below it.
#[pyfunction]
fn is_package(py: Python<'_>, name: &Bound<'_, PyString>) -> PyResult<bool> {
    let units = text::units(name)?;
    super::upcall(py, |env| {
        env.with_string(&units, |l| {
            upcalls::boolean(env, Upcall::IsPackage, &[jvalue { l }])
        })
    })
}

/// The simple names of what is in a package.
#[pyfunction]
fn package_members<'py>(
    py: Python<'py>,
    name: &Bound<'py, PyString>,
) -> PyResult<Bound<'py, PyList>> {
    let units = text::units(name)?;
    let env = environment()?;
    let members = super::upcall(py, |env| {
        env.with_string(&units, |l| {
            upcalls::object(env, Upcall::PackageMembers, &[jvalue { l }])
        })
    })?;
    let found = class::strings(py, env, members);
    env.delete_local(members);
    found
}

/// A new instance of a class.
#[pyfunction]
fn construct<'py>(
    py: Python<'py>,
    kind: &Bound<'py, PyType>,
    arguments: &Bound<'py, PyTuple>,
) -> PyResult<Bound<'py, PyAny>> {
    let class = class::behind(kind)?;
    let held: Vec<_> = arguments.iter().collect();
    let pointers: Vec<_> = held.iter().map(Bound::as_ptr).collect();
    // SAFETY: `held` keeps the arguments alive; the result is a new reference.
    unsafe {
        let made = class.constructor.call(py, &class, None, &pointers)?;
        Ok(Bound::from_owned_ptr(py, made))
    }
}

/// Whether an object is a Java object of that class.
#[pyfunction]
fn is_instance(kind: &Bound<'_, PyType>, candidate: &Bound<'_, PyAny>) -> PyResult<bool> {
    let class = class::behind(kind)?;
    let Some(reference) = object::unwrap(candidate) else {
        return Ok(false);
    };
    let env = environment()?;
    let local = class.local(env)?;
    let is = env.is_instance(reference, local);
    env.delete_local(local);
    Ok(is)
}

/// Whether the class of the second type is the first's or one of its subclasses.
#[pyfunction]
fn is_assignable(base: &Bound<'_, PyType>, kind: &Bound<'_, PyType>) -> PyResult<bool> {
    let env = environment()?;
    let (base, class) = (class::behind(base)?, class::behind(kind)?);
    let (base, class) = (base.local(env)?, class.local(env)?);
    let is = env.is_assignable(class, base);
    env.delete_local(base);
    env.delete_local(class);
    Ok(is)
}

/// Writes a static field.
#[pyfunction]
fn set_static(kind: &Bound<'_, PyType>, name: &str, value: &Bound<'_, PyAny>) -> PyResult<()> {
    let members = kind.getattr("__dict__")?;
    match members.get_item(name) {
        Ok(member) => match member.cast::<JavaField>() {
            Ok(field) => field.get().write(kind.as_any(), value),
            Err(_) => Err(PyAttributeError::new_err(format!(
                "{name} of {} is no field, and cannot be set",
                class::behind(kind)?.name
            ))),
        },
        Err(_) => Err(PyAttributeError::new_err(format!(
            "{} has no field {name}",
            class::behind(kind)?.name
        ))),
    }
}

/// Names of members that a wrong name may mean.
#[pyfunction]
fn near<'py>(kind: &Bound<'py, PyType>, name: &str) -> PyResult<Bound<'py, PyList>> {
    class::ask(kind.py(), &*class::behind(kind)?, Upcall::Near, name)
}

/// The signatures of the methods of a name.
#[pyfunction]
fn signatures<'py>(kind: &Bound<'py, PyType>, name: &str) -> PyResult<Bound<'py, PyList>> {
    class::ask(kind.py(), &*class::behind(kind)?, Upcall::Signatures, name)
}

/// The `java.lang.Class` of a type.
#[pyfunction]
fn class_object<'py>(kind: &Bound<'py, PyType>) -> PyResult<Bound<'py, PyAny>> {
    let env = environment()?;
    let local = class::behind(kind)?.local(env)?;
    let wrapped = object::wrap(kind.py(), env, local);
    env.delete_local(local);
    wrapped
}

/// An argument whose static type is told.
#[pyfunction]
fn cast(value: &Bound<'_, PyAny>, target: &Bound<'_, PyAny>) -> PyResult<Cast> {
    let py = value.py();
    let env = environment()?;
    let class = match target.cast::<PyString>() {
        Ok(name) => class::find(py, name)?.1,
        Err(_) => class::behind(target)?,
    };
    let made = match object::unwrap(value) {
        Some(reference) => {
            let local = class.local(env)?;
            let fits = env.is_instance(reference, local);
            env.delete_local(local);
            if !fits {
                return Err(PyTypeError::new_err(format!(
                    "{} is not a {}",
                    value.str()?,
                    class.name
                )));
            }
            env.new_local(reference)
        }
        None => argument::convert_to(py, env, value, &class)?,
    };
    let value = (!made.is_null()).then(|| Global::new(env, made));
    env.delete_local(made);
    Ok(Cast { value, class })
}

/// A Java object by value, as `docs/conversion.md` says.
#[pyfunction]
fn value<'py>(candidate: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    match object::unwrap(candidate) {
        Some(reference) => result::value(candidate.py(), environment()?, reference),
        None => Ok(candidate.clone()),
    }
}

/// The Java face of an object whose class implements Java interfaces.
#[pyfunction]
fn proxy<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    super::proxy::wrapped(object)
}

/// The Java objects that Python holds.
#[pyfunction]
fn live_java_objects(py: Python<'_>) -> Vec<Bound<'_, PyAny>> {
    object::alive(py)
}

/// The Python objects that Java holds.
#[pyfunction]
fn live_python_objects(py: Python<'_>) -> Vec<Bound<'_, PyAny>> {
    handle::objects(py)
}
