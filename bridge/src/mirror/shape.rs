//! Which overload do arguments ask for?
//!
//! A number says of an argument all that the choice depends on, and is the same for all arguments that are to be treated alike: its
//! type, how large an int is, what a list holds. Java knows the shapes by the names of `dev.naja.internal.Shape`.

use super::class::{self, Class};
use super::module::Cast;
use super::object;
use super::proxy;
use crate::failure::python_error;
use crate::java::Env;
use crate::numpy_scalar::{self, Value};
use crate::types;
use jni::sys::jobject;
use pyo3::exceptions::PyBaseException;
use pyo3::types::{
    PyAnyMethods, PyByteArray, PyBytes, PyDict, PyFrozenSet, PyIterator, PyList, PyMemoryView,
    PySet, PyTuple,
};
use pyo3::{ffi, Bound, PyAny, PyResult, Python};
use std::ffi::c_int;

/// An argument whose shape is its own: what is chosen for it is not remembered.
pub const UNIQUE: u64 = 0;

const NAMES: [&str; 35] = [
    "",
    "none",
    "bool",
    "int8",
    "int16",
    "int32=",
    "int32==",
    "int64",
    "int64=",
    "int64==",
    "bigint",
    "bigint=",
    "bigint==",
    "float32",
    "float64",
    "char",
    "str",
    "bytes",
    "set",
    "dict",
    "date",
    "time",
    "datetime",
    "awaretime",
    "awaredatetime",
    "timedelta",
    "decimal",
    "uuid",
    "enum",
    "callable",
    "exception",
    "object",
    "mixed",
    "empty",
    "java",
];

const NONE: u64 = 1;
const BOOL: u64 = 2;
const INT8: u64 = 3;
const BIG_INT: u64 = 10;
const FLOAT32: u64 = 13;
const FLOAT64: u64 = 14;
const CHAR: u64 = 15;
const TEXT: u64 = 16;
const BYTES: u64 = 17;
const SET: u64 = 18;
const DICT: u64 = 19;
const DATE: u64 = 20;
const TIME: u64 = 21;
const DATE_TIME: u64 = 22;
/// What to add to `TIME` and `DATE_TIME` where there is a time zone.
const AWARE: u64 = 2;
const TIME_DELTA: u64 = 25;
const DECIMAL: u64 = 26;
const UUID: u64 = 27;
const ENUM: u64 = 28;
const CALLABLE: u64 = 29;
const EXCEPTION: u64 = 30;
const OBJECT: u64 = 31;
const MIXED: u64 = 32;
const EMPTY: u64 = 33;
const JAVA: u64 = 34;

/// A list or tuple: its elements' shape is in the lowest byte.
const LIST: u64 = 1 << 8;
const TUPLE: u64 = 1 << 9;
/// A Java object: its class's number is above.
const CLASS: u64 = 1 << 10;
const CLASS_SHIFT: u32 = 16;

/// Lists longer than this are not looked at to the end.
const LOOKED_AT: usize = 1024;

/// The shape of an argument.
///
/// # Safety
/// `object` is alive.
#[inline(always)]
pub unsafe fn of(py: Python<'_>, object: *mut ffi::PyObject) -> u64 {
    // SAFETY: the object is alive, and its exact type is checked before the accessor.
    unsafe {
        if ffi::Py_TYPE(object) == &raw mut ffi::PyFloat_Type {
            return float(ffi::PyFloat_AsDouble(object));
        }
        of_other(py, object)
    }
}

/// # Safety
/// As for [`of`].
unsafe fn of_other(py: Python<'_>, object: *mut ffi::PyObject) -> u64 {
    // SAFETY: the object is alive, and its exact type is checked before each accessor.
    unsafe {
        let kind = ffi::Py_TYPE(object);
        if kind == &raw mut ffi::PyLong_Type {
            return int(py, object);
        }
        if kind == &raw mut ffi::PyUnicode_Type {
            return text(object);
        }
        if object == ffi::Py_None() {
            return NONE;
        }
        if kind == &raw mut ffi::PyBool_Type {
            return BOOL;
        }
        match object::look(py, object) {
            Some((_, class)) => of_class(class),
            None => uncommon(&Bound::from_borrowed_ptr(py, object)),
        }
    }
}

fn of_class(class: &Class) -> u64 {
    u64::from(class.number) << CLASS_SHIFT | CLASS
}

#[inline]
fn float(value: f64) -> u64 {
    if value.is_nan() || f64::from(value as f32) == value {
        FLOAT32
    } else {
        FLOAT64
    }
}

/// # Safety
/// `object` is an `int` that is alive.
unsafe fn int(py: Python<'_>, object: *mut ffi::PyObject) -> u64 {
    let mut overflow: c_int = 0;
    // SAFETY: `object` is an `int`.
    let value = unsafe { ffi::PyLong_AsLongLongAndOverflow(object, &mut overflow) };
    if overflow != 0 {
        // SAFETY: as above; an `OverflowError` only says that no double is that large.
        let double = unsafe { ffi::PyLong_AsDouble(object) };
        if let Some(_too_large) = pyo3::PyErr::take(py) {
            return BIG_INT;
        }
        // SAFETY: as above; comparing an int to a float is exact.
        let exact = unsafe {
            Bound::from_borrowed_ptr(py, object)
                .eq(double)
                .unwrap_or(false)
        };
        return BIG_INT + u64::from(exact) + u64::from(exact && float(double) == FLOAT32);
    }
    let exact_float = i128::from(value) == (value as f32) as i128;
    if i8::try_from(value).is_ok() {
        INT8
    } else if i16::try_from(value).is_ok() {
        INT8 + 1
    } else if i32::try_from(value).is_ok() {
        INT8 + 2 + u64::from(exact_float)
    } else {
        let exact = i128::from(value) == (value as f64) as i128;
        INT8 + 4 + u64::from(exact) + u64::from(exact_float)
    }
}

/// # Safety
/// `object` is a `str` that is alive.
unsafe fn text(object: *mut ffi::PyObject) -> u64 {
    // SAFETY: `object` is a `str`; the first character is read where there is one.
    unsafe {
        if ffi::PyUnicode_GetLength(object) == 1 && ffi::PyUnicode_ReadChar(object, 0) <= 0xffff {
            CHAR
        } else {
            TEXT
        }
    }
}

#[cold]
fn uncommon(object: &Bound<'_, PyAny>) -> u64 {
    let py = object.py();
    if let Ok(cast) = object.cast::<Cast>() {
        return of_class(&cast.get().class);
    }
    if proxy::is_implemented(object) {
        return UNIQUE;
    }
    if let Some(java) = object::unwrap(object) {
        return java_class(py, java).unwrap_or(UNIQUE);
    }
    if let Some(class) = super::environment()
        .ok()
        .and_then(|env| class::as_object(env, object))
    {
        return class
            .and_then(|class| {
                let shape = java_class(py, class);
                super::environment()?.delete_local(class);
                shape
            })
            .unwrap_or(UNIQUE);
    }
    if object.is_instance_of::<PyList>() || object.is_instance_of::<PyTuple>() {
        let kind = if object.is_instance_of::<PyList>() {
            LIST
        } else {
            TUPLE
        };
        return kind | elements(object);
    }
    if types::ENUM.holds(object) {
        return ENUM;
    }
    match numpy_scalar::value(object) {
        Some(Value::Point(_, unit)) if unit.is_of_days() => return DATE,
        Some(Value::Point(..)) => return DATE_TIME,
        Some(Value::Span(..)) => return TIME_DELTA,
        _ => {}
    }
    if types::NUMPY_SCALAR.holds(object) {
        if let Ok(item) = object.call_method0("item") {
            if !types::NUMPY_SCALAR.holds(&item) {
                // SAFETY: the item is alive.
                return unsafe { of(py, item.as_ptr()) };
            }
        }
    }
    // SAFETY: the flags of a live object's type are read; the subclass checks make the accessors valid.
    unsafe {
        let flags = ffi::PyType_GetFlags(object.get_type_ptr());
        if flags & ffi::Py_TPFLAGS_LONG_SUBCLASS != 0 {
            return int(py, object.as_ptr());
        }
        if flags & ffi::Py_TPFLAGS_UNICODE_SUBCLASS != 0 {
            return text(object.as_ptr());
        }
        if ffi::PyFloat_Check(object.as_ptr()) != 0 {
            return float(ffi::PyFloat_AsDouble(object.as_ptr()));
        }
    }
    by_base(object)
}

fn by_base(object: &Bound<'_, PyAny>) -> u64 {
    let aware = || u64::from(object.getattr("tzinfo").is_ok_and(|zone| !zone.is_none())) * AWARE;
    if object.is_instance_of::<PyBytes>()
        || object.is_instance_of::<PyByteArray>()
        || object.is_instance_of::<PyMemoryView>()
    {
        BYTES
    } else if object.is_instance_of::<PyDict>() {
        DICT
    } else if object.is_instance_of::<PySet>() || object.is_instance_of::<PyFrozenSet>() {
        SET
    } else if types::DATE_TIME.holds(object) {
        DATE_TIME + aware()
    } else if types::DATE.holds(object) {
        DATE
    } else if types::TIME.holds(object) {
        TIME + aware()
    } else if types::TIME_DELTA.holds(object) {
        TIME_DELTA
    } else if types::DECIMAL.holds(object) {
        DECIMAL
    } else if types::UUID.holds(object) {
        UUID
    } else if object.is_instance_of::<PyBaseException>() {
        EXCEPTION
    } else if object.is_callable() {
        CALLABLE
    } else {
        OBJECT
    }
}

fn java_class(py: Python<'_>, java: jobject) -> PyResult<u64> {
    let env = super::environment()?;
    let class = env.class_of(java);
    let found = class::of(py, env, class);
    env.delete_local(class);
    found.map(|(_, class)| of_class(&class))
}

/// What all elements have in common.
fn elements(sequence: &Bound<'_, PyAny>) -> u64 {
    let py = sequence.py();
    let mut common = EMPTY;
    let Ok(elements) = PyIterator::from_object(sequence) else {
        return MIXED;
    };
    for element in elements.take(LOOKED_AT) {
        let Ok(element) = element else {
            return MIXED;
        };
        // SAFETY: the element is alive.
        let shape = match unsafe { of(py, element.as_ptr()) } {
            shape if shape & CLASS != 0 => JAVA,
            shape if shape >= LIST || shape == UNIQUE => MIXED,
            shape => shape,
        };
        common = joined(common, shape);
        if common == MIXED {
            break;
        }
    }
    common
}

fn joined(one: u64, other: u64) -> u64 {
    let int = INT8..=BIG_INT + 2;
    let float = FLOAT32..=FLOAT64;
    let character = CHAR..=TEXT;
    if one == EMPTY || one == other {
        other
    } else if (float.contains(&one) && float.contains(&other))
        || (character.contains(&one) && character.contains(&other))
    {
        one.max(other)
    } else if int.contains(&one) && int.contains(&other) {
        joined_ints(one, other)
    } else {
        MIXED
    }
}

/// The wider of two, as exact as the less exact.
fn joined_ints(one: u64, other: u64) -> u64 {
    let width = |shape: u64| match shape {
        3 => (8, 2),
        4 => (16, 2),
        5 | 6 => (32, shape - 4),
        7..=9 => (64, shape - 7),
        _ => (65, shape - 10),
    };
    let ((bits, exact), (others, less)) = (width(one), width(other));
    let exact = exact.min(less);
    match bits.max(others) {
        8 => 3,
        16 => 4,
        32 => 4 + exact.max(1),
        64 => 7 + exact,
        _ => 10 + exact,
    }
}

/// What `dev.naja.internal.Shape.of` knows the shape by: a local reference.
pub fn describe(
    py: Python<'_>,
    env: Env,
    shape: u64,
    argument: &Bound<'_, PyAny>,
) -> PyResult<jobject> {
    if let Ok(cast) = argument.cast::<Cast>() {
        return cast.get().class.local(env);
    }
    if shape == UNIQUE {
        if let Some(interfaces) = proxy::interfaces(argument) {
            return proxy::class_array(py, env, &interfaces?);
        }
    }
    if shape & CLASS != 0 {
        if let Some(java) = object::unwrap(argument) {
            return Ok(env.class_of(java));
        }
        let class = class::as_object(env, argument).transpose()?;
        let of_class = class.map_or(std::ptr::null_mut(), |class| {
            let of_class = env.class_of(class);
            env.delete_local(class);
            of_class
        });
        return Ok(of_class);
    }
    let name = NAMES[(shape & 0xff) as usize];
    let name = match shape {
        _ if shape & LIST != 0 => format!("list:{name}"),
        _ if shape & TUPLE != 0 => format!("tuple:{name}"),
        UNIQUE => "object".to_owned(),
        _ => name.to_owned(),
    };
    let units: Vec<u16> = name.encode_utf16().collect();
    env.new_string(&units).map_err(|_| python_error(py, env))
}
