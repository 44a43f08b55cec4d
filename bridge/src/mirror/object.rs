//! Which Python object stands for a Java one?
//!
//! The same as long as it lives: wrappers are found again by identity. A wrapper owns a global reference, dropped with it; handed
//! back to Java it is the same object again. A Java throwable has two: an exception, which Python raises and catches, and an
//! opaque wrapper behind it, its attribute `java`.

use super::class::{self, Class, Kind};
use super::{entry, proxy, upcall};
use crate::failure::python_error;
use crate::java::{Env, Global, JavaResult};
use crate::jdk::Jdk;
use crate::upcalls::{self, Upcall};
use crate::{half, text, thread};
use crate::{handle, host};
use jni::sys::{jint, jobject, jvalue};
use pyo3::exceptions::PyTypeError;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyAnyMethods, PyString, PyType};
use pyo3::{ffi, Bound, Py, PyAny, PyErr, PyResult, Python};
use std::collections::HashMap;
use std::ffi::{c_int, c_void};
use std::mem::{offset_of, size_of};
use std::ptr;
use std::sync::{Arc, Mutex, PoisonError};

/// The memory of an instance of `naja.JavaObject`.
#[repr(C)]
struct Layout {
    base: ffi::PyObject,
    reference: Global,
    class: Option<Arc<Class>>,
    hash: jint,
    /// A weak reference to the exception that stands for a throwable, or null.
    face: *mut ffi::PyObject,
    weak_references: *mut ffi::PyObject,
}

/// The wrappers that are alive, by identity hash.
static ALIVE: Mutex<Option<HashMap<jint, Vec<Alive>>>> = Mutex::new(None);

/// A wrapper, borrowed: it takes itself out of the table when it dies.
struct Alive(*mut Layout);

// SAFETY: the pointers are used with the GIL held only.
unsafe impl Send for Alive {}

fn with_alive<R>(body: impl FnOnce(&mut HashMap<jint, Vec<Alive>>) -> R) -> R {
    let mut alive = ALIVE.lock().unwrap_or_else(PoisonError::into_inner);
    body(alive.get_or_insert_with(HashMap::new))
}

/// The type `naja.JavaObject`.
pub fn base_type(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    static TYPE: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    TYPE.get_or_try_init(py, || match host::find(py)? {
        Some(host) => Ok(host.getattr("JavaObject")?.cast_into::<PyType>()?.unbind()),
        None => make_type(py),
    })
    .map(|made| made.bind(py))
}

fn make_type(py: Python<'_>) -> PyResult<Py<PyType>> {
    let mut members = [
        ffi::PyMemberDef {
            name: c"__weaklistoffset__".as_ptr(),
            type_code: ffi::Py_T_PYSSIZET,
            offset: offset_of!(Layout, weak_references) as ffi::Py_ssize_t,
            flags: ffi::Py_READONLY,
            doc: ptr::null(),
        },
        ffi::PyMemberDef::default(),
    ];
    let slot = |slot: c_int, function: *const ()| ffi::PyType_Slot {
        slot,
        pfunc: function.cast_mut().cast::<c_void>(),
    };
    let mut slots = [
        slot(ffi::Py_tp_dealloc, dealloc as *const ()),
        slot(ffi::Py_tp_new, refuse_new as *const ()),
        slot(ffi::Py_tp_str, str as *const ()),
        slot(ffi::Py_tp_repr, repr as *const ()),
        slot(ffi::Py_tp_hash, hash as *const ()),
        slot(ffi::Py_tp_richcompare, compare as *const ()),
        slot(ffi::Py_tp_call, call as *const ()),
        slot(ffi::Py_tp_members, members.as_mut_ptr().cast_const().cast()),
        slot(
            ffi::Py_tp_doc,
            c"A Java object that Python holds by reference."
                .as_ptr()
                .cast(),
        ),
        slot(0, ptr::null()),
    ];
    let mut spec = ffi::PyType_Spec {
        name: c"naja.JavaObject".as_ptr(),
        basicsize: size_of::<Layout>() as c_int,
        itemsize: 0,
        flags: (ffi::Py_TPFLAGS_DEFAULT | ffi::Py_TPFLAGS_BASETYPE) as _,
        slots: slots.as_mut_ptr(),
    };
    // SAFETY: CPython copies the specification; the names are static.
    let made = unsafe {
        Bound::from_owned_ptr_or_opt(py, ffi::PyType_FromSpec(&mut spec))
            .ok_or_else(|| PyErr::fetch(py))?
    };
    Ok(made.cast_into::<PyType>()?.unbind())
}

/// The wrapper's memory, if `object` is a wrapper.
#[inline(always)]
fn layout(py: Python<'_>, object: *mut ffi::PyObject) -> Option<*mut Layout> {
    let base = base_type(py).ok()?.as_ptr().cast::<ffi::PyTypeObject>();
    // SAFETY: `object` is alive, and instances of the type have this layout.
    unsafe {
        let kind = ffi::Py_TYPE(object);
        (kind == base || ffi::PyType_IsSubtype(kind, base) != 0).then(|| object.cast::<Layout>())
    }
}

/// The reference and the class of a wrapper of this bridge. Both live as long as the wrapper.
#[inline(always)]
pub fn look(py: Python<'_>, object: *mut ffi::PyObject) -> Option<(jobject, &Arc<Class>)> {
    let layout = layout(py, object)?;
    // SAFETY: it is a wrapper.
    Some(unsafe { look_at(layout.cast()) })
}

/// The same of what is known to be a wrapper.
///
/// # Safety
/// `object` is a live instance of `naja.JavaObject`.
#[inline(always)]
pub unsafe fn look_at<'a>(object: *mut ffi::PyObject) -> (jobject, &'a Arc<Class>) {
    // SAFETY: `new` has filled the fields; the caller holds the wrapper.
    unsafe {
        let layout = &*object.cast::<Layout>();
        let class = layout.class.as_ref().expect("set by new");
        (layout.reference.as_raw(), class)
    }
}

/// The Java object that a Python object stands for: a wrapper, or an exception with one. Valid while `object` lives.
pub fn unwrap(object: &Bound<'_, PyAny>) -> Option<jobject> {
    let py = object.py();
    if let Some(layout) = layout(py, object.as_ptr()) {
        // SAFETY: as in `look`.
        return Some(unsafe { (*layout).reference.as_raw() });
    }
    if let Ok(iterator) = object.cast::<super::iterator::JavaIterator>() {
        return Some(iterator.get().reference());
    }
    if half::java_exception(py).is_some_and(|class| object.is_instance(&class).unwrap_or(false)) {
        let java = object.getattr("java").ok()?;
        return (!java.is_none()).then(|| unwrap(&java)).flatten();
    }
    None
}

/// The Python object that stands for a Java object: `None` for null, the Python object for one that Java implements by it, the exception
/// for a throwable, else the wrapper. `object` stays the caller's.
pub fn wrap<'py>(py: Python<'py>, env: Env, object: jobject) -> PyResult<Bound<'py, PyAny>> {
    if object.is_null() {
        return Ok(py.None().into_bound(py));
    }
    if let Some(wrapped) = host::wrapped(py, env, object) {
        return wrapped;
    }
    let class = env.class_of(object);
    let found = class::of(py, env, class);
    env.delete_local(class);
    let (kind, class) = found?;
    wrap_as(py, env, object, &kind, class)
}

/// The same for an object that is not null, of a class that is known with its type.
pub fn wrap_as<'py>(
    py: Python<'py>,
    env: Env,
    object: jobject,
    kind: &Bound<'py, PyType>,
    class: Arc<Class>,
) -> PyResult<Bound<'py, PyAny>> {
    let hash = identity(py, env, object)?;
    if let Some(found) = find(py, env, hash, object) {
        return Ok(found);
    }
    match class.kind {
        Kind::Plain => listed(new(py, env, hash, object, class, kind)?),
        Kind::Throwable => throwable(py, env, hash, object, class, kind),
        Kind::Bound => target(py, env, Upcall::Target, object)?
            .ok_or_else(|| PyTypeError::new_err("a bound object without its Python object")),
    }
}

fn identity(py: Python<'_>, env: Env, object: jobject) -> PyResult<jint> {
    Jdk::get(env)
        .and_then(|jdk| jdk.identity_hash(env, object))
        .map_err(|_| python_error(py, env))
}

/// The wrapper that exists already.
fn wrapper<'py>(
    py: Python<'py>,
    env: Env,
    hash: jint,
    object: jobject,
) -> Option<Bound<'py, PyAny>> {
    with_alive(|alive| {
        // SAFETY: whatever is in the table is alive, for the GIL is held.
        let same = |known: &&Alive| unsafe { env.is_same((*known.0).reference.as_raw(), object) };
        let known = alive.get(&hash)?.iter().find(same)?;
        // SAFETY: as above.
        Some(unsafe { Bound::from_borrowed_ptr(py, known.0.cast()) })
    })
}

/// The wrapper that exists already, or the exception before it if that exists.
fn find<'py>(py: Python<'py>, env: Env, hash: jint, object: jobject) -> Option<Bound<'py, PyAny>> {
    let wrapper = wrapper(py, env, hash, object)?;
    // SAFETY: the wrapper is alive; a weak reference gives a live object or `None`.
    unsafe {
        let face = (*wrapper.as_ptr().cast::<Layout>()).face;
        if face.is_null() {
            return Some(wrapper);
        }
        let exception = ffi::PyWeakref_GetObject(face);
        (exception != ffi::Py_None()).then(|| Bound::from_borrowed_ptr(py, exception))
    }
}

/// A new wrapper, an instance of `kind`.
fn new<'py>(
    py: Python<'py>,
    env: Env,
    hash: jint,
    object: jobject,
    class: Arc<Class>,
    kind: &Bound<'py, PyType>,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: `kind` is the base type or a subclass that adds nothing to its layout; the fields are written before anybody sees them.
    unsafe {
        let made = ffi::PyType_GenericAlloc(kind.as_ptr().cast(), 0);
        if made.is_null() {
            return Err(PyErr::fetch(py));
        }
        let layout = made.cast::<Layout>();
        ptr::addr_of_mut!((*layout).reference).write(Global::new(env, object));
        ptr::addr_of_mut!((*layout).class).write(Some(class));
        (*layout).hash = hash;
        (*layout).face = ptr::null_mut();
        (*layout).weak_references = ptr::null_mut();
        Ok(Bound::from_owned_ptr(py, made))
    }
}

/// Lets a wrapper be found again.
fn listed(wrapper: Bound<'_, PyAny>) -> PyResult<Bound<'_, PyAny>> {
    let layout = wrapper.as_ptr().cast::<Layout>();
    // SAFETY: the wrapper is alive.
    let hash = unsafe { (*layout).hash };
    with_alive(|alive| alive.entry(hash).or_default().push(Alive(layout)));
    Ok(wrapper)
}

/// A wrapper of its own for an object that would be unwrapped: the Java face of a Python object.
pub fn face<'py>(py: Python<'py>, env: Env, object: jobject) -> PyResult<Bound<'py, PyAny>> {
    let hash = identity(py, env, object)?;
    let class = env.class_of(object);
    let found = class::of(py, env, class);
    env.delete_local(class);
    let (kind, class) = found?;
    new(py, env, hash, object, class, &kind)
}

fn throwable<'py>(
    py: Python<'py>,
    env: Env,
    hash: jint,
    object: jobject,
    class: Arc<Class>,
    kind: &Bound<'py, PyType>,
) -> PyResult<Bound<'py, PyAny>> {
    if let Some(exception) = target(py, env, Upcall::PythonException, object)? {
        proxy::remember_throwable(env, &exception, object)?;
        return Ok(exception);
    }
    let text = text_of(py, env, object)
        .unwrap_or_else(|| "a Java exception whose toString() failed".to_owned());
    let wrapper = match wrapper(py, env, hash, object) {
        Some(wrapper) => wrapper,
        None => listed(new(py, env, hash, object, class, base_type(py)?)?)?,
    };
    let exception = half::exception_of(py, kind, &wrapper, &text)?;
    // SAFETY: the wrapper is alive; it owns the weak reference.
    unsafe {
        let face = ffi::PyWeakref_NewRef(exception.as_ptr(), ptr::null_mut());
        if face.is_null() {
            return Err(PyErr::fetch(py));
        }
        let layout = wrapper.as_ptr().cast::<Layout>();
        let before = std::mem::replace(&mut (*layout).face, face);
        ffi::Py_XDECREF(before);
    }
    Ok(exception)
}

/// The Python object of the new handle that an upcall gives, or `None` for 0.
fn target<'py>(
    py: Python<'py>,
    env: Env,
    which: Upcall,
    object: jobject,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let handle = upcall(py, |env| upcalls::long(env, which, &[jvalue { l: object }]))?;
    if handle == 0 {
        return Ok(None);
    }
    if let Some(taken) = host::taken(py, handle) {
        return taken.map(Some);
    }
    let found = handle::get(py, handle).map_err(|failure| failure.into_python(py, env))?;
    handle::release_later(handle);
    Ok(Some(found))
}

/// The wrappers that are alive.
pub fn alive(py: Python<'_>) -> Vec<Bound<'_, PyAny>> {
    with_alive(|alive| {
        alive
            .values()
            .flatten()
            // SAFETY: whatever is in the table is alive, for the GIL is held.
            .map(|wrapper| unsafe { Bound::from_borrowed_ptr(py, wrapper.0.cast()) })
            .collect()
    })
}

fn string_of(env: Env, object: jobject) -> JavaResult<Vec<u16>> {
    let string = env.call_object(object, Jdk::get(env)?.to_string, &[])?;
    if string.is_null() {
        return Ok("null".encode_utf16().collect());
    }
    let units = env.string_units(string)?;
    env.delete_local(string);
    Ok(units)
}

/// `toString()` of an object, or `None` if that throws.
pub fn text_of(py: Python<'_>, env: Env, object: jobject) -> Option<String> {
    let text = thread::detach(py, || string_of(env, object));
    if text.is_err() {
        if let Some(thrown) = env.take_exception() {
            env.delete_local(thrown);
        }
    }
    text.ok().map(|units| String::from_utf16_lossy(&units))
}

fn str_of<'py>(py: Python<'py>, object: *mut ffi::PyObject) -> PyResult<Bound<'py, PyString>> {
    let reference = reference(py, object)?;
    let units = upcall(py, |env| string_of(env, reference))?;
    Ok(text::of_units(py, &units)?.cast_into::<PyString>()?)
}

fn reference(py: Python<'_>, object: *mut ffi::PyObject) -> PyResult<jobject> {
    let layout = layout(py, object);
    // SAFETY: as in `look`.
    layout
        .map(|layout| unsafe { (*layout).reference.as_raw() })
        .ok_or_else(|| PyTypeError::new_err("a Java object is needed"))
}

extern "C" fn dealloc(object: *mut ffi::PyObject) {
    let layout = object.cast::<Layout>();
    // SAFETY: CPython calls this once, with the GIL, for an object that nobody refers to any more; its type, which is on the heap, is
    // given back after the memory.
    unsafe {
        with_alive(|alive| {
            if let Some(same) = alive.get_mut(&(*layout).hash) {
                same.retain(|wrapper| !ptr::eq(wrapper.0, layout));
                if same.is_empty() {
                    alive.remove(&(*layout).hash);
                }
            }
        });
        if !(*layout).weak_references.is_null() {
            ffi::PyObject_ClearWeakRefs(object);
        }
        ffi::Py_XDECREF((*layout).face);
        let kind = ffi::Py_TYPE(object);
        ptr::addr_of_mut!((*layout).reference).drop_in_place();
        ptr::addr_of_mut!((*layout).class).drop_in_place();
        let free: ffi::freefunc = std::mem::transmute(ffi::PyType_GetSlot(kind, ffi::Py_tp_free));
        free(object.cast());
        ffi::Py_DECREF(kind.cast());
    }
}

extern "C" fn refuse_new(
    _kind: *mut ffi::PyTypeObject,
    _arguments: *mut ffi::PyObject,
    _named: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    entry(|_| {
        Err(PyTypeError::new_err(
            "naja.JavaObject has no constructor: call the Java class instead",
        ))
    })
}

extern "C" fn str(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    entry(|py| Ok(str_of(py, object)?.into_ptr()))
}

extern "C" fn repr(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    entry(|py| {
        let text = str_of(py, object)?;
        let shown = PyString::new(py, "<Java ").add(text)?.add(">")?;
        Ok(shown.into_ptr())
    })
}

extern "C" fn hash(object: *mut ffi::PyObject) -> ffi::Py_hash_t {
    let mut found: ffi::Py_hash_t = -1;
    let done = entry(|py| {
        let reference = reference(py, object)?;
        let hash = upcall(py, |env| {
            env.call_int(reference, Jdk::get(env)?.hash_code, &[])
        })?;
        found = if hash == -1 {
            -2
        } else {
            hash as ffi::Py_hash_t
        };
        Ok(ptr::NonNull::dangling().as_ptr())
    });
    if done.is_null() {
        -1
    } else {
        found
    }
}

extern "C" fn compare(
    one: *mut ffi::PyObject,
    other: *mut ffi::PyObject,
    operation: c_int,
) -> *mut ffi::PyObject {
    entry(|py| {
        // SAFETY: both are alive for the length of the call.
        let other = unsafe { Bound::from_borrowed_ptr(py, other) };
        let wanted = match operation {
            ffi::Py_EQ => true,
            ffi::Py_NE => false,
            _ => return Ok(py.NotImplemented().into_ptr()),
        };
        let Some(right) = unwrap(&other) else {
            return Ok(py.NotImplemented().into_ptr());
        };
        let left = reference(py, one)?;
        let equal = upcall(py, |env| {
            env.call_boolean(left, Jdk::get(env)?.equals, &[jvalue { l: right }])
        })?;
        // SAFETY: a new reference.
        Ok(unsafe { ffi::PyBool_FromLong((equal == wanted).into()) })
    })
}

/// Calls the one abstract method of a functional interface.
extern "C" fn call(
    object: *mut ffi::PyObject,
    arguments: *mut ffi::PyObject,
    named: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    entry(|py| {
        let (reference, class) =
            look(py, object).ok_or_else(|| PyTypeError::new_err("a Java object is needed"))?;
        let Some(method) = class.functional() else {
            return Err(PyTypeError::new_err(format!(
                "{} is not callable: it implements no functional interface, or several",
                class.name
            )));
        };
        // SAFETY: both are what CPython passes to `tp_call`; the tuple keeps its elements alive.
        unsafe {
            if !named.is_null() && ffi::PyDict_Size(named) > 0 {
                return Err(super::method::no_keywords(&method.name));
            }
            let count = ffi::PyTuple_Size(arguments);
            let arguments: Vec<_> = (0..count)
                .map(|index| ffi::PyTuple_GetItem(arguments, index))
                .collect();
            method.call(py, class, Some(reference), &arguments)
        }
    })
}
