//! What happens when Python touches a Java field?

use super::argument::convert_to;
use super::class::{self, Class};
use super::locals::Locals;
use super::result::{self, Hint};
use crate::failure::python_error;
use crate::java::Env;
use crate::jdk::{Jdk, Scalar};
use crate::text::{self, modified_utf8};
use crate::thread;
use jni::sys::{jfieldID, jobject, jvalue};
use pyo3::exceptions::{PyAttributeError, PyTypeError};
use pyo3::types::{PyAnyMethods, PyType};
use pyo3::{pyclass, pymethods, Bound, Py, PyAny, PyResult, Python};
use std::sync::{Arc, OnceLock};

const STATIC: i32 = 0x0008;
const FINAL: i32 = 0x0010;

/// A field, in the namespace of its class's type.
#[pyclass(frozen, module = "naja")]
pub struct JavaField {
    /// Its name.
    pub name: String,
    descriptor: String,
    modifiers: i32,
    /// Asked for when it is first needed: asking initializes the class.
    id: OnceLock<Id>,
    class: Option<Arc<Class>>,
}

#[derive(Clone, Copy)]
struct Id(jfieldID);

// SAFETY: a field id may be used on any thread.
unsafe impl Send for Id {}
// SAFETY: as above.
unsafe impl Sync for Id {}

impl JavaField {
    /// What `java.lang.reflect.Field` says. `field` stays the caller's.
    pub fn of(py: Python<'_>, env: Env, field: jobject) -> PyResult<JavaField> {
        let told = Jdk::get(env).and_then(|jdk| jdk.field(env, field));
        let (name, descriptor, modifiers) = told.map_err(|_| python_error(py, env))?;
        let text = text::to_python(py, env, name);
        env.delete_local(name);
        Ok(JavaField {
            name: text?.extract()?,
            descriptor,
            modifiers,
            id: OnceLock::new(),
            class: None,
        })
    }

    /// The same as a member of a class.
    pub fn in_class(&self, class: &Arc<Class>) -> JavaField {
        JavaField {
            name: self.name.clone(),
            descriptor: self.descriptor.clone(),
            modifiers: self.modifiers,
            id: OnceLock::new(),
            class: Some(class.clone()),
        }
    }

    fn is_static(&self) -> bool {
        self.modifiers & STATIC != 0
    }

    /// The first character of the descriptor.
    fn kind(&self) -> u8 {
        self.descriptor.as_bytes()[0]
    }

    /// The field's id; may run a static initializer.
    fn id(&self, py: Python<'_>, env: Env, class: jobject) -> PyResult<jfieldID> {
        if let Some(id) = self.id.get() {
            return Ok(id.0);
        }
        let (name, descriptor) = (modified_utf8(&self.name), modified_utf8(&self.descriptor));
        let id = thread::detach(py, || {
            env.field(self.is_static(), class, &name, &descriptor)
        })
        .map_err(|_| python_error(py, env))?;
        Ok(self.id.get_or_init(|| Id(id)).0)
    }

    fn class(&self) -> &Arc<Class> {
        self.class.as_ref().expect("a member of a class")
    }

    /// What the field is read from or written to, and a local reference to delete.
    fn holder(&self, env: Env, object: &Bound<'_, PyAny>) -> PyResult<(jobject, jobject)> {
        let class = self.class().local(env)?;
        if self.is_static() {
            return Ok((class, class));
        }
        match super::object::unwrap(object) {
            Some(reference) if env.is_instance(reference, class) => Ok((reference, class)),
            _ => {
                env.delete_local(class);
                Err(PyTypeError::new_err(format!(
                    "field {} needs an instance of {}",
                    self.name,
                    self.class().name
                )))
            }
        }
    }

    /// Writes the field of an object, or of the class.
    pub fn write(&self, object: &Bound<'_, PyAny>, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let py = object.py();
        let env = super::environment()?;
        if self.modifiers & FINAL != 0 {
            return Err(PyAttributeError::new_err(format!(
                "field {} of {} is final and cannot be set",
                self.name,
                self.class().name
            )));
        }
        let (holder, local) = self.holder(env, object)?;
        let written = self.write_to(py, env, holder, value);
        env.delete_local(local);
        written
    }

    fn write_to(
        &self,
        py: Python<'_>,
        env: Env,
        holder: jobject,
        value: &Bound<'_, PyAny>,
    ) -> PyResult<()> {
        let (id, type_of_field) = self.id_and_type(py, env)?;
        let converted = convert_to(py, env, value, &type_of_field)?;
        let jdk = Jdk::get(env).map_err(|_| python_error(py, env))?;
        let stored = match (self.kind(), jdk.scalar(env, converted)) {
            (b'L' | b'[', _) => jvalue { l: converted },
            (_, Some(Scalar::Primitive(_, value))) => value,
            _ => {
                return Err(PyTypeError::new_err(format!(
                    "field {} of {} is a primitive, which cannot be null",
                    self.name,
                    self.class().name
                )))
            }
        };
        // SAFETY: the field belongs to the holder, and the value is of its type.
        unsafe { env.write(self.is_static(), holder, id, self.kind(), stored) };
        env.delete_local(converted);
        Ok(())
    }

    fn id_and_type(&self, py: Python<'_>, env: Env) -> PyResult<(jfieldID, Arc<Class>)> {
        let mut owned = Locals::new(env);
        let class = owned.keep(self.class().local(env)?);
        let id = self.id(py, env, class)?;
        let of_field = Jdk::get(env)
            .and_then(|jdk| jdk.field_type(env, class, id, self.is_static()))
            .map_err(|_| python_error(py, env))?;
        let (_, class) = class::of(py, env, owned.keep(of_field))?;
        Ok((id, class))
    }
}

#[pymethods]
impl JavaField {
    fn __get__(
        slf: Bound<'_, JavaField>,
        object: &Bound<'_, PyAny>,
        _kind: Option<&Bound<'_, PyType>>,
    ) -> PyResult<Py<PyAny>> {
        let py = slf.py();
        let this = slf.get();
        if object.is_none() && !this.is_static() {
            return Ok(slf.into_any().unbind());
        }
        let env = super::environment()?;
        let (holder, local) = this.holder(env, object)?;
        let value = this.id(py, env, local).and_then(|id| {
            // SAFETY: the field belongs to the holder and is of that type.
            unsafe { env.read(this.is_static(), holder, id, this.kind()) }
                .map_err(|_| python_error(py, env))
        });
        env.delete_local(local);
        let value = value?;
        // SAFETY: as above.
        unsafe {
            let value = result::take(py, env, this.kind(), value, &Hint::default())?;
            Ok(Bound::from_owned_ptr(py, value).unbind())
        }
    }

    fn __set__(&self, object: &Bound<'_, PyAny>, value: &Bound<'_, PyAny>) -> PyResult<()> {
        self.write(object, value)
    }

    fn __delete__(&self, _object: &Bound<'_, PyAny>) -> PyResult<()> {
        Err(PyAttributeError::new_err(format!(
            "field {} of {} cannot be deleted: it is Java's",
            self.name,
            self.class().name
        )))
    }

    fn __repr__(&self) -> String {
        format!("<java field '{}' of '{}'>", self.name, self.class().name)
    }
}
