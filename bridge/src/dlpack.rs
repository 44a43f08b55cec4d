//! What does a DLPack capsule hold, and who releases it?
//!
//! The layouts are those of `dlpack.h`, before and after its version 1.0. Ownership: [`take`] consumes a capsule by renaming it, as the
//! protocol asks, and the managed tensor passes to a capsule of this module's, whose end calls the tensor's deleter under the GIL.

use pyo3::exceptions::PyBufferError;
use pyo3::types::{PyAnyMethods, PyTuple};
use pyo3::{ffi, pyfunction, Bound, IntoPyObject, PyAny, PyResult, Python};
use std::ffi::{c_void, CStr};
use std::slice;

/// The major version whose layout is known here; minor ones only add to it.
const MAJOR: u32 = 1;

/// `DLPACK_FLAG_BITMASK_READ_ONLY`.
const READ_ONLY: u64 = 1;

/// The name of the capsules that own what was taken.
const OWNER: &CStr = c"naja.dlpack";

/// `DLTensor`, with `DLDevice` and `DLDataType` inside.
#[repr(C)]
struct Tensor {
    data: *mut c_void,
    device_type: i32,
    device_id: i32,
    dimensions: i32,
    code: u8,
    bits: u8,
    lanes: u16,
    shape: *const i64,
    strides: *const i64,
    byte_offset: u64,
}

/// `DLManagedTensor`.
#[repr(C)]
struct Unversioned {
    tensor: Tensor,
    context: *mut c_void,
    deleter: Option<unsafe extern "C" fn(*mut Unversioned)>,
}

/// `DLManagedTensorVersioned`.
#[repr(C)]
struct Versioned {
    major: u32,
    minor: u32,
    context: *mut c_void,
    deleter: Option<unsafe extern "C" fn(*mut Versioned)>,
    flags: u64,
    tensor: Tensor,
}

/// One of the two layouts.
trait Managed: Sized {
    /// The name of a capsule that nobody has consumed.
    const FRESH: &'static CStr;
    /// Its name afterwards.
    const USED: &'static CStr;

    fn deleter(&self) -> Option<unsafe extern "C" fn(*mut Self)>;

    /// The tensor and whether nobody may write to it, if its layout is known.
    fn content(&self) -> Result<(&Tensor, bool), u32>;
}

impl Managed for Unversioned {
    const FRESH: &'static CStr = c"dltensor";
    const USED: &'static CStr = c"used_dltensor";

    fn deleter(&self) -> Option<unsafe extern "C" fn(*mut Self)> {
        self.deleter
    }

    /// It cannot say whether anybody may write, and memory that is not to change is passed so too.
    fn content(&self) -> Result<(&Tensor, bool), u32> {
        Ok((&self.tensor, true))
    }
}

impl Managed for Versioned {
    const FRESH: &'static CStr = c"dltensor_versioned";
    const USED: &'static CStr = c"used_dltensor_versioned";

    fn deleter(&self) -> Option<unsafe extern "C" fn(*mut Self)> {
        self.deleter
    }

    fn content(&self) -> Result<(&Tensor, bool), u32> {
        if self.major == MAJOR {
            Ok((&self.tensor, self.flags & READ_ONLY != 0))
        } else {
            Err(self.major)
        }
    }
}

/// Consumes a capsule of `__dlpack__`.
///
/// Gives what keeps the memory valid; the address of the first element; the code, the bits and the lanes of the elements' type; the
/// shape; the strides in elements, or `None` where they are those of C; and whether nobody may write.
#[pyfunction]
pub fn take<'py>(capsule: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyTuple>> {
    // SAFETY: reads no more of the object than its type and, of a capsule, its name.
    let is = |name: &CStr| unsafe { ffi::PyCapsule_IsValid(capsule.as_ptr(), name.as_ptr()) != 0 };
    if is(Versioned::FRESH) {
        take_as::<Versioned>(capsule)
    } else if is(Unversioned::FRESH) {
        take_as::<Unversioned>(capsule)
    } else {
        Err(PyBufferError::new_err(format!(
            "its __dlpack__ gave {}, which is no DLPack capsule that nobody has used",
            capsule.repr()?
        )))
    }
}

fn take_as<'py, T: Managed>(capsule: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyTuple>> {
    let py = capsule.py();
    // SAFETY: a capsule of this name holds a live tensor of this layout. The new name passes it on, for the capsule's own end then leaves
    // it alone; naming a valid capsule cannot fail.
    let (owner, managed) = unsafe {
        let managed = ffi::PyCapsule_GetPointer(capsule.as_ptr(), T::FRESH.as_ptr());
        let owner = ffi::PyCapsule_New(managed, OWNER.as_ptr(), Some(release::<T>));
        let owner = Bound::from_owned_ptr_or_err(py, owner)?;
        ffi::PyCapsule_SetName(capsule.as_ptr(), T::USED.as_ptr());
        (owner, &*managed.cast::<T>())
    };
    match managed.content() {
        Ok((tensor, read_only)) => describe(py, owner, tensor, read_only),
        Err(major) => Err(PyBufferError::new_err(format!(
            "its __dlpack__ gave a tensor of DLPack {major}, of which naja knows nothing; it asked for version {MAJOR}"
        ))),
    }
}

fn describe<'py>(
    py: Python<'py>,
    owner: Bound<'py, PyAny>,
    tensor: &Tensor,
    read_only: bool,
) -> PyResult<Bound<'py, PyTuple>> {
    let dimensions = usize::try_from(tensor.dimensions).unwrap_or(0);
    let numbers = |first: *const i64| {
        if dimensions == 0 {
            return PyTuple::new(py, [0_i64; 0]);
        }
        // SAFETY: not null, and as long as there are dimensions; the owner keeps it.
        PyTuple::new(py, unsafe { slice::from_raw_parts(first, dimensions) })
    };
    let shape = numbers(tensor.shape)?;
    let strides = if tensor.strides.is_null() && dimensions > 0 {
        py.None().into_bound(py)
    } else {
        numbers(tensor.strides)?.into_any()
    };
    let address = (tensor.data as usize).wrapping_add(tensor.byte_offset as usize);
    let kind = (tensor.code, tensor.bits, tensor.lanes);
    (owner, address, kind, shape, strides, read_only).into_pyobject(py)
}

/// The destructor of an owner.
unsafe extern "C" fn release<T: Managed>(owner: *mut ffi::PyObject) {
    // SAFETY: Python calls this once, with a capsule that `take_as` made of a tensor of this layout. A tensor without a deleter needs
    // none.
    unsafe {
        let managed = ffi::PyCapsule_GetPointer(owner, OWNER.as_ptr()).cast::<T>();
        if let Some(deleter) = (*managed).deleter() {
            deleter(managed);
        }
    }
}
