//! Who holds the GIL?
//!
//! Every thread keeps one `PyThreadState` for its life: making one costs 12 us, restoring a kept one 250 ns. [`attach`]
//! restores it (and passes the [gate](crate::gate)); [`detach`] gives the GIL up around a call into Java. Both nest: a depth per
//! thread says whether the GIL is already held, by a session or by a call further down the stack.
//!
//! Ownership: a thread state made here is given back when its thread ends. The states of threads that Python started belong to
//! Python; [`detach`] lends them to the calls that Java makes meanwhile.

use crate::gate::{self, Pass};
use crate::java::Env;
use crate::{host, stack};
use jni::sys::JNIEnv;
use pyo3::ffi::{
    PyEval_RestoreThread, PyEval_SaveThread, PyGILState_Ensure, PyGILState_Release,
    PyGILState_STATE, PyThreadState, PyThreadState_Get,
};
use pyo3::Python;
use std::cell::Cell;
use std::ptr;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicU8, Ordering};

static MINOR_VERSION: AtomicU8 = AtomicU8::new(0);
static RECURSION_LIMIT: AtomicI32 = AtomicI32::new(0);
static EXITING: AtomicBool = AtomicBool::new(false);

/// What a thread keeps between calls. It has no destructor, so that Python code that runs while a thread ends can still use it.
struct Kept {
    state: Cell<*mut PyThreadState>,
    depth: Cell<u32>,
    pass: Cell<Pass>,
    /// Of the native method that Java called last. Valid while the depth is not zero, for a frame of Java is below then.
    env: Cell<*mut JNIEnv>,
}

/// Gives a thread state back when its thread ends.
struct Reaper;

thread_local! {
    static KEPT: Kept = const {
        Kept {
            state: Cell::new(ptr::null_mut()),
            depth: Cell::new(0),
            pass: Cell::new(Pass::Skipped),
            env: Cell::new(ptr::null_mut()),
        }
    };
    static REAPER: Reaper = const { Reaper };
}

impl Drop for Reaper {
    fn drop(&mut self) {
        // While the JVM exits, the thread that holds the GIL may be frozen for good: waiting for it would hang the process.
        if is_exiting() {
            return;
        }
        KEPT.with(|kept| {
            // The JVM may have forgotten the thread already.
            kept.env.set(ptr::null_mut());
            // SAFETY: the state belongs to this thread, which is not attached; the release matches the `PyGILState_Ensure`
            // that made the state, and so deletes it. The depth tells finalizers that run meanwhile that the GIL is held.
            unsafe {
                PyEval_RestoreThread(kept.state.get());
                kept.depth.set(1);
                PyGILState_Release(PyGILState_STATE::PyGILState_UNLOCKED);
            }
            kept.depth.set(0);
            kept.state.set(ptr::null_mut());
        });
    }
}

/// Tells which CPython this is and its `sys.getrecursionlimit()`, once it is started.
pub fn configure(minor_version: u8, recursion_limit: i32) {
    MINOR_VERSION.store(minor_version, Ordering::Release);
    RECURSION_LIMIT.store(recursion_limit, Ordering::Release);
}

/// Takes over the state of the thread that has just started CPython and holds the GIL, which it gives up.
pub fn adopt_main() {
    // SAFETY: the caller's thread holds the GIL.
    KEPT.with(|kept| kept.state.set(unsafe { PyEval_SaveThread() }));
}

/// From now on no thread waits for the GIL in order to clean up.
pub fn set_exiting() {
    EXITING.store(true, Ordering::Release);
}

/// Whether the JVM is ending.
pub fn is_exiting() -> bool {
    EXITING.load(Ordering::Acquire)
}

/// Java has called a native method on this thread.
#[inline(always)]
pub fn entered(env: *mut JNIEnv) {
    KEPT.with(|kept| kept.env.set(env));
}

/// The JNI environment of this thread, for code that Python has called.
#[inline(always)]
pub fn environment() -> Option<Env> {
    let env = KEPT.with(|kept| match kept.depth.get() {
        0 => ptr::null_mut(),
        _ => kept.env.get(),
    });
    if env.is_null() {
        return of_another();
    }
    // SAFETY: Java called the native method that this runs in with this environment.
    Some(unsafe { Env::from_raw(env) })
}

/// The environment of a thread of Python's own, or of the bridge's.
#[cold]
fn of_another() -> Option<Env> {
    Env::current()
}

/// The current thread holds the GIL while this lives.
pub struct Attached {
    kept: *const Kept,
}

/// Acquires the GIL for this thread, unless it holds it already.
///
/// CPython must have been started; entry points check that.
#[inline(always)]
pub fn attach() -> Attached {
    KEPT.with(|kept| {
        let depth = kept.depth.get();
        if depth == 0 {
            acquire(kept);
        }
        kept.depth.set(depth + 1);
        Attached { kept }
    })
}

impl Attached {
    /// The proof that the GIL is held.
    #[inline(always)]
    pub fn python(&self) -> Python<'_> {
        // SAFETY: this thread holds the GIL while `self` lives.
        unsafe { Python::assume_attached() }
    }
}

impl Drop for Attached {
    #[inline(always)]
    fn drop(&mut self) {
        // SAFETY: `Attached` stays on its thread, and what a thread keeps lives as long as the thread.
        let kept = unsafe { &*self.kept };
        let depth = kept.depth.get() - 1;
        kept.depth.set(depth);
        if depth == 0 {
            release(kept);
        }
    }
}

/// Ends what a forgotten [`Attached`] began. `false` when this thread holds nothing.
pub fn end_session() -> bool {
    KEPT.with(|kept| {
        let open = kept.depth.get() > 0;
        if open {
            drop(Attached { kept });
        }
        open
    })
}

#[inline(always)]
fn acquire(kept: &Kept) {
    kept.pass.set(gate::enter(ptr::from_ref(kept) as usize));
    if kept.state.get().is_null() {
        make_state();
    } else {
        // SAFETY: the state is this thread's and the thread is not attached, for its depth is zero.
        unsafe { PyEval_RestoreThread(kept.state.get()) };
    }
}

#[inline(always)]
fn release(kept: &Kept) {
    // SAFETY: this thread is attached; the state stays kept for the next time.
    kept.state.set(unsafe { PyEval_SaveThread() });
    gate::leave(kept.pass.replace(Pass::Skipped));
}

#[cold]
fn make_state() {
    // SAFETY: CPython is started, and this thread is not attached through the bridge. The matching release comes when
    // the thread ends. Recursion is bounded before any Python code runs on the new state.
    unsafe {
        PyGILState_Ensure();
        // Registers the destructor. It has run already when the thread is ending: then the state outlives the thread.
        let _ = REAPER.try_with(|_| ());
        stack::bound_recursion(
            PyThreadState_Get(),
            MINOR_VERSION.load(Ordering::Acquire),
            RECURSION_LIMIT.load(Ordering::Acquire),
        );
    }
}

/// Runs `body` without the GIL and takes it back afterwards, also after a panic.
///
/// For every call into Java that may block. `body` may attach again.
#[inline(always)]
pub fn detach<R>(_python: Python<'_>, body: impl FnOnce() -> R) -> R {
    let _lent = Lent::new();
    body()
}

/// Runs `body` without the GIL, whether or not an outer call or a session of this thread holds it.
pub fn without_gil<R>(body: impl FnOnce() -> R) -> R {
    let _lent = KEPT.with(|kept| kept.depth.get() > 0).then(Lent::new);
    body()
}

/// What must be put back when a thread takes the GIL again.
struct Lent {
    kept: *const Kept,
    state: *mut PyThreadState,
    depth: u32,
    guests: Option<host::Suspended>,
}

impl Lent {
    /// Gives the GIL up, which this thread must hold.
    #[inline(always)]
    fn new() -> Lent {
        // SAFETY: what a thread keeps lives as long as the thread, and `Lent` stays on it.
        let kept = unsafe { &*KEPT.with(ptr::from_ref) };
        let (state, depth) = (kept.state.get(), kept.depth.replace(0));
        release(kept);
        Lent {
            kept,
            state,
            depth,
            guests: host::suspend_guests(kept.state.get()),
        }
    }
}

impl Drop for Lent {
    #[inline(always)]
    fn drop(&mut self) {
        // SAFETY: see `new`.
        let kept = unsafe { &*self.kept };
        acquire(kept);
        kept.depth.set(self.depth);
        if let Some(guests) = self.guests.take() {
            guests.resume();
        }
        if self.depth == 0 {
            // Python called from a thread of its own or from outside the bridge: the state is not this thread's to
            // keep, and nothing will open the gate later.
            gate::leave(kept.pass.replace(Pass::Skipped));
            kept.state.set(self.state);
        }
    }
}

/// What [`suspend`] has put aside.
#[repr(C)]
pub struct Suspended {
    state: *mut PyThreadState,
    depth: u32,
}

/// Another library has given up the GIL that this one may hold on this thread: calls from now on acquire it anew, with the state that was
/// given up.
pub fn suspend(state: *mut PyThreadState) -> Suspended {
    KEPT.with(|kept| {
        let depth = kept.depth.replace(0);
        if depth == 0 {
            return Suspended { state, depth };
        }
        // Whoever comes next may need the gate before this thread is back; it goes on without.
        gate::leave(kept.pass.replace(Pass::Skipped));
        Suspended {
            state: kept.state.replace(state),
            depth,
        }
    })
}

/// The other library has the GIL again.
pub fn resume(suspended: Suspended) {
    if suspended.depth > 0 {
        KEPT.with(|kept| {
            kept.state.set(suspended.state);
            kept.depth.set(suspended.depth);
        });
    }
}
