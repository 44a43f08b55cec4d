//! How does text cross as a `java.lang.String`?
//!
//! As UTF-16 code units, lone surrogates included: JNI's `*UTF` functions speak a dialect that is not UTF-8.

use crate::java::{Env, JavaResult};
use crate::symbol;
use jni::sys::jstring;
use pyo3::ffi;
use pyo3::types::{PyAnyMethods, PyString};
use pyo3::{Bound, PyAny, PyErr, PyResult, Python};
use std::ffi::CString;

/// Code units up to which no memory is allocated.
const SHORT: usize = 128;

/// UTF-16 code units of a Python string, lone surrogates included.
pub fn units(text: &Bound<'_, PyString>) -> PyResult<Vec<u16>> {
    if let Ok(text) = text.extract::<String>() {
        return Ok(text.encode_utf16().collect());
    }
    let bytes = text.call_method1("encode", ("utf-16-le", "surrogatepass"))?;
    let bytes: &[u8] = bytes.extract()?;
    Ok(bytes
        .chunks_exact(2)
        .map(|unit| u16::from_le_bytes([unit[0], unit[1]]))
        .collect())
}

/// Text as JNI's functions take names: each UTF-16 code unit in up to three bytes.
pub fn modified_utf8(text: &str) -> CString {
    let mut bytes = Vec::with_capacity(text.len());
    for unit in text.encode_utf16() {
        let [high, middle, low] =
            [unit >> 12, unit >> 6 & 0x3f, unit & 0x3f].map(|bits| bits as u8);
        match unit {
            0x01..=0x7f => bytes.push(unit as u8),
            0..=0x7ff => bytes.extend([0xc0 | middle, 0x80 | low]),
            _ => bytes.extend([0xe0 | high, 0x80 | middle, 0x80 | low]),
        }
    }
    CString::new(bytes).expect("NUL takes two bytes")
}

/// A Java string of a Python one.
pub fn to_java(env: Env, text: &Bound<'_, PyString>) -> PyResult<JavaResult<jstring>> {
    let mut length = 0;
    // SAFETY: `text` is a live string; the bytes belong to it.
    let bytes = unsafe {
        let start = symbol::as_utf8_and_size()(text.as_ptr(), &mut length);
        if start.is_null() {
            ffi::PyErr_Clear();
            &[]
        } else {
            std::slice::from_raw_parts(start.cast::<u8>(), length as usize)
        }
    };
    if !bytes.is_empty() && bytes.len() <= SHORT && bytes.is_ascii() {
        let mut short = [0_u16; SHORT];
        for (unit, byte) in short.iter_mut().zip(bytes) {
            *unit = u16::from(*byte);
        }
        return Ok(env.new_string(&short[..bytes.len()]));
    }
    units(text).map(|units| env.new_string(&units))
}

/// A Python string of a Java one.
pub fn to_python<'py>(py: Python<'py>, env: Env, string: jstring) -> PyResult<Bound<'py, PyAny>> {
    let mut short = [0_u16; SHORT];
    if let Some(units) = env.short_string(string, &mut short) {
        return of_units(py, units);
    }
    match env.string_units(string) {
        Ok(units) => of_units(py, &units),
        Err(_) => Err(crate::failure::python_error(py, env)),
    }
}

/// A Python string of UTF-16 code units.
pub fn of_units<'py>(py: Python<'py>, units: &[u16]) -> PyResult<Bound<'py, PyAny>> {
    if units.iter().any(|unit| (0xd800..0xe000).contains(unit)) {
        let points: Vec<u32> = char::decode_utf16(units.iter().copied())
            .map(|decoded| decoded.map_or_else(|lone| lone.unpaired_surrogate().into(), u32::from))
            .collect();
        return of_code_points(py, 4, points.as_ptr().cast(), points.len());
    }
    of_code_points(py, 2, units.as_ptr().cast(), units.len())
}

fn of_code_points<'py>(
    py: Python<'py>,
    kind: i32,
    data: *const std::ffi::c_void,
    count: usize,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: the callers pass `count` code points of `kind` bytes each, which are copied; the result is a new reference or null
    // with an exception set.
    unsafe {
        let text = symbol::from_kind_and_data()(kind, data, count as ffi::Py_ssize_t);
        Bound::from_owned_ptr_or_opt(py, text).ok_or_else(|| PyErr::fetch(py))
    }
}
