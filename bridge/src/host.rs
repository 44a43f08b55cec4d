//! Which library answers when several class loaders have one?
//!
//! Each class loader has its own copy of this library, and all share one CPython. What Python sees of Java is the first one's, the
//! host: one set of types, one table of identities. The others are its guests: they have it wrap Java objects for them. When the host's
//! class loader is gone its code stays, for libraries are pinned; the newest guest then does its upcalls and keeps its handles.

use crate::handle;
use crate::java::{Env, JavaResult, Pending};
use crate::mirror::{self, iterator::JavaIterator, object, proxy};
use crate::pages;
use crate::thread;
use crate::upcalls::{self, Upcall};
use jni::sys::{jlong, jobject, jvalue, JNIEnv};
use pyo3::exceptions::PyRuntimeError;
use pyo3::types::{PyAnyMethods, PyModule, PyModuleMethods};
use pyo3::{ffi, Bound, PyAny, PyErr, PyResult, Python};
use std::mem;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::ptr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

/// Where `naja._bridge` says of which version the host is, and where its services are.
const VERSION: &str = "__version__";
const SERVICES: &str = "_services";

/// What one library does for another of the same version. The functions that give Python objects give new references, or null with an
/// exception set; those that give Java references give local ones.
#[repr(C)]
struct Services {
    join: extern "C" fn(&'static Services),
    leave: extern "C" fn(&'static Services),
    wrap: extern "C" fn(*mut JNIEnv, jobject) -> *mut ffi::PyObject,
    iterate: extern "C" fn(*mut JNIEnv, jobject) -> *mut ffi::PyObject,
    face: extern "C" fn(*mut JNIEnv, *mut ffi::PyObject) -> jobject,
    upcall: extern "C" fn(*mut JNIEnv, Upcall, *const jvalue, usize, *mut jvalue) -> bool,
    add_handle: extern "C" fn(*mut ffi::PyObject) -> jlong,
    take_handle: extern "C" fn(jlong) -> *mut ffi::PyObject,
    suspend: extern "C" fn(*mut ffi::PyThreadState) -> thread::Suspended,
    resume: extern "C" fn(thread::Suspended),
}

static OWN: Services = Services {
    join,
    leave,
    wrap,
    iterate,
    face,
    upcall,
    add_handle,
    take_handle,
    suspend,
    resume,
};

/// The host, in a guest.
static HOST: OnceLock<&'static Services> = OnceLock::new();

/// The guests, in the host.
static GUESTS: Mutex<Vec<&'static Services>> = Mutex::new(Vec::new());

/// Those that were guests and whose memory has not been given back.
static LEFT: Mutex<Vec<&'static Services>> = Mutex::new(Vec::new());

/// Whether there ever was a guest.
static HAD_GUESTS: AtomicBool = AtomicBool::new(false);

/// Whether this library's class loader is gone.
static GONE: AtomicBool = AtomicBool::new(false);

/// The host's `naja._bridge`, whose guest this library becomes; `None` if it is the first.
pub fn find<'py>(py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
    let modules = py.import("sys")?.getattr("modules")?;
    let Ok(module) = modules.get_item("naja._bridge") else {
        return Ok(None);
    };
    let version: String = module.getattr(VERSION)?.extract()?;
    if version != env!("CARGO_PKG_VERSION") {
        return Err(PyRuntimeError::new_err(format!(
            "another class loader has started Python with naja {version}, and this one has naja {}: use one version in a JVM",
            env!("CARGO_PKG_VERSION")
        )));
    }
    let address: usize = module.getattr(SERVICES)?.extract()?;
    // SAFETY: the module of a library of this very version says where its services are; libraries are never unmapped.
    let host: &'static Services = unsafe { &*(address as *const Services) };
    HOST.get_or_init(|| host);
    (host.join)(&OWN);
    Ok(Some(module))
}

/// Whether another library is this one's host.
pub fn is_guest() -> bool {
    HOST.get().is_some()
}

/// Lets guests find the host.
pub fn offer(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add(VERSION, env!("CARGO_PKG_VERSION"))?;
    module.add(SERVICES, ptr::from_ref(&OWN) as usize)
}

/// This library's class loader is gone.
pub fn unload() {
    GONE.store(true, Ordering::Release);
    if let Some(host) = HOST.get() {
        (host.leave)(&OWN);
    }
}

fn guests<R>(body: impl FnOnce(&mut Vec<&'static Services>) -> R) -> R {
    body(&mut GUESTS.lock().unwrap_or_else(PoisonError::into_inner))
}

/// The guest that answers instead of this library.
#[inline]
fn successor() -> Option<&'static Services> {
    if GONE.load(Ordering::Acquire) {
        guests(|guests| guests.last().copied())
    } else {
        None
    }
}

extern "C" fn join(guest: &'static Services) {
    guests(|guests| guests.push(guest));
    HAD_GUESTS.store(true, Ordering::Release);
    // Not when they leave: their keepers and the threads that have called them still have to end.
    for gone in left(mem::take) {
        pages::give_back(ptr::from_ref(gone) as usize);
    }
}

extern "C" fn leave(guest: &'static Services) {
    guests(|guests| guests.retain(|known| !ptr::eq(*known, guest)));
    left(|left| left.push(guest));
}

fn left<R>(body: impl FnOnce(&mut Vec<&'static Services>) -> R) -> R {
    body(&mut LEFT.lock().unwrap_or_else(PoisonError::into_inner))
}

/// The guests that do not know that their thread's GIL was given up by the host, and what they have put aside.
pub struct Suspended(Vec<(&'static Services, thread::Suspended)>);

/// Tells the guests that the host gives up the GIL on this thread, whose state it was. They may have called the Python code that called the
/// host.
#[inline]
pub fn suspend_guests(state: *mut ffi::PyThreadState) -> Option<Suspended> {
    if !HAD_GUESTS.load(Ordering::Relaxed) {
        return None;
    }
    let guests = guests(|guests| guests.clone());
    let suspended = guests
        .into_iter()
        .map(|guest| (guest, (guest.suspend)(state)));
    Some(Suspended(suspended.collect()))
}

impl Suspended {
    /// The host has the GIL again.
    pub fn resume(self) {
        for (guest, suspended) in self.0 {
            (guest.resume)(suspended);
        }
    }
}

/// What the host makes of a Java object, if this library is a guest. `object` stays the caller's.
pub fn wrapped<'py>(
    py: Python<'py>,
    env: Env,
    object: jobject,
) -> Option<PyResult<Bound<'py, PyAny>>> {
    HOST.get()
        .map(|host| owned(py, (host.wrap)(env.raw(), object)))
}

/// The same for an iterator that Java hands over.
pub fn iterated<'py>(
    py: Python<'py>,
    env: Env,
    iterator: jobject,
) -> Option<PyResult<Bound<'py, PyAny>>> {
    HOST.get()
        .map(|host| owned(py, (host.iterate)(env.raw(), iterator)))
}

/// The Java face that the host makes of a Python object, if this library is a guest: a local reference.
pub fn face_of(env: Env, object: &Bound<'_, PyAny>) -> Option<PyResult<jobject>> {
    let host = HOST.get()?;
    let face = (host.face)(env.raw(), object.as_ptr());
    Some(if face.is_null() {
        Err(PyErr::fetch(object.py()))
    } else {
        Ok(face)
    })
}

/// Whether another library does this one's upcalls.
pub fn has_successor() -> bool {
    successor().is_some()
}

/// What the successor's upcall gives, if there is one.
pub fn answered(env: Env, which: Upcall, arguments: &[jvalue]) -> Option<JavaResult<jvalue>> {
    let successor = successor()?;
    let mut value = jvalue { j: 0 };
    let done = (successor.upcall)(
        env.raw(),
        which,
        arguments.as_ptr(),
        arguments.len(),
        &mut value,
    );
    Some(if done { Ok(value) } else { Err(Pending) })
}

/// A handle in the table of whichever library's Java side is alive.
#[inline]
pub fn handle_of(object: &Bound<'_, PyAny>) -> Option<jlong> {
    successor().map(|successor| (successor.add_handle)(object.as_ptr()))
}

/// The object of a handle that an upcall gave, which is given back.
pub fn taken<'py>(py: Python<'py>, handle: jlong) -> Option<PyResult<Bound<'py, PyAny>>> {
    successor().map(|successor| owned(py, (successor.take_handle)(handle)))
}

fn owned(py: Python<'_>, object: *mut ffi::PyObject) -> PyResult<Bound<'_, PyAny>> {
    // SAFETY: a service's result is a new reference, or null with an exception set.
    unsafe { Bound::from_owned_ptr_or_opt(py, object) }.ok_or_else(|| PyErr::fetch(py))
}

/// Runs a service that another library calls with the GIL held.
fn serve<R>(env: *mut JNIEnv, failed: R, body: impl FnOnce(Python<'_>, Env) -> PyResult<R>) -> R {
    // SAFETY: the caller holds the GIL and passes its own environment.
    let (py, env) = unsafe { (Python::assume_attached(), Env::from_raw(env)) };
    match catch_unwind(AssertUnwindSafe(|| body(py, env))) {
        Ok(Ok(result)) => result,
        Ok(Err(error)) => {
            error.restore(py);
            failed
        }
        Err(_) => {
            mirror::panicked().restore(py);
            failed
        }
    }
}

extern "C" fn wrap(env: *mut JNIEnv, object: jobject) -> *mut ffi::PyObject {
    serve(env, ptr::null_mut(), |py, env| {
        object::wrap(py, env, object).map(Bound::into_ptr)
    })
}

extern "C" fn iterate(env: *mut JNIEnv, iterator: jobject) -> *mut ffi::PyObject {
    serve(env, ptr::null_mut(), |py, env| {
        JavaIterator::wrap(py, env, iterator).map(Bound::into_ptr)
    })
}

extern "C" fn face(env: *mut JNIEnv, object: *mut ffi::PyObject) -> jobject {
    serve(env, ptr::null_mut(), |py, env| {
        // SAFETY: the caller holds the object.
        proxy::local(py, env, &unsafe { Bound::from_borrowed_ptr(py, object) })
    })
}

extern "C" fn upcall(
    env: *mut JNIEnv,
    which: Upcall,
    arguments: *const jvalue,
    count: usize,
    value: *mut jvalue,
) -> bool {
    // SAFETY: the caller passes its environment, as many arguments and a place for the result.
    unsafe {
        let arguments = std::slice::from_raw_parts(arguments, count);
        upcalls::call(Env::from_raw(env), which, arguments).map(|answer| value.write(answer))
    }
    .is_ok()
}

extern "C" fn add_handle(object: *mut ffi::PyObject) -> jlong {
    // SAFETY: the caller holds the GIL and the object.
    unsafe {
        let py = Python::assume_attached();
        handle::add(Bound::from_borrowed_ptr(py, object))
    }
}

extern "C" fn take_handle(number: jlong) -> *mut ffi::PyObject {
    // SAFETY: the caller holds the GIL.
    let py = unsafe { Python::assume_attached() };
    match handle::get(py, number) {
        Ok(object) => {
            handle::release_later(number);
            object.into_ptr()
        }
        Err(_) => {
            PyRuntimeError::new_err("a handle of another class loader's naja is closed")
                .restore(py);
            ptr::null_mut()
        }
    }
}

extern "C" fn suspend(state: *mut ffi::PyThreadState) -> thread::Suspended {
    thread::suspend(state)
}

extern "C" fn resume(suspended: thread::Suspended) {
    thread::resume(suspended);
}
