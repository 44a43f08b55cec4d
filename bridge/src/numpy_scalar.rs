//! What is the value of a NumPy scalar?
//!
//! Of the types whose values have a fixed size each is known by its address, and its values lie behind the object's header as
//! `numpy/arrayscalars.h` says, which is what other extensions are compiled with. So none of NumPy's code runs.

use crate::times::Unit;
use crate::types;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyAnyMethods;
use pyo3::{ffi, Bound, PyAny, PyResult, Python};

/// A value that Java can hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// `numpy.bool_`.
    Bool(bool),
    /// A signed integer.
    Int(i64),
    /// An unsigned integer.
    Unsigned(u64),
    /// A floating-point number of at most 64 bits.
    Float(f64),
    /// `numpy.datetime64`: units after 1970, or NaT.
    Point(Option<i128>, Unit),
    /// `numpy.timedelta64`: units, or NaT.
    Span(Option<i128>, Unit),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Bool,
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
    F16,
    F32,
    F64,
    Point,
    Span,
}

/// The most frequent first.
const KINDS: [(&str, Kind, usize); 16] = [
    ("float64", Kind::F64, 8),
    ("float32", Kind::F32, 4),
    ("int64", Kind::I64, 8),
    ("int32", Kind::I32, 4),
    ("bool_", Kind::Bool, 1),
    ("datetime64", Kind::Point, 16),
    ("timedelta64", Kind::Span, 16),
    ("int8", Kind::I8, 1),
    ("int16", Kind::I16, 2),
    ("uint8", Kind::U8, 1),
    ("uint16", Kind::U16, 2),
    ("uint32", Kind::U32, 4),
    ("uint64", Kind::U64, 8),
    ("float16", Kind::F16, 2),
    ("longlong", Kind::I64, 8),
    ("ulonglong", Kind::U64, 8),
];

/// What NumPy stores for NaT.
const NOT_A_TIME: i64 = i64::MIN;

struct Layout {
    kinds: Vec<(usize, Kind)>,
    header: usize,
}

impl Layout {
    fn look_up(py: Python<'_>) -> PyResult<Layout> {
        let size_of = |kind: &Bound<'_, PyAny>| -> PyResult<usize> {
            kind.getattr("__basicsize__")?.extract()
        };
        let header = size_of(py.get_type::<PyAny>().as_any())?;
        let numpy = py.import("numpy")?;
        let mut kinds = Vec::with_capacity(KINDS.len());
        for (name, kind, size) in KINDS {
            let scalar = numpy.getattr(name)?;
            if size_of(&scalar)? == (header + size).next_multiple_of(8) {
                kinds.push((scalar.as_ptr() as usize, kind));
            }
        }
        Ok(Layout { kinds, header })
    }
}

/// The value of an object, if it is of one of the types of fixed size and none of their subclasses.
#[inline]
pub fn value(object: &Bound<'_, PyAny>) -> Option<Value> {
    static LAYOUT: PyOnceLock<Layout> = PyOnceLock::new();
    let py = object.py();
    let layout = match LAYOUT.get(py) {
        Some(layout) => layout,
        None if types::NUMPY_SCALAR.is_imported(py) => {
            LAYOUT.get_or_try_init(py, || Layout::look_up(py)).ok()?
        }
        None => return None,
    };
    let address = object.get_type_ptr() as usize;
    let (_, kind) = layout.kinds.iter().find(|(known, _)| *known == address)?;
    // SAFETY: NumPy's types live as long as it does, so the address names the type, whose instances are as large as `look_up` saw.
    unsafe { read(object.as_ptr().byte_add(layout.header), *kind) }
}

/// # Safety
/// `at` is where the value of a scalar of this kind lies.
#[inline]
unsafe fn read(at: *const ffi::PyObject, kind: Kind) -> Option<Value> {
    // SAFETY: as the caller says; nothing is assumed of alignment.
    unsafe {
        Some(match kind {
            Kind::Bool => Value::Bool(at.cast::<u8>().read() != 0),
            Kind::I8 => Value::Int(at.cast::<i8>().read().into()),
            Kind::I16 => Value::Int(at.cast::<i16>().read_unaligned().into()),
            Kind::I32 => Value::Int(at.cast::<i32>().read_unaligned().into()),
            Kind::I64 => Value::Int(at.cast::<i64>().read_unaligned()),
            Kind::U8 => Value::Unsigned(at.cast::<u8>().read().into()),
            Kind::U16 => Value::Unsigned(at.cast::<u16>().read_unaligned().into()),
            Kind::U32 => Value::Unsigned(at.cast::<u32>().read_unaligned().into()),
            Kind::U64 => Value::Unsigned(at.cast::<u64>().read_unaligned()),
            Kind::F16 => Value::Float(half_to_double(at.cast::<u16>().read_unaligned())),
            Kind::F32 => Value::Float(at.cast::<f32>().read_unaligned().into()),
            Kind::F64 => Value::Float(at.cast::<f64>().read_unaligned()),
            Kind::Point | Kind::Span => {
                let count = at.cast::<i64>().read_unaligned();
                let [unit, step] = at.byte_add(8).cast::<[i32; 2]>().read_unaligned();
                let unit = Unit::from_number(unit)?;
                let units = (count != NOT_A_TIME).then(|| i128::from(count) * i128::from(step));
                match (kind, unit) {
                    (Kind::Point, _) => Value::Point(units, unit),
                    (_, Unit::Generic) if units.is_some() => Value::Int(count),
                    _ => Value::Span(units, unit),
                }
            }
        })
    }
}

/// The number of the same value that a `binary16` has the bits of.
fn half_to_double(bits: u16) -> f64 {
    let sign = if bits & 0x8000 == 0 { 1.0 } else { -1.0 };
    let (exponent, fraction) = (i32::from(bits >> 10 & 0x1f), f64::from(bits & 0x3ff));
    sign * match exponent {
        0 => fraction * 2_f64.powi(-24),
        0x1f if fraction == 0.0 => f64::INFINITY,
        0x1f => f64::NAN,
        _ => (fraction + 1024.0) * 2_f64.powi(exponent - 25),
    }
}
