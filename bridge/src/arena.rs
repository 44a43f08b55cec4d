//! Is the arena of a buffer's memory kept open while Python sees it?
//!
//! A direct buffer that `MemorySegment.asByteBuffer` made is over memory that closing an `Arena` frees (JDK 22 and later). The JDK keeps
//! an arena open while native code uses its memory: closing it is then an `IllegalStateException`. Those methods are not exported, which
//! JNI does not mind; a JDK without them has no such buffers.
//!
//! Ownership: the capsule that [`keep_open`] makes owns one acquisition, which its end releases on whatever thread that is.

use crate::failure::Failure;
use crate::java::{Env, Global, JavaResult};
use crate::{handle, thread};
use jni::sys::{jmethodID, jobject};
use once_cell::sync::OnceCell;
use pyo3::{ffi, Bound};
use std::ffi::CStr;

/// The name of the capsules.
const OWNER: &CStr = c"naja.arena";

/// The methods, of classes that are never unloaded.
struct Methods {
    session: jmethodID,
    acquire: jmethodID,
    release: jmethodID,
}

// SAFETY: ids of classes that are never unloaded may be used on any thread.
unsafe impl Send for Methods {}
// SAFETY: as above; never changed after it is made.
unsafe impl Sync for Methods {}

fn methods(env: Env) -> Option<&'static Methods> {
    static METHODS: OnceCell<Option<Methods>> = OnceCell::new();
    METHODS
        .get_or_init(|| match look_up(env) {
            Ok(found) => Some(found),
            Err(_) => {
                env.take_exception();
                None
            }
        })
        .as_ref()
}

fn look_up(env: Env) -> JavaResult<Methods> {
    let session = env.find_class(c"jdk/internal/foreign/MemorySessionImpl")?;
    let buffer = env.find_class(c"java/nio/Buffer")?;
    Ok(Methods {
        session: env.method(
            buffer,
            c"session",
            c"()Ljdk/internal/foreign/MemorySessionImpl;",
        )?,
        acquire: env.method(session, c"acquire0", c"()V")?,
        release: env.method(session, c"release0", c"()V")?,
    })
}

/// What the memory of a buffer belongs to, a local reference, and the methods for it. `None` where nothing can close it.
fn session(env: Env, buffer: jobject) -> JavaResult<Option<(jobject, &'static Methods)>> {
    let Some(methods) = methods(env) else {
        return Ok(None);
    };
    let session = env.call_object(buffer, methods.session, &[])?;
    Ok((!session.is_null()).then_some((session, methods)))
}

/// Whether a buffer is over a segment of an arena.
pub fn has(env: Env, buffer: jobject) -> JavaResult<bool> {
    let found = session(env, buffer)?;
    if let Some((session, _)) = found {
        env.delete_local(session);
    }
    Ok(found.is_some())
}

/// Keeps the arena of a buffer open: a handle of the Python object whose end lets it be closed. 0 if the buffer has none.
pub fn keep_open(env: Env, buffer: jobject) -> Result<i64, Failure> {
    let Some((session, methods)) = session(env, buffer)? else {
        return Ok(0);
    };
    env.call_void(session, methods.acquire, &[])?;
    let owned = Box::into_raw(Box::new(Global::new(env, session)));
    let attached = thread::attach();
    let py = attached.python();
    // SAFETY: the capsule takes the box over; its destructor is called once.
    let capsule = unsafe {
        let made = ffi::PyCapsule_New(owned.cast(), OWNER.as_ptr(), Some(release));
        Bound::from_owned_ptr_or_err(py, made)
    };
    capsule.map(handle::add).map_err(|error| {
        // SAFETY: nobody has taken the box over.
        let_close(&unsafe { *Box::from_raw(owned) });
        Failure::of(py, error)
    })
}

/// The destructor of a capsule.
unsafe extern "C" fn release(capsule: *mut ffi::PyObject) {
    // SAFETY: Python calls this once, with a capsule of `keep_open`'s.
    let session = unsafe {
        Box::from_raw(ffi::PyCapsule_GetPointer(capsule, OWNER.as_ptr()).cast::<Global>())
    };
    let_close(&session);
}

/// Gives an acquisition back. It never waits, so that the GIL may be held.
fn let_close(session: &Global) {
    let Some(env) = Env::current() else {
        return;
    };
    if let Some(methods) = methods(env) {
        if env
            .call_void(session.as_raw(), methods.release, &[])
            .is_err()
        {
            env.take_exception();
        }
    }
}
