//! How do the structs of Arrow's C data and C stream interfaces travel in capsules?
//!
//! The Arrow PyCapsule interface gives each struct a capsule of the struct's name. A struct is moved, never shared: whoever takes it
//! out marks what was left as released, and a capsule that nobody emptied releases what it holds.

use pyo3::exceptions::PyValueError;
use pyo3::ffi::{PyCapsule_GetName, PyCapsule_GetPointer, PyCapsule_New, PyErr_Clear, PyObject};
use pyo3::{pyfunction, Bound, PyAny, PyErr, PyResult, Python};
use std::ffi::{c_void, CStr};
use std::ptr;

/// What is known of a struct, whose fields are all of the size of a pointer.
struct Layout {
    name: &'static CStr,
    fields: usize,
    /// The index of the callback that releases it; null once it was released or moved.
    release: usize,
}

static LAYOUTS: [Layout; 3] = [
    Layout {
        name: c"arrow_schema",
        fields: 9,
        release: 7,
    },
    Layout {
        name: c"arrow_array",
        fields: 10,
        release: 8,
    },
    Layout {
        name: c"arrow_array_stream",
        fields: 5,
        release: 3,
    },
];

fn layout(name: &[u8]) -> Option<&'static Layout> {
    LAYOUTS.iter().find(|layout| layout.name.to_bytes() == name)
}

fn named(name: &str) -> PyResult<&'static Layout> {
    layout(name.as_bytes())
        .ok_or_else(|| PyValueError::new_err(format!("Arrow has no struct {name:?}")))
}

/// Moves a struct into a capsule; what is left at its address is released.
///
/// The address must be that of a struct of this name.
#[pyfunction]
pub fn arrow_capsule<'py>(
    py: Python<'py>,
    name: &str,
    address: usize,
) -> PyResult<Bound<'py, PyAny>> {
    let layout = named(name)?;
    let source = address as *mut usize;
    // SAFETY: the caller vouches for the struct. The box is given back by `release` alone, which runs once for each capsule; the
    // name is static. What was moved is marked at the source, so that only one of both is ever released.
    unsafe {
        let fields: Box<[usize]> = std::slice::from_raw_parts(source, layout.fields).into();
        let moved = Box::into_raw(fields) as *mut usize;
        let capsule = PyCapsule_New(moved.cast(), layout.name.as_ptr(), Some(release));
        if capsule.is_null() {
            drop(boxed(moved, layout));
            return Err(PyErr::fetch(py));
        }
        *source.add(layout.release) = 0;
        Ok(Bound::from_owned_ptr(py, capsule))
    }
}

/// The address of the struct in a capsule, valid for as long as that.
#[pyfunction]
pub fn arrow_address(capsule: &Bound<'_, PyAny>, name: &str) -> PyResult<usize> {
    let layout = named(name)?;
    // SAFETY: the capsule is alive; the function checks that it is one, and of this name.
    let address = unsafe { PyCapsule_GetPointer(capsule.as_ptr(), layout.name.as_ptr()) };
    if address.is_null() {
        return Err(PyErr::fetch(capsule.py()));
    }
    Ok(address as usize)
}

/// Takes a struct's memory back.
///
/// # Safety
/// The memory is that of `arrow_capsule`, of this layout, and nobody uses it afterwards.
unsafe fn boxed(fields: *mut usize, layout: &Layout) -> Box<[usize]> {
    // SAFETY: as the caller promises.
    unsafe { Box::from_raw(ptr::slice_from_raw_parts_mut(fields, layout.fields)) }
}

/// What CPython calls when a capsule of `arrow_capsule` dies.
unsafe extern "C" fn release(capsule: *mut PyObject) {
    type Callback = unsafe extern "C" fn(*mut c_void);
    // SAFETY: CPython passes the capsule, with the GIL held, and its name is one of the static ones unless somebody renamed it, and
    // then nothing is done. The callback, if there is one, belongs to the struct and is called once with it.
    unsafe {
        let name = PyCapsule_GetName(capsule);
        if name.is_null() {
            return;
        }
        let Some(layout) = layout(CStr::from_ptr(name).to_bytes()) else {
            return;
        };
        let fields = PyCapsule_GetPointer(capsule, name) as *mut usize;
        if fields.is_null() {
            PyErr_Clear();
            return;
        }
        let callback = *fields.add(layout.release);
        if callback != 0 {
            std::mem::transmute::<usize, Callback>(callback)(fields.cast());
        }
        drop(boxed(fields, layout));
    }
}
