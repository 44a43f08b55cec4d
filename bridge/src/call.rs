//! What happens in a call of a Python callable?
//!
//! Attach, read the arguments from the frame, vectorcall, write the result to the frame, detach. Nothing here calls back into
//! the JVM except for Java objects in arguments or results.

use crate::decode::Decoder;
use crate::encode::{self, Encoder};
use crate::failure::Failure;
use crate::java::Env;
use crate::keeper::Deadline;
use crate::numpy_scalar::{self, Value};
use crate::{handle, symbol, thread};
use jni::sys::{jobject, jobjectArray};
use naja_frame::Writer;
use pyo3::ffi;
use pyo3::types::{PyAnyMethods, PyDict, PyDictMethods, PyTuple};
use pyo3::{Bound, PyAny, Python};
use std::mem::MaybeUninit;
use std::ptr;
use std::time::Duration;

/// Arguments that need no allocation.
const INLINE: usize = 16;

/// Lets a callee use the slot before the first argument (PEP 590).
const ARGUMENTS_OFFSET: usize = 1 << (usize::BITS - 1);

/// What crosses back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    /// The value, or a handle of what has no value form.
    Value,
    /// A handle.
    Handle,
    /// Nothing.
    Nothing,
    /// The value of few types, or a handle of what is of another: `Encoder::plainly`.
    Plain,
}

impl Want {
    /// By the numbers of `Native.WANT_*`.
    #[inline(always)]
    pub fn from_number(number: i32) -> Want {
        match number {
            1 => Want::Handle,
            2 => Want::Nothing,
            3 => Want::Plain,
            _ => Want::Value,
        }
    }
}

/// Memory that Java lends for a call: arguments lie at its start, the result is written over them.
pub struct Frame {
    address: *mut u8,
    length: usize,
    capacity: usize,
    /// The Java objects that records refer to; element 0 is for results.
    pub objects: jobjectArray,
}

impl Frame {
    /// The frame of a native call.
    ///
    /// # Safety
    /// `address` is valid for reads and writes of `capacity` bytes until the native method returns, `length` is at most
    /// `capacity`, and nobody else uses the memory meanwhile.
    #[inline(always)]
    pub unsafe fn new(address: i64, length: i32, capacity: i32, objects: jobjectArray) -> Frame {
        Frame {
            address: address as *mut u8,
            length: length as usize,
            capacity: capacity as usize,
            objects,
        }
    }

    /// The records that Java wrote.
    #[inline(always)]
    pub fn arguments(&self) -> &[u8] {
        // SAFETY: see `new`; the result is written only after the last argument was read.
        unsafe { std::slice::from_raw_parts(self.address, self.length) }
    }

    #[inline(always)]
    fn memory(&mut self) -> &mut [u8] {
        // SAFETY: see `new`.
        unsafe { std::slice::from_raw_parts_mut(self.address, self.capacity) }
    }

    /// Writes a result. Returns its length, or -1 when it lies in memory of its own: then the frame begins with that
    /// memory's address and size.
    #[inline(always)]
    pub fn write<'py>(
        mut self,
        env: Env,
        result: Bound<'py, PyAny>,
        want: Want,
    ) -> Result<i64, Failure> {
        match want {
            // Text without an encoder, which has more to keep than so short a work takes.
            Want::Value => match encode::text(&result) {
                Some((tag, text)) if u32::try_from(text.len()).is_ok() => {
                    let mut writer = Writer::new(self.memory());
                    writer.record(tag, text);
                    let finished = writer.finish();
                    Ok(self.finished(finished))
                }
                _ => self.encode(env, result.py(), |encoder| encoder.value(&result)),
            },
            Want::Handle => self.encode(env, result.py(), |encoder| {
                encoder.handle(result);
                Ok(())
            }),
            Want::Nothing => Ok(0),
            Want::Plain => self.encode(env, result.py(), |encoder| {
                encoder.plainly();
                encoder.value(&result)
            }),
        }
    }

    /// Writes a step of an iterator as a tuple of the element, or `None` at the end. Returns as `write` does.
    pub fn write_step<'py>(
        self,
        env: Env,
        py: Python<'py>,
        step: Option<Bound<'py, PyAny>>,
        want: Want,
    ) -> Result<i64, Failure> {
        match (step, want) {
            (None, _) => self.write(env, py.None().into_bound(py), Want::Value),
            (Some(element), Want::Handle) => self.encode(env, py, |encoder| {
                encoder.step(element);
                Ok(())
            }),
            (Some(element), want) => {
                let step = PyTuple::new(py, [element]).map_err(|error| Failure::of(py, error))?;
                self.write(env, step.into_any(), want)
            }
        }
    }

    /// Writes where the elements of a NumPy array lie, or `None` for what only `naja._arrays` can tell. Returns as `write` does.
    pub fn write_description<'py>(
        self,
        env: Env,
        object: Bound<'py, PyAny>,
    ) -> Result<i64, Failure> {
        let py = object.py();
        self.encode(env, py, |encoder| {
            encoder.describe(&object);
            Ok(())
        })
    }

    #[inline(always)]
    fn encode<'py>(
        mut self,
        env: Env,
        py: Python<'py>,
        put: impl FnOnce(&mut Encoder<'py, '_>) -> Result<(), Failure>,
    ) -> Result<i64, Failure> {
        let objects = self.objects;
        let mut encoder = Encoder::new(py, env, Writer::new(self.memory()));
        if let Err(failure) = put(&mut encoder) {
            encoder.abandon();
            return Err(failure);
        }
        let (writer, references) = encoder.into_parts();
        let finished = writer.finish();
        if !references.is_empty() {
            hand_over(env, objects, &references)?;
        }
        Ok(self.finished(finished))
    }

    /// What Java is told of a record that was written.
    #[inline(always)]
    fn finished(&mut self, record: Result<usize, Vec<u8>>) -> i64 {
        match record {
            Ok(length) => length as i64,
            Err(record) => self.overflow(record),
        }
    }

    #[cold]
    fn overflow(&mut self, record: Vec<u8>) -> i64 {
        let record = Box::leak(record.into_boxed_slice());
        let (address, size) = (record.as_mut_ptr() as i64, record.len() as i64);
        let memory = self.memory();
        memory[..8].copy_from_slice(&address.to_ne_bytes());
        memory[8..16].copy_from_slice(&size.to_ne_bytes());
        -1
    }
}

#[cold]
fn hand_over(env: Env, objects: jobjectArray, references: &[jobject]) -> Result<(), Failure> {
    let results = env.new_object_array(c"java/lang/Object", references)?;
    env.set_element(objects, 0, results)?;
    references
        .iter()
        .for_each(|reference| env.delete_local(*reference));
    env.delete_local(results);
    Ok(())
}

/// Calls `callable` with one `float` and gives the `float`, or number of NumPy's, that it returns. Any other result is [`Failure::unframed`].
#[inline(always)]
pub fn call_double(callable: i64, argument: f64) -> Result<f64, Failure> {
    let attached = thread::attach();
    let py = attached.python();
    handle::drain(py);
    // SAFETY: new references are owned at once; the callable is held for the length of the call.
    unsafe {
        let result = call_one(py, callable, ffi::PyFloat_FromDouble(argument))?;
        if ffi::Py_TYPE(result.as_ptr()) == ptr::addr_of_mut!(ffi::PyFloat_Type) {
            return Ok(ffi::PyFloat_AsDouble(result.as_ptr()));
        }
        match numpy_scalar::value(&result) {
            Some(Value::Float(number)) => Ok(number),
            _ => Err(Failure::unframed(result)),
        }
    }
}

/// Calls `callable` with one `int` and gives the `int`, or integer of NumPy's, that it returns. Any other result is [`Failure::unframed`].
#[inline(always)]
pub fn call_long(callable: i64, argument: i64) -> Result<i64, Failure> {
    let attached = thread::attach();
    let py = attached.python();
    handle::drain(py);
    // SAFETY: as in `call_double`.
    unsafe {
        let result = call_one(py, callable, ffi::PyLong_FromLongLong(argument))?;
        let mut overflow = 0;
        if ffi::Py_TYPE(result.as_ptr()) == ptr::addr_of_mut!(ffi::PyLong_Type) {
            let number = ffi::PyLong_AsLongLongAndOverflow(result.as_ptr(), &mut overflow);
            if overflow == 0 {
                return Ok(number);
            }
        }
        match numpy_scalar::value(&result) {
            Some(Value::Int(number)) => Ok(number),
            _ => Err(Failure::unframed(result)),
        }
    }
}

/// # Safety
/// `argument` is a new reference or null with an exception set.
#[inline(always)]
unsafe fn call_one<'py>(
    py: Python<'py>,
    callable: i64,
    argument: *mut ffi::PyObject,
) -> Result<Bound<'py, PyAny>, Failure> {
    // SAFETY: as the caller promises; the slot before the argument is there for the callee.
    unsafe {
        let Some(argument) = Bound::from_owned_ptr_or_opt(py, argument) else {
            return Err(Failure::raised(py));
        };
        let callable = handle::get(py, callable)?;
        let arguments = [ptr::null_mut(), argument.as_ptr()];
        let result = match symbol::vectorcall() {
            Some(vectorcall) => vectorcall(
                callable.as_ptr(),
                arguments.as_ptr().add(1),
                1 | ARGUMENTS_OFFSET,
                ptr::null_mut(),
            ),
            None => ffi::PyObject_CallFunctionObjArgs(
                callable.as_ptr(),
                argument.as_ptr(),
                ptr::null_mut::<ffi::PyObject>(),
            ),
        };
        Bound::from_owned_ptr_or_opt(py, result).ok_or_else(|| Failure::raised(py))
    }
}

/// Calls `callable` with `count` positional and `named` keyword arguments that lie in the frame.
#[inline(always)]
pub fn call(
    env: Env,
    callable: i64,
    frame: Frame,
    count: usize,
    named: usize,
    want: Want,
    deadline: i64,
) -> Result<i64, Failure> {
    let attached = thread::attach();
    let py = attached.python();
    handle::drain(py);
    let callable = handle::get(py, callable)?;
    let mut decoder = Decoder::new(py, env, frame.objects, frame.arguments());
    let mut arguments = Arguments::new(py, count + named);
    for _ in 0..count {
        arguments.push(decoder.value()?);
    }
    let names = if named == 0 {
        None
    } else {
        Some(read_named(py, &mut decoder, &mut arguments, named)?)
    };
    let result = if deadline > 0 {
        let _deadline = Deadline::after(py, Duration::from_nanos(deadline as u64));
        arguments.call(&callable, count, names.as_ref())
    } else {
        arguments.call(&callable, count, names.as_ref())
    };
    drop(arguments);
    let result = result?;
    frame.write(env, result, want)
}

#[cold]
fn read_named<'py>(
    py: Python<'py>,
    decoder: &mut Decoder<'py, '_>,
    arguments: &mut Arguments<'py>,
    named: usize,
) -> Result<Bound<'py, PyAny>, Failure> {
    let mut names = Vec::with_capacity(named);
    for _ in 0..named {
        names.push(decoder.value()?);
        arguments.push(decoder.value()?);
    }
    pyo3::types::PyTuple::new(py, names)
        .map(Bound::into_any)
        .map_err(|error| Failure::of(py, error))
}

/// The arguments of one call, owned, with the free slot before them that PEP 590 lets callees use.
struct Arguments<'py> {
    py: Python<'py>,
    count: usize,
    inline: [MaybeUninit<*mut ffi::PyObject>; INLINE + 1],
    heap: Vec<MaybeUninit<*mut ffi::PyObject>>,
}

impl<'py> Arguments<'py> {
    #[inline(always)]
    fn new(py: Python<'py>, total: usize) -> Arguments<'py> {
        let heap = if total > INLINE {
            vec![MaybeUninit::uninit(); total + 1]
        } else {
            Vec::new()
        };
        Arguments {
            py,
            count: 0,
            inline: [MaybeUninit::uninit(); INLINE + 1],
            heap,
        }
    }

    #[inline(always)]
    fn slots(&mut self) -> &mut [MaybeUninit<*mut ffi::PyObject>] {
        if self.heap.is_empty() {
            &mut self.inline
        } else {
            &mut self.heap
        }
    }

    /// The arguments that were pushed.
    #[inline(always)]
    fn pushed(&mut self) -> &[*mut ffi::PyObject] {
        let count = self.count;
        let slots = &self.slots()[1..=count];
        // SAFETY: `push` has filled these slots.
        unsafe { &*(ptr::from_ref(slots) as *const [*mut ffi::PyObject]) }
    }

    #[inline(always)]
    fn push(&mut self, argument: Bound<'py, PyAny>) {
        self.count += 1;
        let index = self.count;
        self.slots()[index].write(argument.into_ptr());
    }

    #[inline(always)]
    fn call(
        &mut self,
        callable: &Bound<'py, PyAny>,
        positional: usize,
        names: Option<&Bound<'py, PyAny>>,
    ) -> Result<Bound<'py, PyAny>, Failure> {
        let py = self.py;
        let Some(vectorcall) = symbol::vectorcall() else {
            return self.call_with_tuple(callable, positional, names);
        };
        let names = names.map_or(ptr::null_mut(), |names| names.as_ptr());
        // SAFETY: the slots hold `positional` arguments and then one for each name, all alive; slot 0 is free for the
        // callee. The result is a new reference or null with an exception set.
        unsafe {
            let first = self.slots().as_ptr().add(1).cast();
            let result = vectorcall(
                callable.as_ptr(),
                first,
                positional | ARGUMENTS_OFFSET,
                names,
            );
            Bound::from_owned_ptr_or_opt(py, result).ok_or_else(|| Failure::raised(py))
        }
    }

    /// For CPython 3.9 and 3.10, which export no vectorcall.
    #[cold]
    fn call_with_tuple(
        &mut self,
        callable: &Bound<'py, PyAny>,
        positional: usize,
        names: Option<&Bound<'py, PyAny>>,
    ) -> Result<Bound<'py, PyAny>, Failure> {
        let py = self.py;
        // SAFETY: the slots hold live references, of which `arguments` gets its own.
        let arguments: Vec<Bound<'py, PyAny>> = self
            .pushed()
            .iter()
            .map(|argument| unsafe { Bound::from_borrowed_ptr(py, *argument) })
            .collect();
        let call = || {
            let positional_tuple = pyo3::types::PyTuple::new(py, &arguments[..positional])?;
            let Some(names) = names else {
                return callable.call1(positional_tuple);
            };
            let named = PyDict::new(py);
            for (name, value) in names.try_iter()?.zip(&arguments[positional..]) {
                named.set_item(name?, value)?;
            }
            callable.call(positional_tuple, Some(&named))
        };
        call().map_err(|error| Failure::of(py, error))
    }
}

impl Drop for Arguments<'_> {
    #[inline(always)]
    fn drop(&mut self) {
        for argument in self.pushed() {
            // SAFETY: each slot owns the reference that `push` took over; the GIL is held, as `py` proves.
            unsafe { ffi::Py_DECREF(*argument) };
        }
    }
}
