//! How deep may Python recurse on this thread?
//!
//! CPython up to 3.13 counts recursion instead of looking at the stack, with limits made for 8 MB. Java threads have 1 MB
//! or less, and a native overflow there kills the JVM. So the count that a thread state starts with is lowered to what the
//! rest of the thread's stack can carry.
//!
//! CPython 3.14 measures the stack itself and is left alone. It raises `RecursionError` with 32 KB left and ends the process with 16
//! left, which the JVM guards. Python never begins so far down: the JVM enters native code only with 80 KB above its guard.
//!
//! The counters are fields of `PyThreadState` whose offsets are part of no ABI but fixed within a minor version
//! (`Include/cpython/pystate.h`). They are written only where the memory around them looks exactly as that version lays it out.

use pyo3::ffi::PyThreadState;
use std::cell::Cell;
use std::mem::MaybeUninit;

/// Stack that is kept free for the JVM's guard pages, for signal handlers and for leaving Python.
const RESERVE: usize = 96 * 1024;

/// C stack that one level of Python's recursion count may take. Measured: 190 bytes for `repr` of nested lists, 450 for Python
/// frames, up to 800 where `__call__` or `__getattr__` go through slots.
const BYTES_PER_LEVEL: usize = 900;

/// The same where C calls have a count of their own, from CPython 3.12 on. Measured: 1,700 where the key function of `sorted` sorts.
/// Older versions count Python's frames too, so that this much would leave deep imports too few.
const BYTES_PER_C_LEVEL: usize = 1800;

/// Stack that one level of a nested value may need while it is converted.
const CONVERSION_LEVEL: usize = 32 * 1024;

/// Stack that a call into Java, and of Python from there, may need before either checks it itself. HotSpot keeps the last 96 KiB or so
/// for itself.
const JAVA_CALL: usize = 64 * 1024;

thread_local! {
    static LOWEST: Cell<usize> = const { Cell::new(0) };
}

/// Bytes of stack that are left below the caller's frame, without the reserve.
#[inline]
fn left() -> usize {
    let marker = MaybeUninit::<u8>::uninit();
    let here = marker.as_ptr() as usize;
    here.saturating_sub(lowest() + RESERVE)
}

/// Whether a call into Java may begin, which may call Python again.
#[inline]
pub fn carries_a_call() -> bool {
    left() >= JAVA_CALL
}

/// Whether one more level of a nested value can be converted.
#[inline]
pub fn carries_a_level() -> bool {
    left() >= CONVERSION_LEVEL
}

#[inline]
fn lowest() -> usize {
    LOWEST.with(|lowest| {
        if lowest.get() == 0 {
            lowest.set(ask_lowest().unwrap_or(1));
        }
        lowest.get()
    })
}

#[cold]
fn ask_lowest() -> Option<usize> {
    let mut attributes = MaybeUninit::<libc::pthread_attr_t>::uninit();
    let mut address = std::ptr::null_mut();
    let mut size = 0;
    // SAFETY: `pthread_getattr_np` initializes the attributes that are then read and destroyed.
    unsafe {
        if libc::pthread_getattr_np(libc::pthread_self(), attributes.as_mut_ptr()) != 0 {
            return None;
        }
        let status = libc::pthread_attr_getstack(attributes.as_ptr(), &mut address, &mut size);
        libc::pthread_attr_destroy(attributes.as_mut_ptr());
        (status == 0).then_some(address as usize)
    }
}

/// Lowers the recursion count of a fresh thread state to what this thread's stack can carry.
///
/// `version` is CPython's minor version and `limit` the value of `sys.getrecursionlimit()`.
///
/// # Safety
/// `state` is the current thread's state, runs no Python code yet, and the caller holds the GIL.
pub unsafe fn bound_recursion(state: *mut PyThreadState, version: u8, limit: i32) {
    let bytes = if version < 12 {
        BYTES_PER_LEVEL
    } else {
        BYTES_PER_C_LEVEL
    };
    let levels = i32::try_from(left() / bytes).unwrap_or(i32::MAX).max(50);
    let words = state.cast::<i32>();
    // SAFETY: every `PyThreadState` is larger than the 64 bytes that are looked at here and aligned for `i32`.
    let word = |index: usize| unsafe { words.add(index) };
    // SAFETY: `word` stays within the structure; the GIL keeps others from it.
    unsafe {
        match version {
            // prev, next, interp, frame; then `recursion_depth`, which counts up to the interpreter's limit.
            9 | 10 if word(8).read() == 0 && levels < limit => word(8).write(limit - levels),
            // prev, next, interp, _initialized, _static; then `recursion_remaining`, `recursion_limit`.
            11 if word(8).read() == limit && word(9).read() == limit && levels < limit => {
                word(8).write(levels);
            }
            // `py_recursion_remaining`, `py_recursion_limit`, `c_recursion_remaining` in a row.
            12 | 13 => {
                let row = (6..14).find(|&index| {
                    word(index).read() == limit
                        && word(index + 1).read() == limit
                        && (200..=20_000).contains(&word(index + 2).read())
                });
                if let Some(index) = row {
                    let remaining = word(index + 2);
                    remaining.write(remaining.read().min(levels));
                }
            }
            _ => {}
        }
    }
}
