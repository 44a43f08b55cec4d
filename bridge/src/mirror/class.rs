//! Which Python type stands for a Java class?
//!
//! One as long as it lives, found again by the class's identity. Types of classes whose class loader may be collected are held weakly
//! here and hold their class weakly, so that nothing of Python's keeps a class loader alive but instances. Their namespace has a
//! descriptor for each method and field; the Python half makes the type of it.

use super::descriptor;
use super::field::JavaField;
use super::method::Method;
use super::object;
use crate::failure::python_error;
use crate::java::{Env, Global, Weak};
use crate::jdk::Jdk;
use crate::upcalls::{self, Upcall};
use crate::{half, text, thread};
use jni::sys::{jclass, jint, jobject, jobjectArray, jvalue};
use pyo3::exceptions::{PyImportError, PyRuntimeError, PyTypeError};
use pyo3::ffi::PyTypeObject;
use pyo3::types::{
    PyAnyMethods, PyCFunction, PyDict, PyDictMethods, PyList, PyListMethods, PyString, PyType,
    PyTypeMethods,
};
use pyo3::{pyclass, Bound, Py, PyAny, PyResult, Python};
use std::collections::HashMap;
use std::sync::atomic::{AtomicPtr, AtomicU32, Ordering};
use std::sync::{self, Arc, Mutex, OnceLock, PoisonError};

/// What an instance of a class is to Python.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A wrapper.
    Plain,
    /// An exception.
    Throwable,
    /// The Python object by which Java implements it.
    Bound,
}

/// A Java class that Python knows.
pub struct Class {
    /// Different from every other class's, also from those of the past.
    pub number: u32,
    /// `Class.getName()`.
    pub name: String,
    /// What instances are.
    pub kind: Kind,
    /// How instances are made.
    pub constructor: Arc<Method>,
    hold: Hold,
    functional: OnceLock<Arc<Method>>,
    /// The type of wrappers while it lives, borrowed; null before and after.
    kind_of_instances: AtomicPtr<PyTypeObject>,
}

/// How a class is held: one that may be unloaded only weakly.
enum Hold {
    Permanently(Global),
    Weakly(Weak),
}

impl Class {
    /// A local reference to the class, which the caller deletes.
    pub fn local(&self, env: Env) -> PyResult<jclass> {
        let class = match &self.hold {
            Hold::Permanently(class) => env.new_local(class.as_raw()),
            Hold::Weakly(class) => class.upgrade(env),
        };
        if class.is_null() {
            return Err(PyRuntimeError::new_err(format!(
                "the Java class {} is gone: its class loader was collected; import it again",
                self.name
            )));
        }
        Ok(class)
    }

    /// A reference to a class that is never unloaded.
    pub fn permanent(&self) -> Option<jclass> {
        match &self.hold {
            Hold::Permanently(class) => Some(class.as_raw()),
            Hold::Weakly(_) => None,
        }
    }

    fn is(&self, env: Env, class: jclass) -> bool {
        match &self.hold {
            Hold::Permanently(own) => env.is_same(own.as_raw(), class),
            Hold::Weakly(own) => own.is(env, class),
        }
    }

    /// Whether `kind` is the type of this class's wrappers.
    #[inline(always)]
    pub fn is_stood_for_by(&self, kind: *mut PyTypeObject) -> bool {
        kind == self.kind_of_instances.load(Ordering::Relaxed)
    }

    /// The method that a call of an instance calls.
    pub fn functional(&self) -> Option<&Arc<Method>> {
        self.functional.get()
    }
}

/// What a type keeps of its class: its attribute `__java_class__`.
#[pyclass(frozen, module = "naja._bridge")]
pub struct JavaClass(pub Arc<Class>);

/// A type that was made.
struct Known {
    class: sync::Weak<Class>,
    /// The type, or a weak reference to it.
    holder: Py<PyAny>,
    is_weak: bool,
}

static KNOWN: Mutex<Option<HashMap<jint, Vec<Known>>>> = Mutex::new(None);
static NUMBERS: AtomicU32 = AtomicU32::new(1);

fn with_known<R>(body: impl FnOnce(&mut HashMap<jint, Vec<Known>>) -> R) -> R {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    body(known.get_or_insert_with(HashMap::new))
}

type Found<'py> = (Bound<'py, PyType>, Arc<Class>);

/// The type of a class, which is made if need be. `class` stays the caller's.
pub fn of<'py>(py: Python<'py>, env: Env, class: jclass) -> PyResult<Found<'py>> {
    let hash = Jdk::get(env)
        .and_then(|jdk| jdk.identity_hash(env, class))
        .map_err(|_| python_error(py, env))?;
    if let Some(found) = known(py, env, hash, class)? {
        return Ok(found);
    }
    let description = Description::of(py, env, class)?;
    let made = make(py, env, class, &description)?;
    // Making it ran Python code: another thread may have been faster.
    if let Some(found) = known(py, env, hash, class)? {
        return Ok(found);
    }
    let is_weak = !description.has("permanent");
    let holder = if is_weak {
        py.import("weakref")?
            .getattr("ref")?
            .call1((&made.0, forgetting(py, &made.1)?))?
    } else {
        made.0.clone().into_any()
    };
    if made.1.kind == Kind::Plain {
        let kind = made.0.as_type_ptr();
        made.1.kind_of_instances.store(kind, Ordering::Relaxed);
    }
    let entry = Known {
        class: Arc::downgrade(&made.1),
        holder: holder.unbind(),
        is_weak,
    };
    let forgotten = with_known(|known| {
        let same = known.entry(hash).or_default();
        let (alive, forgotten) = std::mem::take(same)
            .into_iter()
            .partition::<Vec<_>, _>(|known| known.class.strong_count() > 0);
        *same = alive;
        same.push(entry);
        forgotten
    });
    drop(forgotten);
    Ok(made)
}

/// What Python calls before the type's memory can become another object's.
fn forgetting<'py>(py: Python<'py>, class: &Arc<Class>) -> PyResult<Bound<'py, PyCFunction>> {
    let class = Arc::downgrade(class);
    PyCFunction::new_closure(py, None, None, move |_, _| {
        if let Some(class) = class.upgrade() {
            let none = std::ptr::null_mut();
            class.kind_of_instances.store(none, Ordering::Relaxed);
        }
    })
}

fn known<'py>(
    py: Python<'py>,
    env: Env,
    hash: jint,
    class: jclass,
) -> PyResult<Option<Found<'py>>> {
    let found = with_known(|known| {
        known.get(&hash)?.iter().find_map(|known| {
            let candidate = known.class.upgrade()?;
            candidate
                .is(env, class)
                .then(|| (known.holder.bind(py).clone(), known.is_weak, candidate))
        })
    });
    let Some((holder, is_weak, class)) = found else {
        return Ok(None);
    };
    let kind = if is_weak { holder.call0()? } else { holder };
    Ok(kind.cast_into::<PyType>().ok().map(|kind| (kind, class)))
}

/// The class behind a Python type, if it stands for one.
pub fn behind(kind: &Bound<'_, PyAny>) -> PyResult<Arc<Class>> {
    kind.getattr("__java_class__")
        .ok()
        .and_then(|token| {
            token
                .cast::<JavaClass>()
                .ok()
                .map(|token| token.get().0.clone())
        })
        .ok_or_else(|| match kind.repr() {
            Ok(shown) => PyTypeError::new_err(format!("{shown} is not a Java class")),
            Err(error) => error,
        })
}

/// The `java.lang.Class` that a Python type stands for where Java wants one: a local reference.
pub fn as_object(env: Env, kind: &Bound<'_, PyAny>) -> Option<PyResult<jclass>> {
    if !kind.is_instance_of::<PyType>() {
        return None;
    }
    behind(kind).ok().map(|class| class.local(env))
}

/// The type of the class of that name, as the calling Java code sees it.
pub fn find<'py>(py: Python<'py>, name: &Bound<'py, PyString>) -> PyResult<Found<'py>> {
    let env = super::environment()?;
    let name = text::units(name)?;
    let found = super::upcall(py, |env| {
        env.with_string(&name, |l| {
            upcalls::object(env, Upcall::Find, &[jvalue { l }])
        })
    })?;
    let jdk = Jdk::get(env).map_err(|_| python_error(py, env))?;
    let result = if env.is_instance(found, jdk.string.as_raw()) {
        let why = text::to_python(py, env, found)?;
        Err(PyImportError::new_err(why.unbind()))
    } else {
        of(py, env, found)
    };
    env.delete_local(found);
    result
}

/// What `JavaUpcalls.describe` says of a class.
struct Description<'py> {
    name: String,
    superclass: Option<Bound<'py, PyType>>,
    statics: Bound<'py, PyList>,
    traits: Bound<'py, PyList>,
    methods: Vec<String>,
    fields: Vec<JavaField>,
    functional: Option<String>,
    nested: Bound<'py, PyList>,
    why: Bound<'py, PyAny>,
}

impl<'py> Description<'py> {
    fn of(py: Python<'py>, env: Env, class: jclass) -> PyResult<Self> {
        let parts = super::upcall(py, |env| {
            upcalls::object(env, Upcall::Describe, &[jvalue { l: class }])
        })?;
        let described = Description::read(py, env, parts);
        env.delete_local(parts);
        described
    }

    fn read(py: Python<'py>, env: Env, parts: jobjectArray) -> PyResult<Self> {
        let part = |index| Part::of(py, env, parts, index);
        let traits = part(3)?.strings()?;
        let superclass = part(1)?;
        // Only `except` needs real inheritance: for everything else the metaclass asks Java.
        let superclass = if traits.contains("throwable")? && !superclass.is_null() {
            let (kind, class) = of(py, env, superclass.object)?;
            (class.kind == Kind::Throwable).then_some(kind)
        } else {
            None
        };
        let functional = part(6)?;
        Ok(Description {
            name: part(0)?.string()?.extract()?,
            superclass,
            statics: part(2)?.strings()?,
            methods: part(4)?.strings()?.extract()?,
            fields: part(5)?.fields()?,
            functional: if functional.is_null() {
                None
            } else {
                Some(functional.string()?.extract()?)
            },
            nested: part(7)?.strings()?,
            why: part(8)?.string()?,
            traits,
        })
    }

    fn has(&self, name: &str) -> bool {
        self.traits.contains(name).unwrap_or(false)
    }
}

/// An element of an array that Java gives; its local reference is deleted with it.
pub struct Part<'py> {
    py: Python<'py>,
    env: Env,
    object: jobject,
}

impl<'py> Part<'py> {
    /// An element of `array`.
    pub fn of(py: Python<'py>, env: Env, array: jobjectArray, index: u32) -> PyResult<Self> {
        let object = env
            .element(array, index)
            .map_err(|_| python_error(py, env))?;
        Ok(Part { py, env, object })
    }

    /// The reference, valid while `self` lives.
    pub fn raw(&self) -> jobject {
        self.object
    }

    fn is_null(&self) -> bool {
        self.object.is_null()
    }

    /// The element as text, `None` for null.
    pub fn string(&self) -> PyResult<Bound<'py, PyAny>> {
        if self.is_null() {
            return Ok(self.py.None().into_bound(self.py));
        }
        text::to_python(self.py, self.env, self.object)
    }

    fn strings(&self) -> PyResult<Bound<'py, PyList>> {
        strings(self.py, self.env, self.object)
    }

    fn fields(&self) -> PyResult<Vec<JavaField>> {
        (0..self.env.array_length(self.object) as u32)
            .map(|index| {
                let field = Part::of(self.py, self.env, self.object, index)?;
                JavaField::of(self.py, self.env, field.object)
            })
            .collect()
    }
}

impl Drop for Part<'_> {
    fn drop(&mut self) {
        self.env.delete_local(self.object);
    }
}

/// The elements of a `String[]`; none for null.
pub fn strings<'py>(
    py: Python<'py>,
    env: Env,
    array: jobjectArray,
) -> PyResult<Bound<'py, PyList>> {
    let list = PyList::empty(py);
    if !array.is_null() {
        for index in 0..env.array_length(array) as u32 {
            list.append(Part::of(py, env, array, index)?.string()?)?;
        }
    }
    Ok(list)
}

/// Makes the type of a class.
fn make<'py>(
    py: Python<'py>,
    env: Env,
    class: jclass,
    description: &Description<'py>,
) -> PyResult<Found<'py>> {
    let kind = if description.has("throwable") {
        Kind::Throwable
    } else if description.has("bound") {
        Kind::Bound
    } else {
        Kind::Plain
    };
    let class = Arc::new(Class {
        number: NUMBERS.fetch_add(1, Ordering::Relaxed),
        name: description.name.clone(),
        kind,
        constructor: Arc::new(Method::new("<init>", true)),
        hold: if description.has("permanent") {
            Hold::Permanently(Global::new(env, class))
        } else {
            Hold::Weakly(Weak::new(env, class))
        },
        functional: OnceLock::new(),
        kind_of_instances: AtomicPtr::default(),
    });
    let namespace = PyDict::new(py);
    namespace.set_item("__java_class__", Bound::new(py, JavaClass(class.clone()))?)?;
    for field in &description.fields {
        namespace.set_item(&field.name, Bound::new(py, field.in_class(&class))?)?;
    }
    // A method of the same name wins, for it is what is called.
    for name in &description.methods {
        if name == "<init>" {
            continue;
        }
        let method = Arc::new(Method::new(name, description.statics.contains(name)?));
        if description.functional.as_ref() == Some(name) {
            let _ = class.functional.set(method.clone());
        }
        namespace.set_item(name, descriptor::of(py, &class, method)?)?;
    }
    let base = match &description.superclass {
        Some(superclass) => superclass.clone(),
        None if kind == Kind::Throwable => half::java_exception(py)
            .ok_or_else(|| PyRuntimeError::new_err("naja.JavaException is missing"))?
            .cast_into::<PyType>()?,
        None => object::base_type(py)?.clone(),
    };
    let made = half::make_type(
        py,
        (
            description.name.as_str(),
            base,
            &description.traits,
            namespace,
            &description.nested,
            description.functional.as_deref(),
            &description.why,
        ),
    )?;
    Ok((made.cast_into::<PyType>()?, class))
}

/// What Java says of a member of a class: `Upcall::Signatures` or `Upcall::Near`.
pub fn ask<'py>(
    py: Python<'py>,
    class: &Class,
    which: Upcall,
    name: &str,
) -> PyResult<Bound<'py, PyList>> {
    let env = super::environment()?;
    let local = class.local(env)?;
    let name: Vec<u16> = name.encode_utf16().collect();
    let answer = thread::detach(py, || {
        env.with_string(&name, |name| {
            upcalls::object(env, which, &[jvalue { l: local }, jvalue { l: name }])
        })
    });
    env.delete_local(local);
    let answer = answer.map_err(|_| python_error(py, env))?;
    let found = strings(py, env, answer);
    env.delete_local(answer);
    found
}
