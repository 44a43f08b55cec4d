//! What do Java's arrays of primitives become in Python?
//!
//! NumPy arrays, lists or `array.array`s, as `PythonConfig.withArrays` says. The elements are copied once, from the Java heap to where
//! they stay.

use crate::decode::owned;
use crate::failure::Failure;
use crate::java::Env;
use crate::numpy::NumPy;
use crate::{half, symbol, types};
use jni::sys::jobject;
use naja_frame::{ArrayKind, Reader};
use pyo3::ffi;
use pyo3::types::{PyAnyMethods, PyBytes};
use pyo3::{Bound, PyAny, Python};
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};

/// What arrays become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    NumPy,
    List,
    ArrayModule,
}

/// By the ordinals of `PythonConfig.Arrays`.
static CHOSEN: AtomicI32 = AtomicI32::new(0);

/// NumPy was looked for and not found.
static WITHOUT_NUMPY: AtomicBool = AtomicBool::new(false);

/// Says what arrays become from now on, by the ordinal of `PythonConfig.Arrays`.
pub fn choose(form: i32) {
    CHOSEN.store(form, Ordering::Relaxed);
}

fn form(py: Python<'_>) -> Result<Form, Failure> {
    match CHOSEN.load(Ordering::Relaxed) {
        1 => Ok(Form::NumPy),
        2 => Ok(Form::List),
        3 => Ok(Form::ArrayModule),
        _ if NumPy::known(py).is_some() => Ok(Form::NumPy),
        _ => look_for_numpy(py),
    }
}

#[cold]
fn look_for_numpy(py: Python<'_>) -> Result<Form, Failure> {
    if WITHOUT_NUMPY.load(Ordering::Relaxed) && !types::NUMPY_SCALAR.is_imported(py) {
        return Ok(Form::List);
    }
    let found = half::has_numpy(py).map_err(|error| Failure::of(py, error))?;
    WITHOUT_NUMPY.store(!found, Ordering::Relaxed);
    Ok(if found { Form::NumPy } else { Form::List })
}

/// NumPy's name of the elements' type, without byte order.
fn name(kind: ArrayKind) -> &'static [u8] {
    match kind {
        ArrayKind::Booleans => b"b1",
        ArrayKind::Chars | ArrayKind::Shorts => b"i2",
        ArrayKind::Ints => b"i4",
        ArrayKind::Longs => b"i8",
        ArrayKind::Floats => b"f4",
        ArrayKind::Doubles => b"f8",
    }
}

/// The letter of `array.array`, or `None` where that has no such type.
fn letter(kind: ArrayKind) -> Option<&'static str> {
    match kind {
        ArrayKind::Booleans | ArrayKind::Chars => None,
        ArrayKind::Shorts => Some("h"),
        ArrayKind::Ints => Some("i"),
        ArrayKind::Longs => Some("q"),
        ArrayKind::Floats => Some("f"),
        ArrayKind::Doubles => Some("d"),
    }
}

fn list<'py>(py: Python<'py>, kind: ArrayKind, bytes: &[u8]) -> Result<Bound<'py, PyAny>, Failure> {
    let count = bytes.len() / kind.width();
    let mut reader = Reader::new(bytes);
    // SAFETY: a new list of `count` empty slots, each filled once; dropping a partly filled list is allowed.
    unsafe {
        let list = owned(py, ffi::PyList_New(count as ffi::Py_ssize_t))?;
        for index in 0..count {
            let element = element(py, kind, &mut reader)?;
            ffi::PyList_SetItem(list.as_ptr(), index as ffi::Py_ssize_t, element.into_ptr());
        }
        Ok(list)
    }
}

#[inline(always)]
fn element<'py>(
    py: Python<'py>,
    kind: ArrayKind,
    reader: &mut Reader<'_>,
) -> Result<Bound<'py, PyAny>, Failure> {
    // SAFETY: each function gives a new reference or null with an exception set.
    unsafe {
        owned(
            py,
            match kind {
                ArrayKind::Booleans => ffi::PyBool_FromLong(reader.u8()?.into()),
                ArrayKind::Shorts => ffi::PyLong_FromLongLong(reader.i16()?.into()),
                ArrayKind::Ints => ffi::PyLong_FromLongLong(reader.i32()?.into()),
                ArrayKind::Longs => ffi::PyLong_FromLongLong(reader.i64()?),
                ArrayKind::Floats => ffi::PyFloat_FromDouble(reader.f32()?.into()),
                ArrayKind::Doubles => ffi::PyFloat_FromDouble(reader.f64()?),
                ArrayKind::Chars => {
                    let unit = reader.u16()?;
                    symbol::from_kind_and_data()(2, (&raw const unit).cast(), 1)
                }
            },
        )
    }
}

/// What a Java array becomes, which is one of arrays if it has several dimensions. `array` stays the caller's.
pub fn of_java<'py>(
    py: Python<'py>,
    env: Env,
    kind: ArrayKind,
    dimensions: usize,
    array: jobject,
) -> Result<Bound<'py, PyAny>, Failure> {
    let form = if kind == ArrayKind::Chars {
        Form::List
    } else {
        form(py)?
    };
    if form != Form::NumPy {
        return rows(py, env, form, kind, dimensions, array);
    }
    let shape = shape(env, dimensions, array)?;
    let numpy = NumPy::import(py).map_err(|error| Failure::of(py, error))?;
    let (made, data) = numpy.empty(py, name(kind), &shape)?;
    let mut copy = Copy {
        env,
        kind,
        shape: &shape,
        data,
        path: Vec::new(),
    };
    copy.level(array)?;
    Ok(made)
}

/// What an array without further dimensions becomes, or a list of what its elements become; `None` for a null among them.
fn rows<'py>(
    py: Python<'py>,
    env: Env,
    form: Form,
    kind: ArrayKind,
    dimensions: usize,
    array: jobject,
) -> Result<Bound<'py, PyAny>, Failure> {
    if array.is_null() {
        return Ok(py.None().into_bound(py));
    }
    let length = env.array_length(array);
    if dimensions == 1 {
        let mut bytes = vec![0_u8; length * kind.width()];
        // SAFETY: there is room for that many elements of the kind.
        unsafe { env.copy_array(kind, array, bytes.as_mut_ptr(), length)? };
        return match letter(kind) {
            Some(letter) if form == Form::ArrayModule => types::ARRAY
                .import(py)
                .and_then(|class| class.call1((letter, PyBytes::new(py, &bytes))))
                .map_err(|error| Failure::of(py, error)),
            _ => list(py, kind, &bytes),
        };
    }
    // SAFETY: as in `list`.
    unsafe {
        let list = owned(py, ffi::PyList_New(length as ffi::Py_ssize_t))?;
        for index in 0..length {
            let row = env.element(array, index as u32)?;
            let made = rows(py, env, form, kind, dimensions - 1, row);
            env.delete_local(row);
            ffi::PyList_SetItem(list.as_ptr(), index as ffi::Py_ssize_t, made?.into_ptr());
        }
        Ok(list)
    }
}

/// The lengths of an array of arrays, by its first elements.
fn shape(env: Env, dimensions: usize, array: jobject) -> Result<Vec<isize>, Failure> {
    let mut shape = Vec::with_capacity(dimensions);
    let mut level = env.new_local(array);
    while !level.is_null() {
        let length = env.array_length(level);
        shape.push(length as isize);
        let next = if length > 0 && shape.len() < dimensions {
            env.element(level, 0)?
        } else {
            std::ptr::null_mut()
        };
        env.delete_local(level);
        level = next;
    }
    if shape.len() < dimensions && shape.last() != Some(&0) {
        return Err(ragged(&vec![0; shape.len()], "is null".to_owned()));
    }
    shape.resize(dimensions, 0);
    Ok(shape)
}

/// A copy of arrays of arrays, row after row.
struct Copy<'a> {
    env: Env,
    kind: ArrayKind,
    shape: &'a [isize],
    /// Where the next row goes.
    data: *mut u8,
    /// Where the array that is being copied is in the others.
    path: Vec<usize>,
}

impl Copy<'_> {
    fn level(&mut self, array: jobject) -> Result<(), Failure> {
        let depth = self.path.len();
        if array.is_null() {
            return Err(ragged(&self.path, "is null".to_owned()));
        }
        let length = self.env.array_length(array);
        let wanted = self.shape[depth] as usize;
        if length != wanted {
            let found = format!("has {length} elements where others have {wanted}");
            return Err(ragged(&self.path, found));
        }
        if depth + 1 == self.shape.len() {
            // SAFETY: the array was made for rows of this length, as many as the levels above have.
            unsafe {
                self.env.copy_array(self.kind, array, self.data, length)?;
                self.data = self.data.add(length * self.kind.width());
            }
            return Ok(());
        }
        for index in 0..length {
            let row = self.env.element(array, index as u32)?;
            self.path.push(index);
            let copied = self.level(row);
            self.path.pop();
            self.env.delete_local(row);
            copied?;
        }
        Ok(())
    }
}

#[cold]
fn ragged(path: &[usize], found: String) -> Failure {
    let row: String = path.iter().map(|index| format!("[{index}]")).collect();
    Failure::conversion(format!(
        "cannot pass a Java array of arrays as a NumPy array, which needs rows of one length: row {row} {found}; pass a List of the rows, \
         or lists by PythonConfig.withArrays(LISTS)"
    ))
}
