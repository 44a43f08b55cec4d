//! How do values cross from Java to Python?
//!
//! Records become objects of the type that their tag names. `docs/conversion.md` is the contract.

use crate::failure::Failure;
use crate::java::{Env, Global};
use crate::keys::Spelling;
use crate::mirror::iterator::JavaIterator;
use crate::mirror::object;
use crate::numpy::{Keeper, Layout, NumPy};
use crate::{arrays, half, handle, rows, stack, text, types};
use jni::sys::jobjectArray;
use naja_frame::{Reader, Tag};
use pyo3::ffi;
use pyo3::types::{PyAnyMethods, PyDict, PyDictMethods, PyInt, PyTuple};
use pyo3::{Bound, PyAny, PyErr, PyResult, Python};

/// UTF-16 code units up to which narrowing needs no allocation.
const SHORT_TEXT: usize = 256;

/// Reads records as Python objects.
pub struct Decoder<'py, 'mem> {
    py: Python<'py>,
    env: Env,
    objects: jobjectArray,
    reader: Reader<'mem>,
}

impl<'py, 'mem> Decoder<'py, 'mem> {
    /// A decoder of `record`, which refers to elements of `objects`.
    #[inline(always)]
    pub fn new(py: Python<'py>, env: Env, objects: jobjectArray, record: &'mem [u8]) -> Self {
        Decoder {
            py,
            env,
            objects,
            reader: Reader::new(record),
        }
    }

    /// What a Java iterator gave: an array of a record (`byte[]`) and of the objects that it refers to.
    pub fn element(py: Python<'py>, env: Env, pair: jobjectArray) -> PyResult<Bound<'py, PyAny>> {
        let taken = || -> Result<_, Failure> {
            let array = env.element(pair, 0)?;
            let objects = env.element(pair, 1)?;
            let mut record = vec![0_u8; env.array_length(array)];
            // SAFETY: `record` is as long as the array.
            unsafe { env.copy_byte_array(array, record.as_mut_ptr(), record.len())? };
            let value = Decoder::new(py, env, objects, &record).value();
            env.delete_local(objects);
            env.delete_local(array);
            value
        };
        taken().map_err(|failure| failure.into_python(py, env))
    }

    /// Reads one record.
    #[inline(always)]
    pub fn value(&mut self) -> Result<Bound<'py, PyAny>, Failure> {
        let tag = self.reader.tag()?;
        self.tagged(tag)
    }

    /// Reads the rest of a record whose tag was read.
    #[inline(always)]
    fn tagged(&mut self, tag: Tag) -> Result<Bound<'py, PyAny>, Failure> {
        let py = self.py;
        // SAFETY: each function gives a new reference or null with an exception set, which `owned` tells apart.
        unsafe {
            match tag {
                Tag::F64 => owned(py, ffi::PyFloat_FromDouble(self.reader.f64()?)),
                Tag::I64 => owned(py, ffi::PyLong_FromLongLong(self.reader.i64()?)),
                Tag::Latin1 => {
                    let text = self.reader.sized_bytes()?;
                    self.latin1(text)
                }
                Tag::Null => Ok(py.None().into_bound(py)),
                Tag::False => owned(py, ffi::PyBool_FromLong(0)),
                Tag::True => owned(py, ffi::PyBool_FromLong(1)),
                Tag::Handle => handle::get(py, self.reader.i64()?),
                tag => self.uncommon(tag),
            }
        }
    }

    #[inline(never)]
    fn uncommon(&mut self, tag: Tag) -> Result<Bound<'py, PyAny>, Failure> {
        let py = self.py;
        match tag {
            Tag::Utf8 => {
                let text = self.reader.sized_bytes()?;
                self.utf8(text)
            }
            Tag::Utf16 => self.utf16(),
            Tag::Bytes => {
                let bytes = self.reader.sized_bytes()?;
                Ok(pyo3::types::PyBytes::new(py, bytes).into_any())
            }
            Tag::ByteArray => self.byte_array(),
            Tag::List => self.list(),
            Tag::Tuple => {
                let count = self.reader.count(1)?;
                Ok(self.tuple(count)?.into_any())
            }
            Tag::Map => self.map(),
            Tag::Set => self.set(),
            Tag::FrozenSet => {
                let set = self.set()?;
                // SAFETY: gives a new reference or null with an exception set.
                unsafe { owned(py, ffi::PyFrozenSet_New(set.as_ptr())) }
            }
            Tag::Named => self.named(),
            Tag::Array => self.array(),
            Tag::NdArray => self.nd_array(),
            Tag::Object => {
                let object = self.object()?;
                let wrapped = object::wrap(py, self.env, object);
                self.env.delete_local(object);
                self.checked(wrapped)
            }
            Tag::Iterator => {
                let object = self.object()?;
                let wrapped = JavaIterator::wrap(py, self.env, object);
                self.env.delete_local(object);
                self.checked(wrapped)
            }
            Tag::Rows => rows::build(py, &mut self.reader),
            Tag::Enum => {
                let name = self.value()?;
                self.value()?;
                Ok(name)
            }
            _ => self.standard(tag),
        }
    }

    fn standard(&mut self, tag: Tag) -> Result<Bound<'py, PyAny>, Failure> {
        let py = self.py;
        let built = match tag {
            Tag::BigInt => self.big_int(),
            Tag::Decimal => {
                let text = self.reader.utf8()?;
                types::DECIMAL
                    .import(py)
                    .and_then(|kind| kind.call1((text,)))
            }
            Tag::Uuid => {
                let bytes = self.reader.bytes(16)?;
                types::UUID.import(py).and_then(|kind| {
                    let options = PyDict::new(py);
                    options.set_item("bytes", pyo3::types::PyBytes::new(py, bytes))?;
                    kind.call((), Some(&options))
                })
            }
            Tag::Date => {
                let (year, month, day) = self.date()?;
                types::DATE
                    .import(py)
                    .and_then(|kind| kind.call1((year, month, day)))
            }
            Tag::Time => {
                let (hour, minute, second, micro) = self.time()?;
                types::TIME
                    .import(py)
                    .and_then(|kind| kind.call1((hour, minute, second, micro)))
            }
            Tag::OffsetTime => {
                let (hour, minute, second, micro) = self.time()?;
                let offset = self.reader.i32()?;
                fixed_zone(py, offset).and_then(|zone| {
                    types::TIME
                        .import(py)?
                        .call1((hour, minute, second, micro, zone))
                })
            }
            Tag::DateTime => self.date_time(|_| Ok(None))?,
            Tag::OffsetDateTime => self.date_time(|this| {
                let offset = this.reader.i32()?;
                let zone = this.checked(fixed_zone(this.py, offset))?;
                Ok(Some((zone, None)))
            })?,
            Tag::ZonedDateTime => self.date_time(|this| {
                let offset = this.reader.i32()?;
                let name = this.reader.utf8()?;
                let zone = half::zone(this.py, name)
                    .map_err(|error| Failure::in_conversion(this.py, error))?;
                Ok(Some((zone, Some(offset))))
            })?,
            Tag::Duration => {
                let (seconds, nanos) = (self.reader.i64()?, self.reader.i32()?);
                let (days, seconds) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
                types::TIME_DELTA
                    .import(py)
                    .and_then(|kind| kind.call1((days, seconds, nanos / 1_000)))
            }
            other => {
                return Err(Failure::conversion(format!(
                    "a call frame holds no {other:?} here"
                )))
            }
        };
        self.checked(built)
    }

    #[inline]
    fn latin1(&self, text: &[u8]) -> Result<Bound<'py, PyAny>, Failure> {
        let length = text.len() as ffi::Py_ssize_t;
        // SAFETY: `text` is `length` bytes long; the result is a new reference or null with an exception set.
        unsafe {
            owned(
                self.py,
                ffi::PyUnicode_DecodeLatin1(text.as_ptr().cast(), length, std::ptr::null()),
            )
        }
    }

    /// A `str` of UTF-8, which CPython checks while it copies.
    fn utf8(&self, text: &[u8]) -> Result<Bound<'py, PyAny>, Failure> {
        let length = text.len() as ffi::Py_ssize_t;
        // SAFETY: `text` is `length` bytes long; the result is a new reference or null with an exception set.
        let made = unsafe {
            let made = ffi::PyUnicode_FromStringAndSize(text.as_ptr().cast(), length);
            Bound::from_owned_ptr_or_opt(self.py, made)
        };
        made.ok_or_else(|| Failure::in_conversion(self.py, PyErr::fetch(self.py)))
    }

    fn utf16(&mut self) -> Result<Bound<'py, PyAny>, Failure> {
        let bytes = self.reader.utf16_bytes()?;
        let units = || {
            bytes
                .chunks_exact(2)
                .map(|unit| u16::from_ne_bytes([unit[0], unit[1]]))
        };
        let narrow = units().fold(0, |seen, unit| seen | unit) < 0x100;
        if narrow && bytes.len() <= 2 * SHORT_TEXT {
            let mut short = [0_u8; SHORT_TEXT];
            short
                .iter_mut()
                .zip(units())
                .for_each(|(byte, unit)| *byte = unit as u8);
            return self.latin1(&short[..bytes.len() / 2]);
        }
        if narrow {
            let text: Vec<u8> = units().map(|unit| unit as u8).collect();
            return self.latin1(&text);
        }
        let units: Vec<u16> = units().collect();
        self.checked(text::of_units(self.py, &units))
    }

    fn byte_array(&mut self) -> Result<Bound<'py, PyAny>, Failure> {
        let array = self.object()?;
        let length = self.env.array_length(array);
        // SAFETY: a fresh `bytes` of `length` bytes that nobody else has seen is filled before it is used.
        let bytes = unsafe {
            let bytes = owned(
                self.py,
                ffi::PyBytes_FromStringAndSize(std::ptr::null(), length as ffi::Py_ssize_t),
            )?;
            self.env.copy_byte_array(
                array,
                ffi::PyBytes_AsString(bytes.as_ptr()).cast(),
                length,
            )?;
            bytes
        };
        self.env.delete_local(array);
        Ok(bytes)
    }

    fn object(&mut self) -> Result<jni::sys::jobject, Failure> {
        let index = self.reader.u32()?;
        Ok(self.env.element(self.objects, index)?)
    }

    fn list(&mut self) -> Result<Bound<'py, PyAny>, Failure> {
        self.check_depth()?;
        let count = self.reader.count(1)?;
        // SAFETY: a new list of `count` empty slots, each filled once; dropping a partly filled list is allowed.
        unsafe {
            let list = owned(self.py, ffi::PyList_New(count as ffi::Py_ssize_t))?;
            for index in 0..count {
                let element = self.value()?;
                ffi::PyList_SetItem(list.as_ptr(), index as ffi::Py_ssize_t, element.into_ptr());
            }
            Ok(list)
        }
    }

    fn tuple(&mut self, count: usize) -> Result<Bound<'py, PyTuple>, Failure> {
        self.check_depth()?;
        // SAFETY: as in `list`; nobody sees the tuple before it is full.
        unsafe {
            let tuple = owned(self.py, ffi::PyTuple_New(count as ffi::Py_ssize_t))?;
            for index in 0..count {
                let element = self.value()?;
                ffi::PyTuple_SetItem(tuple.as_ptr(), index as ffi::Py_ssize_t, element.into_ptr());
            }
            Ok(tuple.cast_into_unchecked())
        }
    }

    fn map(&mut self) -> Result<Bound<'py, PyAny>, Failure> {
        self.check_depth()?;
        let count = self.reader.count(2)?;
        let dict = PyDict::new(self.py);
        for _ in 0..count {
            let key = self.key()?;
            let value = self.value()?;
            // SAFETY: all three are alive; the dict takes references of its own.
            if unsafe { ffi::PyDict_SetItem(dict.as_ptr(), key.as_ptr(), value.as_ptr()) } != 0 {
                return Err(Failure::raised(self.py));
            }
        }
        self.check_distinct("Map", "keys", dict.len(), count)?;
        Ok(dict.into_any())
    }

    /// Reads a key, which the keys of another map may be equal to.
    #[inline]
    fn key(&mut self) -> Result<Bound<'py, PyAny>, Failure> {
        let tag = self.reader.tag()?;
        if tag != Tag::Latin1 {
            return self.tagged(tag);
        }
        let text = self.reader.sized_bytes()?;
        let Some(spelling) = Spelling::of(text) else {
            return self.latin1(text);
        };
        if let Some(known) = spelling.find(self.py) {
            return Ok(known);
        }
        let made = self.latin1(text)?;
        spelling.keep(&made);
        Ok(made)
    }

    fn set(&mut self) -> Result<Bound<'py, PyAny>, Failure> {
        self.check_depth()?;
        let count = self.reader.count(1)?;
        // SAFETY: a new set that takes references of its own to live elements.
        unsafe {
            let set = owned(self.py, ffi::PySet_New(std::ptr::null_mut()))?;
            for _ in 0..count {
                let element = self.value()?;
                if ffi::PySet_Add(set.as_ptr(), element.as_ptr()) != 0 {
                    return Err(Failure::raised(self.py));
                }
            }
            self.check_distinct(
                "Set",
                "elements",
                ffi::PySet_Size(set.as_ptr()) as usize,
                count,
            )?;
            Ok(set)
        }
    }

    /// Python holds 1, 1.0 and True for equal, Java does not: none of them may get lost.
    fn check_distinct(
        &self,
        java: &str,
        parts: &str,
        found: usize,
        count: usize,
    ) -> Result<(), Failure> {
        if found == count {
            return Ok(());
        }
        Err(Failure::conversion(format!(
            "cannot pass a {java} of {count} {parts}, only {found} of which are distinct in Python, where 1, 1.0 and True are \
             equal: pass {parts} of one type, or the {java} by reference (PyRef.of)"
        )))
    }

    fn named(&mut self) -> Result<Bound<'py, PyAny>, Failure> {
        let type_name = self.value()?;
        let count = self.reader.count(2)?;
        let names = self.tuple(count)?;
        let values = self.tuple(count)?;
        let kind = self.checked(half::named_tuple(self.py, &type_name, &names))?;
        self.checked(kind.call1(values))
    }

    fn array(&mut self) -> Result<Bound<'py, PyAny>, Failure> {
        let kind = self.reader.array_kind()?;
        let dimensions = self.reader.u8()?;
        let array = self.object()?;
        let made = arrays::of_java(self.py, self.env, kind, dimensions.into(), array);
        self.env.delete_local(array);
        made
    }

    fn nd_array(&mut self) -> Result<Bound<'py, PyAny>, Failure> {
        let layout = Layout::read(&mut self.reader)?;
        let keeper = match self.reader.tag()? {
            Tag::Object => {
                let object = self.object()?;
                let reference = Global::new(self.env, object);
                self.env.delete_local(object);
                Keeper::Java {
                    _reference: reference,
                }
            }
            _ => Keeper::Python(handle::get(self.py, self.reader.i64()?)?.into_ptr()),
        };
        let numpy = self.checked(NumPy::import(self.py))?;
        // SAFETY: `NdView` describes memory that the object keeps.
        unsafe { numpy.view(self.py, &layout, keeper) }
    }

    fn big_int(&mut self) -> PyResult<Bound<'py, PyAny>> {
        let bytes = self
            .reader
            .sized_bytes()
            .map_err(|error| pyo3::exceptions::PyValueError::new_err(error.to_string()))?;
        let options = PyDict::new(self.py);
        options.set_item("signed", true)?;
        let bytes = pyo3::types::PyBytes::new(self.py, bytes);
        self.py
            .get_type::<PyInt>()
            .call_method("from_bytes", (bytes, "big"), Some(&options))
    }

    fn date(&mut self) -> Result<(i32, u8, u8), Failure> {
        Ok((self.reader.i32()?, self.reader.u8()?, self.reader.u8()?))
    }

    fn time(&mut self) -> Result<(i64, i64, i64, i64), Failure> {
        let micro = self.reader.i64()? / 1_000;
        let second = micro / 1_000_000;
        Ok((
            second / 3600,
            second / 60 % 60,
            second % 60,
            micro % 1_000_000,
        ))
    }

    /// A `datetime` whose zone `zone` reads; where a zone's offset is given, `fold` is chosen so that it comes out.
    #[allow(clippy::type_complexity)]
    fn date_time(
        &mut self,
        zone: impl FnOnce(&mut Self) -> Result<Option<(Bound<'py, PyAny>, Option<i32>)>, Failure>,
    ) -> Result<PyResult<Bound<'py, PyAny>>, Failure> {
        let (year, month, day) = self.date()?;
        let (hour, minute, second, micro) = self.time()?;
        let fields = (year, month, day, hour, minute, second, micro);
        let zone = zone(self)?;
        let py = self.py;
        let build = || {
            let kind = types::DATE_TIME.import(py)?;
            let Some((zone, offset)) = zone else {
                return kind.call1(fields);
            };
            let (year, month, day, hour, minute, second, micro) = fields;
            let built = kind.call1((year, month, day, hour, minute, second, micro, zone))?;
            let Some(offset) = offset else {
                return Ok(built);
            };
            if utc_offset(&built)? == offset {
                return Ok(built);
            }
            let options = PyDict::new(py);
            options.set_item("fold", 1)?;
            built.call_method("replace", (), Some(&options))
        };
        Ok(build())
    }

    #[inline]
    fn check_depth(&self) -> Result<(), Failure> {
        if !stack::carries_a_level() {
            return Err(Failure::conversion(
                "a Java value nested this deep cannot become a Python object: the thread's stack ends here; \
                 pass it by reference (PyRef.of) or give the thread a larger stack",
            ));
        }
        Ok(())
    }

    fn checked<T>(&self, result: PyResult<T>) -> Result<T, Failure> {
        result.map_err(|error: PyErr| Failure::of(self.py, error))
    }
}

/// Takes hold of a result of CPython's.
///
/// # Safety
/// `pointer` is a new reference, or null with an exception set.
#[inline(always)]
pub unsafe fn owned<'py>(
    py: Python<'py>,
    pointer: *mut ffi::PyObject,
) -> Result<Bound<'py, PyAny>, Failure> {
    // SAFETY: as the caller promises.
    match unsafe { Bound::from_owned_ptr_or_opt(py, pointer) } {
        Some(object) => Ok(object),
        None => Err(Failure::raised(py)),
    }
}

/// `timezone.utc`, or a `timezone` with this offset.
fn fixed_zone(py: Python<'_>, offset: i32) -> PyResult<Bound<'_, PyAny>> {
    let kind = types::TIME_ZONE.import(py)?;
    if offset == 0 {
        return kind.getattr("utc");
    }
    let delta = types::TIME_DELTA.import(py)?.call1((0, offset))?;
    kind.call1((delta,))
}

fn utc_offset(date_time: &Bound<'_, PyAny>) -> PyResult<i32> {
    let seconds: f64 = date_time
        .call_method0("utcoffset")?
        .call_method0("total_seconds")?
        .extract()?;
    Ok(seconds as i32)
}
