//! How are NumPy's arrays made and seen?
//!
//! By NumPy's C API, whose table of functions NumPy's own extension modules use: its numbers, and the heads of arrays and of their
//! types, have been the same since NumPy 1.7. `naja._arrays` finds the table, and sees whatever is no plain array.

use crate::failure::Failure;
use crate::half;
use crate::java::Global;
use naja_frame::{FrameError, Reader, Tag, Writer};
use pyo3::ffi;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyAnyMethods;
use pyo3::{Bound, PyAny, PyErr, PyResult, Python};
use std::ffi::{c_char, c_int, c_long, c_uint, c_void, CStr};
use std::mem;
use std::ptr;

/// A length or a number of bytes (`npy_intp`).
type Size = isize;

type VersionFunction = unsafe extern "C" fn() -> c_uint;
type TypeFunction = unsafe extern "C" fn(number: c_int) -> *mut ffi::PyObject;
type NewFunction = unsafe extern "C" fn(
    class: *mut ffi::PyTypeObject,
    elements: *mut ffi::PyObject,
    dimensions: c_int,
    shape: *const Size,
    strides: *const Size,
    data: *mut c_void,
    flags: c_int,
    template: *mut ffi::PyObject,
) -> *mut ffi::PyObject;
type SetBaseFunction =
    unsafe extern "C" fn(array: *mut ffi::PyObject, base: *mut ffi::PyObject) -> c_int;

const VERSION: usize = 0;
const ARRAY_CLASS: usize = 2;
const TYPE_OF_NUMBER: usize = 45;
const NEW: usize = 94;
const SET_BASE: usize = 282;

const WRITEABLE: c_int = 0x400;

/// What the name of the capsule that keeps an array's memory is.
const KEEPER: &CStr = c"dev.naja.NdArray";

/// The head of a `numpy.ndarray`.
#[repr(C)]
struct Array {
    base: ffi::PyObject,
    data: *mut c_char,
    dimensions: c_int,
    shape: *const Size,
    strides: *const Size,
    keeper: *mut ffi::PyObject,
    elements: *const Elements,
    flags: c_int,
}

/// The head of a `numpy.dtype`.
#[repr(C)]
struct Elements {
    base: ffi::PyObject,
    scalar: *mut ffi::PyTypeObject,
    kind: c_char,
    letter: c_char,
    order: c_char,
    flags: c_char,
    number: c_int,
}

/// NumPy's number of a type that takes this machine's byte order and its name without that, by rank of how common it is.
const TYPES: [(c_int, &[u8]); 16] = [
    (12, b"f8"),
    (LONG, b"i8"),
    (11, b"f4"),
    (5, b"i4"),
    (0, b"b1"),
    (3, b"i2"),
    (2, b"u1"),
    (1, b"i1"),
    (4, b"u2"),
    (6, b"u4"),
    (LONG + 1, b"u8"),
    (23, b"f2"),
    (14, b"c8"),
    (15, b"c16"),
    (9, b"i8"),
    (10, b"u8"),
];

/// Of the two C types of 64 bits the one that `numpy.int64` is.
const LONG: c_int = if mem::size_of::<c_long>() == 8 { 7 } else { 9 };

const NATIVE: u8 = if cfg!(target_endian = "little") {
    b'<'
} else {
    b'>'
};

/// NumPy's functions.
pub struct NumPy {
    table: *const *mut c_void,
}

// SAFETY: NumPy, once imported, is never unloaded, and its table never changes.
unsafe impl Send for NumPy {}
// SAFETY: as above.
unsafe impl Sync for NumPy {}

static NUMPY: PyOnceLock<NumPy> = PyOnceLock::new();

impl NumPy {
    /// NumPy, if it has been found before.
    pub fn known(py: Python<'_>) -> Option<&NumPy> {
        NUMPY.get(py)
    }

    /// NumPy, which is imported.
    ///
    /// # Errors
    /// `ImportError` that says what to do where it cannot be.
    pub fn import(py: Python<'_>) -> PyResult<&NumPy> {
        NUMPY.get_or_try_init(py, || {
            let capsule = half::array_api(py)?;
            // SAFETY: NumPy's capsule has no name and holds its table.
            let table = unsafe { ffi::PyCapsule_GetPointer(capsule.as_ptr(), ptr::null()) };
            if table.is_null() {
                return Err(PyErr::fetch(py));
            }
            let numpy = NumPy {
                table: table.cast(),
            };
            let version = numpy.version();
            if !(1..=2).contains(&(version >> 24)) {
                return Err(pyo3::exceptions::PyImportError::new_err(format!(
                    "the NumPy that was imported has the binary interface {version:#x}, and naja knows those of NumPy 1 and 2: \
                     install one of these, as by pip install 'numpy<3'"
                )));
            }
            Ok(numpy)
        })
    }

    fn version(&self) -> c_uint {
        // SAFETY: every table has this function at its place.
        unsafe { mem::transmute::<*mut c_void, VersionFunction>(self.entry(VERSION))() }
    }

    #[inline]
    fn entry(&self, index: usize) -> *mut c_void {
        // SAFETY: NumPy 1.7 and later has an entry at each index that this module names.
        unsafe { *self.table.add(index) }
    }

    fn class(&self) -> *mut ffi::PyTypeObject {
        self.entry(ARRAY_CLASS).cast()
    }

    /// The `numpy.dtype` of a name such as `<f8`; no order is this machine's.
    fn elements<'py>(&self, py: Python<'py>, name: &[u8]) -> Result<Bound<'py, PyAny>, Failure> {
        let plain = match name {
            [b'|' | NATIVE, plain @ ..] => plain,
            name => name,
        };
        if let Some((number, _)) = TYPES.iter().find(|(_, known)| *known == plain) {
            // SAFETY: the function gives a new reference for each of these numbers.
            return unsafe {
                let of_number: TypeFunction = mem::transmute(self.entry(TYPE_OF_NUMBER));
                Bound::from_owned_ptr_or_opt(py, of_number(*number))
                    .ok_or_else(|| Failure::raised(py))
            };
        }
        let name = std::str::from_utf8(name).map_err(|_| FrameError::InvalidText)?;
        half::dtype(py, name).map_err(|error| Failure::of(py, error))
    }

    /// A new array whose elements are not set yet, the last index moving fastest, and where they are.
    pub fn empty<'py>(
        &self,
        py: Python<'py>,
        elements: &[u8],
        shape: &[Size],
    ) -> Result<(Bound<'py, PyAny>, *mut u8), Failure> {
        let elements = self.elements(py, elements)?;
        // SAFETY: NumPy copies the shape and takes the type over; the result is a new reference or null with an exception set.
        unsafe {
            let new: NewFunction = mem::transmute(self.entry(NEW));
            let made = new(
                self.class(),
                elements.into_ptr(),
                shape.len() as c_int,
                shape.as_ptr(),
                ptr::null(),
                ptr::null_mut(),
                0,
                ptr::null_mut(),
            );
            let array =
                Bound::from_owned_ptr_or_opt(py, made).ok_or_else(|| Failure::raised(py))?;
            let data = (*array.as_ptr().cast::<Array>()).data;
            Ok((array, data.cast()))
        }
    }

    /// An array over memory.
    ///
    /// # Safety
    /// The memory that the layout describes is valid for as long as `keeper` is not dropped.
    pub unsafe fn view<'py>(
        &self,
        py: Python<'py>,
        layout: &Layout<'_>,
        keeper: Keeper,
    ) -> Result<Bound<'py, PyAny>, Failure> {
        let elements = self.elements(py, layout.elements)?;
        let keeper = keeper.into_capsule(py)?;
        // SAFETY: as in `empty`; the second function takes the base over, also when it fails. The caller vouches for the memory.
        unsafe {
            let new: NewFunction = mem::transmute(self.entry(NEW));
            let made = new(
                self.class(),
                elements.into_ptr(),
                layout.shape().len() as c_int,
                layout.shape().as_ptr(),
                layout.strides().as_ptr(),
                layout.first as *mut c_void,
                if layout.read_only { 0 } else { WRITEABLE },
                ptr::null_mut(),
            );
            let array =
                Bound::from_owned_ptr_or_opt(py, made).ok_or_else(|| Failure::raised(py))?;
            let set_base: SetBaseFunction = mem::transmute(self.entry(SET_BASE));
            if set_base(array.as_ptr(), keeper.into_ptr()) != 0 {
                return Err(Failure::raised(py));
            }
            Ok(array)
        }
    }

    /// Writes where the elements of an array lie, if it is a plain array of numbers that Java can have.
    pub fn describe(&self, array: &Bound<'_, PyAny>, writer: &mut Writer<'_>) -> bool {
        if array.get_type_ptr() != self.class() {
            return false;
        }
        // SAFETY: an instance of NumPy's class begins with this head; there is a length for each dimension.
        let (head, elements, shape, strides) = unsafe {
            let head = &*array.as_ptr().cast::<Array>();
            let dimensions = head.dimensions as usize;
            (
                head,
                &*head.elements,
                lengths(head.shape, dimensions),
                lengths(head.strides, dimensions),
            )
        };
        let Some((_, name)) = TYPES.iter().find(|(number, _)| *number == elements.number) else {
            return false;
        };
        let Some((low, bytes)) = extent(name, shape, strides) else {
            return false;
        };
        let order = match elements.order as u8 {
            b'=' => NATIVE,
            order => order,
        };
        writer.tag(Tag::NdArray);
        writer.u8((head.flags & WRITEABLE == 0).into());
        writer.count(1 + name.len());
        writer.u8(order);
        writer.bytes(name);
        writer.i64(head.data as i64 + low);
        writer.i64(bytes);
        writer.i64(-low);
        writer.count(shape.len());
        shape
            .iter()
            .chain(strides)
            .for_each(|length| writer.i64(*length as i64));
        true
    }
}

/// Where the elements of an array lie, as a record says.
pub struct Layout<'a> {
    elements: &'a [u8],
    read_only: bool,
    first: i64,
    lengths: Vec<Size>,
}

impl<'a> Layout<'a> {
    /// Reads what follows a [`Tag::NdArray`], up to the owner's record.
    pub fn read(reader: &mut Reader<'a>) -> Result<Layout<'a>, FrameError> {
        let read_only = reader.u8()? != 0;
        let elements = reader.sized_bytes()?;
        let address = reader.i64()?;
        reader.i64()?;
        let first = address + reader.i64()?;
        let dimensions = reader.count(2 * mem::size_of::<i64>())?;
        let lengths = (0..2 * dimensions)
            .map(|_| Ok(reader.i64()? as Size))
            .collect::<Result<_, FrameError>>()?;
        Ok(Layout {
            elements,
            read_only,
            first,
            lengths,
        })
    }

    fn shape(&self) -> &[Size] {
        &self.lengths[..self.lengths.len() / 2]
    }

    fn strides(&self) -> &[Size] {
        &self.lengths[self.lengths.len() / 2..]
    }
}

/// What keeps the memory of an array.
pub enum Keeper {
    /// A Java object.
    Java {
        /// Deleted with this.
        _reference: Global,
    },
    /// A Python object; a new reference to it.
    Python(*mut ffi::PyObject),
}

impl Keeper {
    /// What an array has for its base.
    fn into_capsule(self, py: Python<'_>) -> Result<Bound<'_, PyAny>, Failure> {
        let kept = Box::into_raw(Box::new(self));
        // SAFETY: the capsule owns the box from here on; without a capsule the box is taken back.
        unsafe {
            let capsule = ffi::PyCapsule_New(kept.cast(), KEEPER.as_ptr(), Some(let_go));
            Bound::from_owned_ptr_or_opt(py, capsule).ok_or_else(|| {
                drop(Box::from_raw(kept));
                Failure::raised(py)
            })
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        if let Keeper::Python(object) = self {
            // SAFETY: it owns the reference, and is dropped where Python code may run.
            unsafe { ffi::Py_DECREF(*object) };
        }
    }
}

unsafe extern "C" fn let_go(capsule: *mut ffi::PyObject) {
    // SAFETY: CPython calls this once for a capsule of `into_capsule`, with the GIL.
    unsafe {
        let kept = ffi::PyCapsule_GetPointer(capsule, KEEPER.as_ptr());
        drop(Box::from_raw(kept.cast::<Keeper>()));
    }
}

/// # Safety
/// There are that many lengths at `first`, or none.
unsafe fn lengths<'a>(first: *const Size, count: usize) -> &'a [Size] {
    if count == 0 {
        return &[];
    }
    // SAFETY: as the caller promises.
    unsafe { std::slice::from_raw_parts(first, count) }
}

/// How far before the first element the memory of all begins, a number that is zero or negative, and how many bytes it takes; `None` for
/// more than a Java buffer has.
fn extent(name: &[u8], shape: &[Size], strides: &[Size]) -> Option<(i64, i64)> {
    if shape.contains(&0) {
        return Some((0, 0));
    }
    let digits = name[1..].iter().map(|digit| i64::from(digit - b'0'));
    let (mut low, mut high) = (0_i64, digits.fold(0, |width, digit| 10 * width + digit));
    for (length, stride) in shape.iter().zip(strides) {
        let reach = (*length as i64 - 1).checked_mul(*stride as i64)?;
        if reach < 0 {
            low = low.checked_add(reach)?;
        } else {
            high = high.checked_add(reach)?;
        }
    }
    let bytes = high.checked_sub(low)?;
    (bytes <= i64::from(i32::MAX)).then_some((low, bytes))
}
