//! Which Python objects does Java hold?
//!
//! Java holds handles, never pointers: a slot's index and the generation it had when it was filled. The table is read and
//! written under the GIL only, so a handle that is released while another thread calls through it is an error that
//! names itself, never a use after free; so is a handle that is used twice after its release.
//!
//! Ownership: a slot owns one strong reference. Java gives it back by [`release_later`], from any thread and without the GIL;
//! the reference is dropped at the next attach, or soon after by the [keeper](crate::keeper).

use crate::failure::Failure;
use crate::{host, keeper};
use pyo3::ffi::{PyObject, Py_DECREF};
use pyo3::{Bound, PyAny, Python};
use std::cell::UnsafeCell;
use std::ptr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

struct Slot {
    object: *mut PyObject,
    generation: u32,
}

struct Table {
    slots: Vec<Slot>,
    vacant: Vec<u32>,
}

struct Guarded(UnsafeCell<Table>);

// SAFETY: the table is only reached with the GIL held (a `Python` token), and no borrow of it lives across a call that
// could release the GIL.
unsafe impl Sync for Guarded {}

static TABLE: Guarded = Guarded(UnsafeCell::new(Table {
    slots: Vec::new(),
    vacant: Vec::new(),
}));
static RELEASED: Mutex<Vec<i64>> = Mutex::new(Vec::new());
static PENDING: AtomicBool = AtomicBool::new(false);

#[inline(always)]
fn with_table<R>(_py: Python<'_>, body: impl FnOnce(&mut Table) -> R) -> R {
    // SAFETY: see `Guarded`; `body` is a few lines in this module that run no Python code.
    body(unsafe { &mut *TABLE.0.get() })
}

/// Stores a reference and gives its handle.
pub fn add(object: Bound<'_, PyAny>) -> i64 {
    if let Some(handle) = host::handle_of(&object) {
        return handle;
    }
    with_table(object.py(), |table| {
        let index = table.vacant.pop().unwrap_or_else(|| {
            table.slots.push(Slot {
                object: ptr::null_mut(),
                generation: 0,
            });
            u32::try_from(table.slots.len() - 1).expect("fewer than 2^32 handles")
        });
        let slot = &mut table.slots[index as usize];
        slot.generation = slot.generation.wrapping_add(1).max(1);
        slot.object = object.clone().into_ptr();
        i64::from(slot.generation) << 32 | i64::from(index)
    })
}

/// The object behind a handle, borrowed from the table.
///
/// The pointer is valid until the GIL is released; callers that run Python code take a reference of their own first.
#[inline(always)]
pub fn peek(py: Python<'_>, handle: i64) -> Option<*mut PyObject> {
    with_table(py, |table| match table.slots.get(handle as u32 as usize) {
        Some(slot) if slot.generation == (handle >> 32) as u32 && !slot.object.is_null() => {
            Some(slot.object)
        }
        _ => None,
    })
}

/// The object behind a handle.
#[inline(always)]
pub fn get<'py>(py: Python<'py>, handle: i64) -> Result<Bound<'py, PyAny>, Failure> {
    match peek(py, handle) {
        // SAFETY: the table holds a reference, and the GIL is held.
        Some(object) => Ok(unsafe { Bound::from_borrowed_ptr(py, object) }),
        None => Err(Failure::closed()),
    }
}

/// Gives a handle back without the GIL. The reference is dropped later.
pub fn release_later(handle: i64) {
    let first = {
        let mut released = RELEASED.lock().unwrap_or_else(PoisonError::into_inner);
        released.push(handle);
        released.len() == 1
    };
    PENDING.store(true, Ordering::Release);
    if first {
        keeper::drain_soon();
    }
}

/// Whether references were given back that are to be dropped.
pub fn is_pending() -> bool {
    PENDING.load(Ordering::Acquire)
}

/// Drops the references that were given back.
#[inline(always)]
pub fn drain(py: Python<'_>) {
    if PENDING.load(Ordering::Relaxed) {
        drain_pending(py);
    }
}

#[cold]
fn drain_pending(py: Python<'_>) {
    PENDING.store(false, Ordering::Release);
    flush_dropped(py);
    let released = std::mem::take(&mut *RELEASED.lock().unwrap_or_else(PoisonError::into_inner));
    for handle in released {
        let object = with_table(py, |table| {
            let index = handle as u32;
            match table.slots.get_mut(index as usize) {
                Some(slot) if slot.generation == (handle >> 32) as u32 => {
                    let object = std::mem::replace(&mut slot.object, ptr::null_mut());
                    if !object.is_null() {
                        table.vacant.push(index);
                    }
                    object
                }
                _ => ptr::null_mut(),
            }
        });
        if !object.is_null() {
            // SAFETY: the slot owned this reference. A finalizer may run here; the table is not borrowed.
            unsafe { Py_DECREF(object) };
        }
    }
}

/// Drops the references that pyo3 has put aside: it counts attachments of its own and defers what is dropped outside them.
pub fn flush_dropped(_py: Python<'_>) {
    Python::attach(|_| ());
}

/// The objects that Java holds.
pub fn objects(py: Python<'_>) -> Vec<Bound<'_, PyAny>> {
    drain(py);
    with_table(py, |table| {
        let held = table.slots.iter().filter(|slot| !slot.object.is_null());
        // SAFETY: a slot owns its reference, and the GIL is held.
        held.map(|slot| unsafe { Bound::from_borrowed_ptr(py, slot.object) })
            .collect()
    })
}

/// How many handles Java holds.
pub fn live(py: Python<'_>) -> usize {
    drain(py);
    with_table(py, |table| table.slots.len() - table.vacant.len())
}
