//! What does Python find under the name of a Java method?
//!
//! A descriptor in the namespace of the class's type, which is called without a bound method in between.

use super::class::Class;
use super::method::{no_keywords, Method};
use super::{entry, object};
use crate::symbol;
use crate::upcalls::Upcall;
use jni::sys::jobject;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyAnyMethods, PyString, PyType};
use pyo3::{ffi, Bound, Py, PyAny, PyErr, PyResult, Python};
use std::ffi::{c_int, c_void};
use std::mem::{offset_of, size_of};
use std::ptr;
use std::sync::Arc;

/// The memory of a descriptor.
#[repr(C)]
struct Layout {
    base: ffi::PyObject,
    vectorcall: Vectorcall,
    method: Option<Arc<Method>>,
    class: Option<Arc<Class>>,
    /// Whether it was taken from the class, so that no receiver comes first.
    of_class: bool,
    /// What the class gives of this descriptor, once it has been asked for.
    view: *mut ffi::PyObject,
}

type Vectorcall = extern "C" fn(
    *mut ffi::PyObject,
    *const *mut ffi::PyObject,
    usize,
    *mut ffi::PyObject,
) -> *mut ffi::PyObject;

/// `Py_TPFLAGS_HAVE_VECTORCALL` and `Py_TPFLAGS_METHOD_DESCRIPTOR`: the same in every version.
const FLAGS: u64 = 1 << 11 | 1 << 17;

/// `Py_TPFLAGS_IMMUTABLETYPE`, which 3.9 does not know. With it the interpreter specializes what loads a method, and takes it for one that
/// is the same on the class.
const IMMUTABLE: u64 = 1 << 8;

/// The type `naja.JavaMethod`, of which there are two: one of methods that only objects have, one of those that the class has too.
fn method_type(py: Python<'_>, has_static: bool) -> PyResult<&Bound<'_, PyType>> {
    static OF_OBJECTS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    static OF_THE_CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let (which, flags) = match has_static {
        false => (&OF_OBJECTS, FLAGS | IMMUTABLE),
        true => (&OF_THE_CLASS, FLAGS),
    };
    which
        .get_or_try_init(py, || make_type(py, flags))
        .map(|made| made.bind(py))
}

fn make_type(py: Python<'_>, flags: u64) -> PyResult<Py<PyType>> {
    let mut members = [
        ffi::PyMemberDef {
            name: c"__vectorcalloffset__".as_ptr(),
            type_code: ffi::Py_T_PYSSIZET,
            offset: offset_of!(Layout, vectorcall) as ffi::Py_ssize_t,
            flags: ffi::Py_READONLY,
            doc: ptr::null(),
        },
        ffi::PyMemberDef::default(),
    ];
    // CPython keeps the address.
    let getters = Box::leak(Box::new([
        getter(c"__name__", name),
        getter(c"__doc__", doc),
        ffi::PyGetSetDef::default(),
    ]));
    let slot = |slot: c_int, function: *const ()| ffi::PyType_Slot {
        slot,
        pfunc: function.cast_mut().cast::<c_void>(),
    };
    let mut slots = [
        slot(ffi::Py_tp_dealloc, dealloc as *const ()),
        slot(
            ffi::Py_tp_call,
            symbol::find(c"PyVectorcall_Call").cast_const().cast(),
        ),
        slot(ffi::Py_tp_descr_get, get as *const ()),
        slot(ffi::Py_tp_repr, repr as *const ()),
        slot(ffi::Py_tp_members, members.as_mut_ptr().cast_const().cast()),
        slot(ffi::Py_tp_getset, getters.as_ptr().cast()),
        slot(0, ptr::null()),
    ];
    let mut spec = ffi::PyType_Spec {
        name: c"naja.JavaMethod".as_ptr(),
        basicsize: size_of::<Layout>() as c_int,
        itemsize: 0,
        flags: (ffi::Py_TPFLAGS_DEFAULT | flags) as _,
        slots: slots.as_mut_ptr(),
    };
    // SAFETY: CPython copies the specification but the getters, which live for ever.
    unsafe {
        Bound::from_owned_ptr_or_opt(py, ffi::PyType_FromSpec(&mut spec))
            .ok_or_else(|| PyErr::fetch(py))?
            .cast_into::<PyType>()
            .map(Bound::unbind)
            .map_err(PyErr::from)
    }
}

fn getter(name: &'static std::ffi::CStr, get: ffi::getter) -> ffi::PyGetSetDef {
    ffi::PyGetSetDef {
        name: name.as_ptr(),
        get: Some(get),
        set: None,
        doc: ptr::null(),
        closure: ptr::null_mut(),
    }
}

/// A descriptor for the namespace of the class's type.
pub fn of<'py>(
    py: Python<'py>,
    class: &Arc<Class>,
    method: Arc<Method>,
) -> PyResult<Bound<'py, PyAny>> {
    make(py, class.clone(), method, false)
}

fn make(
    py: Python<'_>,
    class: Arc<Class>,
    method: Arc<Method>,
    of_class: bool,
) -> PyResult<Bound<'_, PyAny>> {
    // SAFETY: the fields are written before anybody sees the new object.
    unsafe {
        let made = ffi::PyType_GenericAlloc(method_type(py, method.has_static)?.as_ptr().cast(), 0);
        if made.is_null() {
            return Err(PyErr::fetch(py));
        }
        let layout = made.cast::<Layout>();
        (*layout).vectorcall = vectorcall;
        ptr::addr_of_mut!((*layout).method).write(Some(method));
        ptr::addr_of_mut!((*layout).class).write(Some(class));
        (*layout).of_class = of_class;
        (*layout).view = ptr::null_mut();
        Ok(Bound::from_owned_ptr(py, made))
    }
}

/// # Safety
/// `object` is a live `naja.JavaMethod`.
unsafe fn parts<'a>(object: *mut ffi::PyObject) -> (&'a Arc<Method>, &'a Arc<Class>, bool) {
    // SAFETY: `make` has filled the fields, which are never changed.
    unsafe {
        let layout = &*object.cast::<Layout>();
        (
            layout.method.as_ref().expect("set by make"),
            layout.class.as_ref().expect("set by make"),
            layout.of_class,
        )
    }
}

extern "C" fn vectorcall(
    callable: *mut ffi::PyObject,
    arguments: *const *mut ffi::PyObject,
    count: usize,
    names: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    entry(|py| {
        // SAFETY: CPython calls this for a `naja.JavaMethod`, with live arguments; the highest bit of `count` is a flag.
        unsafe {
            let (method, class, of_class) = parts(callable);
            if !names.is_null() && ffi::PyTuple_Size(names) > 0 {
                return Err(no_keywords(&method.name));
            }
            let count = count & (usize::MAX >> 1);
            let arguments = if count == 0 {
                &[]
            } else {
                std::slice::from_raw_parts(arguments, count)
            };
            if !of_class {
                if let Some((first, rest)) = arguments.split_first() {
                    if let Some(receiver) = receiver(py, class, *first)? {
                        return method.call(py, class, Some(receiver), rest);
                    }
                }
            }
            method.call(py, class, None, arguments)
        }
    })
}

/// The object that a method of `class` is called on, if it is one of the class's.
///
/// # Safety
/// `object` is alive, and stays so while the reference is used.
#[inline(always)]
unsafe fn receiver(
    py: Python<'_>,
    class: &Arc<Class>,
    object: *mut ffi::PyObject,
) -> PyResult<Option<jobject>> {
    // SAFETY: the object is alive, and the type that stands for the class is one of wrappers.
    let looked = unsafe {
        match class.is_stood_for_by(ffi::Py_TYPE(object)) {
            true => Some(object::look_at(object)),
            false => object::look(py, object),
        }
    };
    if let Some((reference, own)) = looked {
        if Arc::ptr_eq(own, class) {
            return Ok(Some(reference));
        }
    }
    // SAFETY: alive, as the caller says.
    uncommon_receiver(class, &unsafe { Bound::from_borrowed_ptr(py, object) })
}

/// An exception, or an object of a subclass.
#[cold]
fn uncommon_receiver(class: &Arc<Class>, object: &Bound<'_, PyAny>) -> PyResult<Option<jobject>> {
    let Some(reference) = object::unwrap(object) else {
        return Ok(None);
    };
    let env = super::environment()?;
    let local = class.local(env)?;
    let fits = env.is_instance(reference, local);
    env.delete_local(local);
    Ok(fits.then_some(reference))
}

extern "C" fn get(
    descriptor: *mut ffi::PyObject,
    object: *mut ffi::PyObject,
    _kind: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    entry(|py| {
        // SAFETY: CPython calls this for a `naja.JavaMethod`; `PyMethod_New` gives a new reference or null with an exception set.
        unsafe {
            let (method, class, of_class) = parts(descriptor);
            let on_class = object.is_null() || object == ffi::Py_None();
            if of_class || (on_class && !method.has_static) {
                ffi::Py_INCREF(descriptor);
                return Ok(descriptor);
            }
            if on_class {
                let layout = descriptor.cast::<Layout>();
                if (*layout).view.is_null() {
                    (*layout).view = make(py, class.clone(), method.clone(), true)?.into_ptr();
                }
                ffi::Py_INCREF((*layout).view);
                return Ok((*layout).view);
            }
            Ok(symbol::new_method()(descriptor, object))
        }
    })
}

extern "C" fn dealloc(object: *mut ffi::PyObject) {
    let layout = object.cast::<Layout>();
    // SAFETY: CPython calls this once, for an object that nobody refers to any more; its type is given back after the memory.
    unsafe {
        ptr::addr_of_mut!((*layout).method).drop_in_place();
        ptr::addr_of_mut!((*layout).class).drop_in_place();
        ffi::Py_XDECREF((*layout).view);
        let kind = ffi::Py_TYPE(object);
        ffi::PyObject_Free(object.cast());
        ffi::Py_DECREF(kind.cast());
    }
}

extern "C" fn repr(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    entry(|py| {
        // SAFETY: CPython calls this for a `naja.JavaMethod`.
        let (method, class, _) = unsafe { parts(object) };
        let shown = format!("<java method '{}' of '{}'>", method.name, class.name);
        Ok(PyString::new(py, &shown).into_any().into_ptr())
    })
}

extern "C" fn name(object: *mut ffi::PyObject, _closure: *mut c_void) -> *mut ffi::PyObject {
    entry(|py| {
        // SAFETY: as above.
        let (method, _, _) = unsafe { parts(object) };
        Ok(PyString::new(py, &method.name).into_any().into_ptr())
    })
}

/// The signatures, one a line.
extern "C" fn doc(object: *mut ffi::PyObject, _closure: *mut c_void) -> *mut ffi::PyObject {
    entry(|py| {
        // SAFETY: as above.
        let (method, class, _) = unsafe { parts(object) };
        let signatures = super::class::ask(py, class, Upcall::Signatures, &method.name)?;
        Ok(PyString::new(py, "\n")
            .call_method1("join", (signatures,))?
            .into_ptr())
    })
}
