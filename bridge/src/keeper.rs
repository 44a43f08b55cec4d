//! What runs beside the calls?
//!
//! One native thread that sleeps until there is something to do: drop references that nobody else came by to drop, interrupt
//! calls whose deadline has passed, import what errors need, and run Python's exit functions when the JVM ends. In the bridge that started CPython it is the
//! thread CPython was started on, Python's main thread.

use crate::{exit, half, handle, thread};
use pyo3::ffi::{PyThreadState_SetAsyncExc, PyThread_get_thread_ident};
use pyo3::Python;
use std::os::raw::c_long;
use std::ptr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long released references may wait for somebody to attach before the keeper attaches for them.
const DRAIN_DELAY: Duration = Duration::from_millis(10);

/// How often a call that swallowed its interruption is interrupted again.
const INSIST: Duration = Duration::from_millis(20);

/// How long after the start what errors need is imported, so that it costs no start.
const PREPARE_DELAY: Duration = Duration::from_millis(500);

/// How long the JVM's end waits for Python's exit functions.
const EXIT_PATIENCE: Duration = Duration::from_secs(10);

struct Watched {
    id: u64,
    thread: c_long,
    due: Instant,
    interrupted: bool,
}

#[derive(Default, PartialEq, Eq, Clone, Copy)]
enum Stage {
    #[default]
    Running,
    Exiting,
    Ended,
}

#[derive(Default)]
struct Work {
    drain: Option<Instant>,
    calls: Vec<Watched>,
    next_id: u64,
    stage: Stage,
    prepare: Option<Instant>,
    stop: bool,
}

static WORK: Mutex<Option<Work>> = Mutex::new(None);

/// Whether [`Work::drain`] is set: who releases many references wakes the keeper once in [`DRAIN_DELAY`], not for each.
static DRAINS: AtomicBool = AtomicBool::new(false);
static WAKE: Condvar = Condvar::new();
static ENDED: Condvar = Condvar::new();

fn lock() -> MutexGuard<'static, Option<Work>> {
    WORK.lock().unwrap_or_else(PoisonError::into_inner)
}

fn with_work<R>(body: impl FnOnce(&mut Work) -> R) -> R {
    body(lock().get_or_insert_with(Work::default))
}

/// Asks for [`handle::drain`] if nobody attaches for a while.
pub fn drain_soon() {
    if !DRAINS.swap(true, Ordering::AcqRel) {
        with_work(|work| work.drain = Some(Instant::now() + DRAIN_DELAY));
        WAKE.notify_one();
    }
}

/// Lets the keeper's thread end, for the library is being unloaded.
pub fn stop() {
    with_work(|work| work.stop = true);
    WAKE.notify_one();
}

/// A call that is interrupted when its deadline passes. Made and ended with the GIL held.
pub struct Deadline<'py> {
    id: u64,
    thread: c_long,
    py: Python<'py>,
}

impl<'py> Deadline<'py> {
    /// Watches the current thread's call.
    pub fn after(py: Python<'py>, patience: Duration) -> Deadline<'py> {
        // SAFETY: may be called on any thread.
        let thread = unsafe { PyThread_get_thread_ident() } as c_long;
        let id = with_work(|work| {
            work.next_id += 1;
            let due = Instant::now() + patience;
            work.calls.push(Watched {
                id: work.next_id,
                thread,
                due,
                interrupted: false,
            });
            work.next_id
        });
        WAKE.notify_one();
        Deadline { id, thread, py }
    }
}

impl Drop for Deadline<'_> {
    fn drop(&mut self) {
        let interrupted = with_work(|work| {
            let index = work.calls.iter().position(|call| call.id == self.id)?;
            Some(work.calls.swap_remove(index).interrupted)
        });
        if interrupted == Some(true) {
            let _held = self.py;
            // An interruption that came too late must not hit whatever runs next on this thread.
            // SAFETY: the GIL is held; null clears.
            unsafe { PyThreadState_SetAsyncExc(self.thread, ptr::null_mut()) };
        }
    }
}

/// Runs Python's exit functions on the keeper's thread and waits for them, with a bound.
pub fn run_exit_functions() {
    with_work(|work| work.stage = Stage::Exiting);
    WAKE.notify_one();
    let _ = ENDED.wait_timeout_while(lock(), EXIT_PATIENCE, |work| {
        work.as_ref()
            .is_some_and(|work| work.stage == Stage::Exiting)
    });
}

/// The keeper's life. Returns when the library is unloaded.
pub fn keep() {
    with_work(|work| work.prepare = Some(Instant::now() + PREPARE_DELAY));
    let mut guard = lock();
    loop {
        let work = guard.get_or_insert_with(Work::default);
        if work.stop {
            return;
        }
        let now = Instant::now();
        let prepares = work.prepare.is_some_and(|due| due <= now);
        if prepares {
            work.prepare = None;
        }
        let mut drains = work.drain.is_some_and(|due| due <= now);
        let interrupts = work.calls.iter().any(|call| call.due <= now);
        let exits = work.stage == Stage::Exiting;
        if drains {
            work.drain = None;
            // Before the look at what is pending: what is released after it asks anew.
            DRAINS.swap(false, Ordering::AcqRel);
            drains = handle::is_pending();
        }
        if !(drains || interrupts || exits || prepares) {
            let due = work
                .calls
                .iter()
                .map(|call| call.due)
                .chain(work.drain)
                .chain(work.prepare)
                .min();
            guard = sleep(guard, due.map(|due| due.saturating_duration_since(now)));
            continue;
        }
        drop(guard);
        let attached = thread::attach();
        let py = attached.python();
        if interrupts {
            interrupt_overdue(py);
        }
        handle::drain(py);
        if prepares {
            half::prepare_for_errors(py);
        }
        if exits {
            half::run_exit_functions(py);
        }
        drop(attached);
        guard = lock();
        if exits {
            exit::forbid_waiting();
            guard.get_or_insert_with(Work::default).stage = Stage::Ended;
            ENDED.notify_all();
        }
    }
}

fn sleep(
    guard: MutexGuard<'static, Option<Work>>,
    patience: Option<Duration>,
) -> MutexGuard<'static, Option<Work>> {
    match patience {
        Some(patience) => {
            WAKE.wait_timeout(guard, patience)
                .unwrap_or_else(PoisonError::into_inner)
                .0
        }
        None => WAKE.wait(guard).unwrap_or_else(PoisonError::into_inner),
    }
}

fn interrupt_overdue(py: Python<'_>) {
    let Some(exception) = half::deadline_exceeded(py) else {
        return;
    };
    with_work(|work| {
        let now = Instant::now();
        for call in work.calls.iter_mut().filter(|call| call.due <= now) {
            call.interrupted = true;
            call.due = now + INSIST;
            // SAFETY: the GIL is held; the call's thread is still in the call, for it leaves `calls` under the GIL.
            unsafe { PyThreadState_SetAsyncExc(call.thread, exception.as_ptr()) };
        }
    });
}
