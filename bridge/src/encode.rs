//! How do values cross from Python to Java?
//!
//! By exact type first, in the order of how common types are; then by base class. What has no value form goes by reference, as a
//! handle. `docs/conversion.md` is the contract.

use crate::failure::Failure;
use crate::java::Env;
use crate::mirror::{object as java_object, proxy};
use crate::numpy::NumPy;
use crate::numpy_scalar::{self, Value};
use crate::types::LazyType;
use crate::{handle, stack, symbol, times, types};
use jni::sys::jobject;
use naja_frame::{Tag, Writer};
use pyo3::ffi;
use pyo3::types::{
    PyAnyMethods, PyBytes, PyBytesMethods, PyDict, PyDictMethods, PyString, PyTypeMethods,
};
use pyo3::{Bound, PyAny, PyErr, PyResult, Python};
use std::os::raw::c_int;
use std::ptr;

/// Bytes beyond which `bytes` cross as a Java array that is filled by one copy.
const BULK: usize = 1024;

/// Levels below which no time is spent on looking for cycles.
const TRUSTED_DEPTH: usize = 64;

/// Writes Python objects as records.
pub struct Encoder<'py, 'mem> {
    py: Python<'py>,
    env: Env,
    writer: Writer<'mem>,
    objects: Vec<jobject>,
    path: Vec<*mut ffi::PyObject>,
    /// Handles inside containers, which nobody would give back if the rest could not be written.
    handles: Vec<i64>,
    /// Whether sets, enums, UUIDs, durations and subclasses of containers go by reference.
    plain: bool,
}

/// The tag and the characters of what is exactly a `str`, if it has no lone surrogates.
#[inline(always)]
pub fn text<'a>(object: &'a Bound<'_, PyAny>) -> Option<(Tag, &'a [u8])> {
    // SAFETY: the object is alive as long as `'a`, and its exact type is checked.
    unsafe {
        let kind = ffi::Py_TYPE(object.as_ptr());
        (kind == ptr::addr_of_mut!(ffi::PyUnicode_Type))
            .then(|| characters(object.as_ptr()))
            .flatten()
    }
}

/// # Safety
/// `object` is a `str` that lives as long as `'a`.
#[inline(always)]
unsafe fn characters<'a>(object: *mut ffi::PyObject) -> Option<(Tag, &'a [u8])> {
    let mut length: ffi::Py_ssize_t = 0;
    // SAFETY: `object` is a str; the UTF-8 form lives as long as it does.
    unsafe {
        let utf8 = symbol::as_utf8_and_size()(object, &mut length);
        if utf8.is_null() {
            ffi::PyErr_Clear();
            return None;
        }
        let ascii = ffi::PyUnicode_GetLength(object) == length;
        let tag = if ascii { Tag::Latin1 } else { Tag::Utf8 };
        Some((
            tag,
            std::slice::from_raw_parts(utf8.cast(), length as usize),
        ))
    }
}

impl<'py, 'mem> Encoder<'py, 'mem> {
    /// An encoder that appends to `writer`.
    #[inline(always)]
    pub fn new(py: Python<'py>, env: Env, writer: Writer<'mem>) -> Self {
        Encoder {
            py,
            env,
            writer,
            objects: Vec::new(),
            path: Vec::new(),
            handles: Vec::new(),
            plain: false,
        }
    }

    /// From now on writes by value what is a number, a text, bytes, a time, a list, a tuple or a dict, and nothing else.
    pub fn plainly(&mut self) {
        self.plain = true;
    }

    /// The records and the Java objects (local references) that they refer to.
    #[inline(always)]
    pub fn into_parts(self) -> (Writer<'mem>, Vec<jobject>) {
        (self.writer, self.objects)
    }

    /// Writes `object` by value where its type has a value form, else as a handle.
    #[inline(always)]
    pub fn value(&mut self, object: &Bound<'py, PyAny>) -> Result<(), Failure> {
        // SAFETY: `object` holds a reference for the length of the call.
        unsafe { self.borrowed(object.as_ptr()) }
    }

    /// Writes `object` as a handle.
    pub fn handle(&mut self, object: Bound<'py, PyAny>) {
        let handle = handle::add(object);
        if !self.path.is_empty() {
            self.handles.push(handle);
        }
        self.writer.tag(Tag::Handle);
        self.writer.i64(handle);
    }

    /// Writes where the elements of `object` lie if it is a plain NumPy array, else `None`.
    pub fn describe(&mut self, object: &Bound<'py, PyAny>) {
        let numpy = types::NUMPY_SCALAR
            .is_imported(self.py)
            .then(|| NumPy::import(self.py));
        if !numpy
            .is_some_and(|numpy| numpy.is_ok_and(|numpy| numpy.describe(object, &mut self.writer)))
        {
            self.writer.tag(Tag::Null);
        }
    }

    /// Gives back the handles that were written, after a failure.
    #[cold]
    pub fn abandon(self) {
        self.handles.into_iter().for_each(handle::release_later);
    }

    /// Writes `element` as a handle in a tuple of one.
    pub fn step(&mut self, element: Bound<'py, PyAny>) {
        self.writer.tag(Tag::Tuple);
        self.writer.count(1);
        self.handle(element);
    }

    /// # Safety
    /// `object` is alive until this returns or runs Python code, whichever comes first.
    #[inline]
    unsafe fn borrowed(&mut self, object: *mut ffi::PyObject) -> Result<(), Failure> {
        // SAFETY: the object is alive here, and its exact type is checked before each accessor.
        unsafe {
            let kind = ffi::Py_TYPE(object);
            if kind == ptr::addr_of_mut!(ffi::PyFloat_Type) {
                self.writer.tag(Tag::F64);
                self.writer.f64(ffi::PyFloat_AsDouble(object));
                Ok(())
            } else if kind == ptr::addr_of_mut!(ffi::PyUnicode_Type) {
                self.text(object)
            } else if kind == ptr::addr_of_mut!(ffi::PyLong_Type) {
                self.int(object)
            } else if object == ffi::Py_None() {
                self.writer.tag(Tag::Null);
                Ok(())
            } else if object == ffi::Py_True() {
                self.writer.tag(Tag::True);
                Ok(())
            } else if object == ffi::Py_False() {
                self.writer.tag(Tag::False);
                Ok(())
            } else {
                self.compound(&Bound::from_borrowed_ptr(self.py, object))
            }
        }
    }

    /// # Safety
    /// `object` is an `int`.
    unsafe fn int(&mut self, object: *mut ffi::PyObject) -> Result<(), Failure> {
        let mut overflow: c_int = 0;
        // SAFETY: `object` is an int, so the conversion sets no exception.
        let number = unsafe { ffi::PyLong_AsLongLongAndOverflow(object, &mut overflow) };
        if overflow == 0 {
            self.writer.tag(Tag::I64);
            self.writer.i64(number);
            return Ok(());
        }
        // SAFETY: `object` is alive.
        let number = unsafe { Bound::from_borrowed_ptr(self.py, object) };
        let bytes = self.checked(big_endian(&number))?;
        self.writer.tag(Tag::BigInt);
        self.writer.sized_bytes(bytes.as_bytes());
        Ok(())
    }

    /// # Safety
    /// `object` is a `str`.
    #[inline]
    unsafe fn text(&mut self, object: *mut ffi::PyObject) -> Result<(), Failure> {
        // SAFETY: the caller promises a `str` that is alive.
        match unsafe { characters(object) } {
            Some((tag, text)) => {
                self.writer.tag(tag);
                self.sized(text)
            }
            None => {
                // SAFETY: as above.
                let text = unsafe { Bound::from_borrowed_ptr(self.py, object) };
                self.text_with_surrogates(&text)
            }
        }
    }

    #[cold]
    fn text_with_surrogates(&mut self, text: &Bound<'py, PyAny>) -> Result<(), Failure> {
        let encoding = if cfg!(target_endian = "little") {
            "utf-16-le"
        } else {
            "utf-16-be"
        };
        let bytes = self.checked(text.call_method1("encode", (encoding, "surrogatepass")))?;
        let same = bytes
            .call_method1("decode", (encoding, "surrogatepass"))
            .and_then(|decoded| decoded.eq(text));
        if !self.checked(same)? {
            return Err(Failure::conversion(
                "cannot convert a Python str that holds a surrogate pair as two characters to java.lang.String, where they \
                 are one: decode it in Python, as by text.encode('utf-16', 'surrogatepass').decode('utf-16')",
            ));
        }
        let bytes = self
            .checked(bytes.cast::<PyBytes>().map_err(PyErr::from))?
            .as_bytes();
        self.writer.tag(Tag::Utf16);
        self.writer.count(bytes.len() / 2);
        self.writer.bytes(bytes);
        Ok(())
    }

    fn sized(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        if u32::try_from(bytes.len()).is_err() {
            return Err(Failure::conversion(format!(
                "a Python value of {} bytes cannot become a Java object: Java arrays end at 2147483647 elements",
                bytes.len()
            )));
        }
        self.writer.sized_bytes(bytes);
        Ok(())
    }

    fn compound(&mut self, object: &Bound<'py, PyAny>) -> Result<(), Failure> {
        let kind = object.get_type_ptr();
        if kind == ptr::addr_of_mut!(ffi::PyList_Type) {
            self.list(object)
        } else if kind == ptr::addr_of_mut!(ffi::PyTuple_Type) {
            self.tuple(object, Tag::Tuple)
        } else if kind == ptr::addr_of_mut!(ffi::PyDict_Type) {
            self.dict(object)
        } else if kind == ptr::addr_of_mut!(ffi::PyBytes_Type) {
            self.bytes(object)
        } else if self.plain {
            self.uncommon_plain(object)
        } else if kind == ptr::addr_of_mut!(ffi::PySet_Type) {
            self.set(object, Tag::Set)
        } else if kind == ptr::addr_of_mut!(ffi::PyFrozenSet_Type) {
            self.set(object, Tag::FrozenSet)
        } else {
            self.uncommon(object)
        }
    }

    fn list(&mut self, list: &Bound<'py, PyAny>) -> Result<(), Failure> {
        self.nested(list, |this| {
            let list = list.as_ptr();
            // SAFETY: `list` is a list that the caller keeps alive; its size is read again at every step, for encoding an
            // element may run Python code that changes the list. Elements that run code are taken hold of first.
            unsafe {
                this.writer.tag(Tag::List);
                let position = this.writer.len();
                this.writer.count(0);
                let mut count = 0;
                while count < ffi::PyList_Size(list) {
                    this.borrowed(ffi::PyList_GetItem(list, count))?;
                    count += 1;
                }
                this.writer.set_count(position, count as usize);
            }
            Ok(())
        })
    }

    fn tuple(&mut self, tuple: &Bound<'py, PyAny>, tag: Tag) -> Result<(), Failure> {
        self.nested(tuple, |this| {
            this.writer.tag(tag);
            // SAFETY: `tuple` is a tuple that the caller keeps alive, and tuples do not change.
            unsafe {
                let count = ffi::PyTuple_Size(tuple.as_ptr());
                this.writer.count(count as usize);
                for index in 0..count {
                    this.borrowed(ffi::PyTuple_GetItem(tuple.as_ptr(), index))?;
                }
            }
            Ok(())
        })
    }

    fn dict(&mut self, dict: &Bound<'py, PyAny>) -> Result<(), Failure> {
        self.nested(dict, |this| {
            this.writer.tag(Tag::Map);
            let position = this.writer.len();
            this.writer.count(0);
            let (mut cursor, mut count) = (0, 0);
            let (mut key, mut value) = (ptr::null_mut(), ptr::null_mut());
            // SAFETY: `dict` is a dict that the caller keeps alive. `PyDict_Next` checks its bounds when the dict has
            // changed meanwhile; key and value are held over code that encoding may run.
            unsafe {
                while ffi::PyDict_Next(dict.as_ptr(), &mut cursor, &mut key, &mut value) != 0 {
                    let held = Bound::from_borrowed_ptr(this.py, value);
                    this.borrowed(key)?;
                    this.value(&held)?;
                    count += 1;
                }
            }
            this.writer.set_count(position, count);
            Ok(())
        })
    }

    fn set(&mut self, set: &Bound<'py, PyAny>, tag: Tag) -> Result<(), Failure> {
        self.nested(set, |this| {
            this.writer.tag(tag);
            let position = this.writer.len();
            this.writer.count(0);
            let mut count = 0;
            for element in this.checked(set.try_iter())? {
                let element = this.checked(element)?;
                this.value(&element)?;
                count += 1;
            }
            this.writer.set_count(position, count);
            Ok(())
        })
    }

    fn bytes(&mut self, object: &Bound<'py, PyAny>) -> Result<(), Failure> {
        let bytes = self
            .checked(object.cast::<PyBytes>().map_err(PyErr::from))?
            .as_bytes();
        if bytes.len() < BULK {
            self.writer.tag(Tag::Bytes);
            return self.sized(bytes);
        }
        if i32::try_from(bytes.len()).is_err() {
            return self.sized(bytes);
        }
        let array = self.env.new_byte_array(bytes)?;
        self.object(array);
        Ok(())
    }

    /// Refers to a Java object. Takes over the local reference.
    fn object(&mut self, object: jobject) {
        self.writer.tag(Tag::Object);
        self.writer.count(self.objects.len());
        self.env.announce_locals(self.objects.len());
        self.objects.push(object);
    }

    fn uncommon(&mut self, object: &Bound<'py, PyAny>) -> Result<(), Failure> {
        if let Some(value) = numpy_scalar::value(object) {
            return self.numpy_scalar(object, value);
        }
        if types::STANDARD.iter().any(|kind| kind.is_type_of(object)) {
            return self.standard(object);
        }
        if let Some(java) = java_object::unwrap(object) {
            let local = self.env.new_local(java);
            self.object(local);
            return Ok(());
        }
        if proxy::is_implemented(object) {
            let face = proxy::local(self.py, self.env, object);
            let face = self.checked(face)?;
            self.object(face);
            return Ok(());
        }
        if types::ENUM.holds(object) {
            return self.enumeration(object);
        }
        // SAFETY: the flags of a live object's type are read; the subclass checks make the accessors valid.
        unsafe {
            let pointer = object.as_ptr();
            let flags = ffi::PyType_GetFlags(object.get_type_ptr());
            if flags & ffi::Py_TPFLAGS_LONG_SUBCLASS != 0 {
                return self.int(pointer);
            }
            if flags & ffi::Py_TPFLAGS_UNICODE_SUBCLASS != 0 {
                return self.text(pointer);
            }
            if flags & ffi::Py_TPFLAGS_BYTES_SUBCLASS != 0 {
                return self.bytes(object);
            }
            if flags & ffi::Py_TPFLAGS_TUPLE_SUBCLASS != 0 {
                return self.tuple_subclass(object);
            }
            if ffi::PyFloat_Check(pointer) != 0 {
                self.writer.tag(Tag::F64);
                self.writer.f64(ffi::PyFloat_AsDouble(pointer));
                return Ok(());
            }
            if ffi::PyByteArray_Check(pointer) != 0 || ffi::PyMemoryView_Check(pointer) != 0 {
                let copy = self.checked(self.py.get_type::<PyBytes>().call1((object,)))?;
                return self.bytes(&copy);
            }
            if flags & ffi::Py_TPFLAGS_DICT_SUBCLASS != 0
                && (types::ORDERED_DICT.holds(object)
                    || types::DEFAULT_DICT.holds(object)
                    || types::COUNTER.holds(object))
            {
                return self.dict(object);
            }
        }
        self.standard(object)
    }

    /// What is neither a builtin value nor a builtin container, when writing plainly.
    fn uncommon_plain(&mut self, object: &Bound<'py, PyAny>) -> Result<(), Failure> {
        if let Some(value) = numpy_scalar::value(object) {
            return self.numpy_scalar(object, value);
        }
        if let Some(java) = java_object::unwrap(object) {
            let local = self.env.new_local(java);
            self.object(local);
            return Ok(());
        }
        if proxy::is_implemented(object) {
            let face = proxy::local(self.py, self.env, object);
            let face = self.checked(face)?;
            self.object(face);
            return Ok(());
        }
        // SAFETY: the flags of a live object's type are read; a subclass of str is a str.
        unsafe {
            let flags = ffi::PyType_GetFlags(object.get_type_ptr());
            if flags & ffi::Py_TPFLAGS_UNICODE_SUBCLASS != 0 && !types::ENUM.holds(object) {
                return self.text(object.as_ptr());
            }
        }
        if types::PLAIN.iter().any(|kind| kind.holds(object)) {
            return self.standard(object);
        }
        if types::GENERATOR.holds(object) {
            self.writer.tag(Tag::Iterator);
            self.handle(object.clone());
            return Ok(());
        }
        self.handle(object.clone());
        Ok(())
    }

    fn standard(&mut self, object: &Bound<'py, PyAny>) -> Result<(), Failure> {
        if types::DATE_TIME.holds(object) {
            if types::PANDAS_NOT_A_TIME.is(object) {
                self.writer.tag(Tag::Null);
                return Ok(());
            }
            let nanos = self.nanos(
                object,
                &types::DATE_TIME,
                &types::PANDAS_TIMESTAMP,
                "nanosecond",
            )?;
            let written = times::date_time(&mut self.writer, object, nanos);
            return written.map_err(|error| Failure::in_conversion(self.py, error));
        }
        if types::DATE.holds(object) {
            let written = times::date(&mut self.writer, object);
            return written.map_err(|error| Failure::in_conversion(self.py, error));
        }
        if types::TIME.holds(object) {
            let written = times::time(&mut self.writer, object);
            return written.map_err(|error| Failure::in_conversion(self.py, error));
        }
        if types::TIME_DELTA.holds(object) {
            let nanos = self.nanos(
                object,
                &types::TIME_DELTA,
                &types::PANDAS_TIMEDELTA,
                "nanoseconds",
            )?;
            let written = times::time_delta(&mut self.writer, object, nanos);
            return written.map_err(|error| Failure::in_conversion(self.py, error));
        }
        if types::DECIMAL.holds(object) {
            let text = self.checked(object.str())?;
            let text: String = self.checked(text.extract())?;
            self.writer.tag(Tag::Decimal);
            self.writer.sized_bytes(text.as_bytes());
            return Ok(());
        }
        if types::UUID.holds(object) {
            let bytes = self.checked(object.getattr("bytes"))?;
            let bytes: [u8; 16] = self.checked(bytes.extract())?;
            self.writer.tag(Tag::Uuid);
            self.writer.bytes(&bytes);
            return Ok(());
        }
        if types::NUMPY_SCALAR.holds(object) {
            let item = self.checked(object.call_method0("item"))?;
            if !types::NUMPY_SCALAR.holds(&item) {
                return self.value(&item);
            }
        }
        if types::PANDAS_MISSING.is(object) {
            self.writer.tag(Tag::Null);
            return Ok(());
        }
        self.handle(object.clone());
        Ok(())
    }

    fn numpy_scalar(&mut self, object: &Bound<'py, PyAny>, value: Value) -> Result<(), Failure> {
        let written = match value {
            Value::Float(number) => {
                self.writer.tag(Tag::F64);
                self.writer.f64(number);
                Ok(())
            }
            Value::Int(number) => {
                self.writer.tag(Tag::I64);
                self.writer.i64(number);
                Ok(())
            }
            Value::Unsigned(number) => {
                match i64::try_from(number) {
                    Ok(number) => {
                        self.writer.tag(Tag::I64);
                        self.writer.i64(number);
                    }
                    Err(_) => {
                        // A zero in front, as the sign is in the first bit.
                        self.writer.tag(Tag::BigInt);
                        self.writer
                            .sized_bytes(&i128::from(number).to_be_bytes()[7..]);
                    }
                }
                Ok(())
            }
            Value::Bool(truth) => {
                self.writer.tag(if truth { Tag::True } else { Tag::False });
                Ok(())
            }
            Value::Point(Some(count), unit) => times::point(&mut self.writer, count, unit),
            Value::Span(Some(count), unit) => times::span(&mut self.writer, count, unit),
            Value::Point(None, _) | Value::Span(None, _) => {
                self.writer.tag(Tag::Null);
                Ok(())
            }
        };
        match written {
            Ok(()) => Ok(()),
            Err(why) => Err(Failure::conversion(format!(
                "cannot convert {} (Python numpy.{}) to java.time, {why}",
                self.checked(object.repr())?,
                self.checked(object.get_type().name())?
            ))),
        }
    }

    /// The nanoseconds that an instance of `base` has besides its microseconds, as one of pandas' types does.
    fn nanos(
        &self,
        object: &Bound<'py, PyAny>,
        base: &'static LazyType,
        in_pandas: &'static LazyType,
        attribute: &str,
    ) -> Result<i64, Failure> {
        if !base.is_base_of(object) {
            return Ok(0);
        }
        let more = self.checked(object.getattr_opt(attribute))?;
        let Some(more) = more.filter(|more| more.is_truthy().unwrap_or(true)) else {
            return Ok(0);
        };
        if in_pandas.holds(object) {
            return self.checked(more.extract());
        }
        Err(Failure::conversion(format!(
            "cannot convert {} (Python {}) to java.time, as nobody knows what its attribute {attribute} is: make it a \
             pandas.Timestamp or Timedelta, or a {} of the standard library",
            self.checked(object.repr())?,
            self.checked(object.get_type().qualname())?,
            base.name()
        )))
    }

    fn enumeration(&mut self, member: &Bound<'py, PyAny>) -> Result<(), Failure> {
        let name = self.checked(member.getattr("name"))?;
        let name = if name.is_none() {
            self.checked(member.str())?.into_any()
        } else {
            name
        };
        let value = self.checked(member.getattr("value"))?;
        self.nested(member, |this| {
            this.writer.tag(Tag::Enum);
            this.value(&name)?;
            this.value(&value)
        })
    }

    fn tuple_subclass(&mut self, tuple: &Bound<'py, PyAny>) -> Result<(), Failure> {
        let kind = tuple.get_type();
        let Some(fields) = self.checked(kind.getattr_opt("_fields"))? else {
            return self.tuple(tuple, Tag::Tuple);
        };
        let fields: Vec<Bound<'py, PyAny>> = self.checked(fields.extract())?;
        // SAFETY: `tuple` is a tuple.
        let count = unsafe { ffi::PyTuple_Size(tuple.as_ptr()) } as usize;
        if fields.len() != count || !fields.iter().all(|name| name.is_instance_of::<PyString>()) {
            return self.tuple(tuple, Tag::Tuple);
        }
        let name = self.checked(kind.name())?;
        self.nested(tuple, |this| {
            this.writer.tag(Tag::Named);
            this.value(name.as_any())?;
            this.writer.count(count);
            for field in &fields {
                this.value(field)?;
            }
            for index in 0..count {
                // SAFETY: tuples do not change, and `index` is within this one.
                unsafe {
                    this.borrowed(ffi::PyTuple_GetItem(
                        tuple.as_ptr(),
                        index as ffi::Py_ssize_t,
                    ))?
                };
            }
            Ok(())
        })
    }

    /// Runs `body` for a container, unless nesting is too deep for this thread's stack or goes round in a circle.
    fn nested(
        &mut self,
        container: &Bound<'py, PyAny>,
        body: impl FnOnce(&mut Self) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let pointer = container.as_ptr();
        if self.path.len() >= TRUSTED_DEPTH {
            self.check_depth(container)?;
        }
        self.path.push(pointer);
        let result = body(self);
        self.path.pop();
        result
    }

    #[cold]
    fn check_depth(&self, container: &Bound<'py, PyAny>) -> Result<(), Failure> {
        let kind = container.get_type();
        let name = kind
            .name()
            .map_or_else(|_| "object".to_owned(), |name| name.to_string());
        if self.path.contains(&container.as_ptr()) {
            return Err(Failure::conversion(format!(
                "a Python {name} that contains itself cannot become a Java object; pass it by reference (PyObject)"
            )));
        }
        if !stack::carries_a_level() {
            return Err(Failure::conversion(format!(
                "a Python {name} nested {} levels deep cannot become a Java object: the thread's stack ends here; \
                 pass it by reference (PyObject) or give the thread a larger stack",
                self.path.len()
            )));
        }
        Ok(())
    }

    fn checked<T>(&self, result: PyResult<T>) -> Result<T, Failure> {
        result.map_err(|error: PyErr| Failure::of(self.py, error))
    }
}

/// Two's complement of an int, most significant byte first, as `BigInteger` takes it.
fn big_endian<'py>(number: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyBytes>> {
    let bits: usize = number.call_method0("bit_length")?.extract()?;
    let options = PyDict::new(number.py());
    options.set_item("signed", true)?;
    Ok(number
        .call_method("to_bytes", (bits / 8 + 1, "big"), Some(&options))?
        .cast_into()?)
}
